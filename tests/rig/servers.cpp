#include "tests/rig/servers.h"

#include <cstdlib>
#include <iostream>
#include <stdexcept>
#include <utility>

#include "tests/rig/port.h"
#include "tests/rig/process.h"

namespace saksbro::rig {
namespace {

using namespace std::chrono_literals;

std::string script(const std::string& name) {
  return std::string(SAKSBRO_SOURCE) + "/tests/realservers/" + name + ".sh";
}

// One template for all tests of this build: made by the first that needs it, under a lock.
std::string template_of(const std::string& name) {
  const char* cache = std::getenv("SAKSBRO_TEST_CACHE");
  return std::string(cache != nullptr ? cache : SAKSBRO_REALSERVERS_CACHE) + "/" + name;
}

// Between the program's warnings stands one JSON object.
nlohmann::json printed_object(const std::string& output) {
  const auto first = output.find("{\n");
  const auto last = output.rfind('}');
  if (first == std::string::npos || last == std::string::npos) return {};
  return nlohmann::json::parse(output.substr(first, last - first + 1), nullptr, false);
}

}  // namespace

RealServer::RealServer(std::string name, std::vector<std::string> options)
    : name_(std::move(name)), options_(std::move(options)), folder_(name_), port_(free_port()) {
  start({});
}

RealServer::~RealServer() {
  try {
    stop();
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
  }
}

void RealServer::start(const std::vector<std::string>& more) {
  std::vector<std::string> argv = {script(name_),         "start",      folder_.path(),
                                   std::to_string(port_), "--template", template_of(name_)};
  argv.insert(argv.end(), options_.begin(), options_.end());
  argv.insert(argv.end(), more.begin(), more.end());
  const Finished finished = run(argv, 300s);
  world_ = printed_object(finished.output);
  if (finished.exit_code != 0 || !world_.is_object()) {
    throw std::runtime_error(name_ + " did not start:\n" + finished.output);
  }
  url_ = world_.at("url").get<std::string>();
}

void RealServer::stop() {
  const Finished finished = run({script(name_), "stop", folder_.path()}, 60s);
  if (finished.exit_code != 0) {
    throw std::runtime_error(name_ + " did not stop:\n" + finished.output);
  }
}

void RealServer::start_again() { start({"--keep"}); }

RealRedmine::RealRedmine(std::vector<std::string> options)
    : RealServer("redmine", std::move(options)) {}

std::string RealRedmine::key(const std::string& user) const {
  return world().at("keys").at(user).get<std::string>();
}

RealRt::RealRt(std::vector<std::string> options) : RealServer("rt", std::move(options)) {}

std::string RealRt::token(const std::string& user) const {
  return world().at("tokens").at(user).get<std::string>();
}

}  // namespace saksbro::rig
