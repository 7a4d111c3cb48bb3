// Where log lines go: a descriptor that may be full, closed, or gone. The service goes on; a line
// that could not be written is dropped, and counted (docs/promises.md row 31).
#pragma once

#include <spdlog/sinks/base_sink.h>

#include <cstdint>
#include <mutex>
#include <string_view>

namespace saksbro::run {

class LineSink final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  explicit LineSink(int descriptor) : descriptor_(descriptor) {}  // not taken over

 protected:
  void sink_it_(const spdlog::details::log_msg& message) override;
  void flush_() override {}

 private:
  [[nodiscard]] bool write_all(std::string_view bytes);

  int descriptor_;
  bool broken_line_ = false;  // the last one got there in part: the next begins a line of its own
};

// By all sinks of the process.
[[nodiscard]] std::uint64_t dropped_log_lines();

}  // namespace saksbro::run
