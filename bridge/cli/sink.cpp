#include <cerrno>
#include <cstdio>
#include <cstring>

#include "bridge/cli/cli.h"

namespace saksbro::cli {

Sink::Sink(const std::string& path) : path_(path) {
  file_ = path_.empty() ? stdout : std::fopen(path_.c_str(), "wb");
  if (file_ == nullptr) why_ = std::strerror(errno);
}

Sink::~Sink() {
  if (file_ != nullptr && !path_.empty()) std::fclose(file_);
}

void Sink::write(const std::string& text) {
  if (file_ == nullptr || !why_.empty()) return;
  if (std::fwrite(text.data(), 1, text.size(), file_) != text.size()) why_ = std::strerror(errno);
}

Result<void> Sink::close() {
  if (file_ != nullptr) {
    const int failed = path_.empty() ? std::fflush(file_) : std::fclose(file_);
    if (failed != 0 && why_.empty()) why_ = std::strerror(errno);
    file_ = nullptr;
  }
  if (why_.empty()) return {};
  return fail(path_.empty() ? "stdout" : path_,
              Phrase("cannot be written: {why}", {{"why", why_}}));
}

}  // namespace saksbro::cli
