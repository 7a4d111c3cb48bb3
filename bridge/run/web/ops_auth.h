// Who may ask the operations listener, and by which name of this machine (docs/libraries.md 9).
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "bridge/net/http_server.h"
#include "bridge/run/observe/clock.h"
#include "bridge/run/observe/metrics.h"

namespace saksbro::run {

// Each may what those before it may.
enum class Role { viewer, operator_, admin };

struct AccessToken {
  std::string name;
  Role role = Role::viewer;
  std::string sha256;  // lower case hexadecimal digits; the token itself is nowhere
  Instant expires{};
};

struct GateSettings {
  std::vector<AccessToken> tokens;  // none: whoever reaches the listener may look
  std::vector<std::string> hosts;   // beside this machine's own names
};

class OpsAuth {
 public:
  // `metrics` and `clock` must outlive this.
  OpsAuth(GateSettings settings, Metrics& metrics, const Clock& clock);

  // Asked for under a name that is not ours: a page in a browser that was led here by DNS.
  [[nodiscard]] std::optional<net::Response> refuse_host(const Arrival& arrival) const;
  // Why the sender may not do what needs `role`; nothing when it may. Thread-safe.
  [[nodiscard]] std::optional<net::Response> refuse(const Arrival& arrival, Role role);

 private:
  struct Failures {
    Instant since{};
    int count = 0;
  };
  [[nodiscard]] const AccessToken* find(const std::string& token) const;
  [[nodiscard]] std::optional<net::Response> pause(const std::string& address, Instant now);
  void remember_failure(const std::string& address, Instant now);
  [[nodiscard]] net::Response refused(int status, const std::string& reason, const Arrival& arrival,
                                      const std::string& text) const;

  GateSettings settings_;
  Metrics& metrics_;
  const Clock& clock_;
  std::mutex mutex_;
  std::map<std::string, Failures> failures_;  // by address; forgotten after a minute
};

}  // namespace saksbro::run
