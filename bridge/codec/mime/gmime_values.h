// What GMime hands out: who frees it, and its text.
#pragma once

#include <gmime/gmime.h>

#include <string>

#include "bridge/codec/windows_1252.h"

namespace saksbro::codec {

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};

struct Free {
  void operator()(char* text) const { g_free(text); }
};

[[nodiscard]] inline std::string text_of(const char* text) {
  return text == nullptr ? "" : repair_windows_1252(text);
}

}  // namespace saksbro::codec
