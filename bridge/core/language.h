// The languages in which people are spoken to: Norwegian bokmål and English.
#pragma once

namespace saksbro::core {

enum class Language { nb, en };

}  // namespace saksbro::core
