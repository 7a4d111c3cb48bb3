// Makes one call, by HTTP, SMTP or IMAP, and says, without guessing, what became of it
// (docs/libraries.md 4: libcurl).
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "bridge/contract/call.h"
#include "bridge/net/spool.h"

namespace saksbro::net {

struct ClientLimits {
  std::chrono::milliseconds connect{10'000};
  std::chrono::milliseconds total{60'000};  // and more for a file, by its size
  std::size_t answer_bytes = 8U * 1024U * 1024U;
  std::size_t mail_bytes = 26U * 1024U * 1024U;  // of an answer by IMAP
};

class Client {
 public:
  Client() = default;
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  virtual ~Client() = default;

  // Never throws, never follows a redirect, never sends a `Repeat::never` call twice. Thread-safe.
  // `alive` is called about once a second on the caller's thread, for as long as the call goes on.
  [[nodiscard]] virtual Fate send(const Call& call, const std::function<void()>& alive) = 0;
  [[nodiscard]] Fate send(const Call& call) { return send(call, {}); }

  // Ends calls that are under way and refuses new ones: for a graceful stop.
  virtual void cancel_all() = 0;
};

// For calls whose addresses all come from the configuration. Without a spool, which must outlive
// the client, no files come in or go out.
[[nodiscard]] std::unique_ptr<Client> make_client(const ClientLimits& limits,
                                                  Spool* spool = nullptr);

// `urls` are those of the configuration. A call to another origin is a stranger's: it reaches
// public addresses only, by http or https, and is not sent when a credential would go with it.
[[nodiscard]] std::unique_ptr<Client> make_guarded_client(const ClientLimits& limits,
                                                          const std::vector<std::string>& urls,
                                                          Spool* spool = nullptr);

}  // namespace saksbro::net
