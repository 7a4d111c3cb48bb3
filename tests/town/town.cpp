#include "tests/town/town.h"

#include <httplib.h>

#include "tests/rig/folder.h"
#include "tests/rig/port.h"

namespace saksbro::chaos {
namespace {

constexpr const char* kKey = "the-key-of-the-bridge-in-this-town";
constexpr const char* kSecret = "a-secret-that-signs-what-arrives-here";

const std::map<std::string, int> kDeskFields{
    {kCaseNumber, 1},           {kSupplierNumber, 2},
    {"Virksomhet", 3},          {"Sendes til leverandør", 4},
    {"Saksbro-nøkkel", 9},      {"Type henvendelse", 10},
    {"Feiltype", 11},           {"Fagsystem", 12},
    {"Sluttbruker", 13},        {"Sluttbrukers e-post", 14},
    {"Eier 1. linje", 15},      {"Eiers e-post", 16},
    {"Generell interesse", 17}, {"Alvorlighet", 19},
    {"Feilkategori", 20}};

constexpr const char* kMainFile = R"(
store: {{folder}}/saksbro.db
listen: { webhooks: "127.0.0.1:{{webhooks_port}}", operations: "127.0.0.1:{{operations_port}}" }
links: { url: "http://127.0.0.1:{{webhooks_port}}", secret: { file: secret } }
mappings: { house: house.yaml, processes: [m1.yaml, m2.yaml], organisations: organisations.yaml }
systems:
  desk:
    connector: redmine
    mapping: desk.redmine.yaml
    url: {{desk}}
    key: { file: key }
    project: saksportal
    tracker: Sak
    custom_fields: { {{custom_fields}} }
    marker_field: Saksbro-nøkkel
    poll: {{poll}}
    doubt: [5s]
  innboks: # nobody answers there, all the time
    connector: mail
    mapping: innboks.mail.yaml
    smtp: smtp://127.0.0.1:{{smtp}}
    imap: imap://127.0.0.1:{{nowhere}}
    tls: none
    from: Brukerstøtte <saker@kommune.test>
    user: saker@kommune.test
    password: { file: key }
    secret: { file: secret }
    trust: anyone
    poll: 5s
{{suppliers}}channels:
  vakt: { connector: http_alert, url: "{{vakt}}/alert" }
  epost:
    connector: mail
    smtp: smtp://127.0.0.1:{{smtp}}
    tls: none
    from: Saksbro <saker@kommune.test>
    to: [vakt@kommune.test]
)";

constexpr const char* kSupplier = R"(  NAME:
    connector: rt
    mapping: MAPPING
    external: true
    url: {{NAME}}
    token: { file: key }
    queue: NAME
    marker_field: Saksbro-nøkkel
    note_field: Saksnotat
    poll: {{poll}}
    doubt: [5s]
    webhook: { path: /hooks/NAME, scheme: hmac_sha256, secret: { file: secret } }
)";

const std::map<std::string, std::string> kSuppliers{{"operator", "operator.rt.yaml"},
                                                    {"third_line", "third_line.rt.yaml"},
                                                    {"lonn", "source_system.rt.yaml"},
                                                    {"skatt", "source_system.rt.yaml"}};

constexpr const char* kOrganisations = R"(
value: virksomhet
organisations:
  UDE: { name: Utdanningsetaten, comment: desk, notice: epost, to: brukerstotte@ude.test }
)";

std::string with(std::string text, const std::string& mark, const std::string& value) {
  for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + value.size()))
    text.replace(at, mark.size(), value);
  return text;
}

fakes::TrackerSettings desk_settings() {
  fakes::TrackerSettings desk{.places = {"saksportal"},
                              .statuses = {"Ny", "Under arbeid", "AVVENTER", "LØST", "LUKKET"},
                              .fields = {},
                              .people = {{kBridge, "Bro"}, {kKari, "Kari"}, {kPer, "Per"}},
                              .bridge = kBridge,
                              .key = kKey};
  for (const auto& [name, id] : kDeskFields) desk.fields.push_back(name);
  return desk;
}

fakes::TrackerSettings supplier_settings(const std::string& name) {
  return {.places = {name},
          .statuses = {"ny", "under behandling", "venter på kunde", "løst", "lukket"},
          .fields = {"Saksbro-nøkkel", kCustomerNumber, "Saksnotat", "Alvorlighet", "Feilkategori",
                     "Sluttbrukere må informeres", "Løsning"},
          .people = {{"bro", "Bro"}, {kLeif, "Leif"}},
          .bridge = "bro",
          .key = kKey,
          .one_event_each = true};
}

rig::ConfigTexts texts() {
  std::string suppliers;
  for (const auto& [name, mapping] : kSuppliers)
    suppliers += with(with(kSupplier, "NAME", name), "MAPPING", mapping);
  std::string fields;
  for (const auto& [name, id] : kDeskFields)
    fields += (fields.empty() ? "" : ", ") + name + ": " + std::to_string(id);
  rig::ConfigTexts all{{"saksbro.yaml", with(with(kMainFile, "{{suppliers}}", suppliers),
                                             "{{custom_fields}}", fields)},
                       {"organisations.yaml", kOrganisations},
                       {"key", kKey},
                       {"secret", kSecret}};
  const std::filesystem::path shipped = std::filesystem::path(SAKSBRO_SOURCE) / "mappings";
  for (const char* name :
       {"m1.yaml", "m2.yaml", "house.yaml", "desk.redmine.yaml", "innboks.mail.yaml",
        "operator.rt.yaml", "third_line.rt.yaml", "source_system.rt.yaml"})
    all[name] = rig::read_file(shipped / name);
  return all;
}

}  // namespace

Town::Town(const TownWish& wish) {
  std::uint64_t seed = wish.seed;
  const auto speak_desk = [](fakes::Tracker& state) {
    return fakes::speak_redmine(state, kDeskFields);
  };
  const auto speak_rt = [](fakes::Tracker& state) { return fakes::speak_rt(state, kSecret); };
  systems["desk"] = std::make_unique<fakes::FakeTracker>(desk_settings(), speak_desk, seed++);
  systems["vakt"] = std::make_unique<fakes::FakeTracker>(
      fakes::TrackerSettings{.places = {""}, .statuses = {""}, .fields = {"Saksbro-nøkkel"}},
      fakes::speak_alert, seed++);
  for (const auto& [name, mapping] : kSuppliers)
    systems[name] = std::make_unique<fakes::FakeTracker>(supplier_settings(name), speak_rt, seed++);
  rig::Values values{{"poll", wish.poll},
                     {"smtp", std::to_string(mail.port())},
                     {"nowhere", std::to_string(rig::free_port())}};
  for (const auto& [name, tracker] : systems) values[name] = tracker->url();
  rig::ConfigTexts all = texts();
  if (wish.edit) wish.edit(all);
  saksbro = std::make_unique<rig::Saksbro>(all, values);
  const std::string url = saksbro->webhooks_url();
  const int port = std::stoi(url.substr(url.rfind(':') + 1));
  for (const auto& [name, mapping] : kSuppliers) system(name).hooks.send_to(port, "/hooks/" + name);
}

// First of all: it calls the others.
Town::~Town() { saksbro.reset(); }

bool Town::quiet() const {
  httplib::Client client(saksbro->operations_url());
  const auto metrics = client.Get("/metrics");
  return metrics && metrics->body.find("saksbro_inbox_waiting 0\n") != std::string::npos &&
         metrics->body.find("saksbro_outbox_waiting 0\n") != std::string::npos;
}

}  // namespace saksbro::chaos
