// Where alerts go in a test: keeps what was posted to it.
#pragma once

#include <httplib.h>

#include <atomic>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace saksbro::rig {

struct Posted {
  std::string method;
  std::string path;
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
};

class AlertSink {
 public:
  AlertSink();
  AlertSink(const AlertSink&) = delete;
  AlertSink& operator=(const AlertSink&) = delete;
  ~AlertSink();

  [[nodiscard]] std::string url() const;
  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] std::vector<Posted> posted() const;
  void answer(int status) { status_ = status; }  // from now on; 200 at first

 private:
  void keep(const httplib::Request& request, httplib::Response& response);

  httplib::Server server_;
  int port_ = 0;
  std::atomic<int> status_ = 200;
  mutable std::mutex mutex_;
  std::vector<Posted> posted_;
  std::thread serving_;
};

}  // namespace saksbro::rig
