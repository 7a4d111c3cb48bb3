// Texts of ours as Jira takes them (a document on Cloud, wiki markup on Data Center), and people's
// as plain text.
#pragma once

#include <string>
#include <string_view>

#include "connectors/jira/conversation.h"

namespace saksbro::jira {

// Nothing in it acts. What is longer than Jira takes is cut before `tail`, which it ends with.
[[nodiscard]] Json written(Edition edition, const std::string& plain, std::string_view tail = {});

// As people see it, in the form of contract/own_words.h. A webhook's text is wiki markup on both.
[[nodiscard]] std::string plain_of(const Json& text);

// One line of what a title takes.
[[nodiscard]] std::string title_written(const std::string& title);

[[nodiscard]] std::vector<std::string> split(const std::string& text);  // "a, b"
[[nodiscard]] std::string joined(const std::vector<std::string>& texts);

[[nodiscard]] std::string jql_text(std::string_view text);  // "x", with what is in it escaped

// A label has no blanks.
[[nodiscard]] std::string marker_label(const std::string& marker);
[[nodiscard]] bool is_marker_label(const std::string& label);

}  // namespace saksbro::jira
