// JSON over HTTP, as the people of a test use it. Throws where the server does not answer as
// wanted: that fails the test, with the server's own words.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>

namespace saksbro::rig {

class Rest {
 public:
  // `url`: scheme, host and port; `header`: what identifies the person, on each request.
  Rest(std::string url, std::pair<std::string, std::string> header)
      : url_(std::move(url)), header_(std::move(header)) {}

  [[nodiscard]] nlohmann::json get(const std::string& path) const;
  nlohmann::json post(const std::string& path, const nlohmann::json& body) const;
  nlohmann::json put(const std::string& path, const nlohmann::json& body) const;
  void remove(const std::string& path) const;
  // A body of bytes, each way.
  [[nodiscard]] std::string bytes(const std::string& path) const;
  nlohmann::json post_bytes(const std::string& path, const std::string& bytes) const;

 private:
  nlohmann::json ask(const std::string& method, const std::string& path,
                     const std::string& body) const;
  [[nodiscard]] std::string answered(const std::string& method, const std::string& path,
                                     const std::string& body, const std::string& type) const;

  std::string url_;
  std::pair<std::string, std::string> header_;
};

}  // namespace saksbro::rig
