// Errors are values across folders: where it happened and what is wrong, for the person who reads
// it.
#pragma once

#include <concepts>
#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "bridge/contract/phrase.h"

namespace saksbro {

struct Error {
  std::string where;  // "config/saksbro.yaml:3:12", "desk: GET /issues/7.json", "store"
  std::string what;   // what is wrong, what was expected, what to do
  Phrase phrase{};    // the same, where it can be said in another language; else empty

  // For people of any language.
  [[nodiscard]] Phrase told() const {
    Phrase said = phrase.empty() ? Phrase(what) : phrase;
    if (where.empty()) return said;
    return Phrase("{where}: {why}", {{"where", where}, {"why", std::move(said)}});
  }
  [[nodiscard]] std::string text() const { return where.empty() ? what : where + ": " + what; }
  friend bool operator==(const Error&, const Error&) = default;
};

using Errors = std::vector<Error>;

template <class T>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> fail(std::string where, std::string what) {
  return tl::unexpected<Error>(Error{std::move(where), std::move(what)});
}

template <std::same_as<Phrase> Reason>
[[nodiscard]] inline tl::unexpected<Error> fail(std::string where, Reason why) {
  return tl::unexpected<Error>(Error{std::move(where), in_english(why), std::move(why)});
}

}  // namespace saksbro
