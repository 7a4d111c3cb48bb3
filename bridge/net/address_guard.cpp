#include "bridge/net/address_guard.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace saksbro::net {
namespace {

struct Range4 {
  std::uint32_t first;
  int bits;
};

constexpr std::uint32_t of(std::uint32_t a, std::uint32_t b, std::uint32_t c = 0,
                           std::uint32_t d = 0) {
  return (a << 24U) | (b << 16U) | (c << 8U) | d;
}

// IANA's registry of special-purpose addresses, as far as a stranger must not lead us there.
constexpr std::array kNotPublic4{
    Range4{of(0, 0), 8},          // "this network": 0 connects to loopback
    Range4{of(10, 0), 8},         // private
    Range4{of(100, 64), 10},      // shared (carrier-grade NAT)
    Range4{of(127, 0), 8},        // loopback
    Range4{of(169, 254), 16},     // link-local; metadata of clouds
    Range4{of(172, 16), 12},      // private
    Range4{of(192, 0, 0), 24},    // protocol assignments
    Range4{of(192, 0, 2), 24},    // documentation
    Range4{of(192, 88, 99), 24},  // 6to4 relays
    Range4{of(192, 168), 16},     // private
    Range4{of(198, 18), 15},      // benchmarks
    Range4{of(198, 51, 100), 24}, Range4{of(203, 0, 113), 24},  // documentation
    Range4{of(224, 0), 4},                                      // multicast
    Range4{of(240, 0), 4},                                      // reserved, and broadcast
};

struct Range6 {
  std::array<std::uint8_t, 4> first;
  int bits;
};

// Only 2000::/3 is in public use at all; of it these are not.
constexpr Range6 kPublic6{{0x20, 0, 0, 0}, 3};
constexpr std::array kNotPublic6{
    Range6{{0x20, 0x01, 0x00, 0x00}, 23},  // protocol assignments, Teredo
    Range6{{0x20, 0x01, 0x0D, 0xB8}, 32},  // documentation
    Range6{{0x20, 0x02, 0x00, 0x00}, 16},  // 6to4: carries an IPv4 address
    Range6{{0x3F, 0xFF, 0x00, 0x00}, 20},  // documentation
};

bool lies_in(std::uint32_t address, std::uint32_t first, int bits) {
  const std::uint32_t mask = ~std::uint32_t{0} << static_cast<unsigned>(32 - bits);
  return (address & mask) == (first & mask);
}

bool lies_in(const in6_addr& address, const Range6& range) {
  const auto word = [](const std::uint8_t* bytes) {
    return of(bytes[0], bytes[1], bytes[2], bytes[3]);
  };
  return lies_in(word(address.s6_addr), word(range.first.data()), range.bits);
}

bool is_public4(std::uint32_t address) {
  return std::none_of(kNotPublic4.begin(), kNotPublic4.end(), [&](const Range4& range) {
    return lies_in(address, range.first, range.bits);
  });
}

bool is_public6(const in6_addr& address) {
  return lies_in(address, kPublic6) &&
         std::none_of(kNotPublic6.begin(), kNotPublic6.end(),
                      [&](const Range6& range) { return lies_in(address, range); });
}

std::string address_text(const sockaddr& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const void* bytes = nullptr;
  if (address.sa_family == AF_INET) bytes = &reinterpret_cast<const sockaddr_in&>(address).sin_addr;
  if (address.sa_family == AF_INET6)
    bytes = &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr;
  const bool made = bytes != nullptr && ::inet_ntop(address.sa_family, bytes, text.data(),
                                                    static_cast<socklen_t>(text.size())) != nullptr;
  return made ? text.data() : "an address that is not an IP address";
}

}  // namespace

bool is_public(const sockaddr& address) {
  if (address.sa_family == AF_INET)
    return is_public4(ntohl(reinterpret_cast<const sockaddr_in&>(address).sin_addr.s_addr));
  if (address.sa_family == AF_INET6)
    return is_public6(reinterpret_cast<const sockaddr_in6&>(address).sin6_addr);
  return false;
}

void AddressGuard::attach(CURL* handle) {
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, &AddressGuard::on_open);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, this);
}

curl_socket_t AddressGuard::open(const curl_sockaddr& address) {
  if (!is_public(address.addr)) {
    refused_ = address_text(address.addr);
    return CURL_SOCKET_BAD;
  }
  return ::socket(address.family, address.socktype | SOCK_CLOEXEC, address.protocol);
}

curl_socket_t AddressGuard::on_open(void* self, curlsocktype, curl_sockaddr* address) {
  return static_cast<AddressGuard*>(self)->open(*address);
}

}  // namespace saksbro::net
