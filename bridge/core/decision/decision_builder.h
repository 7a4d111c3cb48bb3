// One decision in the making: facts change the state at once, so that what follows sees them.
// Internal to core. Not for several threads.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bridge/core/model/decision.h"
#include "bridge/core/text/titles.h"

namespace saksbro::core {

class DecisionBuilder {
 public:
  // `mapping` and `around` must outlive this.
  DecisionBuilder(const Mapping& mapping, Case state, SystemName at, const Surroundings& around);

  void fact(Fact fact);
  void remember(Memo memo) { fact(Remembered{std::move(memo)}); }
  // `where`: the mapping line behind it.
  void because(Sentence sentence, Phrase::Args args = {}, std::string_view where = {},
               Phrase::Kind kind = Phrase::Kind::news) {
    decision_.because.emplace_back(sentence, std::move(args), where, kind);
  }
  [[nodiscard]] bool silent() const { return decision_.because.empty(); }
  void redrive(const SystemName& system) { decision_.redrive.insert(system); }
  void withdraw(const SystemName& system, const std::string& slot);

  // Each field that is written there is written by itself.
  void write_fields_apart(const SystemName& at) { apart_.insert(at); }

  // Commands. `where` is the mapping line that asked for it. The key of what was issued comes back.
  IdempotencyKey open(const SystemName& to, const std::string& title, const std::string& text,
                      std::string_view where);
  IdempotencyKey say(const SystemName& to, const std::string& text, Visibility visibility,
                     std::string_view where) {
    return comment(to, text, visibility, where, {}, {});
  }
  // The same about files, or with them: it is asked about before it goes (file_guard.h).
  IdempotencyKey say_of_files(const SystemName& to, const std::string& text, Visibility visibility,
                              std::string_view where, std::vector<OutgoingFile> files);
  // The bytes of a file come into the spool.
  IdempotencyKey fetch(const SystemName& from, FetchFile file, std::string_view where);
  void move(const SystemName& to, const Status& status, std::string_view where);
  void write_field(const SystemName& to, const std::string& field, const std::string& text,
                   std::string_view where);
  // Looks at a ticket that is none of the case's yet.
  IdempotencyKey look(const SystemName& to, const RemoteKey& ticket, std::string_view where);
  // Derived from the cause: the same report gives the same marker, whatever happens between.
  [[nodiscard]] std::string marker_for(const SystemName& to) const;
  void alert(const SystemName& channel, const Alert& alert, std::string_view where);
  IdempotencyKey notify(const SystemName& channel, SendNotice notice, std::string_view where);
  void keep_note(const SystemName& to, const std::string& text, const NoteRule& rule);

  // A action that cannot be done: found in a trial, before the move is made. `why` must outlive
  // this.
  using Values = std::map<std::string, std::string, std::less<>>;
  struct Obstacle {
    const Words* why;
    Values values;
  };
  void obstacle(const Words& why, Values values);
  [[nodiscard]] const std::vector<Obstacle>& obstacles() const { return obstacles_; }

  // While true, no status is written on the ticket that is looked at: a person has set another one
  // after what is heard now.
  void hold_status(bool held) { status_held_ = held; }

  // The case has a confidential ticket, and `to` is another place: no words go there.
  [[nodiscard]] bool withholds(const SystemName& to) const;
  // Says on the confidential ticket that something was not sent, where something was not.
  void tell_withheld();

  // The system that `name` means: the one that the case has chosen, when it is a party. None: not
  // chosen yet.
  [[nodiscard]] std::optional<SystemName> resolve(const SystemName& name) const;
  // A case value: "title", "løsning", "case.number", "operator.number", "operator.url"; none if
  // unknown.
  [[nodiscard]] std::optional<std::string> value(std::string_view name) const;
  [[nodiscard]] bool holds(const Conditions& conditions) const;
  // `words` in the language of `reader`, filled in. `more` are values for this text only.
  [[nodiscard]] std::string text(const Words& words, const SystemName& reader,
                                 const Values& more = {}) const;
  [[nodiscard]] Language language_of(const SystemName& reader) const;
  // What people of that language call a role; its id when the process does not say.
  [[nodiscard]] std::string title_of(const Role& role, Language language) const;
  // A title for readers there; what the house calls a ticket that says nothing, where it says
  // nothing.
  [[nodiscard]] std::string titled(const GivenTitle& given, const SystemName& reader) const;
  // The role that has the ball: who must decide, where that is asked; of several roles that do it,
  // the one that sits where the case is.
  [[nodiscard]] Role ball() const;
  // The desk's ticket is where 1st and 2nd line look. None: not registered yet, or gone.
  [[nodiscard]] std::optional<SystemName> desk() const;

  [[nodiscard]] const Mapping& mapping() const { return mapping_; }
  [[nodiscard]] const Case& state() const { return state_; }
  [[nodiscard]] const SystemName& at() const { return at_; }
  [[nodiscard]] const Surroundings& around() const { return around_; }
  [[nodiscard]] const Process& process() const { return mapping_.process(state_.process); }
  [[nodiscard]] const Activity& activity() const {
    return process().activities.at(state_.activity);
  }
  [[nodiscard]] bool has_ticket(const SystemName& system) const;  // one that is gone counts
  [[nodiscard]] bool is_gone(const SystemName& system) const;

  // Whose words the texts that follow carry: {said by}.
  void speaks(const Person& by, const Role& role, const std::string& organisation);
  // "Kari Nordmann (Sluttbruker)", "Helseetaten (Brukerstøtte 1. linje)".
  [[nodiscard]] std::string who_speaks(Language language) const;
  // How many comments this decision writes in a system.
  [[nodiscard]] long comments_in(const SystemName& system) const;

  // The ticket there has the number that the process waits for. The transitions hear it when the
  // move that is being made is whole.
  void ticket_registered(const SystemName& where) { registered_.push_back(where); }
  [[nodiscard]] std::vector<SystemName> take_registered() { return std::exchange(registered_, {}); }

  // This decision closes the case.
  [[nodiscard]] bool closes() const;

  [[nodiscard]] Decision finish() &&;

 private:
  IdempotencyKey comment(const SystemName& to, const std::string& text, Visibility visibility,
                         std::string_view where, std::vector<OutgoingFile> files,
                         std::string_view slot);
  IdempotencyKey issue(const SystemName& to, Action action, std::string slot, Phrase because,
                       std::string_view where, Intent intent);
  [[nodiscard]] bool keeps_back(const SystemName& to, const Action& action);
  void withhold_personal_numbers(const SystemName& to, Action& action);
  [[nodiscard]] std::optional<std::string> computed(std::string_view name) const;
  [[nodiscard]] std::optional<std::string> status_of(const SystemName& system) const;
  [[nodiscard]] std::string link(std::string_view signal, const Values& more) const;
  [[nodiscard]] bool left_alone(const SystemName& to, const std::string& slot);
  [[nodiscard]] IdempotencyKey next_key(const SystemName& to, const char* verb);

  const Mapping& mapping_;
  Case state_;
  SystemName at_;
  const Surroundings& around_;
  Decision decision_;
  struct {
    Person by;
    Role role;
    std::string organisation;
  } speaker_;
  std::set<SystemName> apart_;  // where each field is written by a command of its own
  std::vector<Obstacle> obstacles_;
  std::vector<SystemName> registered_;
  bool status_held_ = false;
  std::set<SystemName> withheld_;    // where something was not sent
  std::map<std::string, int> keys_;  // the same verb to the same system twice in one decision
};

}  // namespace saksbro::core
