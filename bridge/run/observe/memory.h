// How glibc's allocator keeps memory. Left alone, it gives back little of what a large body took
// once: the unit's MemoryMax then counts yesterday's largest.
#pragma once

#include <cstddef>

namespace saksbro::run {

// From this size on, reading a body is worth the milliseconds that give_memory_back() takes.
inline constexpr std::size_t kLargeBody = 1'000'000;

// Before any thread starts.
void use_memory_sparingly();

void give_memory_back();

}  // namespace saksbro::run
