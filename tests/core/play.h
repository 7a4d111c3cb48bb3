// A small world for the core: tickets that people and Saksbro work on, in memory, and what the core
// decides about them, written down as a person would read it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "bridge/core/decide/decide.h"

namespace saksbro::core {

[[nodiscard]] const Mapping& shipped_mapping();

inline const SystemName kDesk{"desk"};
inline const SystemName kOperator{"operator"};
// What the routine wants to know of a case; nothing is asked for then.
inline const std::map<std::string, std::string> kFilledIn{
    {"Virksomhet", "UDE"}, {"Sluttbruker", "Sol Strand"}, {"Eier 1. linje", "Per"}};
inline const std::string kKari = "6";   // 2nd line at the desk
inline const std::string kPer = "7";    // 1st line at the desk
inline const std::string kOla = "ola";  // works at the operator
inline const std::string kBot = "5";    // Saksbro's own user, everywhere

class Play {
 public:
  Play();

  // People at work. Time goes on by a minute with each of these.
  void registers(const SystemName& at, const std::string& who, const std::string& title,
                 const std::string& text, std::map<std::string, std::string> fields = {});
  void comments(const SystemName& at, const std::string& who, const std::string& text,
                Visibility visibility = Visibility::everyone);
  void attaches(const SystemName& at, const std::string& who, const std::string& name,
                std::uint64_t size, Visibility visibility = Visibility::everyone);
  void sets_status(const SystemName& at, const std::string& who, const std::string& status);
  void sets_field(const SystemName& at, const std::string& who, const std::string& field,
                  const std::string& value);

  // The bridge at work.
  const Decision& sees(const SystemName& at);  // the ticket as it is now
  const Decision& sees(const SystemName& at, const Observation& observation);
  const Decision& timer(const std::string& name);
  const Decision& hears(const ExternalSignal& said);  // by a link, or the command line
  void carry_out();                                   // every command, and all that follows
  void carry_out_next();                              // the oldest one
  const Decision& refuse(const std::string& why);     // the oldest command, for good
  const Decision& settles(const Issued& issued, bool can_be_seen);  // done, whatever is seen
  void forget_commands() { waiting_.clear(); }

  void pass(std::chrono::milliseconds time) { now_ += time; }
  [[nodiscard]] Ticket& ticket(const SystemName& at) { return tickets_.at(at); }
  [[nodiscard]] const Case& state() const { return *state_; }
  [[nodiscard]] bool has_case() const { return state_.has_value(); }
  [[nodiscard]] const std::vector<Issued>& waiting() const { return waiting_; }
  [[nodiscard]] const std::vector<Fact>& facts() const { return facts_; }
  [[nodiscard]] const std::vector<Instant>& fact_times() const { return fact_times_; }
  [[nodiscard]] const std::vector<IdempotencyKey>& keys() const { return keys_; }
  [[nodiscard]] Instant now() const { return now_; }
  [[nodiscard]] const std::string& told() const { return told_; }
  Instant epoch;
  bool tells_entries = true;                      // which comment brought a file
  std::map<std::string, std::string> looks_like;  // by a file's name: the type of its bytes
  const Mapping* mapping = &shipped_mapping();
  std::vector<SimilarCase> similar;  // what the store finds for a new case

 private:
  const Decision& take(const std::string& what, Decision decision);
  void carry_out_one(const Issued& issued);
  void hold_back(const Issued& issued);
  void write(const SystemName& at, const Action& action);
  void keeps_note(const SystemName& at, const KeepNote& note);
  void change(const SystemName& at, const std::string& who, const std::string& attribute,
              std::string& place, const std::string& to);
  void touch(Ticket& ticket);
  [[nodiscard]] Surroundings around(DeliveryKind kind);

  std::map<SystemName, Ticket> tickets_;
  std::optional<Case> state_;
  std::vector<Issued> waiting_;
  std::vector<Fact> facts_;
  std::vector<Instant> fact_times_;
  std::vector<IdempotencyKey> keys_;
  Decision last_;
  Surroundings around_;
  std::string told_;
  Instant now_;
  int deliveries_ = 0;
  std::uint64_t entries_ = 0;
};

// Cases to begin with, everything carried out that follows.
[[nodiscard]] Play registered_case();   // M.1.1.2: registered by 1st line
[[nodiscard]] Play case_at_operator();  // M.1.3.2: 2nd line is asked about the information
[[nodiscard]] Play case_in_work();      // M.1.3.5: the operator works on it

// The comments of a decision, by their place among them.
[[nodiscard]] const AddComment& comment_in(const Decision& decision, std::size_t index = 0);
// Without case notes, which change with almost everything.
[[nodiscard]] std::vector<Issued> but_notes(const Decision& decision);

// "+ TicketLinked desk #17", "> desk: internal comment\n  | text": one line a fact or command.
[[nodiscard]] std::string show(const Fact& fact);
[[nodiscard]] std::string show(const Issued& issued);

[[nodiscard]] std::string indented(const std::string& text, const std::string& margin);

// Compares with told/<name of the test>.txt, which SAKSBRO_WRITE_EXPECTED=1 writes anew.
void expect_told(const std::string& told);

}  // namespace saksbro::core
