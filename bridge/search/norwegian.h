// Reads Norwegian and English text into words to search by: each word has the stem that it would
// have in either language, since nobody says in which a case is written. What the index holds was
// read by this: a change here needs a new kReading, by which a store knows that it must make its
// index anew.
#pragma once

#include <libstemmer.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace saksbro::search {

inline constexpr int kReading = 2;

struct Word {
  std::string plain;  // lower case, without accents: "godkjenningen", "é" is "e", "å" stays "å"
  std::string stem;   // "godkjenning"
  std::string english;    // "approv" of "approval"; of Norwegian words often the word itself
  std::size_t begin = 0;  // where it stands in the text, in bytes
  std::size_t end = 0;
};

// Owns its stemmers. Not for several threads.
class NorwegianReader {
 public:
  NorwegianReader();

  // In their order, without stop words and single letters. Any bytes will do: what is not UTF-8
  // parts words.
  [[nodiscard]] std::vector<Word> words_in(std::string_view text) const;

 private:
  [[nodiscard]] static std::string stemmed(sb_stemmer* stemmer, const std::string& plain);

  struct Free {
    void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
  };
  std::unique_ptr<sb_stemmer, Free> norwegian_;
  std::unique_ptr<sb_stemmer, Free> english_;
};

// An English stem among the known words: marked at both ends, so that no Norwegian compound is seen
// in it.
[[nodiscard]] inline std::string english_form(const std::string& stem) { return ":" + stem + ":"; }

// Letter by letter, not byte by byte: "lønn" is "nnøl".
[[nodiscard]] std::string backwards(std::string_view word);

// In letters, not bytes.
[[nodiscard]] std::size_t letters_in(std::string_view word);

}  // namespace saksbro::search
