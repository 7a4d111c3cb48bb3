// Texts of ours in GitLab's markdown, and people's as plain text.
#pragma once

#include <string>
#include <string_view>

namespace saksbro::gitlab {

// Nothing in it is a quick action, a mention or a reference.
[[nodiscard]] std::string written(const std::string& plain);
// As above, of at most so many bytes; what is cut out lies before `tail`.
[[nodiscard]] std::string written(const std::string& plain, std::string_view tail);

// As people see it, in the form of contract/own_words.h; without our marker.
[[nodiscard]] std::string plain_of(std::string_view markdown);

// One line in which nothing is a mention or a reference: GitLab looks for them in titles, too.
[[nodiscard]] std::string title_written(std::string_view title);
[[nodiscard]] std::string title_of(std::string_view title);

// The marker of a create stands in the description where nobody sees it, as "<!-- saksbro
// WORD MARKER -->". GitLab's search finds whole words of less than 50 characters: so it has one.
[[nodiscard]] std::string marker_word(const std::string& marker);
[[nodiscard]] std::string marked(const std::string& markdown, const std::string& marker);
[[nodiscard]] std::string marker_in(std::string_view description);  // "" when there is none

}  // namespace saksbro::gitlab
