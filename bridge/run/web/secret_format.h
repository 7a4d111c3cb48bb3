// fmt prints a secret as ***. Without this header it prints none at all: it does not compile.
#pragma once

#include <fmt/format.h>

#include "bridge/contract/secret.h"

template <>
struct fmt::formatter<saksbro::Secret> : fmt::formatter<fmt::string_view> {
  template <class Context>
  auto format(const saksbro::Secret&, Context& context) const {
    return fmt::formatter<fmt::string_view>::format(saksbro::Secret::kShown, context);
  }
};
