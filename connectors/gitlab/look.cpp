#include "connectors/gitlab/look.h"

#include <algorithm>

#include "bridge/contract/ticket.h"

namespace saksbro::gitlab {
namespace {

// "status::" of "status::in progress"; empty: a label without a scope.
std::string scope_of(const std::string& label) {
  const auto colons = label.rfind("::");
  return colons == std::string::npos || colons == 0 ? "" : label.substr(0, colons + 2);
}

// What the labels of a scope say: on a free GitLab there may be several.
std::string values_in(const std::string& scope, const Look& look) {
  std::vector<std::string> values;
  for (const std::string& label : look.labels) {
    if (scope_of(label) == scope) values.push_back(label.substr(scope.size()));
  }
  return joined(values);
}

std::string plain_labels(const GitlabSettings& settings, const Look& look) {
  std::vector<std::string> labels;
  for (const std::string& label : look.labels) {
    if (is_plain_label(settings, label)) labels.push_back(label);
  }
  std::sort(labels.begin(), labels.end());
  return joined(labels);
}

}  // namespace

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts;
  std::size_t from = 0;
  while (from <= text.size()) {
    const auto comma = std::min(text.find(',', from), text.size());
    std::string part = text.substr(from, comma - from);
    part.erase(0, part.find_first_not_of(' '));
    part.erase(part.find_last_not_of(' ') + 1);
    if (!part.empty()) parts.push_back(std::move(part));
    from = comma + 1;
  }
  return parts;
}

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : ", ") + text;
  return all;
}

Look look_of(const codec::Json& issue) {
  Look look;
  look.closed = codec::text_or(issue, "state", "") == "closed";
  for (const codec::Json& label : codec::at_path(issue, "labels")) {
    if (label.is_string()) look.labels.push_back(label.get<std::string>());
  }
  look.milestone = codec::text_or(issue, "milestone.title", "");
  return look;
}

const StatusWord* find_status(const GitlabSettings& settings, const std::string& name) {
  const auto found = std::find_if(settings.statuses.begin(), settings.statuses.end(),
                                  [&](const StatusWord& word) { return word.name == name; });
  return found == settings.statuses.end() ? nullptr : &*found;
}

bool is_status_label(const GitlabSettings& settings, const std::string& label) {
  const std::string scope = scope_of(label);
  return std::any_of(
      settings.statuses.begin(), settings.statuses.end(), [&](const StatusWord& word) {
        return word.label == label || (!scope.empty() && scope == scope_of(word.label));
      });
}

bool is_plain_label(const GitlabSettings& settings, const std::string& label) {
  if (is_status_label(settings, label)) return false;
  const std::string scope = scope_of(label);
  return std::none_of(settings.fields.begin(), settings.fields.end(), [&](const auto& field) {
    return field.second.kind == FieldKind::scope && field.second.scope == scope;
  });
}

// A free GitLab leaves the old label beside the new one: the one that was added last counts. One of
// the scope that the configuration does not have is told as it is. Who closes an issue with the
// button leaves its labels: those of open issues say nothing then.
std::string status_of(const GitlabSettings& settings, const Look& look) {
  const auto named = [&](const std::string& label) -> const StatusWord* {
    const auto found = std::find_if(
        settings.statuses.begin(), settings.statuses.end(),
        [&](const StatusWord& word) { return word.label == label && word.closed == look.closed; });
    return found == settings.statuses.end() ? nullptr : &*found;
  };
  for (auto label = look.labels.rbegin(); label != look.labels.rend(); ++label) {
    if (!is_status_label(settings, *label)) continue;
    if (const StatusWord* word = named(*label)) return word->name;
    const bool of_a_word =
        std::any_of(settings.statuses.begin(), settings.statuses.end(),
                    [&](const StatusWord& word) { return word.label == *label; });
    if (!look.closed && !of_a_word) return *label;
  }
  if (const StatusWord* word = named("")) return word->name;
  return look.closed ? "closed" : "opened";
}

std::map<std::string, std::string> shown(const GitlabSettings& settings, const Look& look) {
  std::map<std::string, std::string> all{{kStatusAttribute, status_of(settings, look)},
                                         {"labels", plain_labels(settings, look)},
                                         {"milestone", look.milestone}};
  for (const auto& [name, field] : settings.fields) {
    if (field.kind == FieldKind::scope) all[name] = values_in(field.scope, look);
    if (field.kind == FieldKind::labels) all[name] = plain_labels(settings, look);
    if (field.kind == FieldKind::milestone) all[name] = look.milestone;
  }
  return all;
}

}  // namespace saksbro::gitlab
