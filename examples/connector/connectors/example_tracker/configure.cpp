#include "connectors/example_tracker/example_tracker.h"
#include "connectors/example_tracker/example_tracker_system.h"

namespace saksbro::example_tracker {

// What is not read here is an unknown key, and an error with the nearest known name.
Configured configure(const SystemName& name, const Setting& settings) {
  SettingsReader reader(settings);
  ExampleTrackerSettings read;
  read.name = name;
  read.url = reader.url("url");
  read.token = reader.secret("token");
  read.queue = reader.text("queue");
  read.marker_field = reader.text_or("marker_field", "");
  read_polling(reader, read);
  read_webhook(reader, read);
  if (Errors errors = reader.finish(); !errors.empty()) return tl::unexpected(std::move(errors));
  return std::make_unique<ExampleTrackerSystem>(std::move(read));
}

}  // namespace saksbro::example_tracker
