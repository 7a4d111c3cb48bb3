#include "bridge/codec/markup/words.h"

#include <algorithm>
#include <array>

#include "bridge/contract/ascii.h"

namespace saksbro::codec {
namespace {

constexpr std::size_t kAddressMost = 2'000;
constexpr std::string_view kAddressEnds = " \t\n\"<>()[]{}|\\^`";

std::string_view bare_address(std::string_view address) {
  for (const std::string_view scheme : {"http://", "https://", "mailto:", "tel:"}) {
    if (address.starts_with(scheme)) address.remove_prefix(scheme.size());
  }
  if (address.ends_with('/')) address.remove_suffix(1);
  return address;
}

}  // namespace

std::string without_joiners(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = text.find(kJoiner); at != text.npos; at = text.find(kJoiner)) {
    out += text.substr(0, at);
    text.remove_prefix(at + kJoiner.size());
  }
  return out += text;
}

std::string with_unix_ends(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r')
      out += text[i];
    else if (i + 1 == text.size() || text[i + 1] != '\n')
      out += '\n';
  }
  return out;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

bool is_ascii_word(char c) { return is_ascii_alnum(c) || c == '_'; }

bool is_word_byte(char c) { return is_ascii_word(c) || (c & '\x80') != 0; }

bool is_one_of(char c, std::string_view set) { return set.find(c) != std::string_view::npos; }

std::string web_address(std::string_view address) {
  static constexpr std::array<std::string_view, 5> kSchemes{"http://", "https://", "ftp://",
                                                            "mailto:", "tel:"};
  const std::size_t first = address.find_first_not_of(" \t\r\n");
  if (first == address.npos) return "";
  address = address.substr(first, address.find_last_not_of(" \t\r\n") - first + 1);
  const std::string begin = lower(std::string(address.substr(0, 8)));
  const auto leads = [&](std::string_view scheme) { return begin.starts_with(scheme); };
  if (std::none_of(kSchemes.begin(), kSchemes.end(), leads) || address.size() > kAddressMost)
    return "";
  std::string out;
  for (const char c : address) {
    if (static_cast<unsigned char>(c) > 0x20 && c != '\x7F' && c != '<' && c != '>') out += c;
  }
  return out;
}

bool names_a_file(std::string_view target) {
  return !target.empty() && !target.starts_with("//") &&
         target.find_first_of(":<>()[]{}|!\"\\\n\r\t`") == target.npos;
}

std::size_t address_at(std::string_view text) {
  if (!text.starts_with("http://") && !text.starts_with("https://")) return 0;
  std::size_t end = std::min(text.substr(0, kAddressMost).find_first_of(kAddressEnds),
                             std::min(text.size(), kAddressMost));
  while (end > 0 && (is_one_of(text[end - 1], ".,;:!?'*_~") || (text[end - 1] & '\x80') != 0))
    --end;
  const std::size_t host = text.find("//") + 2;
  return end > host && is_ascii_word(text[host]) ? end : 0;
}

bool same_address(std::string_view one, std::string_view other) {
  return bare_address(one) == bare_address(other);
}

std::string with_margin(std::string_view text, std::string_view first, std::string_view rest) {
  std::string out;
  std::string_view margin = first;
  do {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    out += line.empty() ? margin.substr(0, margin.find_last_not_of(' ') + 1) : margin;
    out += line;
    if (end == text.npos) break;
    out += '\n';
    text.remove_prefix(end + 1);
    margin = rest;
  } while (true);
  return out;
}

std::string_view quiet(std::string_view text) { return text.starts_with('/') ? kJoiner : ""; }

std::string fence_around(std::string_view text, char sign, std::size_t least) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == sign ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return std::string(std::max(longest + 1, least), sign);
}

std::string disarmed(std::string_view text, std::string_view signs) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    const char after = i + 1 < text.size() ? text[i + 1] : ' ';
    if (!is_one_of(text[i], signs) || !is_word_byte(after)) continue;
    const bool in_mail = text[i] == '@' && i > 0 && is_ascii_word(text[i - 1]);
    if (!in_mail) out += kJoiner;
  }
  return out;
}

}  // namespace saksbro::codec
