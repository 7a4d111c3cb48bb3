// The configuration of the test world: the shipped mappings, with the names of this world in them.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/rig/saksbro.h"

namespace saksbro::e2e {

struct Wish {
  // Long walks are played with the program that users have: with a sanitizer it needs as much of
  // the processor as the servers.
  rig::Build build = rig::Build::tested;
  bool webhook = true;  // false: every webhook is lost, only polls tell
  std::string poll = "1s";
  std::string others = "1h";      // of all but the desk and the operator: who looks at them asks
  bool by_group = false;          // kari is 2nd line by her group, not by her id
  bool versions = false;          // a version that is closed in Redmine is news
  bool operator_by_mail = false;  // the operator has no tracker, but the address kOperatorsAddress
};

inline constexpr const char* kOperatorsAddress = "vakt@drift.test";
inline constexpr const char* kOperatorsMailbox = "drift@kommune.test";  // ours, for the operator
inline constexpr const char* kWebhookSecret = "a secret of the test world only";
inline constexpr const char* kLinksSecret = "another secret of the test world only";
inline constexpr const char* kMailSecret = "the third secret of the test world only";

// Texts with places for {{values}}. `ids`: what Redmine's script printed. Throws when a shipped
// mapping has no longer the line that this world changes.
[[nodiscard]] rig::ConfigTexts configuration(const Wish& wish, const nlohmann::json& ids);

}  // namespace saksbro::e2e
