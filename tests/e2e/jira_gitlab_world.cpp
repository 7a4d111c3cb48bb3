#include "tests/e2e/jira_gitlab_world.h"

#include <gtest/gtest.h>
#include <httplib.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "bridge/codec/digest.h"
#include "bridge/codec/markup/dialects.h"
#include "tests/rig/eventually.h"
#include "tests/rig/port.h"

namespace saksbro::e2e {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

constexpr const char* kInstance = R"(
store: {{folder}}/saksbro.db
listen: { webhooks: "127.0.0.1:{{webhooks_port}}", operations: "127.0.0.1:{{operations_port}}" }
links: { url: "http://127.0.0.1:{{webhooks_port}}", secret: { file: links.secret } }
mappings: { house: house.yaml, processes: [m1.yaml, m2.yaml], organisations: organisations.yaml }
systems:
  desk:
    connector: jira
    mapping: desk.jira.yaml
    url: {{desk}}
    user: saksbro@example.com
    token: { file: jira.token }
    project: SUP
    issue_types: ["[System] Incident"]
    marker_field: label
    fields:
      Prioritet: priority
      Saksnummer: { id: 10041, type: text }
      Leverandørens saksnummer: { id: 10042, type: text }
      Virksomhet: { id: 10043, type: text }
      Sluttbruker: { id: 10044, type: text }
      Sluttbrukers e-post: { id: 10045, type: text }
      Eier 1. linje: { id: 10046, type: text }
      Eiers e-post: { id: 10047, type: text }
      Fagsystem: { id: 10048, type: text }
      Type henvendelse: { id: 10049, type: text }
      Feiltype: { id: 10050, type: text }
      Generell interesse: { id: 10051, type: text }
      Alvorlighet: { id: 10052, type: text }
      Feilkategori: { id: 10053, type: text }
    internal_comments: service_desk
    screens: { Resolved: { resolution: Done } }
    people: { groups: [second-line] }
    poll: {{poll}}
    doubt: [1s]
    webhook: { path: /hooks/desk, secret: { file: desk.secret } }
  operator:
    connector: jira
    mapping: operator.jira.yaml
    external: true
    url: {{operator}}
    edition: data_center
    token: { file: jira.token }
    project: OPS
    issue_types: [Bug]
    marker_field: label
    fields:
      priority: priority
      Kundens saksnummer: { id: 10101, type: text }
      Alvorlighet: { id: 10102, type: text }
      Feilkategori: { id: 10103, type: text }
      Sluttbrukere må informeres: { id: 10104, type: text }
      Løsning: { id: 10105, type: paragraph }
      Saksnummer i Onyx: { id: 10106, type: text }
    internal_comments: { role: Developers }
    screens: { Resolved: { resolution: Done }, Closed: { resolution: Done } }
    poll: {{poll}}
    doubt: [1s]
  third_line:
    connector: gitlab
    mapping: third_line.gitlab.yaml
    external: true
    url: {{third_line}}
    token: { file: gitlab.token }
    project: 2
    statuses:
      New: opened
      In progress: status::in progress
      Waiting: status::waiting
      Solved: status::solved
      Closed: closed
    marker_field: Saksbro key
    poll: {{poll}}
    doubt: [1s]
    webhook: { path: /hooks/third_line, secret: { file: gitlab.secret } }
  lonn: { connector: gitlab, mapping: source_system.yaml, external: true, url: "{{third_line}}", token: { file: gitlab.token }, project: 1, statuses: { opened: opened, doing: doing, closed: closed }, marker_field: Saksbro key, poll: 1h }
  skatt: { connector: gitlab, mapping: source_system.yaml, external: true, url: "{{third_line}}", token: { file: gitlab.token }, project: 1, statuses: { opened: opened, doing: doing, closed: closed }, marker_field: Saksbro key, poll: 1h }
  innboks:
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
    poll: 1h
channels:
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

constexpr const char* kOneOrganisation = R"(
value: virksomhet
organisations:
  Skole: { name: Utdanningsetaten, comment: desk, notice: epost, to: brukerstotte@ude.test }
)";

constexpr const char* kDeskSecret = "what the Jira of this test signs with";
constexpr const char* kGitlabSecret = "what the GitLab of this test shows";

std::filesystem::path source(const std::string& below) {
  return std::filesystem::path(SAKSBRO_SOURCE) / below;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  if (at == std::string::npos) throw std::runtime_error("there is no \"" + from + "\"");
  return text.replace(at, from.size(), to);
}

// The simulator's own, with the fields that the mappings use, on each screen.
std::string seed_with_fields(const std::filesystem::path& folder) {
  json seed = json::parse(rig::read_file(source("tests/sim/jira_server/seed.json")));
  for (const int first : {10041, 10101}) {
    for (int id = first; id < first + 13; ++id) {
      const std::string name = "customfield_" + std::to_string(id);
      seed["customFields"].push_back({{"id", name},
                                      {"name", "Field " + std::to_string(id)},
                                      {"kind", id == 10105 ? "text" : "string"}});
      for (json& project : seed["projects"]) project["createScreen"].push_back(name);
    }
  }
  const std::filesystem::path file = folder / "seed.json";
  rig::write_file(file, seed.dump());
  return file;
}

rig::ConfigTexts texts_of(const rig::RealMail& mail) {
  rig::ConfigTexts texts{{"saksbro.yaml", kInstance},
                         {"organisations.yaml", kOneOrganisation},
                         {"jira.token", "agent-token"},
                         {"gitlab.token", "glpat-bridge"},
                         {"mail.password", mail.password("saker@kommune.test")},
                         {"links.secret", "a secret of the links of this test only"},
                         {"mail.secret", "a secret of the mails of this test only"},
                         {"desk.secret", kDeskSecret},
                         {"gitlab.secret", kGitlabSecret}};
  for (const char* name : {"m1.yaml", "m2.yaml", "house.yaml", "desk.jira.yaml",
                           "operator.jira.yaml", "third_line.gitlab.yaml", "innboks.mail.yaml"})
    texts[name] = rig::read_file(source(std::string("mappings/") + name));
  texts["innboks.mail.yaml"] =
      replaced(texts["innboks.mail.yaml"], "ude.example.no: UDE", "ude.test: Skole");
  texts["source_system.yaml"] =
      "system: [lonn, skatt]\nmarker: Saksbro key\nstatus: { NY: opened, UNDER ARBEID: doing, "
      "LUKKET: closed }\n"
      "roles: { source_system: everyone }\nsignals: { svart: [{ comment: everyone }] }\n";
  return texts;
}

rig::Rest at_jira(const rig::Simulator& server, const std::string& who, const std::string& mail) {
  return {server.url(),
          {"Authorization", "Basic " + codec::to_base64(mail + ":" + who + "-token")}};
}

rig::Rest ola(const rig::Simulator& server) {
  return {server.url(), {"PRIVATE-TOKEN", "glpat-ola"}};
}

std::vector<std::string> bodies(const json& comments) {
  std::vector<std::string> texts;
  for (const json& one : comments) texts.push_back(one.at("body"));
  return texts;
}

const std::string kThirdLine = "/api/v4/projects/2/issues";

}  // namespace

bool some_have(const std::vector<std::string>& texts, const std::string& part) {
  return std::any_of(texts.begin(), texts.end(),
                     [&](const std::string& text) { return text.find(part) != std::string::npos; });
}

JiraGitlabWorld::JiraGitlabWorld(const std::string& poll)
    : seed(seed_with_fields(seeds.path())),
      desk("jira", {"jira-cloud-bridge.json", "jira-cloud-more.json"},
           {"--dialect", "cloud", "--data", seed}),
      the_operator("jira", {"jira-dc-bridge.json", "jira-dc-more.json"},
                   {"--dialect", "dc", "--data", seed}),
      third_line("gitlab", {"gitlab-bridge.json"}),
      mail({"saker@kommune.test", "vakt@kommune.test", "brukerstotte@ude.test"}) {
  const int webhooks = rig::free_port();
  saksbro = std::make_unique<rig::Saksbro>(
      texts_of(mail), rig::Values{{"desk", desk.url()},
                                  {"operator", the_operator.url()},
                                  {"third_line", third_line.url()},
                                  {"poll", poll},
                                  {"alerts", alerts.url()},
                                  {"smtp", mail.smtp()},
                                  {"imap", mail.imap()},
                                  {"certificate", mail.certificate()},
                                  {"webhooks_port", std::to_string(webhooks)}});
  const std::string hooks = "http://127.0.0.1:" + std::to_string(webhooks) + "/hooks/";
  desk.order("webhooks", {{"url", hooks + "desk"}, {"secret", kDeskSecret}});
  rig::Rest(third_line.url(), {"PRIVATE-TOKEN", "glpat-admin"})
      .post("/api/v4/projects/2/hooks", {{"url", hooks + "third_line"},
                                         {"token", kGitlabSecret},
                                         {"issues_events", true},
                                         {"note_events", true}});
}

std::string JiraGitlabWorld::register_issue(const std::string& title,
                                            const std::string& text) const {
  return desk
      .order("issues", {{"as", "petter"},
                        {"project", "SUP"},
                        {"type", "[System] Incident"},
                        {"fields", {{"summary", title}, {"description", text}}}})
      .at("key");
}

void JiraGitlabWorld::desk_status(const std::string& issue, const std::string& status) const {
  desk.order("issues/" + issue + "/status", {{"as", "kari"}, {"to", status}});
}

void JiraGitlabWorld::desk_note(const std::string& issue, const std::string& text) const {
  desk.order("issues/" + issue + "/comments", {{"as", "kari"}, {"text", text}, {"internal", true}});
}

void JiraGitlabWorld::customer_says(const std::string& issue, const std::string& text) const {
  desk.order("issues/" + issue + "/comments",
             {{"as", "petter"}, {"text", text}, {"internal", false}});
}

void JiraGitlabWorld::customer_attaches(const std::string& issue, const std::string& name,
                                        const std::string& text) const {
  desk.order("issues/" + issue + "/attachments",
             {{"as", "petter"}, {"name", name}, {"text", text}});
}

json JiraGitlabWorld::desk_issue(const std::string& issue) const {
  return at_jira(desk, "kari", "kari@example.com").get("/rest/api/3/issue/" + issue).at("fields");
}

std::vector<std::string> JiraGitlabWorld::desk_files(const std::string& issue) const {
  std::vector<std::string> files;
  const rig::Rest kari = at_jira(desk, "kari", "kari@example.com");
  const json seen = desk_issue(issue);
  for (const json& one : seen.at("attachment"))
    files.push_back(one.at("filename").get<std::string>() + ": " +
                    kari.bytes("/rest/api/3/attachment/content/" + one.at("id").get<std::string>() +
                               "?redirect=false"));
  return files;
}

std::vector<std::string> JiraGitlabWorld::desk_comments(const std::string& issue) const {
  std::vector<std::string> texts;
  const json seen = desk_issue(issue);
  for (const json& one : seen.at("comment").at("comments"))
    texts.push_back(codec::plain_text(codec::document_from_adf(one.at("body"))));
  return texts;
}

std::vector<std::string> JiraGitlabWorld::customers_comments(const std::string& issue) const {
  return bodies(at_jira(desk, "customer", "petter@oslo.example")
                    .get("/rest/servicedeskapi/request/" + issue + "/comment?limit=100")
                    .at("values"));
}

json JiraGitlabWorld::ola_sees(const std::string& what) const {
  return ola(third_line).get(kThirdLine + what);
}

void JiraGitlabWorld::ola_says(int issue, const std::string& text) const {
  ola(third_line).post(kThirdLine + "/" + std::to_string(issue) + "/notes", {{"body", text}});
}

void JiraGitlabWorld::ola_sets(int issue, const json& what) const {
  ola(third_line).put(kThirdLine + "/" + std::to_string(issue), what);
}

std::string JiraGitlabWorld::ola_uploads(const std::string& name, const std::string& text) const {
  httplib::Client client(third_line.url());
  const httplib::MultipartFormDataItems items{{"file", text, name, "text/plain"}};
  const auto answer = client.Post("/api/v4/projects/2/uploads",
                                  httplib::Headers{{"PRIVATE-TOKEN", "glpat-ola"}}, items);
  if (!answer || answer->status != 201) throw std::runtime_error("GitLab did not take " + name);
  return json::parse(answer->body).at("markdown");
}

std::string JiraGitlabWorld::ola_opens(const std::string& text) const {
  const auto from = text.find("/uploads/");
  return ola(third_line)
      .bytes("/api/v4/projects/2" + text.substr(from, text.find(')', from) - from));
}

json JiraGitlabWorld::at_operator(const std::string& what, const json& how) const {
  return the_operator.order("issues" + what, how);
}

json JiraGitlabWorld::operators_issue(const std::string& issue) const {
  return rig::Rest(the_operator.url(), {"Authorization", "Bearer admin-token"})
      .get("/rest/api/2/issue/" + issue)
      .at("fields");
}

void JiraGitlabWorld::settled() const {
  int quiet = 0;
  rig::eventually("nothing waits any more", 40s, [&] {
    const std::string metrics = saksbro->operations("/metrics");
    const bool now = metrics.find("saksbro_inbox_waiting 0\n") != std::string::npos &&
                     metrics.find("saksbro_outbox_waiting 0\n") != std::string::npos;
    quiet = now ? quiet + 1 : 0;
    return quiet >= 30;  // longer than a poll takes to find more
  });
}

void JiraGitlabWorld::expect_kept_contracts() const {
  for (const rig::Simulator* server : {&desk, &the_operator, &third_line}) {
    EXPECT_EQ(server->violations(), json::array());
    EXPECT_EQ(server->failures(), json::array());
  }
}

}  // namespace saksbro::e2e
