// Trackers with many tickets each, a connector that looks before a second try, and a bridge over
// them whose store can be backed up and restored. fake_system.h has one ticket a tracker.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "bridge/run/maintain/recovery.h"
#include "tests/engine/bridge_in_a_box.h"

namespace saksbro::run {

// Speaks to ManyTrackers at http://<name>/<what>, JSON both ways. Pure.
class ManySystem final : public RemoteSystem {
 public:
  explicit ManySystem(SystemName name, bool has_tickets)
      : name_(std::move(name)), has_tickets_(has_tickets) {}

  [[nodiscard]] Abilities abilities() const override;
  [[nodiscard]] Accepted<DeliveryId> accept(const Arrival& arrival) const override;
  [[nodiscard]] Result<std::vector<Observation>> normalise(const Delivery& delivery) const override;
  [[nodiscard]] PollStep poll(const Cursor& cursor, Transcript so_far) const override;
  [[nodiscard]] Step perform(const Command& command, Transcript so_far) const override;

 private:
  [[nodiscard]] Call call(const std::string& what, const nlohmann::json& body, Repeat repeat) const;

  SystemName name_;
  bool has_tickets_;
};

class ManyTrackers final : public net::Client {
 public:
  using Place = std::pair<std::string, std::string>;  // system, key

  explicit ManyTrackers(SetClock& clock) : clock_(clock) {}

  using Client::send;
  [[nodiscard]] Fate send(const Call& call, const std::function<void()>& alive) override;
  void cancel_all() override {}

  // People at work.
  RemoteKey registers(const std::string& system, const std::string& who, const std::string& title);
  void comments(const std::string& system, const RemoteKey& key, const std::string& who,
                const std::string& text);
  void sets_status(const std::string& system, const RemoteKey& key, const std::string& who,
                   const std::string& status);

  std::map<Place, Ticket> tickets;
  std::vector<std::string> writes;  // of the bridge: "operator/create"
  std::set<std::string> down;       // systems that do not answer

 private:
  [[nodiscard]] nlohmann::json changed_since(const std::string& system, Instant since) const;
  [[nodiscard]] nlohmann::json with_marker(const std::string& system,
                                           const std::string& marker) const;
  [[nodiscard]] Fate write(const std::string& system, const std::string& what,
                           const nlohmann::json& body);
  void touch(Ticket& ticket);

  SetClock& clock_;
  std::map<std::string, int> last_key_;
  std::uint64_t entries_ = 0;
};

class ManyBox {
 public:
  ManyBox();

  // Polls, decides and sends until nothing moves any more.
  void settle();
  void back_up();
  // The backup takes the place of the store, and is served.
  void restore();
  // The process ends and begins anew.
  void restart();
  // Until the look is complete.
  void recover();

  [[nodiscard]] store::RecoveryStage stage();
  [[nodiscard]] std::unique_ptr<store::Reader> reader() { return need(store_->reader()); }
  [[nodiscard]] store::Store& store() { return *store_; }
  [[nodiscard]] RecoveryWatch& watch() { return *watch_; }
  [[nodiscard]] std::vector<store::OutboxRow> outbox();
  // The operator's ticket of the case of a desk's ticket.
  [[nodiscard]] RemoteKey operator_ticket_of(const RemoteKey& desk_ticket);
  void round();  // each poller, the engine, and each sender once

  SetClock clock;
  ManyTrackers trackers{clock};
  Metrics metrics;
  Wake wake;
  Wake stopping;
  Systems systems;

 private:
  void serve();
  void end();

  store::TemporaryFolder folder_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<Engine> engine_;
  std::map<SystemName, std::unique_ptr<Traffic>> traffics_;
  std::map<SystemName, std::unique_ptr<Dispatcher>> dispatchers_;
  std::map<SystemName, std::unique_ptr<Poller>> pollers_;
  std::unique_ptr<RecoveryWatch> watch_;
};

}  // namespace saksbro::run
