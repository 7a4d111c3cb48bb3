// What the connector stores for its own normalise(): a thread that we opened, or a mail that came.
#pragma once

#include <string>

#include "bridge/codec/json.h"
#include "bridge/contract/ids.h"

namespace saksbro::mail {

using codec::Json;

struct Opened {
  RemoteKey thread;
  std::string title;
  std::string text;
  std::string marker;
};

[[nodiscard]] std::string write_opened(const Opened& opened);
[[nodiscard]] Opened read_opened(const Json& record);

}  // namespace saksbro::mail
