// A tracker in memory and a connector for it, so that engine and dispatcher can be tested without a
// network: one call a command, JSON both ways.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "bridge/contract/connector.h"
#include "bridge/net/client.h"
#include "bridge/run/observe/clock.h"

namespace saksbro::run {

class SetClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return now_; }
  void pass(std::chrono::milliseconds time) { now_ += time; }
  void pause(std::chrono::milliseconds time, Wake&) override { pass(time); }

 private:
  Instant now_{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + std::chrono::hours{12}};
};

[[nodiscard]] nlohmann::json to_json(const Ticket& ticket);
[[nodiscard]] Ticket ticket_from(const nlohmann::json& json);

inline constexpr const char* kMarkerField = "Saksbro-nøkkel";
// A ticket with this title makes the connector throw, as a fault of ours would.
inline constexpr const char* kCrashingTitle = "crash";
// And of this one the process dies, as of a stack overflow: kill -9.
inline constexpr const char* kDeadlyTitle = "deadly";

// Speaks to FakeTrackers at http://<name>/. Pure, as every connector is.
class FakeSystem final : public RemoteSystem {
 public:
  explicit FakeSystem(SystemName name) : name_(std::move(name)) {}

  [[nodiscard]] Abilities abilities() const override;
  // Authentic with the header x-token: good; the delivery is named by x-id.
  [[nodiscard]] Accepted<DeliveryId> accept(const Arrival& arrival) const override;
  // A ticket as JSON; {"gone": KEY}; "hint:KEY"; "crash" throws as a fault of ours would; of
  // "deadly" the process dies; else not understood.
  [[nodiscard]] Result<std::vector<Observation>> normalise(const Delivery& delivery) const override;
  [[nodiscard]] PollStep poll(const Cursor& cursor, Transcript so_far) const override;
  [[nodiscard]] Step perform(const Command& command, Transcript so_far) const override;

  std::optional<int> hourly_per_author;
  std::function<void()> while_normalising;
  bool poll_throws = false;
  bool poll_is_deadly = false;

 private:
  SystemName name_;
};

// Every tracker of a test behind one client.
class FakeTrackers final : public net::Client {
 public:
  explicit FakeTrackers(SetClock& clock) : clock_(clock) {}

  using Client::send;
  [[nodiscard]] Fate send(const Call& call, const std::function<void()>& alive) override;
  void cancel_all() override {}

  // People at work.
  Ticket& registers(const std::string& system, const std::string& who, const std::string& title);
  void comments(const std::string& system, const std::string& who, const std::string& text);
  void sets_status(const std::string& system, const std::string& who, const std::string& status);
  void sets_field(const std::string& system, const std::string& who, const std::string& field,
                  const std::string& value);
  void attaches(const std::string& system, const std::string& name, std::uint64_t size,
                const std::string& entry = "");
  [[nodiscard]] Ticket& ticket(const std::string& system) { return tickets_.at(system); }
  [[nodiscard]] bool has(const std::string& system) const { return tickets_.contains(system); }

  // Asked before each call; what it returns is the answer.
  std::function<std::optional<Fate>(const Call&)> trouble;
  std::function<void()> each_second;  // of a call
  std::chrono::seconds takes{0};      // so long each call goes on
  std::vector<Call> calls;

 private:
  [[nodiscard]] nlohmann::json marked(const std::string& system, const std::string& marker);
  [[nodiscard]] Fate change(const std::string& system, const nlohmann::json& body);
  void touch(Ticket& ticket);
  [[nodiscard]] std::string next_entry() { return "e" + std::to_string(++entries_); }

  SetClock& clock_;
  std::map<std::string, Ticket> tickets_;
  std::uint64_t entries_ = 0;
};

}  // namespace saksbro::run
