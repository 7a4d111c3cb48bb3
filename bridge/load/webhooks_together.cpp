#include "bridge/load/webhooks_together.h"

#include <map>

namespace saksbro::load {
namespace {

const std::string* text_in(const Setting& block, const char* key) {
  const Setting* found = block.find(key);
  return found == nullptr ? nullptr : std::get_if<Setting::Text>(&found->value);
}

void error(const Setting& at, const std::string& what, Errors& errors) {
  errors.push_back({at.where, at.path + ": " + what});
}

}  // namespace

void check_webhooks(const Configuration& configuration, Errors& errors) {
  const auto& tls = configuration.listen.webhooks.tls;
  std::map<std::string, std::string> taken;  // path -> system
  for (const SystemConfiguration& system : configuration.systems) {
    const Setting* webhook = system.settings.find("webhook");
    if (webhook == nullptr) continue;
    if (const std::string* path = text_in(*webhook, "path")) {
      const auto [first, fresh] = taken.emplace(*path, system.name.text());
      if (!fresh) {
        error(*webhook->find("path"), "this is where " + first->second + " sends its webhooks",
              errors);
      }
    }
    const std::string* scheme = text_in(*webhook, "scheme");
    if (scheme != nullptr && *scheme == "mtls" && (!tls || tls->client_ca.empty())) {
      error(*webhook->find("scheme"),
            "mtls needs listen.webhooks.tls.client_ca: the authority that issues the senders' "
            "certificates",
            errors);
    }
  }
}

}  // namespace saksbro::load
