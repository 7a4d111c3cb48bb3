// Servers for tests: one that keeps what reached its handler, and what they are asked with.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "bridge/net/http_server.h"
#include "tests/net/wire.h"

namespace saksbro::net {

inline const ServerLimits tight = {.body_bytes = 1000,
                                   .header = std::chrono::milliseconds{500},
                                   .body = std::chrono::milliseconds{500},
                                   .write = std::chrono::seconds{1},
                                   .workers = 4,
                                   .connections = 1000};

// A server that keeps what reached its handler.
class Recording {
 public:
  explicit Recording(const ServerLimits& limits = tight, const std::optional<TlsFiles>& tls = {}) {
    auto opened = listen("127.0.0.1", 0, limits,
                         [this](const Arrival& arrival) {
                           const std::scoped_lock lock(mutex_);
                           arrivals_.push_back(arrival);
                           return Response{.status = 200, .body = "{\"ok\":true}", .headers = {}};
                         },
                         {tls, watch()});
    server_ = std::move(opened.value());
  }

  [[nodiscard]] int port() const { return server_->port(); }
  [[nodiscard]] std::vector<Arrival> arrivals() {
    const std::scoped_lock lock(mutex_);
    return arrivals_;
  }
  // How often each reason was told: "shed connections", "refused 413".
  [[nodiscard]] std::map<std::string, int> told() {
    const std::scoped_lock lock(mutex_);
    return told_;
  }
  [[nodiscard]] HttpServer& server() { return *server_; }
  void stop(std::chrono::milliseconds within) { server_->stop(within); }
  [[nodiscard]] std::string ask(std::string_view bytes,
                                std::chrono::milliseconds within = std::chrono::seconds{5}) {
    Wire wire = Wire::to(port());
    wire.send(bytes);
    wire.end_sending();
    return wire.read_all(within);
  }

 private:
  [[nodiscard]] Watch watch() {
    const auto tell = [this](const std::string& what) {
      const std::scoped_lock lock(mutex_);
      ++told_[what];
    };
    return {[tell](const std::string& reason) { tell("shed " + reason); },
            [tell](const std::string& reason) { tell("refused " + reason); },
            [tell](const Error& error) { tell("kept " + error.text()); }};
  }

  std::mutex mutex_;
  std::vector<Arrival> arrivals_;
  std::map<std::string, int> told_;
  std::unique_ptr<HttpServer> server_;
};

inline std::unique_ptr<HttpServer> serve(Handler handler, const ServerLimits& limits = tight) {
  return std::move(listen("127.0.0.1", 0, limits, std::move(handler)).value());
}

// A request that wants no other to follow.
inline std::string get(const std::string& path) {
  return "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
}

// The same but for the time at which it was given.
inline std::string without_date(std::string answer) {
  const auto date = answer.find("Date: ");
  return date == std::string::npos ? answer
                                   : answer.erase(date, answer.find("\r\n", date) + 2 - date);
}

inline std::string status_of(const std::string& answer) {
  return answer.substr(0, answer.find("\r\n"));
}
inline std::string body_of(const std::string& answer) {
  const auto end = answer.find("\r\n\r\n");
  return end == std::string::npos ? "" : answer.substr(end + 4);
}

}  // namespace saksbro::net
