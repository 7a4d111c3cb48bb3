// The front door: a request becomes a delivery on disk, or an answer that says why not.
#pragma once

#include <map>
#include <string>

#include "bridge/net/http_server.h"
#include "bridge/run/calls/guarded_system.h"
#include "bridge/run/observe/metrics.h"
#include "bridge/run/observe/wake.h"
#include "bridge/run/systems.h"
#include "bridge/store/group_commit.h"

namespace saksbro::run {

class Receiver {
 public:
  // All must outlive this.
  Receiver(const Systems& systems, store::GroupCommit& inbox, store::CrashJournal& in_hand,
           Metrics& metrics, Wake& engine);

  // 200 only when the delivery is on disk. Thread-safe, never throws.
  [[nodiscard]] net::Response receive(Arrival arrival);

  // Whether a system's webhook is received at that path.
  [[nodiscard]] bool serves(const std::string& path) const { return by_path_.contains(path); }

 private:
  [[nodiscard]] net::Response store(const Delivery& delivery);

  struct Served {
    const SystemName& name;
    GuardedSystem system;
  };
  std::map<std::string, Served> by_path_;
  store::GroupCommit& inbox_;
  Metrics& metrics_;
  Wake& engine_;
};

}  // namespace saksbro::run
