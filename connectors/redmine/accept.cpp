#include "connectors/redmine/redmine_system.h"

namespace saksbro::redmine {

Abilities RedmineSystem::abilities() const { return {std::nullopt, settings_.poll_every, true}; }

// Redmine has webhooks only from 7.0 on, and what plug-ins send before that is unsigned.
Result<DeliveryId> RedmineSystem::accept(const Arrival&) const {
  return fail(settings_.name.text(),
              "Redmine is polled; this connector receives no webhooks, so nothing is authentic");
}

}  // namespace saksbro::redmine
