// What the parser (CLI11 2.1) says of a command line that is wrong, in Norwegian.
#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "bridge/cli/help.h"

namespace saksbro::cli {
namespace {

// Each % stands for some words, in the same order on both sides.
struct UsageSentence {
  std::string_view en;
  std::string_view nb;
};

constexpr std::array kSentences{
    UsageSentence{"The following argument was not expected: %", "Ukjent argument: %"},
    UsageSentence{"The following arguments were not expected: %", "Ukjente argumenter: %"},
    UsageSentence{"% is required", "% må oppgis"},
    UsageSentence{"%: 1 required % missing", "%: verdien mangler (%)"},
    UsageSentence{"%: At Most 1 required but received %", "%: kan oppgis én gang, ikke %"},
    UsageSentence{"%: At least % required but received %", "%: minst % verdier må oppgis, ikke %"},
    UsageSentence{"%: too many inputs for a flag", "%: har ingen verdi"},
    UsageSentence{"% was given a disallowed flag override", "%: har ingen verdi"},
    UsageSentence{"%: Should be true/false or a number", "%: ventet true, false eller et tall"},
    UsageSentence{"%: Value % not in range % to %", "%: verdien % er ikke mellom % og %"},
    UsageSentence{"%: % not in {%}", "%: «%» er ingen av: %"},
    UsageSentence{"%: expected a month like 2026-11", "%: ventet en måned, slik: 2026-11"},
    UsageSentence{"Could not convert: % = %", "%: verdien «%» er ugyldig"},
    UsageSentence{"% requires %", "% krever %"},
    UsageSentence{"% excludes %", "% kan ikke brukes sammen med %"},
};

// What stands at each %. None: `text` is no such sentence.
std::optional<std::vector<std::string>> words_in(std::string_view text, std::string_view pattern) {
  std::vector<std::string> words;
  std::size_t at = pattern.find('%');
  if (!text.starts_with(pattern.substr(0, at))) return std::nullopt;
  text.remove_prefix(std::min(at, text.size()));
  while (at != pattern.npos) {
    const std::size_t next = pattern.find('%', at + 1);
    const std::string_view between = pattern.substr(at + 1, next - at - 1);
    const std::size_t end = between.empty() ? text.size() : text.find(between);
    if (end == text.npos) return std::nullopt;
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(end + between.size());
    at = next;
  }
  return text.empty() ? std::optional(words) : std::nullopt;
}

std::string filled(std::string_view pattern, const std::vector<std::string>& words) {
  std::string text;
  std::size_t next = 0;
  for (const char c : pattern) {
    if (c == '%' && next < words.size())
      text += words[next++];
    else
      text += c;
  }
  return text;
}

std::string in_norwegian(std::string_view problem) {
  for (const UsageSentence& one : kSentences) {
    if (const auto words = words_in(problem, one.en)) return filled(one.nb, *words);
  }
  return "Kommandolinjen er feil: " + std::string(problem);
}

}  // namespace

std::string told_usage(const CLI::ParseError& problem, core::Language language) {
  if (language == core::Language::en)
    return std::string(problem.what()) + "\nRun with --help for more information.\n";
  return in_norwegian(problem.what()) + "\nKjør med --help for mer informasjon.\n";
}

}  // namespace saksbro::cli
