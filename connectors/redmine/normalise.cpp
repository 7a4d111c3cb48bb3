#include <algorithm>
#include <array>
#include <map>

#include "bridge/codec/json.h"
#include "bridge/codec/rfc3339.h"
#include "connectors/redmine/attachments.h"
#include "connectors/redmine/issue.h"
#include "connectors/redmine/read_markup.h"
#include "connectors/redmine/redmine_system.h"
#include "connectors/redmine/webhook.h"
#include "connectors/tracker/snapshot.h"

namespace saksbro::redmine {
namespace {

using codec::at_path;
using codec::text_or;

// A journal speaks of ids where the issue shows names.
struct Attribute {
  const char* name;        // ours, in Ticket::fields and Change
  const char* issue;       // in the issue: {"id", "name"}
  const char* in_journal;  // in a journal's details
};
constexpr std::array kAttributes = {
    Attribute{"project", "project", "project_id"},
    Attribute{"tracker", "tracker", "tracker_id"},
    Attribute{"priority", "priority", "priority_id"},
    Attribute{"assignee", "assigned_to", "assigned_to_id"},
    Attribute{"category", "category", "category_id"},
    Attribute{"version", "fixed_version", "fixed_version_id"},
};

Person person(const Json& json) { return {text_or(json, "id", ""), text_or(json, "name", "")}; }

Instant instant_at(const Json& json, std::string_view path) {
  return codec::parse_rfc3339(text_or(json, path, "")).value_or(Instant{});
}

std::uint64_t number_of(const Json& json) {
  const auto id = codec::integer_at(json, "id");
  return id && *id > 0 ? static_cast<std::uint64_t>(*id) : 0;
}

class IssueReader {
 public:
  IssueReader(const RedmineSettings& settings, const Json& snapshot)
      : settings_(settings),
        issue_(at_path(snapshot, "issue")),
        journals_(at_path(issue_, "journals")),
        roles_(at_path(snapshot, "roles")) {
    for (Named& status : as_configured(settings, named_things(at_path(snapshot, "statuses"))))
      statuses_.emplace(std::move(status.id), std::move(status.name));
    for (const Json& field : at_path(issue_, "custom_fields"))
      custom_fields_.emplace(text_or(field, "id", ""), &field);
    name_person(at_path(issue_, "author"));
    for (const Json& journal : journals_) name_person(at_path(journal, "user"));
  }

  [[nodiscard]] Ticket ticket() const {
    Ticket seen;
    seen.key = RemoteKey(text_or(issue_, "id", ""));
    seen.number = "#" + seen.key.text();
    seen.url = settings_.url + "/issues/" + seen.key.text();
    seen.title = text_or(issue_, "subject", "");
    seen.text = read_as_text(text_or(issue_, "description", ""), settings_.text_format);
    seen.status = status_of(settings_, issue_);
    seen.author = person(at_path(issue_, "author"));
    seen.fields = fields();
    read_journals(seen);
    seen.attachments = attachments_of(issue_);
    tracker::add_groups(seen, roles_);
    seen.confidential = codec::flag_at(issue_, "is_private");
    seen.elsewhere = is_of_another_tracker(settings_, issue_);
    seen.created = instant_at(issue_, "created_on");
    seen.updated = instant_at(issue_, "updated_on");
    return seen;
  }

 private:
  [[nodiscard]] std::map<std::string, std::string> fields() const {
    std::map<std::string, std::string> all;
    for (const Attribute& attribute : kAttributes) {
      all[attribute.name] = text_or(at_path(issue_, attribute.issue), "name", "");
    }
    for (const Json& field : at_path(issue_, "custom_fields")) {
      const std::string id = text_or(field, "id", "");
      all[text_or(field, "name", id)] = value_of(*custom_fields_.at(id));
    }
    return all;
  }

  void read_journals(Ticket& seen) const {
    for (const Json& journal : journals_) {
      const std::uint64_t order = number_of(journal);
      seen.revision = std::max(seen.revision, order);
      read_note(journal, order, seen);
      read_details(journal, order, seen);
    }
  }

  void read_note(const Json& journal, std::uint64_t order, Ticket& seen) const {
    const std::string notes = text_or(journal, "notes", "");
    if (notes.empty()) return;
    const bool internal = codec::flag_at(journal, "private_notes");
    seen.comments.push_back({"j" + std::to_string(order), order, person(at_path(journal, "user")),
                             instant_at(journal, "created_on"),
                             internal ? Visibility::internal : Visibility::everyone,
                             read_as_text(notes, settings_.text_format)});
  }

  void read_details(const Json& journal, std::uint64_t order, Ticket& seen) const {
    int count = 0;
    for (const Json& detail : at_path(journal, "details")) {
      Change made;
      made.id = "j" + std::to_string(order) + "." + std::to_string(++count);
      made.order = order;
      made.author = person(at_path(journal, "user"));
      made.at = instant_at(journal, "created_on");
      name_change(detail, made);
      seen.changes.push_back(std::move(made));
    }
  }

  void name_change(const Json& detail, Change& made) const {
    const std::string property = text_or(detail, "property", "");
    const std::string name = text_or(detail, "name", "");
    made.from = text_or(detail, "old_value", "");
    made.to = text_or(detail, "new_value", "");
    if (property == "cf") {
      made.attribute = custom_field_name(name);
    } else if (property != "attr") {
      made.attribute = property;  // "attachment", "relation"
    } else if (name == "status_id") {
      made.attribute = kStatusAttribute;
      made.from = status_name(made.from);
      made.to = status_name(made.to);
    } else {
      name_attribute(name, made);
    }
  }

  void name_attribute(const std::string& in_journal, Change& made) const {
    made.attribute = in_journal;
    for (const Attribute& attribute : kAttributes) {
      if (in_journal != attribute.in_journal) continue;
      made.attribute = attribute.name;
      made.from = known_name(attribute, made.from);
      made.to = known_name(attribute, made.to);
    }
  }

  void name_person(const Json& user) {
    const std::string id = text_or(user, "id", "");
    people_.emplace(id, text_or(user, "name", id));
  }

  [[nodiscard]] std::string status_name(const std::string& id) const {
    const auto known = statuses_.find(id);
    return known == statuses_.end() ? id : known->second;
  }

  [[nodiscard]] std::string custom_field_name(const std::string& id) const {
    const auto field = custom_fields_.find(id);
    if (field != custom_fields_.end()) return text_or(*field->second, "name", id);
    for (const auto& [name, known_id] : settings_.field_ids) {
      if (known_id == id) return name;
    }
    return id;
  }

  // Only what this very document names; the id else: a look-up of old names would cost a call each.
  [[nodiscard]] std::string known_name(const Attribute& attribute, const std::string& id) const {
    const Json& now = at_path(issue_, attribute.issue);
    if (text_or(now, "id", "") == id) return text_or(now, "name", id);
    if (std::string_view(attribute.name) != "assignee") return id;
    const auto known = people_.find(id);
    return known == people_.end() ? id : known->second;
  }

  const RedmineSettings& settings_;
  const Json& issue_;
  const Json& journals_;
  const Json& roles_;  // by the user's id
  // By id; the first of several with one id counts. A document may have any number of each, and
  // each is asked for as often as there are changes.
  std::map<std::string, std::string> statuses_;
  std::map<std::string, const Json*> custom_fields_;
  std::map<std::string, std::string> people_;
};

bool is_issue(const Json& issue) {
  return codec::integer_at(issue, "id").value_or(0) > 0 &&
         codec::parse_rfc3339(text_or(issue, "updated_on", ""));
}

}  // namespace

std::vector<std::string> attribute_names() {
  std::vector<std::string> names;
  for (const Attribute& attribute : kAttributes) names.emplace_back(attribute.name);
  return names;
}

Result<std::vector<Observation>> RedmineSystem::normalise(const Delivery& delivery) const {
  const std::string where = settings_.name.text() + ": " + delivery.id.text();
  const auto body = codec::parse_json(delivery.body, where);
  if (!body) return tl::unexpected(body.error());
  if (delivery.kind == DeliveryKind::poll) {
    if (const auto released = codec::text_at(*body, "version.name")) {
      return std::vector<Observation>{VersionReleased{*released}};
    }
    if (!is_issue(*body))
      return fail(where,
                  Phrase("expected an issue of a list, with id and updated_on, or a version", {}));
    const RemoteKey key(text_or(*body, "id", ""));
    return std::vector<Observation>{
        TicketHint{key, instant_at(*body, "updated_on"), is_of_another_tracker(settings_, *body)}};
  }
  if (delivery.kind == DeliveryKind::webhook) return hints_of(settings_, *body, where);
  if (delivery.kind != DeliveryKind::answer) {
    return fail(where, Phrase("only webhooks, polls and answers come from Redmine", {}));
  }
  if (auto gone = tracker::gone_in(*body)) return std::vector<Observation>{*std::move(gone)};
  const auto read_at = codec::parse_rfc3339(text_or(*body, "read_at", ""));
  const Json& issue = at_path(*body, "issue");
  if (!is_issue(issue) || text_or(issue, "status.name", "").empty() ||
      !at_path(issue, "journals").is_array() || !read_at) {
    return fail(
        where,
        Phrase("expected a snapshot: issue with status and journals, statuses, read_at", {}));
  }
  Ticket seen = IssueReader(settings_, *body).ticket();
  seen.read_at = *read_at;
  return std::vector<Observation>{TicketState{std::move(seen)}};
}

}  // namespace saksbro::redmine
