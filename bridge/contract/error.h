// Errors are values across folders: where it happened and what is wrong, for the person who reads
// it.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace saksbro {

struct Error {
  std::string where;  // "config/saksbro.yaml:3:12", "desk: GET /issues/7.json", "store"
  std::string what;   // what is wrong, what was expected, what to do

  [[nodiscard]] std::string text() const { return where.empty() ? what : where + ": " + what; }
  friend bool operator==(const Error&, const Error&) = default;
};

using Errors = std::vector<Error>;

template <class T>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> fail(std::string where, std::string what) {
  return tl::unexpected<Error>(Error{std::move(where), std::move(what)});
}

}  // namespace saksbro
