// What the configuration of every tracker has, and how it is read.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bridge/codec/webhook/signature.h"
#include "bridge/contract/ids.h"
#include "bridge/contract/settings.h"

namespace saksbro::tracker {

struct Settings {
  SystemName name;
  std::string url;           // its root, without trailing '/'
  std::string marker_field;  // holds CreateTicket::marker; empty: no process opens tickets here
  std::chrono::milliseconds poll_every{std::chrono::seconds(30)};
  std::chrono::milliseconds overlap{std::chrono::minutes(10)};
  std::optional<codec::WebhookGuard> guard;  // none: no webhook is authentic, it is polled only
};

// `poll` and `overlap`, where they are given.
void read_polling(SettingsReader& reader, Settings& read);

// The block `webhook`, where it is given. `scheme` is the one that counts when it names none.
void read_webhook(SettingsReader& reader, Settings& read, std::string_view scheme = "hmac_sha256");

// A list of texts that are not empty. `wanted` is the error at each other item: "expected the name
// of a group in RT".
[[nodiscard]] std::vector<std::string> read_names(SettingsReader& reader, const Setting& list,
                                                  const std::string& wanted);

}  // namespace saksbro::tracker
