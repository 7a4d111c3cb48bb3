#include "tests/e2e/world.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <future>

#include "bridge/codec/digest.h"

namespace saksbro::e2e {
namespace {

using namespace std::chrono_literals;
using rig::eventually;

constexpr auto kSoon = 40s;
bool has_part(const std::vector<std::string>& texts, const std::string& part) {
  return std::any_of(texts.begin(), texts.end(),
                     [&](const std::string& text) { return text.find(part) != std::string::npos; });
}

}  // namespace

World::World(const Wish& wish)
    : mail({"saker@kommune.test", "vakt@kommune.test", "per@kommune.test", "ase@ude.test",
            "brukerstotte@ude.test", "brukerstotte@hel.test", kOperatorsMailbox,
            kOperatorsAddress}),
      webhooks_port(rig::free_port()) {
  rig::write_file(secrets.path() / "secret", kWebhookSecret);
  std::vector<std::string> options;
  if (wish.webhook) {
    options = {"--webhook", "http://127.0.0.1:" + std::to_string(webhooks_port) + "/hooks/operator",
               "--webhook-secret-file", (secrets.path() / "secret").string()};
  }
  rt = std::make_unique<rig::RealRt>(options);
  to_redmine = std::make_unique<rig::TcpProxy>(redmine.port());
  to_rt = std::make_unique<rig::TcpProxy>(rt->port());
  rig::ConfigTexts texts = configuration(wish, redmine.world());
  texts["redmine.key"] = redmine.key("bro");
  texts["rt.token"] = rt->token("bro");
  texts["operator.password"] = mail.password(kOperatorsMailbox);
  texts["mail.password"] = mail.password("saker@kommune.test");
  saksbro =
      std::make_unique<rig::Saksbro>(texts,
                                     rig::Values{{"redmine", to_redmine->url()},
                                                 {"rt", to_rt->url()},
                                                 {"alerts", alerts.url()},
                                                 {"smtp", mail.smtp()},
                                                 {"imap", mail.imap()},
                                                 {"certificate", mail.certificate()},
                                                 {"webhooks_port", std::to_string(webhooks_port)}},
                                     wish.build);
}

int World::register_issue(const std::string& subject) const {
  return per().open(subject, "Feilmelding 4711 når jeg logger inn.", {{"Virksomhet", "Skole"}});
}

void World::take_and_forward(int issue) const {
  kari().set_status(issue, "Under arbeid");
  kari().note(issue, "Dette er teknisk.\n/sak videresend drift", true);
}

int World::forwarded(int issue) const {
  const std::string number = "#" + std::to_string(issue);
  const int ticket = eventually("a ticket at the operator with the desk's number", kSoon, [&] {
    const auto found =
        leif().find("Queue = 'Leveranse' AND CF.{Kundens saksnummer} = '" + number + "'");
    return found.empty() ? 0 : found.front();
  });
  eventually("the operator's number on the issue, and AVVENTER", kSoon, [&] {
    const auto seen = desk().issue(issue);
    return rig::custom_field(seen, "Leverandørens saksnummer") == "#" + std::to_string(ticket) &&
           desk().status(issue) == "AVVENTER";
  });
  return ticket;
}

void World::answer_info_no(int issue) const {
  eventually("the info question on the issue", kSoon,
             [&] { return has_part(rig::notes(desk().issue(issue)), "/sak info nei"); });
  kari().note(issue, "/sak info nei", true);
}

void World::solve(int ticket, const std::string& how) const {
  leif().set_status(ticket, "under behandling");
  leif().reply(ticket, how);
  leif().set_status(ticket, "løst");
}

void World::solved(int issue, const std::string& how) const {
  eventually("LØST on the issue", kSoon, [&] { return desk().status(issue) == "LØST"; });
  // per, the end user's 1st line, sees no private notes: the solution must be for everyone.
  eventually("the solution on the issue, for everyone", kSoon,
             [&] { return has_part(rig::notes(per().issue(issue)), how); });
}

void World::confirm_and_close(int issue) const {
  per().note(issue, "/sak bekreftet Det virker igjen.");
  per().note(issue, "/sak lukk");
}

void World::closed(int issue, int ticket) const {
  eventually("LUKKET on the issue", kSoon, [&] { return desk().status(issue) == "LUKKET"; });
  eventually("the operator's ticket is told, and lukket", kSoon, [&] {
    return count_entries(ticket, "Saken er lukket hos kunden") == 1 &&
           leif().status(ticket) == "lukket";
  });
}

int World::report_critical(const std::string& subject) const {
  return leif().open("Leveranse", subject, "Databasen svarer ikke siden 06:40.",
                     {{"Alvorlighet", "A - kritisk"}});
}

int World::opened_at_desk(int ticket) const {
  return eventually("an issue at the desk for ticket " + std::to_string(ticket), kSoon, [&] {
    const auto number = rig::custom_field(leif().ticket(ticket), "Kundens saksnummer");
    if (!number.is_array() || number.empty()) return 0;
    return std::stoi(number.front().get<std::string>().substr(1));
  });
}

int World::post_webhook(const std::string& body,
                        const std::optional<std::string>& signature) const {
  httplib::Client client(saksbro->webhooks_url());
  httplib::Headers headers;
  const std::string right =
      "sha256=" + codec::to_hex(codec::hmac_sha256(Secret(kWebhookSecret), body));
  const std::string value = signature.value_or(right);
  if (!value.empty()) headers.emplace("X-Saksbro-Signature", value);
  const auto answer = client.Post("/hooks/operator", headers, body, "application/json");
  return answer ? answer->status : 0;
}

int World::count_notes(int issue, const std::string& part) const {
  const auto all = rig::notes(desk().issue(issue));
  return static_cast<int>(std::count_if(all.begin(), all.end(), [&](const std::string& text) {
    return text.find(part) != std::string::npos;
  }));
}

int World::count_entries(int ticket, const std::string& part) const {
  const auto all = leif().history(ticket);
  return static_cast<int>(std::count_if(all.begin(), all.end(), [&](const rig::RtEntry& entry) {
    return entry.content.find(part) != std::string::npos;
  }));
}

std::string World::case_of(int issue) const {
  return rig::custom_field(desk().issue(issue), "Saksnummer").get<std::string>();
}

std::string World::explain(const std::string& number) const {
  return saksbro->verb({"explain", number}).output;
}

nlohmann::json World::cases() const {
  return nlohmann::json::parse(saksbro->verb({"cases", "list", "--json"}).output);
}

void World::settled() const {
  int quiet = 0;
  eventually("nothing waits any more", kSoon, [&] {
    const std::string metrics = saksbro->operations("/metrics");
    const bool now = metrics.find("saksbro_inbox_waiting 0\n") != std::string::npos &&
                     metrics.find("saksbro_outbox_waiting 0\n") != std::string::npos;
    quiet = now ? quiet + 1 : 0;
    return quiet >= 60;  // longer than a poll takes to find more
  });
}

void World::expect_one_ticket_each(int issue, int ticket) const {
  EXPECT_EQ(leif().find("Queue = 'Leveranse'"), std::vector<int>{ticket});
  EXPECT_EQ(desk().find(), std::vector<int>{issue});
  EXPECT_EQ(cases().size(), 1U) << cases().dump(2);
}

void World::expect_a_silent_log(const std::vector<std::string>& words) const {
  const std::vector<std::string> used{kWebhookSecret,   kLinksSecret,
                                      kMailSecret,      redmine.key("bro"),
                                      rt->token("bro"), mail.password("saker@kommune.test")};
  const auto expect_none = [](const std::string& where, const std::string& text,
                              const std::vector<std::string>& silent) {
    EXPECT_FALSE(text.empty()) << where;
    for (const std::string& word : silent)
      EXPECT_EQ(text.find(word), std::string::npos) << where << " holds " << word;
  };
  expect_none("the log", saksbro->log(), used);
  expect_none("the log", saksbro->log(), words);
  // Every table, and what is still in the write-ahead log, byte by byte.
  for (const auto& file : std::filesystem::directory_iterator(saksbro->folder())) {
    const std::string name = file.path().filename();
    if (name == "saksbro.db" || name == "saksbro.db-wal")
      expect_none(name, rig::read_file(file.path()), used);
  }
}

void at_once(const std::vector<std::function<void()>>& walks) {
  std::vector<std::future<void>> all;
  for (const auto& walk : walks) all.push_back(std::async(std::launch::async, walk));
  for (auto& one : all) one.wait();
  for (auto& one : all) one.get();
}

Watch::Watch(std::function<void()> look)
    : thread_([look = std::move(look)](const std::stop_token& stop) {
        while (!stop.stop_requested()) {
          look();
          std::this_thread::sleep_for(50ms);
        }
      }) {}

Watch::~Watch() { end(); }

void Watch::end() const {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  thread_.join();
}

}  // namespace saksbro::e2e
