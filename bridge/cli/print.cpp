#include "bridge/cli/print.h"

#include <cerrno>
#include <cstring>
#include <iostream>

namespace saksbro::cli {
namespace {

std::string& first_failure() {
  static std::string why;
  return why;
}

void remember_failure() {
  if (first_failure().empty()) first_failure() = std::strerror(errno);
}

}  // namespace

void put(std::FILE* file, std::string_view text) {
  const bool whole = std::fwrite(text.data(), 1, text.size(), file) == text.size();
  if (!whole && file == stdout) remember_failure();
}

void print_json(const codec::Json& json) {
  put(stdout, codec::visible_json(codec::write_json(json)) + "\n");
}

// The library of the command line writes its help to std::cout.
Result<void> end_output() {
  if (!std::cout.flush() || std::fflush(stdout) != 0) remember_failure();
  if (first_failure().empty()) return {};
  std::string why;
  why.swap(first_failure());
  std::clearerr(stdout);
  std::cout.clear();
  return fail("stdout", Phrase("cannot be written: {why}", {{"why", why}}));
}

}  // namespace saksbro::cli
