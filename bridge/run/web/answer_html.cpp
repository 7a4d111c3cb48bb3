#include "bridge/run/web/answer_html.h"

#include "bridge/codec/digest.h"
#include "bridge/codec/markup/html.h"
#include "bridge/core/text/text.h"

namespace saksbro::run {
namespace {

using codec::escape_html;
using core::Language;
using core::Words;

// Colours that differ by more than 7:1 (WCAG 2.2 AAA), in the dark as well.
constexpr std::string_view kStyle = R"(
:root { color-scheme: light dark; --back: #fff; --front: #1a1a1a; --quiet: #4a4a4a;
  --link: #0b3d91; --button: #0b3d91; --on-button: #fff; --note: #fff4d6; --trouble: #fde2e1;
  --edge: #6b6b6b; }
@media (prefers-color-scheme: dark) { :root { --back: #161616; --front: #f2f2f2;
  --quiet: #c8c8c8; --link: #a8c7ff; --button: #a8c7ff; --on-button: #10182b; --note: #4a3a00;
  --trouble: #5c1512; --edge: #9a9a9a; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--front);
  font: 1.125rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-width: 34rem; margin: 0 auto; padding: 1.5rem 1.25rem 3rem; overflow-wrap: anywhere; }
h1, h2 { margin: 0 0 .75rem; font-size: 1.5rem; line-height: 1.25; }
h2 { margin-top: 2rem; font-size: 1.25rem; }
p { margin: 0 0 1rem; }
.quiet { margin: 0 0 .25rem; color: var(--quiet); }
.note, .trouble { margin: 1.25rem 0 0; padding: .75rem 1rem; border-left: .375rem solid var(--edge);
  background: var(--note); }
.trouble { background: var(--trouble); }
form { margin: 1.5rem 0; }
label { display: block; margin: 0 0 .375rem; font-weight: 600; }
textarea { display: block; width: 100%; margin: 0 0 1.25rem; padding: .625rem; font: inherit;
  color: inherit; background: var(--back); border: .125rem solid var(--edge);
  border-radius: .375rem; }
button { width: 100%; min-height: 3.25rem; padding: .625rem 1rem; font: inherit; font-weight: 600;
  color: var(--on-button); background: var(--button); border: 0; border-radius: .375rem;
  cursor: pointer; }
a { color: var(--link); }
:focus-visible { outline: .1875rem solid var(--link); outline-offset: .1875rem; }
)";

// Letters that fit into 8 KiB also when each of them takes two bytes, percent-encoded.
constexpr int kLettersMost = 1300;

const char* code_of(Language language) { return language == Language::nb ? "nb" : "en"; }

Language other_than(Language language) {
  return language == Language::nb ? Language::en : Language::nb;
}

std::string element(const std::string& tag, const std::string& attributes,
                    const std::string& text) {
  return "<" + tag + (attributes.empty() ? "" : " " + attributes) + ">" + escape_html(text) + "</" +
         tag + ">\n";
}

std::string page(Language language, const std::string& title, const std::string& content) {
  return "<!doctype html>\n<html lang=\"" + std::string(code_of(language)) +
         "\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
         "<meta name=\"robots\" content=\"noindex, nofollow\">\n" +
         element("title", "", title) + "<style>" + std::string(kStyle) +
         "</style>\n</head>\n<body>\n<main>\n" + content + "</main>\n</body>\n</html>\n";
}

// A text of the mapping with what the link claims put in.
std::string filled(const Words& words, Language language, const core::LinkClaim& claim) {
  return core::fill(words.in(language), [&](std::string_view name) -> std::optional<std::string> {
    if (name == "case.number") return claim.number.text();
    if (name == "signal") return claim.signal.text();
    if (name == "organisation") return claim.organisation;
    return std::nullopt;
  });
}

std::string about_case(const core::LinkTexts& texts, Language language, const AnswerForm& form) {
  std::string html = element("h1", "", filled(texts.heading, language, form.claim));
  if (!form.title.empty()) html += element("p", "", form.title);
  std::string numbers;
  for (const std::string& number : form.numbers) numbers += (numbers.empty() ? "" : ", ") + number;
  if (!numbers.empty()) {
    html += element("p", "class=\"quiet\"",
                    core::fill(texts.numbers.in(language), [&](std::string_view) {
                      return std::optional<std::string>(numbers);
                    }));
  }
  if (!form.claim.organisation.empty())
    html += element("p", "class=\"quiet\"", filled(texts.behalf, language, form.claim));
  return html;
}

std::string notes(const core::LinkTexts& texts, Language language, const AnswerForm& form) {
  using Trouble = AnswerForm::Trouble;
  std::string html;
  const auto note = [&](const Words& words) {
    html += element("p", "class=\"note\"", filled(words, language, form.claim));
  };
  const auto trouble = [&](const Words& words) {
    html += element("p", "class=\"trouble\" role=\"alert\"", words.in(language));
  };
  if (form.standing == AnswerForm::Standing::closed) note(texts.closed);
  if (form.standing == AnswerForm::Standing::reopens) note(texts.reopens);
  if (form.standing == AnswerForm::Standing::not_now) note(texts.not_now);
  if (form.trouble == Trouble::no_words) trouble(texts.write);
  if (form.trouble == Trouble::too_long) trouble(texts.too_long);
  if (form.trouble == Trouble::too_many) trouble(texts.too_many);
  if (form.trouble == Trouble::not_stored) trouble(texts.not_stored);
  return html;
}

std::string question(const core::LinkTexts& texts, Language language, const AnswerForm& form) {
  const core::LinkSentence& sentence = sentence_for(texts, form.claim.signal);
  // Without an address of its own the form goes to this page's, whatever a proxy calls it.
  std::string html = "<form method=\"post\" accept-charset=\"utf-8\">\n" +
                     element("p", "", filled(sentence.does, language, form.claim));
  if (sentence.ask) {
    html += element("label", "for=\"text\"", filled(*sentence.ask, language, form.claim)) +
            element("textarea",
                    "id=\"text\" name=\"text\" rows=\"5\" required maxlength=\"" +
                        std::to_string(kLettersMost) + "\"",
                    form.text);
  }
  html += "<input type=\"hidden\" name=\"seen\" value=\"" + escape_html(form.seen) + "\">\n";
  return html + element("button", "", filled(sentence.button, language, form.claim)) + "</form>\n";
}

}  // namespace

const core::LinkSentence& sentence_for(const core::LinkTexts& texts, const core::Signal& signal) {
  const auto own = texts.signals.find(signal);
  return own == texts.signals.end() ? texts.other : own->second;
}

std::string form_page(const core::LinkTexts& texts, Language language, const AnswerForm& form) {
  const Language other = other_than(language);
  const std::string code = code_of(other);
  const std::string link = element("a",
                                   "href=\"" + escape_html(form.other_language) + "\" lang=\"" +
                                       code + "\" hreflang=\"" + code + "\"",
                                   texts.language.in(other));
  return page(language, filled(texts.heading, language, form.claim),
              about_case(texts, language, form) + notes(texts, language, form) +
                  question(texts, language, form) + "<nav>" + link + "</nav>\n");
}

std::string thanks_page(const core::LinkTexts& texts, Language language, const CaseNumber& number) {
  core::LinkClaim claim;
  claim.number = number;
  const std::string thanks = texts.thanks.in(language);
  return page(language, thanks,
              element("h1", "", thanks) + element("p", "", filled(texts.leave, language, claim)));
}

std::string unknown_page(const core::LinkTexts& texts, Language first) {
  std::string content;
  for (const Language language : {first, other_than(first)}) {
    content += "<section lang=\"" + std::string(code_of(language)) + "\">\n" +
               element(language == first ? "h1" : "h2", "", texts.unknown.in(language)) +
               element("p", "", texts.help.in(language)) + "</section>\n";
  }
  return page(first, texts.unknown.in(first), content);
}

std::string page_policy() {
  return "default-src 'none'; style-src 'sha256-" + codec::to_base64(codec::sha256(kStyle)) +
         "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
}

}  // namespace saksbro::run
