#include "tests/fuzz/settings.h"

namespace saksbro::fuzz {
namespace {

Setting at(std::variant<Setting::Text, Secret, Setting::List, Setting::Map> value) {
  return {"fuzz:1:1", "fuzz", std::move(value)};
}

Setting redmine() {
  return map({{"url", text("https://redmine.example.test")},
              {"key", secret("test-key")},
              {"project", text("saksportal")},
              {"tracker", text("Sak")},
              {"people", text("project_roles")},
              {"versions", text("true")},
              {"custom_fields", map({{"Saksnummer", text("1")}, {"Moduler", text("7")}})},
              {"marker_field", text("Saksnummer")},
              {"webhook", map({{"path", text("/hooks/desk")},
                               {"secret", secret("en hemmelighet av nok lengde her")}})}});
}

Setting rt() {
  return map(
      {{"url", text("https://rt.leverandor.example")},
       {"token", secret("token-of-bro")},
       {"queue", text("Leveranse")},
       {"marker_field", text("Saksbro-nøkkel")},
       {"note_field", text("Saksnotat")},
       {"people", map({{"groups", list({text("Drift")})}})},
       {"webhook", map({{"path", text("/hooks/operator")}, {"secret", secret("hemmelig")}})}});
}

Setting mail() {
  return map({{"smtp", text("smtp://mail.kommune.no:587")},
              {"imap", text("imaps://mail.kommune.no:993")},
              {"from", text("Saksportalen <saker@kommune.no>")},
              {"user", text("saker@kommune.no")},
              {"password", secret("hemmelig")},
              {"secret", secret("en hemmelighet av nok lengde her")},
              {"trust", text("anyone")},
              {"to", list({text("Vakt <vakt@kommune.no>")})}});
}

Setting http_alert() {
  return map({{"url", text("https://vakt.example/alerts")}, {"token", secret("let-me-in")}});
}

}  // namespace

Setting text(std::string value) { return at(std::move(value)); }
Setting secret(std::string value) { return at(Secret(std::move(value))); }
Setting list(std::vector<Setting> items) { return at(Setting::List(std::move(items))); }
Setting map(Setting::Map entries) { return at(std::move(entries)); }

Setting settings_of(const std::string& connector) {
  if (connector == "redmine") return redmine();
  if (connector == "rt") return rt();
  return connector == "mail" ? mail() : http_alert();
}

}  // namespace saksbro::fuzz
