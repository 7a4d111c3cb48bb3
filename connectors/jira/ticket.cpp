#include "connectors/jira/ticket.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "bridge/codec/rfc3339.h"
#include "bridge/contract/ascii.h"
#include "connectors/jira/comments.h"
#include "connectors/jira/fields.h"
#include "connectors/jira/files.h"
#include "connectors/jira/texts.h"
#include "connectors/tracker/snapshot.h"

namespace saksbro::jira {
namespace {

using codec::at_path;
using codec::text_or;

struct Attribute {
  const char* name;  // ours, in Ticket::fields and Change
  const char* id;    // Jira's
};
constexpr std::array kAttributes = {
    Attribute{"assignee", "assignee"},     Attribute{"components", "components"},
    Attribute{"due_date", "duedate"},      Attribute{"fix_version", "fixVersions"},
    Attribute{"labels", "labels"},         Attribute{"priority", "priority"},
    Attribute{"project", "project"},       Attribute{"reporter", "reporter"},
    Attribute{"resolution", "resolution"}, Attribute{"type", "issuetype"},
};

Instant instant_at(const Json& json, std::string_view path) {
  return codec::parse_rfc3339(text_or(json, path, "")).value_or(Instant{});
}

std::uint64_t number_of(const Json& json) {
  const auto id = codec::integer_at(json, "id");
  return id && *id > 0 ? static_cast<std::uint64_t>(*id) : 0;
}

std::map<std::string, std::string> fields_of(const JiraSettings& settings, const Json& issue) {
  std::map<std::string, std::string> all;
  for (const Attribute& attribute : kAttributes) {
    const Json& value = field_of(issue, {attribute.id, FieldKind::named});
    all[attribute.name] =
        std::string_view(attribute.id) == "labels" ? labels_of(value) : shown(value);
  }
  for (const auto& [name, field] : settings.fields) {
    const Json& value = field_of(issue, field);
    all[name] = field.id == "labels" ? labels_of(value) : value_of(field, value);
  }
  if (!settings.marker_field.empty()) all[settings.marker_field] = marker_of(settings, issue);
  return all;
}

void add_comments(const JiraSettings& settings, const Json& comments, Ticket& seen) {
  for (const Json& comment : comments) {
    const std::uint64_t order = number_of(comment);
    if (order == 0) continue;
    const auto told = comments_of(settings, Json::array({comment}));
    seen.comments.push_back({"c" + std::to_string(order), order,
                             person_of(at_path(comment, "author")), instant_at(comment, "created"),
                             told.front().internal ? Visibility::internal : Visibility::everyone,
                             told.front().text});
  }
  std::stable_sort(seen.comments.begin(), seen.comments.end(),
                   [](const Comment& one, const Comment& other) {
                     return std::tie(one.at, one.order) < std::tie(other.at, other.order);
                   });
}

// "a b" -> "a, b"; without the marker's.
std::string labels_in(const std::string& text) {
  Json list = Json::array();
  std::size_t from = 0;
  while (from < text.size()) {
    const auto blank = std::min(text.find(' ', from), text.size());
    if (blank > from) list.push_back(text.substr(from, blank - from));
    from = blank + 1;
  }
  return labels_of(list);
}

class LogReader {
 public:
  explicit LogReader(const JiraSettings& settings) : settings_(settings) {}

  [[nodiscard]] Change change_of(const Json& item) const {
    Change made;
    made.from = text_or(item, "fromString", "");
    made.to = text_or(item, "toString", "");
    const std::string id = id_of(item);
    if (id == "status") {
      made.attribute = kStatusAttribute;
      made.from = status_name(item, "from", made.from);
      made.to = status_name(item, "to", made.to);
      return made;
    }
    made.attribute = attribute_of(id, item);
    if (id == "labels") {
      made.from = labels_in(made.from);
      made.to = labels_in(made.to);
    }
    const auto field = settings_.fields.find(made.attribute);
    if (field != settings_.fields.end() && field->second.kind == FieldKind::user) {
      made.from = text_or(item, "from", "");
      made.to = text_or(item, "to", "");
    }
    return made;
  }

 private:
  // Data Center's log has no ids, and "Status" when an issue is created; links have none anywhere.
  [[nodiscard]] static std::string id_of(const Json& item) {
    std::string id = text_or(item, "fieldId", "");
    if (!id.empty()) return id;
    id = text_or(item, "field", "");
    if (text_or(item, "fieldtype", "jira") != "jira") return id;
    id = lower(id);
    if (id == "fix version" || id == "fix version/s") return "fixVersions";
    if (id == "version" || id == "affects version/s") return "versions";
    if (id == "component" || id == "component/s") return "components";
    return id;
  }

  [[nodiscard]] std::string status_name(const Json& item, const char* member,
                                        const std::string& text) const {
    const auto name = settings_.status_names.find(text_or(item, member, ""));
    return name == settings_.status_names.end() ? text : name->second;
  }

  [[nodiscard]] std::string attribute_of(const std::string& id, const Json& item) const {
    for (const auto& [name, field] : settings_.fields) {
      if (field.id == id) return name;
    }
    for (const Attribute& attribute : kAttributes) {
      if (attribute.id == id) return attribute.name;
    }
    return text_or(item, "field", id);
  }

  const JiraSettings& settings_;
};

// An item has no id of its own, and a field may stand in an entry twice: its place counts.
void add_changes(const JiraSettings& settings, const Json& histories, Ticket& seen) {
  const LogReader reader(settings);
  for (const Json& history : histories) {
    const std::uint64_t order = number_of(history);
    if (order == 0) continue;
    seen.revision = std::max(seen.revision, order);
    int count = 0;
    for (const Json& item : at_path(history, "items")) {
      Change made = reader.change_of(item);
      made.id = "h" + std::to_string(order) + "." + std::to_string(++count);
      made.order = order;
      made.author = person_of(at_path(history, "author"));
      made.at = instant_at(history, "created");
      seen.changes.push_back(std::move(made));
    }
  }
  // Cloud tells the newest first within an issue, and the oldest first in a list of its own.
  std::stable_sort(seen.changes.begin(), seen.changes.end(),
                   [](const Change& one, const Change& other) {
                     return std::tie(one.at, one.order) < std::tie(other.at, other.order);
                   });
}

}  // namespace

std::vector<std::string> attribute_names() {
  std::vector<std::string> names;
  names.reserve(kAttributes.size());
  for (const Attribute& attribute : kAttributes) names.emplace_back(attribute.name);
  return names;
}

Ticket ticket_of(const JiraSettings& settings, const Json& snapshot) {
  const Json& issue = at_path(snapshot, "issue");
  const Json& fields = at_path(issue, "fields");
  Ticket seen;
  seen.key = RemoteKey(text_or(issue, "id", ""));
  seen.number = text_or(issue, "key", "");
  seen.url = settings.url + "/browse/" + seen.number;
  seen.title = text_or(fields, "summary", "");
  seen.text = plain_of(at_path(fields, "description"));
  seen.status = status_of(settings, at_path(fields, "status"));
  const Json& creator = at_path(fields, "creator");
  seen.author = person_of(creator.is_object() ? creator : at_path(fields, "reporter"));
  seen.fields = fields_of(settings, issue);
  add_comments(settings, at_path(snapshot, "comments"), seen);
  add_changes(settings, at_path(snapshot, "histories"), seen);
  seen.attachments = files_of(settings, snapshot);
  tracker::add_groups(seen, at_path(snapshot, "groups"));
  seen.created = instant_at(fields, "created");
  seen.updated = instant_at(fields, "updated");
  seen.confidential = at_path(fields, "security").is_object();
  seen.elsewhere = is_elsewhere(settings, issue);
  return seen;
}

}  // namespace saksbro::jira
