#include "tests/rig/rest.h"

#include <httplib.h>

#include <stdexcept>

namespace saksbro::rig {
namespace {

constexpr int patience_seconds = 30;

httplib::Request request_of(const std::string& method, const std::string& path,
                            const std::pair<std::string, std::string>& header,
                            const std::string& body, const std::string& type) {
  httplib::Request request;
  request.method = method;
  request.path = path;
  request.headers = {{header.first, header.second}, {"Content-Type", type}};
  request.body = body;
  return request;
}

}  // namespace

nlohmann::json Rest::get(const std::string& path) const { return ask("GET", path, ""); }

nlohmann::json Rest::post(const std::string& path, const nlohmann::json& body) const {
  return ask("POST", path, body.dump());
}

nlohmann::json Rest::put(const std::string& path, const nlohmann::json& body) const {
  return ask("PUT", path, body.dump());
}

void Rest::remove(const std::string& path) const { ask("DELETE", path, ""); }

std::string Rest::bytes(const std::string& path) const {
  return answered("GET", path, "", "application/json");
}

nlohmann::json Rest::post_bytes(const std::string& path, const std::string& bytes) const {
  return nlohmann::json::parse(answered("POST", path, bytes, "application/octet-stream"));
}

// RT may answer in broken UTF-8 although it did what was asked.
nlohmann::json Rest::ask(const std::string& method, const std::string& path,
                         const std::string& body) const {
  return nlohmann::json::parse(answered(method, path, body, "application/json"), nullptr, false);
}

std::string Rest::answered(const std::string& method, const std::string& path,
                           const std::string& body, const std::string& type) const {
  httplib::Client client(url_);
  client.set_read_timeout(patience_seconds);
  const httplib::Result answer = client.send(request_of(method, path, header_, body, type));
  const std::string asked = method + " " + url_ + path;
  if (!answer) throw std::runtime_error(asked + ": " + httplib::to_string(answer.error()));
  if (answer->status < 200 || answer->status > 299) {
    throw std::runtime_error(asked + ": " + std::to_string(answer->status) + " " + answer->body);
  }
  return answer->body;
}

}  // namespace saksbro::rig
