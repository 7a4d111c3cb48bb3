#include "bridge/run/web/ops_auth.h"

#include <algorithm>

#include "bridge/codec/digest.h"
#include "bridge/contract/ascii.h"
#include "bridge/run/observe/log.h"

namespace saksbro::run {
namespace {

constexpr int kWrongTokensMost = 5;
constexpr std::chrono::minutes kPause{1};
constexpr std::size_t kAddressesMost = 10'000;  // of whom failures are remembered

std::string host_name(const std::string& host) {
  std::string name = host;
  if (name.starts_with('[')) {
    name = name.substr(0, name.find(']') + 1);
  } else {
    name = name.substr(0, name.rfind(':'));
  }
  return lower(name);
}

std::optional<std::string> bearer_of(const Arrival& arrival) {
  const auto found = arrival.headers.find("authorization");
  if (found == arrival.headers.end()) return std::nullopt;
  const std::string& given = found->second;
  const std::size_t blank = given.find(' ');
  // The case of a scheme does not count (RFC 9110, 11.1).
  if (blank == given.npos || lower(given.substr(0, blank)) != "bearer") return std::nullopt;
  return given.substr(std::min(given.find_first_not_of(' ', blank), given.size()));
}

const char* role_text(Role role) {
  if (role == Role::viewer) return "viewer";
  return role == Role::operator_ ? "operator" : "admin";
}

}  // namespace

OpsAuth::OpsAuth(GateSettings settings, Metrics& metrics, const Clock& clock)
    : settings_(std::move(settings)), metrics_(metrics), clock_(clock) {
  for (const char* own : {"localhost", "127.0.0.1", "[::1]"}) settings_.hosts.emplace_back(own);
}

net::Response OpsAuth::refused(int status, const std::string& reason, const Arrival& arrival,
                               const std::string& text) const {
  metrics_.count("saksbro_refused_requests_total",
                 label("listener", "operations") + "," + label("reason", reason));
  log::warn_once_a_minute("operations.refused", {{"peer", arrival.peer}, {"why", text}});
  return {status, "text/plain; charset=utf-8", text + "\n", {}};
}

std::optional<net::Response> OpsAuth::refuse_host(const Arrival& arrival) const {
  const auto host = arrival.headers.find("host");
  const auto& hosts = settings_.hosts;
  if (host != arrival.headers.end() &&
      std::find(hosts.begin(), hosts.end(), host_name(host->second)) != hosts.end())
    return std::nullopt;
  return refused(421, "host", arrival, "the host is not one of listen.operations.hosts");
}

std::optional<net::Response> OpsAuth::refuse(const Arrival& arrival, Role role) {
  if (settings_.tokens.empty()) {
    if (role == Role::viewer) return std::nullopt;
    return refused(403, "role", arrival, "no token is configured: nothing can be changed here");
  }
  const Instant now = clock_.now();
  if (auto paused = pause(arrival.peer, now)) return paused;
  const auto token = bearer_of(arrival);
  const AccessToken* known = token ? find(*token) : nullptr;
  if (known != nullptr && now < known->expires) {
    if (known->role >= role) return std::nullopt;
    return refused(403, "role", arrival,
                   "the token \"" + known->name + "\" has the role " + role_text(known->role) +
                       "; this needs " + role_text(role));
  }
  if (token) remember_failure(arrival.peer, now);
  net::Response response =
      refused(401, "token", arrival,
              !token             ? "a token is required: Authorization: Bearer TOKEN"
              : known == nullptr ? "the token is unknown"
                                 : "the token \"" + known->name + "\" has expired");
  response.headers["WWW-Authenticate"] = "Bearer";
  return response;
}

// All are compared, each in the same time: how long it takes tells nothing.
const AccessToken* OpsAuth::find(const std::string& token) const {
  const std::string hash = codec::to_hex(codec::sha256(token));
  const AccessToken* found = nullptr;
  for (const AccessToken& one : settings_.tokens) {
    if (codec::equal_in_constant_time(one.sha256, hash)) found = &one;
  }
  return found;
}

std::optional<net::Response> OpsAuth::pause(const std::string& address, Instant now) {
  Instant until{};
  {
    const std::lock_guard lock(mutex_);
    const auto found = failures_.find(address);
    if (found == failures_.end()) return std::nullopt;
    until = found->second.since + kPause;
    if (now >= until) {
      failures_.erase(found);
      return std::nullopt;
    }
    if (found->second.count < kWrongTokensMost) return std::nullopt;
  }
  Arrival from;
  from.peer = address;
  net::Response response = refused(429, "pause", from, "too many wrong tokens: wait a minute");
  response.headers["Retry-After"] =
      std::to_string(std::chrono::ceil<std::chrono::seconds>(until - now).count());
  return response;
}

void OpsAuth::remember_failure(const std::string& address, Instant now) {
  const std::lock_guard lock(mutex_);
  if (failures_.size() >= kAddressesMost) {
    std::erase_if(failures_, [&](const auto& one) { return now >= one.second.since + kPause; });
    if (failures_.size() >= kAddressesMost) failures_.clear();
  }
  Failures& failures = failures_[address];
  if (failures.count == 0) failures.since = now;
  // The pause begins with the failure that brings it.
  if (++failures.count == kWrongTokensMost) failures.since = now;
}

}  // namespace saksbro::run
