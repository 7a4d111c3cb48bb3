#include "bridge/run/observe/log.h"

#include <spdlog/spdlog.h>

#include <chrono>
#include <mutex>
#include <vector>

#include "bridge/codec/fit.h"
#include "bridge/codec/json.h"
#include "bridge/codec/visible.h"
#include "bridge/run/observe/log_sink.h"
#include "bridge/run/observe/repeats.h"

namespace saksbro::run::log {
namespace {

constexpr std::size_t kFieldBytesMost = 2048;

// A terminal, or another reader of lines, would act on what JSON lets stand.
std::string quoted(const std::string& text) { return codec::visible_json(codec::write_json(text)); }

std::string cut(const std::string& text) {
  return codec::cut_to(text, kFieldBytesMost, codec::Measure::bytes, "...");
}

std::string event_text(std::string_view event, const auto& fields) {
  std::string text = "\"event\":" + quoted(std::string(event));
  for (const auto& [name, value] : fields) {
    text += "," + quoted(std::string(name)) + ":" + value.json();
  }
  return text;
}

struct HeldBack {
  std::mutex mutex;
  Repeats repeats;
};

HeldBack& held_back() {
  static HeldBack held;
  return held;
}

void write(spdlog::level::level_enum level, std::string_view event,
           std::initializer_list<Field> fields) {
  if (!spdlog::should_log(level)) return;
  spdlog::log(level, "{}", line(event, fields));
}

}  // namespace

std::string Value::json() const {
  if (const auto* words = text()) return quoted(cut(*words));
  if (const auto* flag = std::get_if<bool>(&value_)) return *flag ? "true" : "false";
  return std::to_string(std::get<std::int64_t>(value_));
}

std::string line(std::string_view event, std::initializer_list<Field> fields) {
  return event_text(event, fields);
}

void warn_once_a_minute(std::string_view event, std::initializer_list<Field> fields) {
  tell_repeats();
  RepeatedLine line{std::string(event), {}};
  for (const auto& [name, value] : fields)
    line.fields.emplace_back(name, value.text() ? Value(cut(*value.text())) : value);
  HeldBack& held = held_back();
  {
    const std::lock_guard lock(held.mutex);
    if (!held.repeats.is_news(line, std::chrono::steady_clock::now())) return;
  }
  warn(event, fields);
}

void tell_repeats() {
  std::vector<RepeatedLine> lines;
  {
    HeldBack& held = held_back();
    const std::lock_guard lock(held.mutex);
    lines = held.repeats.due(std::chrono::steady_clock::now());
  }
  for (const RepeatedLine& line : lines) {
    if (!spdlog::should_log(spdlog::level::warn)) return;
    spdlog::log(spdlog::level::warn, "{}", event_text(line.event, line.fields));
  }
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
