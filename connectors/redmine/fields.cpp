#include "connectors/redmine/fields.h"

#include <algorithm>

#include "bridge/contract/nearest.h"

namespace saksbro::redmine {
namespace {

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

Json value_json(const std::string& text, bool several) {
  if (!several) return text;
  Json list = Json::array();
  for (const std::string& part : split(text)) list.push_back(part);
  return list;
}

std::string sorted_parts(const std::string& text) {
  auto parts = split(text);
  std::sort(parts.begin(), parts.end());
  std::string all;
  for (const std::string& part : parts) all += part + "\n";
  return all;
}

// Redmine stores CR LF in some fields and LF in others, and orders the values of a list its own
// way.
bool same_value(const std::string& wanted, const std::string& shown, bool several) {
  if (several) return sorted_parts(wanted) == sorted_parts(shown);
  return unescaped(wanted, TextFormat::textile) == unescaped(shown, TextFormat::textile);
}

}  // namespace

std::string quoted_list(const std::vector<std::string>& names) {
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "\"" : ", \"") + name + "\"";
  return all;
}

std::optional<Phrase> unknown_field(const RedmineSettings& settings, const FieldTexts& fields) {
  for (const auto& [name, value] : fields) {
    if (settings.field_ids.contains(name)) continue;
    std::vector<std::string> known;
    for (const auto& [known_name, id] : settings.field_ids) known.push_back(known_name);
    return Phrase(
        "field \"{field}\" is not in custom_fields of system {system}, which has {known}{near}",
        {{"field", name},
         {"system", settings.name},
         {"known", quoted_list(known)},
         {"near", perhaps_meant(name, known)}});
  }
  return std::nullopt;
}

Json fields_json(const RedmineSettings& settings, const FieldTexts& fields, const Json& issue) {
  Json list = Json::array();
  for (const auto& [name, value] : fields) {
    const std::string& id = settings.field_ids.at(name);
    list.push_back({{"id", parse_whole_number(id).value_or(0)},
                    {"value", value_json(value, takes_several(issue, id))}});
  }
  return list;
}

std::vector<std::string> differing(const RedmineSettings& settings, const FieldTexts& fields,
                                   const Json& issue) {
  std::vector<std::string> names;
  for (const auto& [name, wanted] : fields) {
    const std::string& id = settings.field_ids.at(name);
    const auto shown = custom_value(issue, id);
    if (!shown || !same_value(wanted, *shown, takes_several(issue, id))) names.push_back(name);
  }
  return names;
}

}  // namespace saksbro::redmine
