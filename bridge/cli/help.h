// The parser's own texts in the reader's language: `--help`, and what is wrong with a command line.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "bridge/core/text/language.h"

namespace saksbro::cli {

// Descriptions, headings and labels of `app` and all its verbs. Those of one that has no Norwegian
// text stay as they are.
void put_into_norwegian(CLI::App& app);

// What the parser found wrong with a command line, and where help is; ends with a line end.
[[nodiscard]] std::string told_usage(const CLI::ParseError& problem, core::Language language);

}  // namespace saksbro::cli
