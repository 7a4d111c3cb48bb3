// A comment that brings or names files goes only while what it was decided on holds. It may wait
// for days, while its system is out: a file turns internal meanwhile, its ticket confidential, or
// somebody deletes it. So whoever sends it asks here, as the last thing before bytes leave; what
// must not go is held back, and decided again. Pure.
#pragma once

#include "bridge/core/model/decision.h"

namespace saksbro::core {

enum class FilesNow {
  may_go,
  look_first,  // decided long ago: the ticket that they come from is to be looked at before
  changed,     // something of it does not hold any more
  unclear,     // the mapping has no place for the case now
  unknown      // it is not known what it was decided on
};

// Whether that command has to be asked about.
[[nodiscard]] bool is_guarded(const Issued& issued);

// `state` is the case as it is now. `command` is for `to`.
[[nodiscard]] FilesNow files_now(const Mapping& mapping, const Case& state, const SystemName& to,
                                 const IdempotencyKey& command, Instant now);

}  // namespace saksbro::core
