// The pages behind links, as HTML: no script, no cookie, nothing from elsewhere; readable on a
// telephone. Pure. Every text in them is escaped, the mapping's own included.
#pragma once

#include <string>
#include <vector>

#include "bridge/core/decide/decide.h"
#include "bridge/core/model/mapping.h"

namespace saksbro::run {

// What the page that asks for an answer shows.
struct AnswerForm {
  enum class Standing { awaited, not_now, closed, reopens };
  enum class Trouble { none, no_words, too_long, too_many, not_stored };

  core::LinkClaim claim;
  std::string title;                 // of the case; empty: not for this reader
  std::vector<std::string> numbers;  // of the tickets that this reader may know
  Standing standing = Standing::awaited;
  Trouble trouble = Trouble::none;  // why the answer that came was not taken
  std::string text;                 // what has been typed
  std::string seen;                 // comes back with the answer: see AnswerPage
  std::string other_language;       // the address of this page in it
};

[[nodiscard]] const core::LinkSentence& sentence_for(const core::LinkTexts& texts,
                                                     const core::Signal& signal);

[[nodiscard]] std::string form_page(const core::LinkTexts& texts, core::Language language,
                                    const AnswerForm& form);
[[nodiscard]] std::string thanks_page(const core::LinkTexts& texts, core::Language language,
                                      const CaseNumber& number);
// For whoever has no link of ours: `first`, then the other language.
[[nodiscard]] std::string unknown_page(const core::LinkTexts& texts, core::Language first);

// The Content-Security-Policy under which these pages work, and nothing else does.
[[nodiscard]] std::string page_policy();

}  // namespace saksbro::run
