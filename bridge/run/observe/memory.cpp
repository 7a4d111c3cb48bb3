#include "bridge/run/observe/memory.h"

#include <malloc.h>

namespace saksbro::run {

// Blocks of that size and more, such as bodies, are mapped one by one and unmapped when they are
// freed. By default glibc raises that limit to the size of each such block that is freed, up to
// 32 MB, and then keeps them. Few arenas: memory that one thread has freed can serve the next.
void use_memory_sparingly() {
  constexpr int kMapped = 256 * 1024;
  constexpr int kArenas = 4;
  mallopt(M_MMAP_THRESHOLD, kMapped);
  mallopt(M_ARENA_MAX, kArenas);
}

// The many small blocks of a tree lie in the arenas, between others.
void give_memory_back() { malloc_trim(0); }

}  // namespace saksbro::run
