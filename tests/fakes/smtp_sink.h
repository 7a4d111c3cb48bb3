// Takes mails by SMTP on 127.0.0.1 and keeps them; no TLS, nobody is asked who he is. Thread-safe.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "tests/fakes/wire.h"

namespace saksbro::fakes {

class SmtpSink {
 public:
  SmtpSink();

  [[nodiscard]] int port() const { return server_.port(); }
  [[nodiscard]] std::vector<std::string> mails() const;  // whole messages
  void close() { server_.close(); }
  void open() { server_.open(); }

 private:
  void serve(Connection& connection);
  bool take(Connection& connection);

  mutable std::mutex mutex_;
  std::vector<std::string> mails_;
  SocketServer server_;  // last: it calls the others
};

}  // namespace saksbro::fakes
