#include "connectors/tracker/verbs.h"

namespace saksbro::tracker {

Outcome no_verb(const std::string& tracker, const Action& action) {
  const Phrase::Args args{{"tracker", tracker}, {"verb", verb(action)}};
  if (std::holds_alternative<RaiseAlert>(action))
    return Rejected{Phrase("{tracker} is a tracker, not an alert channel", args)};
  if (std::holds_alternative<SendNotice>(action))
    return Rejected{Phrase("{tracker} is a tracker, and sends no notices", args)};
  return Rejected{Phrase("{tracker} does not support \"{verb}\"", args)};
}

Outcome no_marker() {
  return Rejected{
      Phrase("no field for the marker is configured (\"marker_field\"): a ticket that is opened "
             "without one is never found again",
             {})};
}

}  // namespace saksbro::tracker
