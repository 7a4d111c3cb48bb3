#include "bridge/run/observe/log_sink.h"

#include <unistd.h>

#include <atomic>
#include <cerrno>

namespace saksbro::run {
namespace {

std::atomic<std::uint64_t> dropped = 0;

}  // namespace

bool LineSink::write_all(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    broken_line_ = true;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  broken_line_ = false;
  return true;
}

void LineSink::sink_it_(const spdlog::details::log_msg& message) {
  spdlog::memory_buf_t line;
  formatter_->format(message, line);
  if (broken_line_ && !write_all("\n")) {
    ++dropped;
    return;
  }
  if (!write_all({line.data(), line.size()})) ++dropped;
}

std::uint64_t dropped_log_lines() { return dropped; }

}  // namespace saksbro::run
