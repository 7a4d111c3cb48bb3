// The languages in which people are spoken to: Norwegian bokmål and English.
#pragma once

#include <string>

namespace saksbro::core {

enum class Language { nb, en };

// A text in each language.
struct Words {
  std::string nb;
  std::string en;
  [[nodiscard]] const std::string& in(Language language) const {
    return language == Language::nb ? nb : en;
  }
};

}  // namespace saksbro::core
