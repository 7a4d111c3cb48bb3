// The real trackers of the end-to-end tests, booted by tests/realservers on loopback.
#pragma once

#include <chrono>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/rig/folder.h"

namespace saksbro::rig {

// Has a fresh database for each test. Throws when it does not start. Stopped by the destructor.
class RealServer {
 public:
  RealServer(const RealServer&) = delete;
  RealServer& operator=(const RealServer&) = delete;
  ~RealServer();

  void stop();
  void start_again();  // on the same port, with the data it had

  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] const std::string& url() const { return url_; }
  [[nodiscard]] std::filesystem::path folder() const { return folder_.path(); }
  // What its script printed: ids, keys, names.
  [[nodiscard]] const nlohmann::json& world() const { return world_; }

 protected:
  // `options`: further ones for the script's "start".
  RealServer(std::string name, std::vector<std::string> options);

 private:
  void start(const std::vector<std::string>& more);

  std::string name_;
  std::vector<std::string> options_;
  Folder folder_;
  int port_ = 0;
  std::string url_;
  nlohmann::json world_;
};

class RealRedmine : public RealServer {
 public:
  explicit RealRedmine(std::vector<std::string> options = {});
  [[nodiscard]] std::string key(const std::string& user) const;
};

class RealRt : public RealServer {
 public:
  // e.g. {"--webhook", url, "--webhook-secret-file", path}
  explicit RealRt(std::vector<std::string> options = {});
  [[nodiscard]] std::string token(const std::string& user) const;
};

}  // namespace saksbro::rig
