
#include <random>

#include "bridge/cli/cli.h"
#include "bridge/cli/print.h"
#include "bridge/cli/speech.h"
#include "bridge/codec/digest.h"

namespace saksbro::cli {
namespace {

// 256 bits of the kernel's, through libstdc++ (arc4random of the C library).
std::string random_token() {
  std::random_device kernel;
  std::string bytes;
  for (int i = 0; i < 32; ++i) bytes += static_cast<char>(kernel() & 0xFFU);
  return "saksbro_" + codec::to_hex(bytes);
}

int create(const Chosen& chosen, const std::string& role) {
  const Speech speech = speech_of(chosen);
  const std::string token = random_token();
  print("{}\n\n{}\n\n    tokens:\n      {}: {{ role: {}, sha256: {}, expires: {} }}\n", token,
        speech.in("Tokenet vises én gang og lagres ikke. I konfigurasjonen, under "
                  "listen.operations:",
                  "The token is shown once and stored nowhere. In the configuration, below "
                  "listen.operations:"),
        speech.in("NAVN", "NAME"), role, codec::to_hex(codec::sha256(token)),
        speech.in("ÅÅÅÅ-MM-DD", "YYYY-MM-DD"));
  return 0;
}

}  // namespace

void add_token(CLI::App& app, Chosen& chosen) {
  auto* verb = app.add_subcommand("token", "manage access tokens of the operations listener");
  verb->require_subcommand(1);
  auto* make = verb->add_subcommand("create", "print a new token once, and its hash");
  auto role = std::make_shared<std::string>();
  make->add_option("ROLE", *role, "viewer, operator or admin")
      ->required()
      ->check(CLI::IsMember({"viewer", "operator", "admin"}));
  make->callback(
      [&chosen, role] { chosen.run = [&chosen, role] { return create(chosen, *role); }; });
}

}  // namespace saksbro::cli
