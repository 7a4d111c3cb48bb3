// Systems that let nothing through, as `outbox` and `status` tell them.
#pragma once

#include "bridge/cli/speech.h"
#include "bridge/codec/json.h"
#include "bridge/store/store.h"

namespace saksbro::cli {

[[nodiscard]] codec::Json outage_json(const store::Outage& outage);
// One line an incident, however much waits behind it.
void print_outage(const Speech& speech, const store::Outage& outage);

}  // namespace saksbro::cli
