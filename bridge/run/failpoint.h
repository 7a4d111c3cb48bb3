// Named places where a test lets the process die, as kill -9 would: SAKSBRO_FAIL=name or name:3
// (the third time). Only in builds with -DSAKSBRO_FAILPOINTS=ON; else nothing is compiled in.
#pragma once

namespace saksbro::run {

#ifdef SAKSBRO_FAILPOINTS
void failpoint(const char* name);
#else
inline void failpoint(const char* /*name*/) {}
#endif

}  // namespace saksbro::run
