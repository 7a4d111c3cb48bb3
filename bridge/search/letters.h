// Which letters make words, and how they are written alike: lower case, æ, ø and å kept, other
// accents left out. "Ä" is read as "æ" and "Ö" as "ø", as Norwegian sorts them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace saksbro::search {

struct Character {
  char32_t code = 0;  // 0: these bytes are not UTF-8
  std::size_t size = 1;
};

// The first one of a text that is not empty.
[[nodiscard]] Character first_character(std::string_view text);

// What is written for a letter or digit; nothing for all else.
[[nodiscard]] std::string folded(char32_t code);

// An accent that stands behind its letter: a ring makes "a" an "å"; two dots make "a" and "o" "æ"
// and "ø"; others are left out.
[[nodiscard]] bool is_accent(char32_t code);
void put_accent(std::string& word, char32_t accent);

}  // namespace saksbro::search
