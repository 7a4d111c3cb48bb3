#include "bridge/codec/mail_address.h"

#include <algorithm>

namespace saksbro::codec {
namespace {

constexpr std::size_t kLocalPartMost = 64;
constexpr std::size_t kAddressMost = 254;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool alphanumeric(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

// Words of `allowed` characters with single dots between.
template <class Allowed>
bool dotted(std::string_view text, Allowed allowed) {
  if (text.empty() || text.front() == '.' || text.back() == '.') return false;
  if (text.find("..") != text.npos) return false;
  return std::all_of(text.begin(), text.end(), [&](char c) { return c == '.' || allowed(c); });
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

std::optional<std::string> mail_address(std::string_view text) {
  std::string address(trimmed(text));
  std::transform(address.begin(), address.end(), address.begin(), lower);
  const auto at = address.rfind('@');
  if (at == std::string::npos || at > kLocalPartMost || address.size() > kAddressMost)
    return std::nullopt;
  const std::string_view local(address.data(), at);
  const std::string_view domain = std::string_view(address).substr(at + 1);
  constexpr std::string_view kMarks = "!#$%&'*+-/=?^_`{|}~";
  const bool right =
      dotted(local, [&](char c) { return alphanumeric(c) || kMarks.find(c) != kMarks.npos; }) &&
      dotted(domain, [](char c) { return alphanumeric(c) || c == '-'; });
  if (!right) return std::nullopt;
  return address;
}

std::string domain_of(std::string_view address) {
  const auto at = address.rfind('@');
  return at == address.npos ? "" : std::string(address.substr(at + 1));
}

std::string local_part_of(std::string_view address) {
  return std::string(address.substr(0, address.rfind('@')));
}

std::optional<Mailbox> mailbox_from(std::string_view text) {
  const std::string_view whole = trimmed(text);
  const auto open = whole.rfind('<');
  const bool named = open != whole.npos && whole.ends_with('>');
  const std::string_view inner = named ? whole.substr(open + 1, whole.size() - open - 2) : whole;
  auto address = mail_address(inner);
  if (!address) return std::nullopt;
  std::string_view name = named ? trimmed(whole.substr(0, open)) : std::string_view{};
  if (name.size() >= 2 && name.starts_with('"') && name.ends_with('"'))
    name = name.substr(1, name.size() - 2);
  return Mailbox{std::string(name), std::move(*address)};
}

}  // namespace saksbro::codec
