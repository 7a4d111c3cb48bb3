// The process as data: what mappings/*.yaml says, checked. A Mapping exists only when every name in
// it resolves; so nothing here looks a name up and fails. Immutable after load; any thread may read
// it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "bridge/core/model/house_texts.h"
#include "bridge/core/model/process.h"
#include "bridge/core/model/system_mapping.h"
#include "bridge/core/time/calendar.h"

namespace saksbro::core {

// A 1st line that is told things, and how.
struct Organisation {
  enum class Channel {
    ticket,   // a ticket of its own in `system`
    comment,  // on the case's ticket in `system`
    notice    // through the channel `system`, to `address`
  };
  std::string id;  // as the case value that names organisations says it
  std::string name;
  Channel channel = Channel::comment;
  SystemName system;
  SystemName notices;  // the channel for `address`; the same as `system` where that is a channel
  std::string address;
  std::string where;
};

struct Mapping {
  std::vector<Process> processes;
  std::map<SystemName, SystemMapping> systems;
  HouseTexts texts;
  Calendar calendar;
  std::vector<Organisation> organisations;
  std::string organisation_value;  // the case value that names the organisation of a case
  std::string case_prefix = "SAK";
  Language language = Language::nb;  // where a mapping file of a system says nothing else

  [[nodiscard]] const Process& process(const ProcessId& id) const;  // ids come from this mapping
  // A name that a store, a tracker or a person gave: it may be none of this mapping.
  [[nodiscard]] const SystemMapping* system(const SystemName& name) const;
  // A name that this mapping gave, or that system() has found.
  [[nodiscard]] const SystemMapping& known_system(const SystemName& name) const;
};

}  // namespace saksbro::core
