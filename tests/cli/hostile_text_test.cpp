// What other parties wrote is shown by every verb, and acts on nobody's terminal.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "bridge/codec/json.h"
#include "bridge/codec/utf8.h"
#include "bridge/codec/visible.h"
#include "bridge/store/sqlite/sqlite_store.h"
#include "tests/cli/command_line.h"

namespace saksbro::cli {
namespace {

constexpr Instant kNoon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} +
                        std::chrono::hours{12}};
const CaseNumber kNumber{"SAK-2026-00001"};
const SystemName kDesk{"desk"};

// The clipboard, a false line, a turned direction, an old mark, a tag, C1 and a lone byte.
std::string hostile(const std::string& word) {
  return word + "\x1B]52;c;cm0=\x07\nFORGED \u202Eline\u2028FORGED\r\u061C\U000E0041\u009B2J\x9B" +
         "\u206A";
}

// Line ends are the verb's own.
std::vector<std::string> acting_in(const std::string& text) {
  std::vector<std::string> found;
  if (codec::first_invalid_utf8(text)) found.push_back("no UTF-8");
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (codec::visible_line(line) != line) found.push_back(codec::visible_line(line));
    if (line.find("FORGED") < 2) found.push_back("a false line: " + line);
  }
  return found;
}

class HostileText : public CommandLine {
 protected:
  HostileText() {
    auto store = *store::open_sqlite(folder_.file("saksbro.db"), store::Use::command, kNoon);
    EXPECT_TRUE(store->keep_solutions({"løsning", "virksomhet", {}}));
    auto tx = *store->begin();
    for (const char* id : {"1", "2"}) {
      EXPECT_TRUE(tx->inbox().receive(
          {kDesk, DeliveryId{hostile(id)}, DeliveryKind::webhook, kNoon, hostile("body")}));
    }
    open_case(*tx);
    send(*tx);
    EXPECT_TRUE(tx->outages().set({kDesk, kNoon, hostile("why"), kNoon}));
    EXPECT_TRUE(tx->inbox().parked(2, hostile("not understood"), kNoon));
    EXPECT_TRUE(tx->commit());
  }

 private:
  static core::TicketView ticket(const std::string& key) {
    core::TicketView view;
    view.key = RemoteKey{key};
    view.number = hostile("#" + key);
    view.url = hostile("http://x/");
    view.status = hostile("status");
    return view;
  }

  static void open_case(store::Transaction& tx) {
    std::vector<core::Fact> facts{core::CaseOpened{core::ProcessId{"M.1"}}};
    for (const SystemName& system : {kDesk, SystemName{hostile("gone")}}) {
      const auto view = ticket("17");
      facts.emplace_back(core::TicketLinked{system, view.key, view.number, view.url});
      facts.emplace_back(core::TicketSeen{system, view});
    }
    for (const char* name : {"title", "text", "løsning", "virksomhet", "meldt av"})
      facts.emplace_back(core::ValueKept{name, hostile("faktura")});
    facts.emplace_back(core::ActivityEntered{core::ActivityId{"M.1.1.3"}});
    facts.emplace_back(core::StatusChanged{core::Status{hostile("LØST")}});
    core::DeviationNoted deviation{kDesk, {}, core::Role{hostile("role")}, {}, {}, {}};
    deviation.signal = core::Signal{hostile("signal")};
    deviation.how = hostile("how");
    deviation.what = hostile("what");
    facts.emplace_back(deviation);
    facts.emplace_back(core::SignalDeferred{core::PendingSignal{
        core::Signal{hostile("løst")}, SystemName{hostile("x")}, {}, hostile("y")}});
    core::Case after;
    after.number = kNumber;
    for (const core::Fact& fact : facts) after = core::evolve(std::move(after), fact, kNoon);
    after.closed = true;
    EXPECT_TRUE(tx.cases().append(after, 1, kNoon, facts));
    EXPECT_TRUE(tx.cases().decided(kNumber, 1, "Case begins (" + hostile("words") + ")."));
    EXPECT_TRUE(tx.inbox().handled(1, "Case begins.", kNoon));
  }

  static void send(store::Transaction& tx) {
    const SystemName other{"operator"};
    for (const SystemName& to : {kDesk, other}) {
      const AddComment said{RemoteKey{"17"}, hostile("Hei"), "[x]", Visibility::internal};
      const core::Issued issued{{IdempotencyKey{"k/" + to.text()}, to, said},
                                "",
                                hostile("a comment"),
                                hostile("mappings/m1.yaml:41")};
      EXPECT_TRUE(tx.outbox().append(kNumber, 1, kNoon, issued));
    }
    auto rows = tx.outbox().claim(kDesk, kNoon, 1, store::Together::fields);
    ASSERT_TRUE(rows && rows->size() == 1);
    EXPECT_TRUE(tx.outbox().later(rows->front(), hostile("refused"), kNoon,
                                  kNoon + std::chrono::hours{24 * 3650}, std::nullopt));
    rows = tx.outbox().claim(other, kNoon, 1, store::Together::fields);
    ASSERT_TRUE(rows && rows->size() == 1);
    EXPECT_TRUE(tx.outbox().dead(rows->front(), hostile("403"), kNoon));
  }
};

const std::vector<std::vector<std::string>>& looks() {
  static const std::vector<std::vector<std::string>> kLooks{
      {"cases"},
      {"cases", "list", "--json"},
      {"cases", "show", "SAK-2026-00001"},
      {"cases", "show", "SAK-2026-00001", "--json"},
      {"explain", "SAK-2026-00001"},
      {"explain", "SAK-2026-00001", "--all"},
      {"explain", "SAK-2026-00001", "--json"},
      {"outbox", "--all"},
      {"outbox", "--json"},
      {"deviations"},
      {"deviations", "--json"},
      {"solutions", "faktura"},
      {"solutions", "faktura", "--json"},
      {"status"},
      {"status", "--json"},
      {"report", "--case", "SAK-2026-00001"},
      {"report", "--case", "SAK-2026-00001", "--json"},
      {"report", "--case", "SAK-2026-00001", "--csv"},
      {"export", "--format", "xes"},
      {"export", "--format", "ocel"},
      {"version", "list"},
      {"process"},
      {"process", "show", "m1"},
      {"check"},
  };
  return kLooks;
}

TEST_F(HostileText, NoVerbLetsItActOnTheTerminal) {
  for (const std::vector<std::string>& words : looks()) {
    Said said = say(words);
    EXPECT_EQ(said.code, 0) << words.front() << ": " << said.err;
    // Excel wants a mark at the beginning, and its own line ends.
    if (words.back() == "--csv") said.out = replaced(said.out.substr(3), "\r\n", "\n");
    EXPECT_THAT(acting_in(said.out + said.err), testing::IsEmpty()) << words.front();
  }
}

TEST_F(HostileText, WhatWasTypedIsEchoedHarmlessInErrorsAndOrders) {
  const std::string word = hostile("7");
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"cases", "show", word},
                                             {"explain", word},
                                             {"redrive", word},
                                             {"redrive", "SAK-2026-00001", "--reason", word},
                                             {"compare", "--system", word},
                                             {"version", "announce", word},
                                             {"solutions", word},
                                             {"process", "show", word},
                                             {"backup", "/nowhere/" + word},
                                             {"restore", "/nowhere/" + word},
                                             {"export", "--from", word},
                                             {"export", "-o", "/nowhere/" + word}}) {
    const Said said = say(words);
    EXPECT_THAT(acting_in(said.out + said.err), testing::IsEmpty()) << words.front();
  }
}

TEST_F(HostileText, WhatItIsIsShown) {
  EXPECT_THAT(say({"cases"}).out, testing::HasSubstr("faktura<U+001B>]52;c;cm0=<U+0007>"));
  EXPECT_THAT(say({"deviations"}).out, testing::HasSubstr(" FORGED <U+202E>line<U+2028>"));
  EXPECT_THAT(say({"deviations", "--json"}).out, testing::HasSubstr("\\u202eline\\u2028"));
}

// A verb that is not looked at here could write what it likes.
TEST_F(HostileText, EveryVerbIsLookedAt) {
  std::set<std::string> known{"serve",   "backup", "restore", "compare",
                              "redrive", "token",  "version"};
  for (const auto& words : looks()) known.insert(words.front());
  std::istringstream help(say({"--help"}).out);
  bool verbs = false;
  for (std::string line; std::getline(help, line);) {
    if (verbs && line.starts_with("  ") && line.size() > 2 && line[2] != ' ') {
      EXPECT_TRUE(known.contains(line.substr(2, line.find(' ', 2) - 2))) << line;
    }
    verbs = verbs || line.starts_with("Subcommands");
  }
  EXPECT_TRUE(verbs);
}

// As `saksbro cases > /dev/full`.
TEST_F(HostileText, OutputThatNobodyTakesIsAFailureOfEveryVerb) {
  std::vector<std::vector<std::string>> all = looks();
  all.insert(all.end(), {{"--help"},
                         {"--version"},
                         {"token", "create", "viewer"},
                         {"compare"},
                         {"redrive", "--all"},
                         {"version", "announce", "7"},
                         {"backup", folder_.file("copy.db")}});
  for (const std::vector<std::string>& words : all) {
    const Said said = say_to("/dev/full", words);
    EXPECT_NE(said.code, 0) << words.front();
    EXPECT_EQ(said.err, "stdout: cannot be written: No space left on device\n") << words.front();
  }
}

}  // namespace
}  // namespace saksbro::cli
