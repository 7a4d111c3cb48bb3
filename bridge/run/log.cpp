#include "bridge/run/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "bridge/codec/json.h"

namespace saksbro::run::log {
namespace {

constexpr std::size_t kFieldBytesMost = 2048;

std::string cut(const std::string& text) {
  return text.size() <= kFieldBytesMost ? text : text.substr(0, kFieldBytesMost) + "...";
}

void write(spdlog::level::level_enum level, std::string_view event,
           std::initializer_list<Field> fields) {
  if (!spdlog::should_log(level)) return;
  spdlog::log(level, "{}", line(event, fields));
}

}  // namespace

std::string line(std::string_view event, std::initializer_list<Field> fields) {
  // An array keeps the order; write_json escapes control characters and repairs bad UTF-8.
  std::string text = "\"event\":" + codec::write_json(std::string(event));
  for (const auto& [name, value] : fields) {
    text += "," + codec::write_json(std::string(name)) + ":" + codec::write_json(cut(value));
  }
  return text;
}

void start(const std::string& level) {
  auto logger = spdlog::stdout_logger_mt("saksbro");
  logger->set_pattern("{\"time\":\"%Y-%m-%dT%H:%M:%S.%eZ\",\"level\":\"%l\",%v}",
                      spdlog::pattern_time_type::utc);
  logger->set_level(spdlog::level::from_str(level));
  logger->flush_on(spdlog::level::info);
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
