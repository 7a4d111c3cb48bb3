// What only the listener and all systems together can tell about webhooks.
#pragma once

#include "bridge/load/configuration.h"

namespace saksbro::load {

// Each path belongs to one system; mtls needs a listener that asks for certificates.
void check_webhooks(const Configuration& configuration, Errors& errors);

}  // namespace saksbro::load
