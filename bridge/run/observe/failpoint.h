// Named places where a test lets the process die, as kill -9 would. Only in builds with
// -DSAKSBRO_FAILPOINTS=ON; else nothing is compiled in. The environment's SAKSBRO_FAIL says where:
//
//   out.sent            the first time that it is passed
//   out.sent:3          the third time
//   out.sent:3:sleep    not to die, but to stand still there for a second
//   eng.loaded@poll:7   each time that it is passed with exactly this (here a delivery's id)
//   any:0.001           at each place, with that chance; SAKSBRO_FAIL_SEED makes it repeatable
//
// A wish that cannot be read ends the program: a misspelt one would test nothing.
#pragma once

#include <string_view>

namespace saksbro::run {

#ifdef SAKSBRO_FAILPOINTS
void failpoint(std::string_view name, std::string_view with = {});
#else
inline void failpoint(std::string_view /*name*/, std::string_view /*with*/ = {}) {}
#endif

}  // namespace saksbro::run
