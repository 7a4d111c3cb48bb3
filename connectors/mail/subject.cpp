#include "connectors/mail/subject.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "bridge/codec/fit.h"

namespace saksbro::mail {
namespace {

constexpr std::size_t kSubjectMost = 200;

}  // namespace

std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
  return codec::cut_to(text, kSubjectMost, codec::Measure::bytes);
}

bool is_forward(const std::string& subject) {
  static constexpr std::array<std::string_view, 4> kPrefixes{"vs:", "fwd:", "fw:", "vb:"};
  std::string begin = subject.substr(0, 4);
  std::transform(begin.begin(), begin.end(), begin.begin(),
                 [](unsigned char c) { return c < 0x80 ? std::tolower(c) : c; });
  return std::any_of(kPrefixes.begin(), kPrefixes.end(),
                     [&](std::string_view prefix) { return begin.starts_with(prefix); });
}

std::string without_prefixes(std::string_view subject) {
  static constexpr std::array<std::string_view, 4> kPrefixes{"re:", "sv:", "aw:", "vs:"};
  for (;;) {
    subject.remove_prefix(std::min(subject.find_first_not_of(' '), subject.size()));
    std::string begin(subject.substr(0, 3));
    std::transform(begin.begin(), begin.end(), begin.begin(),
                   [](unsigned char c) { return c < 0x80 ? std::tolower(c) : c; });
    if (std::find(kPrefixes.begin(), kPrefixes.end(), begin) == kPrefixes.end())
      return std::string(subject);
    subject.remove_prefix(begin.size());
  }
}

}  // namespace saksbro::mail
