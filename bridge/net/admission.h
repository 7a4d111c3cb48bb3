// Who may come in: a connection more, or not, and why not. For one thread.
#pragma once

#include <sys/socket.h>

#include <cstddef>
#include <map>
#include <optional>
#include <string>

#include "bridge/net/http_server.h"

namespace saksbro::net {

// Where a connection comes from.
struct Caller {
  std::string address;  // "192.0.2.7", "2001:db8::7"; IPv4 that came over IPv6 as IPv4
  std::string network;  // who is counted as one: the address; of IPv6 its first 64 bits
};

[[nodiscard]] Caller caller_of(const sockaddr_storage& from);

class Admission {
 public:
  explicit Admission(const ServerLimits& limits);

  // Why not: "connections", "address", "files". Let in, a caller is counted until it leaves.
  [[nodiscard]] std::optional<std::string> enter(const Caller& caller, int socket);
  void leave(const Caller& caller);

  [[nodiscard]] bool full() const { return inside_ >= connections_max_; }
  [[nodiscard]] bool full_for(const Caller& caller) const;  // its network has all that it may have

 private:
  std::size_t connections_max_;
  std::size_t per_network_max_;
  int socket_max_;  // above it are the files that the rest of the program may need
  std::size_t inside_ = 0;
  std::map<std::string, std::size_t> by_network_;
};

}  // namespace saksbro::net
