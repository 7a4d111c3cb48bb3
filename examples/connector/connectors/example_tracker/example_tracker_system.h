// Example Tracker by its REST API, as one configured system: one queue of it. README.md lists the
// traps that the code here is shaped by.
#pragma once

#include <string>
#include <vector>

#include "connectors/tracker/system.h"

namespace saksbro::example_tracker {

struct ExampleTrackerSettings : tracker::Settings {
  Secret token;
  std::string queue;  // its name
};

class ExampleTrackerSystem final : public tracker::System<ExampleTrackerSettings> {
 public:
  using System::System;

  [[nodiscard]] Result<std::vector<Observation>> normalise(const Delivery& delivery) const override;
  [[nodiscard]] PollStep poll(const Cursor& cursor, Transcript so_far) const override;
  [[nodiscard]] Step perform(const Command& command, Transcript so_far) const override;
};

}  // namespace saksbro::example_tracker
