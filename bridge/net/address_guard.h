// Keeps a call whose address came from outside away from our own network (docs/libraries.md 7). It
// looks at the address that is connected to, at that moment: it does not matter how the address was
// spelt, nor what a name meant a moment before (DNS rebinding).
#pragma once

#include <curl/curl.h>
#include <sys/socket.h>

#include <string>

namespace saksbro::net {

// False for loopback, private, link-local, shared (100.64/10), multicast, documentation and
// reserved addresses; and for IPv6 that carries IPv4 to somewhere else (NAT64, 6to4, Teredo,
// mapped).
[[nodiscard]] bool is_public(const sockaddr& address);

// For one transfer, which it must outlive.
class AddressGuard {
 public:
  AddressGuard() = default;
  AddressGuard(const AddressGuard&) = delete;
  AddressGuard& operator=(const AddressGuard&) = delete;

  void attach(CURL* handle);

  // The last address that was refused; empty: none.
  [[nodiscard]] const std::string& refused() const { return refused_; }

  // A socket for that address, or CURL_SOCKET_BAD.
  [[nodiscard]] curl_socket_t open(const curl_sockaddr& address);

 private:
  static curl_socket_t on_open(void* self, curlsocktype purpose, curl_sockaddr* address);

  std::string refused_;
};

}  // namespace saksbro::net
