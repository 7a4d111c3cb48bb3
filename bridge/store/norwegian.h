// Reads Norwegian text into words to search by. What the index holds was read by this: a change
// here needs a new kReading, by which a store knows that it must make its index anew.
#pragma once

#include <libstemmer.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace saksbro::store {

inline constexpr int kReading = 1;

struct Word {
  std::string plain;  // lower case, without accents: "godkjenningen", "é" is "e", "å" stays "å"
  std::string stem;   // "godkjenning"
  std::size_t begin = 0;  // where it stands in the text, in bytes
  std::size_t end = 0;
};

// Owns a stemmer. Not for several threads.
class NorwegianReader {
 public:
  NorwegianReader();

  // In their order, without stop words and single letters. Any bytes will do: what is not UTF-8
  // parts words.
  [[nodiscard]] std::vector<Word> words_in(std::string_view text) const;

 private:
  [[nodiscard]] std::string stem_of(const std::string& plain) const;

  struct Free {
    void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
  };
  std::unique_ptr<sb_stemmer, Free> stemmer_;
};

// Letter by letter, not byte by byte: "lønn" is "nnøl".
[[nodiscard]] std::string backwards(std::string_view word);

// In letters, not bytes.
[[nodiscard]] std::size_t letters_in(std::string_view word);

}  // namespace saksbro::store
