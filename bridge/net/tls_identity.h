// What a listener shows itself as: certificate and key from files, taken over anew when they
// change. For the loop's thread, but for expires().
#pragma once

#include <openssl/ssl.h>

#include <atomic>
#include <memory>
#include <string>

#include "bridge/contract/error.h"
#include "bridge/contract/time.h"
#include "bridge/net/http_server.h"

namespace saksbro::net {

class TlsIdentity {
 public:
  // The error names the file that is wrong.
  [[nodiscard]] static Result<std::unique_ptr<TlsIdentity>> load(const TlsFiles& files);

  // Takes changed files over; sessions that are open keep what they began with. When the new files
  // are bad, the error says why (once) and what was there stays.
  [[nodiscard]] Result<void> refresh();

  [[nodiscard]] SSL_CTX* context() const { return context_.get(); }
  [[nodiscard]] Instant expires() const { return Instant(Instant::duration(expires_.load())); }

 private:
  using Context = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;
  explicit TlsIdentity(const TlsFiles& files) : files_(files) {}
  [[nodiscard]] Result<void> take_over();
  [[nodiscard]] std::string stamp() const;  // changes when a file does

  TlsFiles files_;
  Context context_{nullptr, &SSL_CTX_free};
  std::string stamp_;
  Error refused_;  // why the newest files were not taken over; empty when they were
  std::atomic<Instant::rep> expires_{0};
};

}  // namespace saksbro::net
