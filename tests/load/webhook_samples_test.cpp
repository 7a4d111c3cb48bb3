// docs/front-door.md shows a `webhook:` block for each scheme: the program takes each of them, and
// so does the schema by which editors complete.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "bridge/load/configuration.h"
#include "connectors/registry.h"

namespace saksbro::load {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = SAKSBRO_SOURCE;
const fs::path kRight = kRoot / "tests/load/right";

std::string content_of(const fs::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::string> samples() {
  std::vector<std::string> found;
  std::istringstream lines(content_of(kRoot / "docs/front-door.md"));
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("webhook: {")) found.push_back(line);
  }
  return found;
}

// The right instance, whose operator sends its webhooks as the sample says.
std::string instance_with(const std::string& sample) {
  std::string text = content_of(kRight / "saksbro.yaml");
  const auto replace = [&](const std::string& from, const std::string& to) {
    text.replace(text.find(from), text.find('\n', text.find(from)) - text.find(from), to);
  };
  replace("webhook: {", sample);
  replace("webhooks: 127.0.0.1:8480",
          "webhooks: { address: 127.0.0.1:8480, tls: { certificate: chain.pem, key: key.pem, "
          "client_ca: clients.pem } }");
  return text;
}

std::optional<std::string> variable(const std::string& name) {
  if (name == "OPERATOR_WHSEC") return "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  if (name == "OPERATOR_WHPK") return "whpk_PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=";
  return "a-secret-of-more-than-32-characters";
}

std::string errors_of(const std::string& instance) {
  const auto read = [&](const std::string& path) -> Result<std::string> {
    if (path == "saksbro.yaml") return instance;
    return fs::path(path).extension() == ".pem" ? "certificate" : content_of(kRight / path);
  };
  Loaded loaded = load_configuration("saksbro.yaml", read, variable);
  for (const SystemConfiguration& system : loaded.configuration.systems) {
    const auto made = connectors().at(system.connector)(system.name, system.settings);
    if (!made) loaded.errors.insert(loaded.errors.end(), made.error().begin(), made.error().end());
  }
  std::string texts;
  for (const Error& error : loaded.errors) texts += error.text() + "\n";
  return texts;
}

TEST(WebhookSamples, AreTakenByTheProgram) {
  EXPECT_GE(samples().size(), 12U);
  for (const std::string& sample : samples())
    EXPECT_EQ(errors_of(instance_with(sample)), "") << sample;
}

TEST(WebhookSamples, AreTakenByTheSchema) {
  const fs::path folder = fs::path(testing::TempDir()) / "saksbro-webhook-samples";
  fs::create_directories(folder);
  std::string command = "python3 " + (kRoot / "tests/load/check_schemas.py").string();
  const std::string schema = (kRoot / "config/schemas/saksbro.schema.json").string();
  int number = 0;
  for (const std::string& sample : samples()) {
    const fs::path file = folder / (std::to_string(++number) + ".yaml");
    std::ofstream(file) << "# yaml-language-server: $schema=" << schema << "\n"
                        << instance_with(sample);
    command += " " + file.string();
  }
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  ASSERT_NE(pipe, nullptr);
  std::array<char, 4096> piece{};
  std::string output;
  while (std::fgets(piece.data(), static_cast<int>(piece.size()), pipe) != nullptr)
    output += piece.data();
  EXPECT_EQ(pclose(pipe), 0);
  EXPECT_EQ(output, "");
  fs::remove_all(folder);
}

}  // namespace
}  // namespace saksbro::load
