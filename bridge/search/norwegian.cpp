#include "bridge/search/norwegian.h"

#include <algorithm>
#include <array>
#include <optional>

#include "bridge/search/letters.h"

namespace saksbro::search {
namespace {

// Words that say nothing about what a case is about: grammar (bokmål and nynorsk), and what every
// mail has.
constexpr std::array kStopWords = std::to_array<std::string_view>(
    {"alle",    "alt",       "altså",  "and",      "andre",   "annen", "annet",   "at",
     "av",      "bare",      "ble",    "blei",     "bli",     "blir",  "blitt",   "bort",
     "bruke",   "både",      "da",     "dag",      "de",      "deg",   "dei",     "deim",
     "den",     "denne",     "der",    "dere",     "deres",   "det",   "dette",   "di",
     "din",     "disse",     "ditt",   "du",       "då",      "eg",    "ein",     "eit",
     "eitt",    "eller",     "en",     "enn",      "er",      "et",    "ett",     "etter",
     "for",     "fra",       "fram",   "få",       "får",     "før",   "gang",    "gjennom",
     "gjort",   "gjør",      "gjøre",  "god",      "går",     "ha",    "hadde",   "hallo",
     "han",     "har",       "hatt",   "hei",      "heile",   "hele",  "helst",   "hen",
     "henne",   "her",       "hilsen", "hilsning", "hjelp",   "ho",    "hos",     "hun",
     "hva",     "hver",      "hvilke", "hvilken",  "hvis",    "hvor",  "hvordan", "hvorfor",
     "ifra",    "igjen",     "ikke",   "ikkje",    "ingen",   "inn",   "inne",    "is",
     "ja",      "jeg",       "jo",     "kan",      "kanskje", "kom",   "komme",   "kommer",
     "korleis", "kun",       "kunne",  "kva",      "kvar",    "litt",  "man",     "mange",
     "med",     "meg",       "mellom", "men",      "mens",    "mer",   "mi",      "min",
     "mine",    "mitt",      "mot",    "mvh",      "mye",     "må",    "nei",     "no",
     "noe",     "noen",      "nokon",  "nokre",    "nå",      "når",   "of",      "og",
     "også",    "om",        "opp",    "oss",      "over",    "på",    "samme",   "seg",
     "selv",    "ser",       "si",     "siden",    "sin",     "sine",  "sitt",    "skal",
     "skjer",   "skulle",    "slik",   "som",      "stå",     "står",  "så",      "takk",
     "the",     "til",       "to",     "tror",     "ut",      "uten",  "var",     "ved",
     "vennlig", "vennligst", "vi",     "via",      "vil",     "ville", "vise",    "viser",
     "vore",    "vår",       "være",   "vært",     "ønsker"});

constexpr auto kSorted = [] {
  auto words = kStopWords;
  std::sort(words.begin(), words.end());
  return words;
}();

bool says_nothing(std::string_view word) {
  return std::binary_search(kSorted.begin(), kSorted.end(), word);
}

// "e-post" and "a-melding" are one word each; "Agresso-faktura" is two.
bool joins(std::string_view word) { return letters_in(word) == 1; }

bool is_hyphen(char32_t code) { return code == U'-' || code == 0x2010 || code == 0x2011; }

// What Snowball leaves apart: a deed, its noun and its doer ("attestere", "attestasjon";
// "utbetale", "utbetaling"; "skriver", "skriveren"), and participles that matter here.
struct Ending {
  std::string_view ending;
  std::string_view instead;
  std::size_t before;  // so many letters at least: "sending" has a verb, "ting" has none
};
constexpr std::array<Ending, 7> kEndings{{{"kjent", "kjenn", 0},
                                          {"betalt", "betal", 0},
                                          {"asjon", "", 5},
                                          {"ing", "", 4},
                                          {"ern", "", 4},
                                          {"er", "", 4},
                                          {"a", "", 4}}};

std::string action_of(std::string stem) {
  for (const Ending& one : kEndings) {  // one after the other: "kontering" has two
    if (!stem.ends_with(one.ending)) continue;
    const std::size_t rest = stem.size() - one.ending.size();
    if (letters_in(std::string_view{stem}.substr(0, rest)) < one.before) continue;
    stem.replace(rest, one.ending.size(), one.instead);
  }
  return stem;
}

// A longer word is no word but bytes: a key, a picture. It would only make the index large.
constexpr std::size_t kLettersMost = 48;

}  // namespace

NorwegianReader::NorwegianReader()
    : norwegian_(sb_stemmer_new("norwegian", "UTF_8")),
      english_(sb_stemmer_new("english", "UTF_8")) {}

std::string NorwegianReader::stemmed(sb_stemmer* stemmer, const std::string& plain) {
  const auto* bytes = reinterpret_cast<const sb_symbol*>(plain.data());
  const sb_symbol* stem = sb_stemmer_stem(stemmer, bytes, static_cast<int>(plain.size()));
  if (stem == nullptr) return plain;  // out of memory
  return {reinterpret_cast<const char*>(stem),
          static_cast<std::size_t>(sb_stemmer_length(stemmer))};
}

std::vector<Word> NorwegianReader::words_in(std::string_view text) const {
  std::vector<Word> words;
  Word word;
  const auto finish = [&] {
    const std::size_t letters = letters_in(word.plain);
    if (letters > 1 && letters <= kLettersMost && !says_nothing(word.plain)) {
      word.stem = action_of(stemmed(norwegian_.get(), word.plain));
      word.english = stemmed(english_.get(), word.plain);
      words.push_back(std::move(word));
    }
    word = {};
  };
  for (std::size_t at = 0; at < text.size();) {
    const Character one = first_character(text.substr(at));
    if (is_accent(one.code)) {
      put_accent(word.plain, one.code);
    } else if (const std::string letter = folded(one.code); !letter.empty()) {
      if (word.plain.empty()) word.begin = at;
      word.plain += letter;
    } else if (one.code != 0xAD && !(is_hyphen(one.code) && joins(word.plain))) {  // soft hyphen
      finish();
    }
    at += one.size;
    if (!word.plain.empty()) word.end = at;
  }
  finish();
  return words;
}

std::string backwards(std::string_view word) {
  std::string turned;
  turned.reserve(word.size());
  for (std::size_t end = word.size(); end > 0;) {
    std::size_t begin = end - 1;
    while (begin > 0 && (static_cast<unsigned char>(word[begin]) & 0xC0U) == 0x80U) --begin;
    turned.append(word.substr(begin, end - begin));
    end = begin;
  }
  return turned;
}

std::size_t letters_in(std::string_view word) {
  return static_cast<std::size_t>(std::count_if(word.begin(), word.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
  }));
}

}  // namespace saksbro::search
