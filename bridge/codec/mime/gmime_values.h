// GMime: its start, who frees what it hands out, and its text.
#pragma once

#include <gmime/gmime.h>

#include <string>
#include <string_view>

#include "bridge/codec/windows_1252.h"
#include "bridge/contract/ascii.h"

namespace saksbro::codec {

// Once for the program; the parsed charsets and types are its only state.
inline void start_gmime_once() {
  static const bool started = [] {
    g_mime_init();
    return true;
  }();
  static_cast<void>(started);
}

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};

struct Free {
  void operator()(char* text) const { g_free(text); }
};

[[nodiscard]] inline std::string text_of(const char* text) {
  return text == nullptr ? "" : repair_windows_1252(text);
}

// `type` may be none.
[[nodiscard]] inline bool parameter_is(GMimeContentType* type, const char* name,
                                       std::string_view value) {
  return type != nullptr && lower(text_of(g_mime_content_type_get_parameter(type, name))) == value;
}

}  // namespace saksbro::codec
