#include "tests/rehearse/shipped.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace saksbro::rehearse {
namespace {

load::Configuration load_shipped(const std::string& file) {
  auto loaded = load::load_configuration(
      std::string(SAKSBRO_SOURCE) + "/config/" + file,
      [](const std::string& path) { return Result<std::string>(content_of(path)); },
      [](const std::string&) { return std::string(32, 'x'); });
  for (const Error& error : loaded.errors) ADD_FAILURE() << error.text();
  return std::move(loaded.configuration);
}

}  // namespace

const load::Configuration& shipped() {
  static const load::Configuration kShipped = load_shipped("saksbro.yaml");
  return kShipped;
}

const load::Configuration& shipped_with_mail() {
  static const load::Configuration kShipped = load_shipped("saksbro.mail.yaml");
  return kShipped;
}

const load::Configuration& shipped_with_jira() {
  static const load::Configuration kShipped = load_shipped("saksbro.jira.yaml");
  return kShipped;
}

std::string content_of(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

std::string without_root(std::string text) {
  const std::string root = std::string(SAKSBRO_SOURCE) + "/";
  for (std::size_t at = text.find(root); at != text.npos; at = text.find(root)) {
    text.erase(at, root.size());
  }
  return text;
}

}  // namespace saksbro::rehearse
