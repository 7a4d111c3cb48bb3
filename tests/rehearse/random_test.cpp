// Whatever people do in their trackers, in whatever order, and however time passes: what must hold
// always holds, over the shipped mappings.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "bridge/rehearse/rehearsal.h"
#include "tests/rehearse/shipped.h"

namespace saksbro::rehearse {
namespace {

using namespace std::chrono_literals;

// What people say among themselves, and what must not leave the desk.
constexpr const char* kSecret = "HEMMELIG";

class Chance {
 public:
  explicit Chance(unsigned seed) : engine_(seed) {}
  std::size_t below(std::size_t limit) { return engine_() % limit; }
  template <class All>
  const auto& one_of(const All& all) {
    return *std::next(all.begin(), static_cast<std::ptrdiff_t>(below(all.size())));
  }

 private:
  std::mt19937 engine_;
};

Step step(auto what) { return {std::move(what), "tests/rehearse/random_test.cpp:1:1"}; }

// One way to say some signal in `system`, whether or not the routine allows it now.
void say_something(Acts& acts, const core::SystemMapping& system, Chance& chance) {
  const auto& [signal, cues] = chance.one_of(system.signals);
  const core::Cue& cue = chance.one_of(cues);
  const std::string words = chance.below(3) == 0 ? "" : " 7.2";
  if (cue.kind == core::Cue::Kind::status) {
    acts.status = system.status_words.at(core::Status{cue.what});
    acts.says = chance.below(2) == 0 ? "" : "Slik ble det.";
  } else if (cue.kind == core::Cue::Kind::field) {
    acts.fields[cue.what] = cue.is;
  } else {
    acts.says = (cue.kind == core::Cue::Kind::command ? "/sak " : "") + cue.what + words;
    acts.to = chance.below(2) == 0 ? Visibility::internal : Visibility::everyone;
  }
}

Acts something(const Rehearsal& rehearsal, Chance& chance) {
  Acts acts;
  const auto& [at, ticket] = chance.one_of(rehearsal.tickets());
  const core::SystemMapping& system = *rehearsal.mapping().system(at);
  acts.at = at;
  acts.role = chance.one_of(system.roles).role;
  const bool asked = rehearsal.state() && rehearsal.state()->waiting;
  switch (chance.below(8)) {
    case 0:
      acts.says = chance.below(2) == 0 ? "/sak" : "/sak vidersend drift";
      break;
    case 1:  // an answer to a question is no secret
      acts.says = asked ? "Svar." : std::string("Mellom oss: ") + kSecret;
      acts.to = Visibility::internal;
      break;
    case 2:
      if (!system.status_words.empty()) acts.status = chance.one_of(system.status_words).second;
      break;
    case 3:
      acts.status = "Tull";
      break;
    case 4:
      if (!system.reads.empty()) acts.fields[chance.one_of(system.reads).field] = "lonn";
      break;
    default:
      say_something(acts, system, chance);
  }
  return acts;
}

Step next(const Rehearsal& rehearsal, Chance& chance) {
  const auto& systems = rehearsal.mapping().systems;
  switch (chance.below(12)) {
    case 0:
      return step(Passes{{core::Span::Kind::plain, chance.below(10) * 1h, 0}});
    case 1:
      return step(Passes{{core::Span::Kind::working_days, {}, static_cast<int>(chance.below(4))}});
    case 2:
      return step(Released{"7.2"});
    case 3:
      return step(Reach{chance.one_of(systems).first, chance.below(3) != 0});
    case 4: {
      core::ExternalSignal said;
      said.signal = core::Signal{chance.below(2) == 0 ? "bekreftet" : "ikke løst"};
      said.role = core::Role{"end_user"};
      said.how = {"The link in a notice", {}};
      return step(Follows{said});
    }
    default:
      return step(something(rehearsal, chance));
  }
}

Step beginning(Chance& chance) {
  Registers registers;
  const bool reported = chance.below(2) == 0;
  registers.role = core::Role{reported               ? "operator"
                              : chance.below(4) == 0 ? "second_line"
                                                     : "first_line"};
  registers.at = SystemName{reported ? "operator" : "desk"};
  registers.title = "Faktura feiler";
  registers.text = "Feil ved godkjenning.";
  if (reported) {
    registers.fields["Alvorlighet"] = chance.below(2) == 0 ? "A - kritisk" : "C - mindre";
    registers.fields["Feilkategori"] = chance.below(2) == 0 ? "Databasefeil" : "Kommunikasjonsfeil";
    if (chance.below(3) == 0) registers.fields["Sluttbrukere må informeres"] = "ja";
  } else {
    registers.fields = {{"Virksomhet", "BYM"},
                        {"Eiers e-post", "per@bym.example.no"},
                        {"Sluttbrukers e-post", "kari@bym.example.no"}};
  }
  return step(registers);
}

std::string all_text(const Action& action) {
  if (const auto* one = std::get_if<CreateTicket>(&action)) {
    std::string text = one->title + one->text;
    for (const auto& [field, value] : one->fields) text += value;
    return text;
  }
  if (const auto* one = std::get_if<AddComment>(&action)) return one->text;
  if (const auto* one = std::get_if<KeepNote>(&action)) return one->text;
  if (const auto* one = std::get_if<SetFields>(&action)) {
    std::string text;
    for (const auto& [field, value] : one->fields) text += value;
    return text;
  }
  return {};
}

void expect_sound(const Rehearsal& rehearsal) {
  const core::Process& process = rehearsal.mapping().process(rehearsal.state()->process);
  ASSERT_TRUE(process.activities.contains(rehearsal.state()->activity));
  const auto& statuses = process.statuses;
  ASSERT_NE(std::find(statuses.begin(), statuses.end(), rehearsal.state()->status), statuses.end());
  std::map<SystemName, int> opened;
  for (const Sent& sent : rehearsal.sent()) {
    const Command& command = sent.issued.command;
    ASSERT_FALSE(sent.issued.because.empty()) << command.key.text();
    ASSERT_FALSE(sent.issued.where.empty()) << command.key.text();
    if (std::holds_alternative<CreateTicket>(command.action)) {
      ASSERT_EQ(++opened[command.to], 1) << "opened twice: " << command.to.text();
    }
    const core::SystemMapping* system = rehearsal.mapping().system(command.to);
    if (system == nullptr || !system->external) continue;
    ASSERT_EQ(all_text(command.action).find(kSecret), std::string::npos) << command.key.text();
  }
}

void expect_replay_equal(const Rehearsal& rehearsal) {
  core::Case again;
  again.number = rehearsal.state()->number;
  for (const Happened& one : rehearsal.happened())
    again = evolve(std::move(again), one.fact, one.at);
  ASSERT_EQ(again, *rehearsal.state());
}

void expect_unique_keys(const Rehearsal& rehearsal) {
  std::set<IdempotencyKey> keys;
  for (const Sent& sent : rehearsal.sent()) keys.insert(sent.issued.command.key);
  ASSERT_EQ(keys.size(), rehearsal.sent().size());
}

constexpr unsigned kSeedsEach = 8;

class Anything : public testing::TestWithParam<unsigned> {};

TEST_P(Anything, LeavesACaseInTheProcessThatItsFactsTellWhollyAndNoSecretOutside) {
  for (unsigned seed = GetParam() * kSeedsEach; seed < (GetParam() + 1) * kSeedsEach; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Chance chance(seed);
    Rehearsal rehearsal(shipped().mapping);
    ASSERT_TRUE(rehearsal.take(beginning(chance)));
    ASSERT_TRUE(rehearsal.state());
    for (int steps = 0; steps < 25; ++steps) {
      ASSERT_TRUE(rehearsal.take(next(rehearsal, chance)));
      for (const Phrases& reasons : rehearsal.reasons()) ASSERT_FALSE(reasons.empty());
    }
    ASSERT_NO_FATAL_FAILURE(expect_sound(rehearsal));
    ASSERT_NO_FATAL_FAILURE(expect_replay_equal(rehearsal));
    ASSERT_NO_FATAL_FAILURE(expect_unique_keys(rehearsal));
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Anything, testing::Range(0U, 6U));

}  // namespace
}  // namespace saksbro::rehearse
