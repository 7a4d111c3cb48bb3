#include "bridge/net/admission.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <limits>

namespace saksbro::net {
namespace {

// The numbers of files are given out from below: a high one means that few are left.
int highest_socket() {
  constexpr rlim_t reserve = 32;
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
    return std::numeric_limits<int>::max();
  return static_cast<int>(limit.rlim_cur - std::min(reserve, limit.rlim_cur / 4));
}

std::string numeric_text(int family, const void* address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const char* made = ::inet_ntop(family, address, text.data(), text.size());
  return made == nullptr ? "" : made;
}

}  // namespace

Caller caller_of(const sockaddr_storage& from) {
  if (from.ss_family == AF_INET) {
    const std::string text =
        numeric_text(AF_INET, &reinterpret_cast<const sockaddr_in*>(&from)->sin_addr);
    return {text, text};
  }
  if (from.ss_family != AF_INET6) return {};
  const in6_addr& address = reinterpret_cast<const sockaddr_in6*>(&from)->sin6_addr;
  if (IN6_IS_ADDR_V4MAPPED(&address)) {
    const std::string text = numeric_text(AF_INET, &address.s6_addr[12]);
    return {text, text};
  }
  in6_addr network = address;
  std::fill(std::begin(network.s6_addr) + 8, std::end(network.s6_addr), std::uint8_t{0});
  return {numeric_text(AF_INET6, &address), numeric_text(AF_INET6, &network)};
}

Admission::Admission(const ServerLimits& limits)
    : connections_max_(limits.connections),
      per_network_max_(limits.connections_per_address),
      socket_max_(highest_socket()) {}

std::optional<std::string> Admission::enter(const Caller& caller, int socket) {
  if (socket >= socket_max_) return "files";
  if (full()) return "connections";
  if (full_for(caller)) return "address";
  ++by_network_[caller.network];
  ++inside_;
  return std::nullopt;
}

bool Admission::full_for(const Caller& caller) const {
  const auto found = by_network_.find(caller.network);
  return found != by_network_.end() && found->second >= per_network_max_;
}

void Admission::leave(const Caller& caller) {
  const auto found = by_network_.find(caller.network);
  if (found == by_network_.end()) return;
  --inside_;
  if (--found->second == 0) by_network_.erase(found);
}

}  // namespace saksbro::net
