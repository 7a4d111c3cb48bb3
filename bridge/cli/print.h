// What verbs write for people. All of it goes through here (a test holds that): a text among the
// values may be another party's, so each is one line, and nothing in it acts on the terminal.
#pragma once

#include <fmt/core.h>

#include <concepts>
#include <cstdio>
#include <string>
#include <string_view>
#include <type_traits>

#include "bridge/codec/json.h"
#include "bridge/codec/visible.h"
#include "bridge/contract/error.h"

namespace saksbro::cli {

// A text whose line ends stand, each line after the first indented so far. With 0 it must be ours.
struct Lines {
  std::string text;
  std::size_t indent = 0;
};

template <class T>
requires std::is_arithmetic_v<T> T printed(T value) { return value; }
inline std::string printed(std::string_view text) { return codec::visible_line(text); }
inline std::string printed(const Lines& lines) {
  return codec::visible_lines(lines.text, lines.indent);
}

template <class T>
using Printed = decltype(printed(std::declval<const T&>()));

// As it is; what cannot be written is told by end_output().
void put(std::FILE* file, std::string_view text);

// As fmt::print().
template <class... T>
void print(fmt::format_string<Printed<T>...> format, const T&... values) {
  put(stdout, fmt::format(format, printed(values)...));
}
template <class... T>
void print(std::FILE* file, fmt::format_string<Printed<T>...> format, const T&... values) {
  put(file, fmt::format(format, printed(values)...));
}

void print_json(const codec::Json& json);

// Whether all that was printed has been taken: a full disk behind `> FILE` is a failure.
[[nodiscard]] Result<void> end_output();

}  // namespace saksbro::cli
