#include "bridge/codec/link_token.h"

#include "bridge/codec/base32.h"
#include "bridge/codec/digest.h"

namespace saksbro::codec {
namespace {

constexpr char kVersion = '1';
constexpr std::string_view kPurpose = "saksbro: the key of link tokens";
constexpr std::size_t kFieldMost = 255;
constexpr std::size_t kLinkMacBytes =
    16;  // half of the digest: RFC 2104 allows it, links stay short
constexpr std::size_t kTokenMost = 1700;  // four fields of 255 bytes and the MAC take 1665

std::string mac_of(const Secret& key, std::string_view content) {
  return hmac_sha256(key, kVersion + std::string(content)).substr(0, kLinkMacBytes);
}

std::optional<std::string> take_field(std::string_view& content) {
  if (content.empty()) return std::nullopt;
  const std::size_t length = static_cast<unsigned char>(content.front());
  content.remove_prefix(1);
  if (length > content.size()) return std::nullopt;
  std::string field(content.substr(0, length));
  content.remove_prefix(length);
  return field;
}

std::optional<LinkFields> fields_in(std::string_view content) {
  auto number = take_field(content);
  auto signal = take_field(content);
  auto role = take_field(content);
  auto organisation = take_field(content);
  if (!number || !signal || !role || !organisation || !content.empty()) return std::nullopt;
  return LinkFields{std::move(*number), std::move(*signal), std::move(*role),
                    std::move(*organisation)};
}

}  // namespace

LinkTokens::LinkTokens(const std::vector<Secret>& secrets) {
  for (const Secret& secret : secrets) {
    // An empty one is none: it would let everybody in.
    std::string key = secret.empty() ? "" : hmac_sha256(secret, kPurpose);
    if (!key.empty()) keys_.emplace_back(std::move(key));
  }
}

std::string LinkTokens::make(const LinkFields& fields) const {
  if (keys_.empty()) return {};
  std::string content;
  for (const std::string* field :
       {&fields.number, &fields.signal, &fields.role, &fields.organisation}) {
    if (field->size() > kFieldMost) return {};
    content += static_cast<char>(field->size());
    content += *field;
  }
  return kVersion + to_base32(content + mac_of(keys_.front(), content));
}

std::optional<LinkFields> LinkTokens::read(std::string_view token) const {
  if (token.size() > kTokenMost || !token.starts_with(kVersion)) return std::nullopt;
  const auto bytes = from_base32(token.substr(1));
  if (!bytes || bytes->size() < kLinkMacBytes) return std::nullopt;
  const std::string_view content =
      std::string_view(*bytes).substr(0, bytes->size() - kLinkMacBytes);
  const std::string_view mac = std::string_view(*bytes).substr(content.size());
  bool ours = false;
  for (const Secret& key : keys_) {
    ours = equal_in_constant_time(mac_of(key, content), mac) || ours;
  }
  return ours ? fields_in(content) : std::nullopt;
}

}  // namespace saksbro::codec
