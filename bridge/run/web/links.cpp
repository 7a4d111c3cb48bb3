#include "bridge/run/web/links.h"

namespace saksbro::run {

std::string SignedLinks::address(const core::LinkClaim& claim) const {
  const std::string token = tokens_.make(
      {claim.number.text(), claim.signal.text(), claim.role.text(), claim.organisation});
  return token.empty() ? "" : url_ + std::string(kLinkPath) + token;
}

std::optional<core::LinkClaim> SignedLinks::claim(std::string_view token) const {
  auto fields = tokens_.read(token);
  if (!fields) return std::nullopt;
  return core::LinkClaim{CaseNumber{std::move(fields->number)},
                         core::Signal{std::move(fields->signal)},
                         core::Role{std::move(fields->role)}, std::move(fields->organisation)};
}

core::ExternalSignal said_by(const core::LinkClaim& claim, const std::string& text) {
  core::ExternalSignal said;
  said.signal = claim.signal;
  said.role = claim.role;
  said.organisation = claim.organisation;
  said.text = text;
  said.how = claim.organisation.empty()
                 ? Phrase("a link", {})
                 : Phrase("the link of {organisation}", {{"organisation", claim.organisation}});
  return said;
}

}  // namespace saksbro::run
