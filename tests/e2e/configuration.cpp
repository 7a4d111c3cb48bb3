#include "tests/e2e/configuration.h"

#include <stdexcept>

#include "tests/rig/folder.h"

namespace saksbro::e2e {
namespace {

// doubt: the searches of these systems do not lag.
constexpr const char* kConfiguration = R"(
store: {{folder}}/saksbro.db
listen: { webhooks: "127.0.0.1:{{webhooks_port}}", operations: "127.0.0.1:{{operations_port}}" }
links: { url: "http://127.0.0.1:{{webhooks_port}}", secret: { file: links.secret } }
mappings: { house: house.yaml, processes: [m1.yaml, m2.yaml], organisations: organisations.yaml }
calendar: { zone: Europe/Oslo, hours: { mon-fri: 08:00-15:45 }, holidays: norway }
systems:
  desk:
    connector: redmine
    mapping: desk.redmine.yaml
    url: {{redmine}}
    key: { file: redmine.key }
    project: saksportal
    tracker: Sak
    custom_fields: { {{custom_fields}} }
    marker_field: Saksbro-nøkkel
    poll: {{poll}}
    doubt: [5s]
    {{desk}}
{{operator}}  innboks:
    connector: mail
    mapping: innboks.mail.yaml
    smtp: {{smtp}}
    imap: {{imap}}
    certificates: {{certificate}}
    from: Brukerstøtte <saker@kommune.test>
    user: saker@kommune.test
    password: { file: mail.password }
    secret: { file: mail.secret }
    trust: anyone
    poll: {{others}}
    doubt: [5s]
{{suppliers}}{{organisations}}channels:
  vakt: { connector: http_alert, url: "{{alerts}}/alert" }
  epost:
    connector: mail
    smtp: {{smtp}}
    certificates: {{certificate}}
    from: Saksbro <saker@kommune.test>
    user: saker@kommune.test
    password: { file: mail.password }
    to: [vakt@kommune.test]
)";

constexpr const char* kOperator = R"(  operator:
    connector: rt
    mapping: operator.rt.yaml
    external: true
    url: {{rt}}
    token: { file: rt.token }
    queue: Leveranse
    marker_field: Saksbro-nøkkel
    note_field: Saksnotat
    poll: {{poll}}
    doubt: [5s]
    webhook: { path: /hooks/operator, scheme: hmac_sha256, secret: { file: webhook.secret } }
)";

constexpr const char* kOperatorByMail = R"(  operator:
    connector: mail
    mapping: operator.mail.yaml
    external: true
    smtp: {{smtp}}
    imap: {{imap}}
    certificates: {{certificate}}
    from: Brukerstøtte 2. linje <{{mailbox}}>
    to: [{{address}}]
    user: {{mailbox}}
    password: { file: operator.password }
    secret: { file: mail.secret }
    trust: anyone
    poll: {{others}}
    doubt: [5s]
)";

constexpr const char* kSupplier = R"(  {{name}}:
    connector: rt
    mapping: {{mapping}}
    external: true
    url: {{rt}}
    token: { file: rt.token }
    queue: {{queue}}
    marker_field: Saksbro-nøkkel
    note_field: Saksnotat
    poll: {{others}}
    doubt: [5s]
)";

constexpr const char* kOrganisation = R"(  {{name}}:
    connector: redmine
    mapping: organisation.redmine.yaml
    url: {{redmine}}
    key: { file: redmine.key }
    project: {{name}}
    tracker: Sak
    custom_fields: { {{custom_fields}} }
    marker_field: Saksbro-nøkkel
    poll: {{others}}
    doubt: [5s]
)";

// As the list of Redmine's field Virksomhet names them.
constexpr const char* kOrganisations = R"(
value: virksomhet
organisations:
  Skole: { name: Utdanningsetaten, comment: desk, notice: epost, to: brukerstotte@ude.test }
  Bymiljøetaten: { name: Bymiljøetaten, ticket: bym }
  Helseetaten: { name: Helseetaten, ticket: hel, notice: epost, to: brukerstotte@hel.test }
)";

std::string shipped(const std::string& name) {
  return rig::read_file(std::filesystem::path(SAKSBRO_SOURCE) / "mappings" / name);
}

std::string changed(std::string mapping, const std::string& sample, const std::string& ours) {
  const auto at = mapping.find(sample);
  if (at == std::string::npos) throw std::runtime_error("no mapping says \"" + sample + "\"");
  return mapping.replace(at, sample.size(), ours);
}

// The sample names kari by the id that she has in the sample's world.
std::string desk_mapping(const Wish& wish, const nlohmann::json& ids) {
  const std::string kari = wish.by_group ? "{ groups: [Brukerstøtte 2. linje] }"
                                         : "[\"" + ids["users"]["kari"].dump() + "\"]";
  return changed(shipped("desk.redmine.yaml"), "second_line: [\"6\"]", "second_line: " + kari);
}

// Values that are the same wherever they stand; those that only World knows are left for it.
std::string with(std::string text, const rig::Values& values) {
  for (const auto& [name, value] : values) {
    const std::string mark = "{{" + name + "}}";
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark))
      text.replace(at, mark.size(), value);
  }
  return text;
}

std::string main_file(const Wish& wish, const nlohmann::json& ids) {
  std::string fields;
  for (const auto& [name, id] : ids["custom_fields"].items())
    fields += (fields.empty() ? "" : ", ") + name + ": " + id.dump();
  std::string suppliers;
  for (const auto& [name, queue, mapping] :
       {std::tuple{"third_line", "Tredjelinje", "third_line.rt.yaml"},
        {"lonn", "Lønn", "source_system.rt.yaml"},
        {"skatt", "Skatt", "source_system.rt.yaml"}})
    suppliers += with(kSupplier, {{"name", name}, {"queue", queue}, {"mapping", mapping}});
  const std::string organisations =
      with(kOrganisation, {{"name", "bym"}}) + with(kOrganisation, {{"name", "hel"}});
  const std::string desk = std::string(wish.by_group ? "people: project_roles\n    " : "") +
                           (wish.versions ? "versions: true" : "");
  const std::string the_operator =
      wish.operator_by_mail
          ? with(kOperatorByMail, {{"mailbox", kOperatorsMailbox}, {"address", kOperatorsAddress}})
          : kOperator;
  return with(
      with(
          kConfiguration,
          {{"operator", the_operator}, {"suppliers", suppliers}, {"organisations", organisations}}),
      {{"custom_fields", fields}, {"desk", desk}, {"poll", wish.poll}, {"others", wish.others}});
}

}  // namespace

rig::ConfigTexts configuration(const Wish& wish, const nlohmann::json& ids) {
  rig::ConfigTexts texts{{"saksbro.yaml", main_file(wish, ids)},
                         {"organisations.yaml", kOrganisations},
                         {"desk.redmine.yaml", desk_mapping(wish, ids)},
                         {"innboks.mail.yaml", changed(shipped("innboks.mail.yaml"),
                                                       "ude.example.no: UDE", "ude.test: Skole")},
                         {"webhook.secret", kWebhookSecret},
                         {"links.secret", kLinksSecret},
                         {"mail.secret", kMailSecret}};
  for (const char* name :
       {"m1.yaml", "m2.yaml", "house.yaml", "operator.rt.yaml", "third_line.rt.yaml",
        "source_system.rt.yaml", "organisation.redmine.yaml"})
    texts[name] = shipped(name);
  texts["operator.mail.yaml"] =
      changed(shipped("operator.mail.yaml"), "drift@operator.example.no", kOperatorsAddress);
  return texts;
}

}  // namespace saksbro::e2e
