#include "tests/rig/saksbro.h"

#include <httplib.h>

#include <cstdlib>
#include <stdexcept>
#include <utility>

#include "tests/rig/eventually.h"
#include "tests/rig/port.h"

namespace saksbro::rig {
namespace {

using namespace std::chrono_literals;

constexpr const char* main_file = "saksbro.yaml";
constexpr const char* log_file = "saksbro.log";

std::string program_of(Build build) {
  const char* released = std::getenv("SAKSBRO_RELEASED_PATH");
  return build == Build::released && released != nullptr ? released : saksbro_program();
}

}  // namespace

std::string saksbro_program() {
  const char* given = std::getenv("SAKSBRO_BINARY_PATH");
  return given != nullptr ? given : SAKSBRO_BINARY;
}

std::string filled(std::string text, const Values& values) {
  for (const auto& [name, value] : values) {
    const std::string mark = "{{" + name + "}}";
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) {
      text.replace(at, mark.size(), value);
      at += value.size();
    }
  }
  if (const auto left = text.find("{{"); left != std::string::npos) {
    throw std::runtime_error("no value for " + text.substr(left, text.find("}}", left) + 2 - left));
  }
  return text;
}

Saksbro::Saksbro(const ConfigTexts& texts, Values values, Build build)
    : folder_("serve"), program_(program_of(build)), values_(std::move(values)) {
  values_.emplace("folder", folder_.path().string());
  values_.emplace("webhooks_port", std::to_string(free_port()));
  values_.emplace("operations_port", std::to_string(free_port()));
  for (const auto& [file, text] : texts) write(file, text);
}

void Saksbro::write(const std::string& file, const std::string& text) {
  write_file(folder_.path() / file, filled(text, values_));
}

void Saksbro::start(const Values& environment) {
  start_until_ready_or_dead(environment);
  if (!process_->running()) throw std::runtime_error("saksbro ended while starting\n" + log());
}

void Saksbro::start_until_ready_or_dead(const Values& environment) {
  process_ = std::make_unique<Process>(
      Program{.argv = {program_, "serve", "--config", (folder_.path() / main_file).string()},
              .environment = environment,
              .output = folder_.path() / log_file});
  const auto ready = [this] {
    if (!process_->running()) return true;
    const auto answer = httplib::Client(operations_url()).Get("/readyz");
    return answer && answer->status == 200;
  };
  try {
    eventually("saksbro is ready", 20s, ready);
  } catch (const std::exception& error) {
    throw std::runtime_error(std::string(error.what()) + "\n" + log());
  }
}

Process& Saksbro::process() {
  if (!process_) throw std::runtime_error("saksbro was not started");
  return *process_;
}

bool Saksbro::running() { return process_ && process_->running(); }

void Saksbro::signal(int number) { process().signal(number); }

int Saksbro::kill9() { return process().kill9(); }

int Saksbro::terminate(std::chrono::milliseconds within) { return process().terminate(within); }

int Saksbro::wait(std::chrono::milliseconds within) {
  const auto code = process().wait(within);
  if (!code) throw std::runtime_error("saksbro still runs:\n" + log());
  return *code;
}

Finished Saksbro::verb(std::vector<std::string> words) const {
  words.insert(words.begin(), program_);
  words.insert(words.end(), {"--config", (folder_.path() / main_file).string()});
  return run(words, 60s);
}

std::string Saksbro::webhooks_url() const {
  return "http://127.0.0.1:" + values_.at("webhooks_port");
}

std::string Saksbro::operations_url() const {
  return "http://127.0.0.1:" + values_.at("operations_port");
}

std::string Saksbro::operations(const std::string& path) const {
  const auto answer = httplib::Client(operations_url()).Get(path);
  if (!answer) throw std::runtime_error("GET " + path + ": " + httplib::to_string(answer.error()));
  return answer->body;
}

std::string Saksbro::log() const { return read_file(folder_.path() / log_file); }

}  // namespace saksbro::rig
