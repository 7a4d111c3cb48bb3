// Two trackers, people in both who write the same fields, and the bridge between them, in memory.
// Everything happens when the test says so: a write waits, is on its way, has come back.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "bridge/core/decide/decide.h"

namespace saksbro::core {

inline const SystemName kLeft{"left"};
inline const SystemName kRight{"right"};

// tests/core/two_sides/*.yaml
[[nodiscard]] const Mapping& two_sided_mapping();

class TwoSides {
 public:
  TwoSides();  // a case with a ticket on either side, and nothing left to do

  void edits(const SystemName& at, const std::string& field, const std::string& value,
             const std::string& who = "7",
             std::chrono::milliseconds after = std::chrono::minutes{1});
  void sets_status(const SystemName& at, const std::string& value, const std::string& who = "7");

  const Decision& sees(const SystemName& at);
  bool sends(const SystemName& at);  // carries out the command that comes first; false: none waits
  bool answers(const SystemName& at);  // what came of it is decided; false: nothing is on its way
  void settle();                       // until nothing is left to do
  const Decision& timer(const std::string& name);
  const Decision& resumed();
  void pass(std::chrono::milliseconds time) { now_ += time; }

  [[nodiscard]] const Case& state() const { return *state_; }
  [[nodiscard]] Ticket& ticket(const SystemName& at) { return tickets_.at(at); }
  [[nodiscard]] std::string field(const SystemName& at, const std::string& name) {
    return tickets_.at(at).fields[name];
  }
  [[nodiscard]] int facts(const std::string& name) const;
  [[nodiscard]] std::vector<std::string> comments(const SystemName& at);

  // Called after each write of ours to a field or the status: an automation of that tracker.
  std::function<void(const SystemName& at, const std::string& attribute)> after_write;
  // Writes of ours that changed something, by system and attribute.
  std::map<SystemName, std::map<std::string, int>> writes;

 private:
  struct OnItsWay {
    Issued issued;
    Ticket snapshot;
  };
  const Decision& take(Decision decision);
  void change(const SystemName& at, const std::string& who, const std::string& attribute,
              std::string& place, const std::string& to);
  void carry_out(const SystemName& at, const Action& action);
  void write_one(const SystemName& at, const std::string& attribute, std::string& place,
                 const std::string& to);
  [[nodiscard]] Surroundings around();

  std::map<SystemName, Ticket> tickets_;
  std::map<SystemName, std::deque<Issued>> queues_;
  std::map<SystemName, std::deque<OnItsWay>> under_way_;
  std::optional<Case> state_;
  std::vector<Fact> facts_;
  Decision last_;
  Instant now_;
  int deliveries_ = 0;
  std::uint64_t entries_ = 0;
};

}  // namespace saksbro::core
