#include "connectors/jira/fields.h"

#include <algorithm>
#include <charconv>

#include "bridge/codec/rfc3339.h"
#include "bridge/contract/nearest.h"
#include "connectors/jira/issue.h"
#include "connectors/jira/texts.h"

namespace saksbro::jira {
namespace {

constexpr std::string_view kBetween = " / ";  // of a cascading field's two values

const Json kNothing;

std::optional<double> number_in(const std::string& text) {
  double number = 0;
  const char* const end = text.data() + text.size();
  const auto [last, wrong] = std::from_chars(text.data(), end, number);
  if (wrong != std::errc() || last != end) return std::nullopt;
  return number;
}

Json list_of(const std::string& text, const char* member) {
  Json list = Json::array();
  for (const std::string& part : split(text)) {
    if (member == nullptr)
      list.push_back(part);
    else
      list.push_back({{member, part}});
  }
  return list;
}

Json cascading(const std::string& text) {
  const auto between = text.find(kBetween);
  if (between == std::string::npos) return {{"value", text}};
  return {{"value", text.substr(0, between)},
          {"child", {{"value", text.substr(between + kBetween.size())}}}};
}

const char* person_member(const JiraSettings& settings) {
  return settings.edition == Edition::cloud ? "accountId" : "name";
}

std::string sorted_lines(const std::string& text) {
  auto parts = split(text);
  std::sort(parts.begin(), parts.end());
  std::string all;
  for (const std::string& part : parts) all += part + "\n";
  return all;
}

// Jira writes a time with milliseconds and in the account's zone, 7 as 7.0, and a list in its own
// order. A text is read back as it was written, but for blanks at the ends.
bool same_value(const Field& field, const std::string& wanted, const std::string& seen) {
  switch (field.kind) {
    case FieldKind::number:
      return number_in(wanted) == number_in(seen);
    case FieldKind::moment: {
      const auto instant = codec::parse_rfc3339(wanted);
      return instant ? instant == codec::parse_rfc3339(seen) : wanted == seen;
    }
    case FieldKind::names:
    case FieldKind::options:
    case FieldKind::labels:
    case FieldKind::users:
      return sorted_lines(wanted) == sorted_lines(seen);
    case FieldKind::paragraph:
      return plain_of(written(Edition::data_center, wanted)) ==
             plain_of(written(Edition::data_center, seen));
    default:
      return wanted == seen;
  }
}

std::string list_text(const Field& field, const Json& list) {
  std::vector<std::string> parts;
  for (const Json& one : list) {
    std::string part = field.kind == FieldKind::users ? person_id(one) : shown(one);
    if (!part.empty()) parts.push_back(std::move(part));
  }
  return joined(parts);
}

}  // namespace

std::string quoted_list(const std::vector<std::string>& names) {
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "\"" : ", \"") + name + "\"";
  return all;
}

Json value_json(const JiraSettings& settings, const Field& field, const std::string& text) {
  const bool list = field.kind == FieldKind::names || field.kind == FieldKind::options ||
                    field.kind == FieldKind::users || field.kind == FieldKind::labels;
  if (text.empty()) return list ? Json::array() : Json();
  switch (field.kind) {
    case FieldKind::paragraph:
      return written(settings.edition, text);
    case FieldKind::number:
      return number_in(text).value_or(0);
    case FieldKind::named:
      return {{"name", text}};
    case FieldKind::names:
      return list_of(text, "name");
    case FieldKind::option:
      return {{"value", text}};
    case FieldKind::options:
      return list_of(text, "value");
    case FieldKind::labels:
      return list_of(text, nullptr);
    case FieldKind::user:
      return {{person_member(settings), text}};
    case FieldKind::users:
      return list_of(text, person_member(settings));
    case FieldKind::cascading:
      return cascading(text);
    default:
      return text;
  }
}

std::string shown(const Json& value) {
  if (value.is_number()) {
    // 7.0 is 7 for people.
    const std::string number = codec::text_or(Json{{"value", value}}, "value", "");
    return number.ends_with(".0") ? number.substr(0, number.size() - 2) : number;
  }
  if (value.is_array()) return list_text({"", FieldKind::text}, value);
  if (!value.is_object()) return codec::text_or(Json{{"value", value}}, "value", "");
  if (codec::text_or(value, "type", "") == "doc") return plain_of(value);
  std::string text;
  for (const char* member : {"displayName", "name", "value"}) {
    if (text.empty()) text = codec::text_or(value, member, "");
  }
  const std::string child = codec::text_or(codec::at_path(value, "child"), "value", "");
  return child.empty() ? text : text + std::string(kBetween) + child;
}

std::string value_of(const Field& field, const Json& value) {
  if (value.is_array()) return list_text(field, value);
  if (field.kind == FieldKind::user) return person_id(value);
  if (field.kind == FieldKind::paragraph) return plain_of(value);
  return shown(value);
}

std::optional<Phrase> cannot_be(const JiraSettings& settings, const FieldTexts& fields) {
  for (const auto& [name, text] : fields) {
    const auto known = settings.fields.find(name);
    if (known == settings.fields.end()) {
      std::vector<std::string> names;
      names.reserve(settings.fields.size());
      for (const auto& [its_name, field] : settings.fields) names.push_back(its_name);
      return Phrase(
          "field \"{field}\" is not in fields of system {system}, which has {known}{near}",
          {{"field", name},
           {"system", settings.name},
           {"known", quoted_list(names)},
           {"near", perhaps_meant(name, names)}});
    }
    if (known->second.kind == FieldKind::number && !text.empty() && !number_in(text))
      return Phrase("field \"{field}\" takes a number, and \"{text}\" is none",
                    {{"field", name}, {"text", text}});
  }
  return std::nullopt;
}

Json fields_json(const JiraSettings& settings, const FieldTexts& fields) {
  Json json = Json::object();
  for (const auto& [name, text] : fields) {
    const Field& field = settings.fields.at(name);
    json[field.id] = value_json(settings, field, text);
  }
  return json;
}

const Json& field_of(const Json& issue, const Field& field) {
  const Json& fields = codec::at_path(issue, "fields");
  const auto found = fields.is_object() ? fields.find(field.id) : fields.end();
  return fields.is_object() && found != fields.end() ? *found : kNothing;
}

std::vector<std::string> differing(const JiraSettings& settings, const FieldTexts& fields,
                                   const Json& issue) {
  std::vector<std::string> names;
  for (const auto& [name, wanted] : fields) {
    const Field& field = settings.fields.at(name);
    const Json& value = field_of(issue, field);
    const std::string seen = field.id == "labels" ? labels_of(value) : value_of(field, value);
    if (!same_value(field, wanted, seen)) names.push_back(name);
  }
  return names;
}

Json label_changes(const std::string& wanted, const Json& labels) {
  Json changes = Json::array();
  const auto want = split(wanted);
  std::vector<std::string> has;
  for (const Json& label : labels) {
    if (label.is_string()) has.push_back(label.get<std::string>());
  }
  for (const std::string& label : want) {
    if (std::find(has.begin(), has.end(), label) == has.end()) changes.push_back({{"add", label}});
  }
  for (const std::string& label : has) {
    if (!is_marker_label(label) && std::find(want.begin(), want.end(), label) == want.end())
      changes.push_back({{"remove", label}});
  }
  return changes;
}

std::string labels_of(const Json& labels) {
  std::vector<std::string> all;
  for (const Json& label : labels) {
    if (label.is_string() && !is_marker_label(label.get_ref<const std::string&>()))
      all.push_back(label.get<std::string>());
  }
  return joined(all);
}

std::string marker_of(const JiraSettings& settings, const Json& issue) {
  if (const auto field = settings.fields.find(settings.marker_field);
      field != settings.fields.end())
    return value_of(field->second, field_of(issue, field->second));
  for (const Json& label : field_of(issue, {"labels", FieldKind::labels})) {
    if (label.is_string() && is_marker_label(label.get_ref<const std::string&>()))
      return label.get<std::string>().substr(marker_label("").size());
  }
  return "";
}

}  // namespace saksbro::jira
