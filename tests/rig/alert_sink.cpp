#include "tests/rig/alert_sink.h"

#include <algorithm>
#include <chrono>
#include <stdexcept>

namespace saksbro::rig {

AlertSink::AlertSink() {
  const auto keep_it = [this](const httplib::Request& request, httplib::Response& response) {
    keep(request, response);
  };
  server_.Post("/.*", keep_it);
  server_.Put("/.*", keep_it);
  port_ = server_.bind_to_any_port("127.0.0.1");
  if (port_ <= 0) throw std::runtime_error("no port for the alert sink");
  serving_ = std::thread([this] { server_.listen_after_bind(); });
  // stop() does nothing before it runs.
  while (!server_.is_running()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

AlertSink::~AlertSink() {
  server_.stop();
  serving_.join();
}

std::string AlertSink::url() const { return "http://127.0.0.1:" + std::to_string(port_); }

std::vector<Posted> AlertSink::posted() const {
  const std::scoped_lock lock(mutex_);
  return posted_;
}

void AlertSink::keep(const httplib::Request& request, httplib::Response& response) {
  Posted posted{request.method, request.path, {}, request.body};
  for (const auto& [name, value] : request.headers) {
    std::string lower = name;
    std::ranges::transform(lower, lower.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    posted.headers.emplace(std::move(lower), value);
  }
  const std::scoped_lock lock(mutex_);
  posted_.push_back(std::move(posted));
  response.status = status_;
  response.set_content("{}", "application/json");
}

}  // namespace saksbro::rig
