#include "connectors/jira/texts.h"

#include <algorithm>

#include "bridge/codec/fit.h"
#include "bridge/codec/markup/dialects.h"

namespace saksbro::jira {
namespace {

constexpr std::size_t kTextMost = 32'767;  // Jira: 400 for what is longer, measured as it is stored
constexpr std::size_t kTitleMost = 255;
constexpr std::string_view kLabel = "saksbro:";

Json in_markup(Edition edition, const std::string& plain) {
  const codec::Document document = codec::document_from_plain(plain);
  if (edition == Edition::cloud) return codec::adf_of(document);
  return codec::wiki_text(document);
}

std::size_t size_of(const Json& text) {
  return text.is_string() ? text.get_ref<const std::string&>().size()
                          : codec::write_json(text).size();
}

}  // namespace

Json written(Edition edition, const std::string& plain, std::string_view tail) {
  Json text = in_markup(edition, plain);
  for (std::size_t most = kTextMost; size_of(text) > kTextMost && most > 1000; most -= most / 8)
    text = in_markup(edition, codec::cut_before_tail(plain, tail, most));
  return text;
}

std::string plain_of(const Json& text) {
  if (text.is_object()) return codec::plain_text(codec::document_from_adf(text));
  if (!text.is_string()) return "";
  return codec::plain_text(codec::document_from_wiki(text.get_ref<const std::string&>()));
}

std::string title_written(const std::string& title) {
  std::string line = title;
  std::replace_if(
      line.begin(), line.end(), [](char c) { return (c >= '\0' && c < ' ') || c == '\x7F'; }, ' ');
  return codec::cut_to(line, kTitleMost, codec::Measure::code_points);
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts;
  std::size_t from = 0;
  for (auto comma = text.find(", "); comma != std::string::npos; comma = text.find(", ", from)) {
    parts.push_back(text.substr(from, comma - from));
    from = comma + 2;
  }
  if (from < text.size()) parts.push_back(text.substr(from));
  return parts;
}

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : ", ") + text;
  return all;
}

std::string jql_text(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

std::string marker_label(const std::string& marker) {
  std::string label = std::string(kLabel) + marker;
  std::replace_if(
      label.begin(), label.end(), [](char c) { return (c >= '\0' && c <= ' ') || c == '\x7F'; },
      '_');
  return label;
}

bool is_marker_label(const std::string& label) { return label.starts_with(kLabel); }

}  // namespace saksbro::jira
