#include "bridge/core/model/audience.h"

namespace saksbro::core {

Visibility answered_for(const SystemMapping& system, Visibility asked) {
  return system.external ? Visibility::internal : asked;
}

}  // namespace saksbro::core
