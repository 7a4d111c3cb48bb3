// Text that looks Norwegian to an index: words of a support centre and compounds of them, a few in
// every case and most of them in few, as in all language (Zipf): the most
// frequent in four cases of ten.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <string>
#include <vector>

namespace saksbro::bench {

class NorwegianText {
 public:
  explicit NorwegianText(unsigned seed) : random_(seed) {
    for (const char* word : kWords) words_.emplace_back(word);
    const std::size_t simple = words_.size();
    for (int i = 0; i < kCompounds; ++i) {
      const std::string& first = words_[random_() % simple];
      const char* const link = random_() % 3 == 0 ? "s" : "";
      words_.push_back(first + link + words_[random_() % simple]);
    }
    std::shuffle(words_.begin() + 40, words_.end(), random_);
    double sum = 0;
    for (std::size_t rank = 0; rank < words_.size(); ++rank) {
      sum += 1 / std::pow(static_cast<double>(rank + 20), 1.05);
      until_.push_back(sum);
    }
  }

  std::string words(int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += (i == 0 ? "" : " ") + word();
    return text;
  }

 private:
  static constexpr int kCompounds = 60'000;
  static constexpr auto kWords = std::to_array<const char*>({"faktura",
                                                             "feil",
                                                             "agresso",
                                                             "bilag",
                                                             "bruker",
                                                             "leverandør",
                                                             "lønn",
                                                             "konto",
                                                             "ansatt",
                                                             "betaling",
                                                             "melding",
                                                             "godkjenning",
                                                             "periode",
                                                             "rapport",
                                                             "system",
                                                             "saksbehandler",
                                                             "fil",
                                                             "bank",
                                                             "passord",
                                                             "innlogging",
                                                             "attestasjon",
                                                             "remittering",
                                                             "kontering",
                                                             "ansvar",
                                                             "kunde",
                                                             "ordre",
                                                             "innkjøp",
                                                             "mottak",
                                                             "reskontro",
                                                             "hovedbok",
                                                             "purring",
                                                             "kreditnota",
                                                             "avgift",
                                                             "budsjett",
                                                             "prosjekt",
                                                             "skatt",
                                                             "trekk",
                                                             "pensjon",
                                                             "reise",
                                                             "regning",
                                                             "time",
                                                             "liste",
                                                             "ferie",
                                                             "penger",
                                                             "sykdom",
                                                             "refusjon",
                                                             "arbeid",
                                                             "flyt",
                                                             "rolle",
                                                             "tilgang",
                                                             "portal",
                                                             "server",
                                                             "database",
                                                             "nettverk",
                                                             "sertifikat",
                                                             "versjon",
                                                             "oppgradering",
                                                             "overføring",
                                                             "jobb",
                                                             "logg",
                                                             "skjerm",
                                                             "knapp",
                                                             "felt",
                                                             "verdi",
                                                             "beløp",
                                                             "dato",
                                                             "nummer",
                                                             "serie",
                                                             "art",
                                                             "anlegg",
                                                             "avskrivning",
                                                             "balanse",
                                                             "avslutning",
                                                             "avstemming",
                                                             "differanse",
                                                             "saldo",
                                                             "post",
                                                             "åpning",
                                                             "sperre",
                                                             "register",
                                                             "fullmakt",
                                                             "leder",
                                                             "enhet",
                                                             "bydel",
                                                             "etat",
                                                             "skole",
                                                             "barnehage",
                                                             "sykehjem",
                                                             "hjemmetjeneste",
                                                             "kontrakt",
                                                             "avtale",
                                                             "pris",
                                                             "mengde",
                                                             "vare",
                                                             "lager",
                                                             "transport",
                                                             "bygg",
                                                             "eiendom",
                                                             "husleie",
                                                             "strøm",
                                                             "vann",
                                                             "renovasjon",
                                                             "gebyr",
                                                             "skjema",
                                                             "mal",
                                                             "utskrift",
                                                             "skriver",
                                                             "kø",
                                                             "epost",
                                                             "varsel",
                                                             "kalender",
                                                             "dokument",
                                                             "vedlegg",
                                                             "arkiv",
                                                             "journal",
                                                             "søk",
                                                             "utvalg",
                                                             "filter",
                                                             "kolonne",
                                                             "rad",
                                                             "tabell",
                                                             "ark",
                                                             "import",
                                                             "eksport",
                                                             "format",
                                                             "tegn",
                                                             "språk",
                                                             "oversettelse",
                                                             "kurs",
                                                             "veiledning"});

  std::string word() {
    constexpr std::array kEndings{"", "", "", "en", "er", "ene", "s"};
    const double at = std::uniform_real_distribution<double>(0, until_.back())(random_);
    const auto rank = std::lower_bound(until_.begin(), until_.end(), at) - until_.begin();
    return words_[static_cast<std::size_t>(rank)] + kEndings.at(random_() % kEndings.size());
  }

  std::mt19937 random_;
  std::vector<std::string> words_;
  std::vector<double> until_;
};

}  // namespace saksbro::bench
