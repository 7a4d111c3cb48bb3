#include "bridge/codec/webhook/template.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace saksbro::codec {
namespace {

using Kind = SignedPart::Kind;
using Parts = std::vector<SignedPart>;

constexpr std::array<std::pair<std::string_view, Kind>, 6> kPlaceholders{
    {{"timestamp", Kind::timestamp},
     {"id", Kind::id},
     {"method", Kind::method},
     {"path", Kind::path},
     {"target", Kind::target},
     {"body", Kind::body}}};

std::optional<Kind> kind_of(std::string_view name) {
  for (const auto& [known, kind] : kPlaceholders) {
    if (known == name) return kind;
  }
  return std::nullopt;
}

bool movable(const SignedPart& part) {
  return part.kind == Kind::timestamp || part.kind == Kind::id;
}

bool touching(const SignedPart& one, const SignedPart& next) {
  if (one.kind == Kind::text || next.kind == Kind::text) return false;
  return movable(one) || movable(next);
}

std::string why_unfit(const Parts& parts) {
  const auto is_body = [](const SignedPart& part) { return part.kind == Kind::body; };
  if (std::none_of(parts.begin(), parts.end(), is_body))
    return "{body} is missing: anybody could change an unsigned body";
  if (std::adjacent_find(parts.begin(), parts.end(), touching) != parts.end())
    return "{timestamp} and {id} need a character between them and what stands beside them";
  return "";
}

}  // namespace

tl::expected<Parts, std::string> parse_signed_text(std::string_view text) {
  Parts parts;
  while (!text.empty()) {
    const std::size_t brace = text.find_first_of("{}");
    if (brace != 0) {
      parts.push_back({Kind::text, std::string(text.substr(0, brace))});
      text.remove_prefix(std::min(brace, text.size()));
      continue;
    }
    const std::size_t close = text.find('}');
    const auto kind =
        close == text.npos || close == 0 ? std::nullopt : kind_of(text.substr(1, close - 1));
    if (!kind) {
      return tl::unexpected(std::string(
          "expected a text with {timestamp}, {id}, {method}, {path}, {target} and {body}"));
    }
    parts.push_back({*kind, ""});
    text.remove_prefix(close + 1);
  }
  if (std::string why = why_unfit(parts); !why.empty()) return tl::unexpected(std::move(why));
  return parts;
}

}  // namespace saksbro::codec
