// Request Tracker 5 by its REST2 interface, as one configured system: one queue of it. README.md
// lists the traps that the code here is shaped by.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "connectors/tracker/system.h"

namespace saksbro::rt {

// Its marker_field is a custom field, by name; /REST/2.0 is not part of its url.
struct RtSettings : tracker::Settings {
  Secret token;
  std::string queue;                // its name
  std::string note_field;           // the custom field that holds the case note; "" for none
  std::vector<std::string> groups;  // of people, that are asked for with each ticket
};

// The scrip gives its messages no id. But a body names the transactions that it tells of, and RT
// never uses such a number twice: the same body is the same delivery.
class RtSystem final : public tracker::System<RtSettings> {
 public:
  using System::System;

  [[nodiscard]] Abilities abilities() const override;
  [[nodiscard]] Result<std::vector<Observation>> normalise(const Delivery& delivery) const override;
  [[nodiscard]] PollStep poll(const Cursor& cursor, Transcript so_far) const override;
  [[nodiscard]] Step perform(const Command& command, Transcript so_far) const override;
};

// RT takes "leveranse" and "Leveranse" for the same queue; so do we (ASCII only, as a word may be
// written in a configuration).
[[nodiscard]] bool same_queue(std::string_view one, std::string_view other);

}  // namespace saksbro::rt
