// The `listen:` block: where the service listens, what it shows itself as, and who may ask.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "bridge/contract/settings.h"
#include "bridge/contract/time.h"
#include "bridge/load/yaml_file.h"

namespace saksbro::load {

struct TlsPaths {
  std::string certificate;
  std::string key;
  std::string client_ca;  // empty: no client certificates
};

struct Listener {
  std::string host;
  std::uint16_t port = 0;
  std::optional<TlsPaths> tls;
  std::map<std::string, std::size_t> bodies;  // bytes, by path: sources that may send more
  std::optional<std::size_t> connections;
  std::optional<std::size_t> connections_per_address;
};

// A key to the operations listener; only its hash is configured.
struct AccessToken {
  std::string name;
  std::string role;    // viewer, operator or admin
  std::string sha256;  // 64 hexadecimal digits, lower case
  Instant expires{};
};

struct Listeners {
  Listener webhooks;
  Listener operations;
  std::vector<std::string> hosts;  // the names by which operations may be asked for
  std::vector<AccessToken> tokens;
};

// What is beyond this machine, unless it is told otherwise, is refused without TLS and tokens.
// `beside` makes a path of the file absolute; `read` is asked whether the files are there.
[[nodiscard]] Listeners read_listeners(const Setting& listen,
                                       const std::function<std::string(const std::string&)>& beside,
                                       const ReadFile& read, Errors& errors);

}  // namespace saksbro::load
