// Links that let people act without an account: made for texts, and understood when they come back.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bridge/codec/link_token.h"
#include "bridge/contract/secret.h"
#include "bridge/core/decide/decide.h"

namespace saksbro::run {

struct LinkSettings {
  std::string url;              // "https://saksbro.example.no": where the pages are reached
  std::vector<Secret> secrets;  // the first signs, all are accepted
};

// All pages are below it, at the listener of the webhooks.
inline constexpr std::string_view kLinkPath = "/s/";

// Immutable; any thread may use it.
class SignedLinks final : public core::Links {
 public:
  explicit SignedLinks(const LinkSettings& settings)
      : url_(settings.url), tokens_(settings.secrets) {}

  // Empty when something in the claim is longer than a token can hold (255 bytes).
  [[nodiscard]] std::string address(const core::LinkClaim& claim) const override;
  // Nothing for a token that is not ours, or signed with a secret that is not live any more.
  [[nodiscard]] std::optional<core::LinkClaim> claim(std::string_view token) const;

 private:
  std::string url_;
  codec::LinkTokens tokens_;
};

// What pressing the button behind such a link says to the case.
[[nodiscard]] core::ExternalSignal said_by(const core::LinkClaim& claim, const std::string& text);

}  // namespace saksbro::run
