// Whether this program has a sanitizer, which makes it twenty times as slow: what is drawn at
// random, or done again and again, is done less often there.
#pragma once

namespace saksbro::rig {

#if defined(SAKSBRO_SANITIZED)
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

}  // namespace saksbro::rig
