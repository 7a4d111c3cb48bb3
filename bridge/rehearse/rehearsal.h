// A rehearsal: one case played in memory. A ticket in each system of the mapping, people who work
// on them, time that passes, and Saksbro, which decides and carries out at once. Pure; not for
// several threads. The mapping must outlive it.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "bridge/contract/error.h"
#include "bridge/core/decide/decide.h"
#include "bridge/rehearse/scenario.h"

namespace saksbro::rehearse {

struct Sent {  // by Saksbro
  core::Issued issued;
  Instant at{};
};

struct Happened {
  core::Fact fact;
  Instant at{};
};

class Rehearsal : private core::Links {
 public:
  explicit Rehearsal(const core::Mapping& mapping);

  // Does the step and everything that follows from it. The error says why it cannot be done.
  [[nodiscard]] Result<void> take(const Step& step);

  [[nodiscard]] const core::Mapping& mapping() const { return mapping_; }
  [[nodiscard]] const std::optional<core::Case>& state() const { return state_; }
  [[nodiscard]] const std::map<SystemName, Ticket>& tickets() const { return tickets_; }
  [[nodiscard]] const std::vector<Sent>& sent() const { return sent_; }
  [[nodiscard]] const std::vector<Happened>& happened() const { return happened_; }
  [[nodiscard]] const std::vector<Phrases>& reasons() const { return reasons_; }
  [[nodiscard]] std::optional<std::string> value(const std::string& name) const;
  [[nodiscard]] Instant now() const { return now_; }

 private:
  void registers(const Registers& step);
  void acts(const Acts& step);
  void passes(const Passes& step);
  Result<void> released(const Released& step);

  void sees(const SystemName& at);
  void took(core::Decision decision);
  void carry_out();
  void carry_out_one(const core::Issued& issued);
  void write(const SystemName& at, const Action& action);

  Ticket& open(const SystemName& at, const Person& author, const std::string& title,
               const std::string& text, std::map<std::string, std::string> fields);
  void comment(const SystemName& at, const Person& author, const std::string& text,
               Visibility visibility);
  void attach(const SystemName& at, const Person& author, const std::string& name,
              Visibility visibility, const std::string& entry);
  [[nodiscard]] static std::optional<BlobRef> file_of(const Ticket& ticket, const FetchFile& fetch);
  void keep(const SystemName& at, const KeepNote& note);
  void set_status(const SystemName& at, const Person& author, const std::string& status);
  void set_field(const SystemName& at, const Person& author, const std::string& field,
                 const std::string& value);
  void record(Ticket& ticket, const Person& author, const std::string& attribute,
              std::string& place, const std::string& to);
  void touch(Ticket& ticket);
  [[nodiscard]] Person somebody(const core::Role& role, const SystemName& at);
  [[nodiscard]] core::Surroundings around(DeliveryKind kind);
  [[nodiscard]] std::string address(const core::LinkClaim& claim) const override;

  const core::Mapping& mapping_;
  std::optional<core::Case> state_;
  std::map<SystemName, Ticket> tickets_;
  std::vector<core::Issued> waiting_;
  std::set<SystemName> out_of_reach_;
  std::vector<core::SimilarCase> similar_;
  std::vector<Sent> sent_;
  std::vector<Happened> happened_;
  std::vector<Phrases> reasons_;
  std::map<SystemName, std::map<std::string, std::set<std::string>>> groups_;
  Instant now_{};
  int deliveries_ = 0;
  std::uint64_t entries_ = 0;
};

// Saksbro's own user, in every tracker.
[[nodiscard]] const Person& bridge_user();

}  // namespace saksbro::rehearse
