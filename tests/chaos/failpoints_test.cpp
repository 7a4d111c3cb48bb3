// kill -9 at each named place of the program, against fakes: what people see at the end is as if
// nothing had happened. Each place that stands in the sources has a row here.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <set>

#include "tests/rig/folder.h"
#include "tests/town/verifier.h"
#include "tests/town/walk.h"

namespace saksbro::chaos {
namespace {

using namespace std::chrono_literals;
using testing::IsEmpty;

struct Place {
  const char* name;
  int pass;  // so many times it is passed; then the process dies
  Way way = Way::technical;
  bool lose_an_answer = false;  // of the create at the supplier
};

const Place kPlaces[] = {
    {"cfg.parsed", 1},
    {"cfg.swapped", 1},
    {"start.released", 1},
    {"in.read", 2},
    {"in.verified", 2},
    {"in.inserted", 2},
    {"in.committed", 3},
    {"poll.asked", 4},
    {"poll.page", 3},
    {"poll.kept", 4},
    {"poll.cursor", 5},
    {"eng.taken", 6},
    {"eng.loaded", 7},
    {"eng.applied", 5, Way::reported},
    {"eng.committed", 8},
    {"out.claimed", 4},
    {"out.intent_committed", 5},
    {"out.sending", 2},
    {"out.sent", 1, Way::reported},
    {"out.sent", 4, Way::functional},
    {"out.answered", 6},
    {"out.recorded", 3, Way::system},
    {"out.committed", 4},
    {"doubt.searched", 1, Way::technical, true},
    {"doubt.adopted", 1, Way::functional, true},
};

// Of docs/libraries.md 2, where it has another name, or no place of its own. A name that is not
// passed here says why.
const std::map<std::string, std::string> kOtherNames{
    {"in.acked", "durability_test kills at the moment when the sender has its 2xx"},
    {"out.connected", "a look at libcurl's inside; for the tracker the same as out.sending"},
    {"out.sent_half", "connector_faults_test, reset_in_request"},
    {"lease.renew",
     "a claim is renewed only in a conversation of more than 5 s; at a start all claims are "
     "released"},
    {"lease.lost", "likewise"},
    {"att.part", "attachments are not carried"},
    {"mail.fetched", "poll.page"},
    {"mail.flagged", "mails are looked at and never flagged: poll.cursor"}};

const char* const kOfTheCatalogue[] = {
    "in.read",       "in.verified",    "in.inserted",   "in.committed", "in.acked",
    "eng.loaded",    "eng.applied",    "eng.committed", "out.claimed",  "out.intent_committed",
    "out.connected", "out.sent_half",  "out.sent",      "out.answered", "out.recorded",
    "out.committed", "doubt.searched", "doubt.adopted", "poll.page",    "poll.cursor",
    "cfg.parsed",    "cfg.swapped",    "lease.renew",   "lease.lost",   "att.part",
    "mail.fetched",  "mail.flagged"};

// Each failpoint("NAME" below bridge/.
std::set<std::string> places_in_the_sources() {
  std::set<std::string> found;
  const std::string call = "failpoint(\"";
  for (const auto& file : std::filesystem::recursive_directory_iterator(
           std::filesystem::path(SAKSBRO_SOURCE) / "bridge")) {
    if (file.path().extension() != ".cpp") continue;
    const std::string text = rig::read_file(file.path());
    for (auto at = text.find(call); at != std::string::npos; at = text.find(call, at + 1)) {
      const auto from = at + call.size();
      found.insert(text.substr(from, text.find('"', from) - from));
    }
  }
  return found;
}

TEST(Failpoints, EachThatStandsInTheSourcesIsPassedByARowHere) {
  std::set<std::string> rows;
  for (const Place& place : kPlaces) rows.insert(place.name);
  EXPECT_EQ(places_in_the_sources(), rows);
}

TEST(Failpoints, EachOfTheCatalogueIsPassedOrToldWhyNot) {
  const auto in_sources = places_in_the_sources();
  for (const char* name : kOfTheCatalogue)
    EXPECT_NE(in_sources.contains(name), kOtherNames.contains(name)) << name;
}

class KillNineAt : public testing::TestWithParam<Place> {};

void PrintTo(const Place& place, std::ostream* out) { *out << place.name; }

// Starts it again whenever it has died; how often that was.
int walk_to_the_end(Town& town, Walk& walk) {
  int deaths = 0;
  const auto until = std::chrono::steady_clock::now() + 90s;
  while (!walk.done() || !town.quiet()) {
    if (std::chrono::steady_clock::now() > until) throw std::runtime_error(walk.words());
    if (!town.saksbro->running()) {
      ++deaths;
      town.saksbro->start();
    }
    if (!walk.step()) std::this_thread::sleep_for(20ms);
  }
  return deaths;
}

int start_to_fail(Town& town, const Place& place) {
  try {
    town.saksbro->start(
        {{"SAKSBRO_FAIL", place.name + std::string(":") + std::to_string(place.pass)}});
  } catch (const std::exception&) {
    return 1;  // before it was ready
  }
  return 0;
}

// Promise 1.
TEST_P(KillNineAt, LosesNothingAndDoublesNothing) {
  Town town({});
  std::vector<Walk> walks{{town, GetParam().way, 1, 2}};
  if (GetParam().lose_an_answer) {
    // Of a create, the webhook would tell what became of it before anybody looks.
    town.system("desk").faults.add({.fault = fakes::Fault::apply_then_reset, .method = "PUT"});
  }
  int deaths = start_to_fail(town, GetParam());
  if (deaths > 0) town.saksbro->start();
  if (GetParam().name == std::string("cfg.swapped")) town.saksbro->signal(SIGHUP);
  deaths += walk_to_the_end(town, walks.front());
  EXPECT_EQ(deaths, 1) << "the place was not passed: this test shows nothing";
  EXPECT_EQ(town.saksbro->terminate(), 0) << town.saksbro->log();
  EXPECT_THAT(verify(town, walks).differences, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Each, KillNineAt, testing::ValuesIn(kPlaces), [](const auto& row) {
  std::string name = row.param.name + std::string("_") + std::to_string(row.param.pass);
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
});

}  // namespace
}  // namespace saksbro::chaos
