#include "connectors/tracker/settings.h"

namespace saksbro::tracker {

void read_polling(SettingsReader& reader, Settings& read) {
  read.poll_every = reader.interval("poll").value_or(read.poll_every);
  read.overlap = reader.duration("overlap").value_or(read.overlap);
}

void read_webhook(SettingsReader& reader, Settings& read, std::string_view scheme) {
  const Setting* webhook = reader.map("webhook");
  if (webhook == nullptr) return;
  Errors errors;
  read.guard = codec::read_webhook_guard(*webhook, errors, scheme);
  reader.add(errors);
}

std::vector<std::string> read_names(SettingsReader& reader, const Setting& list,
                                    const std::string& wanted) {
  std::vector<std::string> names;
  for (const Setting& item : std::get<Setting::List>(list.value)) {
    const auto* name = std::get_if<Setting::Text>(&item.value);
    if (name == nullptr || name->empty()) {
      reader.error(item, wanted);
    } else {
      names.push_back(*name);
    }
  }
  return names;
}

}  // namespace saksbro::tracker
