// The dialects in which trackers and people write marked-up text: a reader and a writer for each.
// docs/markup.md shows what becomes of each element.
//
// Readers never fail: what is no markup is text. They give normalised documents without U+2060, and
// take time by the length.
//
// Writers take documents as readers give them. What they write means the same, or says the same in
// plain words where the dialect has no sign for it; it does nothing but lead to an address: people
// are named and not called, numbers link to no ticket there, a picture from elsewhere is a link,
// and no line is a command or a macro. Read and written once more, it stays as it is.
#pragma once

#include <string>
#include <string_view>

#include "bridge/codec/json.h"
#include "bridge/codec/markup/document.h"

namespace saksbro::codec {

// The form in which connectors give texts (contract/own_words.h): "> " before what is quoted, lines
// of ``` around code, "* " and "1. " before items, " | " between cells, an address in "<...>"
// behind its words. Commands stay commands: this is what rules read.
[[nodiscard]] Document document_from_plain(std::string_view text);
[[nodiscard]] std::string plain_text(const Document& document);

// GitHub's and GitLab's. Each line end in a paragraph is one, as people mean it.
[[nodiscard]] Document document_from_markdown(std::string_view text);
[[nodiscard]] std::string markdown_text(const Document& document);

// Redmine's: Textile as it means it, and its Markdown, which is read as any. Nothing in what is
// written becomes a link to a ticket, a page or a person, or a macro.
[[nodiscard]] Document document_from_textile(std::string_view text);
[[nodiscard]] std::string textile_text(const Document& document);
[[nodiscard]] std::string redmine_markdown_text(const Document& document);

// Of a page that is shown: what is hidden is no text. The writer gives what stands in a body.
[[nodiscard]] Document document_from_html(std::string_view html);
[[nodiscard]] std::string html_of(const Document& document);

// Atlassian Document Format, version 1: Jira Cloud's API 3. Of a node that is not known, its text.
[[nodiscard]] Document document_from_adf(const Json& adf);
[[nodiscard]] Json adf_of(const Document& document);

// Jira's wiki markup: Data Center, and API 2.
[[nodiscard]] Document document_from_wiki(std::string_view text);
[[nodiscard]] std::string wiki_text(const Document& document);

}  // namespace saksbro::codec
