#include "connectors/rt/attributes.h"

#include <algorithm>
#include <array>

#include "connectors/rt/ticket.h"

namespace saksbro::rt {
namespace {

using codec::Json;

struct Attribute {
  const char* ours;
  const char* theirs;
};
constexpr std::array<Attribute, 3> kAttributes{
    {{"owner", "Owner"}, {"priority", "Priority"}, {"requestor", "Requestor"}}};

const char* attribute_of(const std::string& name) {
  for (const Attribute& attribute : kAttributes) {
    if (name == attribute.ours) return attribute.theirs;
  }
  return nullptr;
}

std::string value_in(const FieldValues& fields, const std::string& name) {
  const auto found = fields.find(name);
  return found == fields.end() ? "" : found->second;
}

bool has_several(const std::string& value) { return value.find(", ") != std::string::npos; }

Json parts_of(std::string_view value) {
  Json parts = Json::array();
  for (auto comma = value.find(", "); comma != value.npos; comma = value.find(", ")) {
    parts.push_back(value.substr(0, comma));
    value.remove_prefix(comma + 2);
  }
  parts.push_back(value);
  return parts;
}

}  // namespace

bool some_may_be_lists(const FieldValues& fields) {
  return std::any_of(fields.begin(), fields.end(),
                     [](const auto& field) { return has_several(field.second); });
}

FieldValues still_wanted(const FieldValues& wanted, const FieldValues& has) {
  FieldValues left;
  for (const auto& [name, value] : wanted) {
    if (with_line_feeds(value) != value_in(has, name)) left[name] = value;
  }
  return left;
}

Json written(const FieldValues& fields, Values values) {
  Json body = Json::object();
  for (const auto& [name, value] : fields) {
    Json json = value;
    // Only an empty list empties every kind of field: null leaves an empty value in some.
    if (value.empty()) json = Json::array();
    if (values == Values::several && has_several(value)) json = parts_of(value);
    if (const char* attribute = attribute_of(name)) {
      body[attribute] = std::move(json);
    } else {
      body["CustomFields"][name] = std::move(json);
    }
  }
  return body;
}

Phrase differences(const FieldValues& wanted, const FieldValues& has) {
  Phrase all;
  for (const auto& [name, value] : wanted) {
    Phrase one("\"{field}\" is \"{value}\" instead of \"{wanted}\"",
               {{"field", name}, {"value", value_in(has, name)}, {"wanted", value}});
    all = all.empty() ? std::move(one)
                      : Phrase("{before}; {next}", {{"before", all}, {"next", std::move(one)}});
  }
  return all;
}

}  // namespace saksbro::rt
