#include "bridge/codec/mail_address.h"

#include <idn2.h>

#include <algorithm>
#include <memory>

#include "bridge/codec/utf8.h"
#include "bridge/contract/ascii.h"

namespace saksbro::codec {
namespace {

constexpr std::size_t kLocalPartMost = 64;
constexpr std::size_t kAddressMost = 254;

bool alphanumeric(char c) { return (c >= 'a' && c <= 'z') || is_digit(c); }

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

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c & '\x80') == 0; });
}

// Nothing for what is no name of a domain.
std::optional<std::string> ascii_domain(const std::string& domain) {
  if (is_ascii(domain)) return domain;
  if (first_invalid_utf8(domain)) return std::nullopt;
  char* written = nullptr;
  const int result =
      idn2_to_ascii_8z(domain.c_str(), &written, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
  const std::unique_ptr<char, void (*)(void*)> owner(written, idn2_free);
  if (result != IDN2_OK || written == nullptr) return std::nullopt;
  return std::string(written);
}

// Its letters beyond ASCII stand for one letter each; the rest is as in any address.
bool is_international_name(std::string_view local) {
  if (local.empty() || local.size() > kLocalPartMost || first_invalid_utf8(local)) return false;
  std::string likeness;
  bool unseen = false;  // U+0080 to U+009F, and signs that change how the rest is seen
  for (std::size_t i = 0; i < local.size(); ++i) {
    const char c = local[i];
    if ((c & '\xC0') == '\x80') continue;
    likeness += (c & '\x80') == 0 ? c : 'x';
    const std::string_view rest = local.substr(i);
    const bool control = c == '\xC2' && static_cast<unsigned char>(rest[1]) < 0xA0;
    if (control || rest.starts_with("\xE2\x80") || rest.starts_with("\xE2\x81")) unseen = true;
  }
  return !unseen && mail_address(likeness + "@x").has_value();
}

}  // namespace

std::optional<std::string> mail_address(std::string_view text) {
  std::string address(trimmed(text));
  address = lower(std::move(address));
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

std::optional<std::string> international_address(std::string_view text) {
  const std::string_view whole = trimmed(text);
  const auto at = whole.rfind('@');
  if (at == whole.npos || whole.size() > kAddressMost) return std::nullopt;
  const auto domain = ascii_domain(std::string(whole.substr(at + 1)));
  if (!domain) return std::nullopt;
  std::string local(whole.substr(0, at));
  if (is_ascii(local)) return mail_address(local + "@" + *domain);
  const auto right = mail_address("x@" + *domain);
  if (!right || !is_international_name(local)) return std::nullopt;
  local = lower(std::move(local));
  return local + right->substr(1);
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
