// Names of the values that the core keeps for itself about one attribute of a ticket. `slot`:
// "status", or "fields/" and the field's name. Internal to core.
#pragma once

#include <string>

#include "bridge/contract/ids.h"

namespace saksbro::core {

// What a change or a write of a field is about.
[[nodiscard]] inline std::string field_slot(const std::string& field) { return "fields/" + field; }

// When our writes were undone, as milliseconds with a blank before each.
[[nodiscard]] inline std::string bounces_of(const SystemName& at, const std::string& slot) {
  return "loop/" + at.text() + "/" + slot;
}
// Kept while the attribute is left alone.
[[nodiscard]] inline std::string cut_of(const SystemName& at, const std::string& slot) {
  return "cut/" + at.text() + "/" + slot;
}
// Our last write that the ticket has shown.
[[nodiscard]] inline std::string last_write_of(const SystemName& at, const std::string& slot) {
  return "ours/" + at.text() + "/" + slot;
}
// The text that was sent last, so that it is sent once.
[[nodiscard]] inline std::string sent_to(const SystemName& at, const std::string& field) {
  return "written/" + at.text() + "/" + field;
}
// A status that a person set before it counted; empty: none.
[[nodiscard]] inline std::string unheard_at(const SystemName& at) { return "unheard/" + at.text(); }
// When a case was told that this version is out, as people write a time.
[[nodiscard]] inline std::string told_of_version(const std::string& version) {
  return "told/version/" + version;
}
// The number that a party without a tracker calls its ticket by.
[[nodiscard]] inline std::string number_of(const SystemName& at) { return "number/" + at.text(); }
// What the answers on a ticket there wait for: see pending_answers.h.
[[nodiscard]] inline std::string pending_at(const SystemName& at) { return "pending/" + at.text(); }
// "yes" while a question has been asked and not answered.
[[nodiscard]] inline std::string asked(const std::string& question) { return "asked/" + question; }
// The last value of a field that was refused there, so that it is refused once.
[[nodiscard]] inline std::string told_word(const SystemName& at, const std::string& field) {
  return "told/word/" + at.text() + "/" + field;
}
// The look at a ticket that people say the case has there already: its command's key.
[[nodiscard]] inline std::string adopting(const SystemName& at) { return "adopt/" + at.text(); }
// The system whose people gave a case value what it is now.
[[nodiscard]] inline std::string source_of(const std::string& value) { return "from/" + value; }

}  // namespace saksbro::core
