// What acts in Redmine, in both of its dialects, and how a text is written there that does nothing.
// Internal to codec, and to the connector's tests.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace saksbro::codec {

enum class RedmineFormat { textile, markdown };

// A part of a text: a sign stands as it is, words mean themselves.
struct RedminePiece {
  std::string text;
  bool sign = false;
  bool in_phrase = false;  // words between two signs of a phrase, which one of these would end
  bool in_link = false;    // words of a link
  bool in_cell = false;    // words of a table's cell
};

// The pieces as one text, in which no words become bold, a link, a mention or a macro. It stays
// readable where nobody renders it (notification mails, the API). What disarms a sign is U+2060 and
// the format's own escapes. Takes time by the length.
// `several_at`: the text around has more than one "@" (two make code of what is between).
[[nodiscard]] std::string inert_in_redmine(const std::vector<RedminePiece>& pieces,
                                           RedmineFormat format, bool several_at);

// An address as it can stand behind the words of a link in both formats.
[[nodiscard]] std::string redmine_address(std::string_view address);

}  // namespace saksbro::codec
