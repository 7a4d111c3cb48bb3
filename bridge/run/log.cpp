#include "bridge/run/log.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <iterator>

#include "bridge/codec/fit.h"
#include "bridge/codec/json.h"
#include "bridge/run/log_sink.h"

namespace saksbro::run::log {
namespace {

constexpr std::size_t kFieldBytesMost = 2048;

// What a terminal or another reader of lines would act on, and JSON lets stand: DEL, the C1
// controls and Unicode's own line ends, and what turns the direction of reading. (UTF-8 in, UTF-8
// out.)
bool acts_in_a_line(std::string_view point) {
  static constexpr std::string_view kActing[] = {"\x7F",   "\u2028", "\u2029", "\u200E", "\u200F",
                                                 "\u202A", "\u202B", "\u202C", "\u202D", "\u202E",
                                                 "\u2066", "\u2067", "\u2068", "\u2069", "\uFEFF"};
  const bool c1 = point.size() == 2 && point[0] == '\xC2' && (point[1] & '\xE0') == '\x80';
  return c1 || std::find(std::begin(kActing), std::end(kActing), point) != std::end(kActing);
}

std::size_t length_of(char first) {
  const auto byte = static_cast<unsigned char>(first);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

unsigned code_point(std::string_view point) {
  if (point.size() == 1) return static_cast<unsigned char>(point[0]);
  unsigned value = static_cast<unsigned char>(point[0]) & (0x7FU >> point.size());
  for (const char c : point.substr(1))
    value = (value << 6U) | (static_cast<unsigned char>(c) & 0x3FU);
  return value;
}

// write_json escapes what is below U+0020 and repairs bad UTF-8; the rest is done here.
std::string quoted(const std::string& text) {
  const std::string json = codec::write_json(text);
  std::string quoted;
  for (std::size_t at = 0; at < json.size();) {
    const std::string_view point = std::string_view(json).substr(at, length_of(json[at]));
    quoted +=
        acts_in_a_line(point) ? fmt::format("\\u{:04x}", code_point(point)) : std::string(point);
    at += point.size();
  }
  return quoted;
}

std::string cut(const std::string& text) {
  return codec::cut_to(text, kFieldBytesMost, codec::Measure::bytes, "...");
}

void write(spdlog::level::level_enum level, std::string_view event,
           std::initializer_list<Field> fields) {
  if (!spdlog::should_log(level)) return;
  spdlog::log(level, "{}", line(event, fields));
}

}  // namespace

std::string line(std::string_view event, std::initializer_list<Field> fields) {
  std::string text = "\"event\":" + quoted(std::string(event));
  for (const auto& [name, value] : fields) {
    text += "," + quoted(std::string(name)) + ":" + quoted(cut(value));
  }
  return text;
}

std::uint64_t dropped_lines() { return dropped_log_lines(); }

void start(const std::string& level) {
  auto logger = std::make_shared<spdlog::logger>("saksbro", std::make_shared<LineSink>(1));
  logger->set_pattern("{\"time\":\"%Y-%m-%dT%H:%M:%S.%eZ\",\"level\":\"%l\",%v}",
                      spdlog::pattern_time_type::utc);
  logger->set_level(spdlog::level::from_str(level));
  spdlog::set_default_logger(std::move(logger));
  spdlog::set_level(spdlog::level::from_str(level));
}

void debug(std::string_view event, std::initializer_list<Field> fields) {
  write(spdlog::level::debug, event, fields);
}
void info(std::string_view event, std::initializer_list<Field> fields) {
  write(spdlog::level::info, event, fields);
}
void warn(std::string_view event, std::initializer_list<Field> fields) {
  write(spdlog::level::warn, event, fields);
}
void error(std::string_view event, std::initializer_list<Field> fields) {
  write(spdlog::level::err, event, fields);
}

}  // namespace saksbro::run::log
