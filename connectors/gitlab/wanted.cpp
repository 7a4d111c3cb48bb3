#include "connectors/gitlab/wanted.h"

#include <algorithm>
#include <set>

#include "bridge/codec/url.h"
#include "bridge/contract/nearest.h"
#include "connectors/gitlab/look.h"

namespace saksbro::gitlab {
namespace {

using Labels = std::set<std::string>;

struct LabelChange {
  Labels add;
  Labels remove;
};

std::vector<std::string> names_in(const GitlabSettings& settings) {
  std::vector<std::string> names;
  for (const auto& [name, field] : settings.fields) names.push_back(name);
  return names;
}

std::vector<std::string> status_names(const GitlabSettings& settings) {
  std::vector<std::string> names;
  for (const StatusWord& word : settings.statuses) names.push_back(word.name);
  return names;
}

// `now` without those that `is_of` tells, and with `then`.
template <class IsOf>
void replace(const std::vector<std::string>& now, const std::vector<std::string>& then, IsOf is_of,
             LabelChange& change) {
  const Labels wanted(then.begin(), then.end());
  for (const std::string& label : now) {
    if (is_of(label) && !wanted.contains(label)) change.remove.insert(label);
  }
  for (const std::string& label : wanted) {
    if (std::find(now.begin(), now.end(), label) == now.end()) change.add.insert(label);
  }
}

std::vector<std::string> scoped(const std::string& scope, const std::string& value) {
  std::vector<std::string> labels;
  for (const std::string& one : split(value)) labels.push_back(scope + one);
  return labels;
}

LabelChange label_change(const GitlabSettings& settings, const Wanted& wanted,
                         const std::vector<std::string>& now) {
  LabelChange change;
  if (const StatusWord* word = find_status(settings, wanted.status)) {
    std::vector<std::string> then;
    if (!word->label.empty()) then.push_back(word->label);
    replace(
        now, then, [&](const std::string& label) { return is_status_label(settings, label); },
        change);
  }
  for (const auto& [name, value] : wanted.fields) {
    const Field& field = settings.fields.at(name);
    if (field.kind == FieldKind::scope)
      replace(
          now, scoped(field.scope, value),
          [&](const std::string& label) {
            return label.rfind("::") + 2 == field.scope.size() && label.starts_with(field.scope);
          },
          change);
    if (field.kind == FieldKind::labels)
      replace(
          now, split(value),
          [&](const std::string& label) { return is_plain_label(settings, label); }, change);
  }
  return change;
}

// The id of the first row of a list; nothing where it has none.
StepOr<std::optional<std::int64_t>> first_id(Conversation& conversation, const std::string& path) {
  const auto reply = conversation.look(path);
  if (!reply) return tl::unexpected(reply.error());
  if (reply->status != 200) return ended(refusal(*reply));
  if (!reply->body.is_array())
    return ended(RetryLater{
        Phrase("{call} was answered by something that is not a list", {{"call", reply->call}})});
  return reply->body.empty() ? std::nullopt : codec::integer_at(reply->body.front(), "id");
}

StepOr<std::optional<std::int64_t>> milestone_id(Conversation& conversation,
                                                 const std::string& title) {
  return first_id(conversation, project_path(conversation.settings()) + "/milestones?title=" +
                                    codec::percent_encode(title) + "&include_ancestors=true");
}

StepOr<std::optional<std::int64_t>> user_id(Conversation& conversation, const std::string& name) {
  return first_id(conversation, "/users?username=" + codec::percent_encode(name));
}

// Adds the member of an attribute that is no label. False: GitLab has nothing of that name.
StepOr<bool> add_attribute(Conversation& conversation, const Field& field, const std::string& value,
                           Json& members) {
  if (field.kind == FieldKind::due_date) members["due_date"] = value;
  if (field.kind == FieldKind::weight) {
    const auto number = parse_whole_number(value);
    if (number)
      members["weight"] = *number;
    else
      members["weight"] = nullptr;
  }
  if (field.kind == FieldKind::milestone) {
    const auto id =
        value.empty() ? StepOr<std::optional<std::int64_t>>(0) : milestone_id(conversation, value);
    if (!id) return tl::unexpected(id.error());
    if (!*id) return false;
    members["milestone_id"] = **id;
  }
  if (field.kind == FieldKind::assignee) {
    Json ids = Json::array();
    for (const std::string& name : split(value)) {
      const auto id = user_id(conversation, name);
      if (!id) return tl::unexpected(id.error());
      if (!*id) return false;
      ids.push_back(**id);
    }
    members["assignee_ids"] = std::move(ids);
  }
  return true;
}

}  // namespace

std::string quoted_list(const std::vector<std::string>& names) {
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "\"" : ", \"") + name + "\"";
  return all;
}

std::optional<Phrase> cannot_be(const GitlabSettings& settings, const Wanted& wanted) {
  if (!wanted.status.empty() && find_status(settings, wanted.status) == nullptr) {
    const auto known = status_names(settings);
    return Phrase(
        "status \"{word}\" is not in statuses of system {system}, which has {known}{near}",
        {{"word", wanted.status},
         {"system", settings.name},
         {"known", quoted_list(known)},
         {"near", perhaps_meant(wanted.status, known)}});
  }
  for (const auto& [name, value] : wanted.fields) {
    const auto field = settings.fields.find(name);
    if (field == settings.fields.end()) {
      const auto known = names_in(settings);
      return Phrase(
          "field \"{field}\" is not in fields of system {system}, which has {known}{near}",
          {{"field", name},
           {"system", settings.name},
           {"known", quoted_list(known)},
           {"near", perhaps_meant(name, known)}});
    }
    if (field->second.kind == FieldKind::weight && !value.empty() && !parse_whole_number(value))
      return Phrase("field \"{field}\" is a weight, a whole number, and not \"{value}\"",
                    {{"field", name}, {"value", value}});
  }
  return std::nullopt;
}

std::string value_of(const GitlabSettings& settings, const Json& issue, const std::string& name) {
  const Field& field = settings.fields.at(name);
  if (field.kind == FieldKind::weight) return codec::text_or(issue, "weight", "");
  if (field.kind == FieldKind::due_date) return codec::text_or(issue, "due_date", "");
  if (field.kind == FieldKind::assignee) {
    std::vector<std::string> names;
    for (const Json& person : codec::at_path(issue, "assignees"))
      names.push_back(codec::text_or(person, "username", ""));
    return joined(names);
  }
  const auto all = shown(settings, look_of(issue));
  return all.at(name);
}

std::vector<std::string> differing(const GitlabSettings& settings, const FieldTexts& fields,
                                   const Json& issue) {
  std::vector<std::string> names;
  for (const auto& [name, wanted] : fields) {
    auto is = split(value_of(settings, issue, name));
    auto should_be = split(wanted);
    std::sort(is.begin(), is.end());
    std::sort(should_be.begin(), should_be.end());
    const bool whole = settings.fields.at(name).kind == FieldKind::milestone;
    if (whole ? value_of(settings, issue, name) != wanted : is != should_be) names.push_back(name);
  }
  return names;
}

StepOr<Json> changes_to(Conversation& conversation, const Wanted& wanted, const Json& issue) {
  const GitlabSettings& settings = conversation.settings();
  const Look look = look_of(issue);
  Json members = Json::object();
  const LabelChange labels = label_change(settings, wanted, look.labels);
  if (!labels.add.empty()) members["add_labels"] = labels.add;
  if (!labels.remove.empty()) members["remove_labels"] = labels.remove;
  const StatusWord* word = find_status(settings, wanted.status);
  if (word != nullptr && word->closed != look.closed)
    members["state_event"] = word->closed ? "close" : "reopen";
  for (const std::string& name : differing(settings, wanted.fields, issue)) {
    const std::string& value = wanted.fields.at(name);
    const auto known = add_attribute(conversation, settings.fields.at(name), value, members);
    if (!known) return tl::unexpected(known.error());
    if (!*known)
      return ended(Rejected{Phrase("GitLab has no \"{value}\" for field \"{field}\"",
                                   {{"value", value}, {"field", name}})});
  }
  return members;
}

StepOr<Json> members_of(Conversation& conversation, const FieldTexts& fields) {
  const GitlabSettings& settings = conversation.settings();
  Json members = Json::object();
  const LabelChange labels = label_change(settings, {"", fields}, {});
  if (!labels.add.empty()) members["labels"] = labels.add;
  for (const auto& [name, value] : fields) {
    if (value.empty()) continue;
    const auto known = add_attribute(conversation, settings.fields.at(name), value, members);
    if (!known) return tl::unexpected(known.error());
  }
  return members;
}

}  // namespace saksbro::gitlab
