#include "connectors/gitlab/history.h"

#include <algorithm>

#include "bridge/codec/rfc3339.h"

namespace saksbro::gitlab {
namespace {

using codec::at_path;
using codec::Json;
using codec::text_or;

constexpr std::chrono::milliseconds kOneAct{1000};

struct Event {
  Instant at{};
  char kind = 'l';  // of its id, which only its own kind counts: l, m or s
  std::uint64_t id = 0;
  const Json* json = nullptr;
};

void add_events(const Json& list, char kind, std::vector<Event>& events) {
  for (const Json& json : list) {
    const auto id = codec::integer_at(json, "id").value_or(0);
    if (id > 0)
      events.push_back(
          {instant_at(json, "created_at"), kind, static_cast<std::uint64_t>(id), &json});
  }
}

std::vector<Event> events_of(const Json& snapshot) {
  std::vector<Event> events;
  add_events(at_path(snapshot, "label_events"), 'l', events);
  add_events(at_path(snapshot, "milestone_events"), 'm', events);
  add_events(at_path(snapshot, "state_events"), 's', events);
  std::stable_sort(events.begin(), events.end(), [](const Event& one, const Event& other) {
    return std::tie(one.at, one.kind, one.id) < std::tie(other.at, other.kind, other.id);
  });
  return events;
}

// A label that was deleted has no name any more.
void apply(const Event& event, Look& look) {
  const Json& json = *event.json;
  const bool add = text_or(json, "action", "") == "add";
  if (event.kind == 'l') {
    const std::string label = text_or(json, "label.name", "");
    std::erase(look.labels, label);
    if (add && !label.empty()) look.labels.push_back(label);
  } else if (event.kind == 'm') {
    look.milestone = add ? text_or(json, "milestone.title", "") : "";
  } else {
    look.closed = text_or(json, "state", "") == "closed";
  }
}

bool same_act(const Event& first, const Event& event) {
  return event.at - first.at <= kOneAct &&
         text_or(*first.json, "user.id", "") == text_or(*event.json, "user.id", "");
}

}  // namespace

Person person_of(const Json& user) {
  const std::string id = text_or(user, "id", "");
  return {id, text_or(user, "name", id)};
}

Instant instant_at(const Json& json, std::string_view path) {
  return codec::parse_rfc3339(text_or(json, path, "")).value_or(Instant{});
}

History history_of(const GitlabSettings& settings, const Json& snapshot) {
  const auto events = events_of(snapshot);
  const Instant opened = instant_at(at_path(snapshot, "issue"), "created_at");
  History history;
  Look look;
  auto before = shown(settings, look);
  for (auto event = events.begin(); event != events.end();) {
    const auto first = event;
    for (; event != events.end() && same_act(*first, *event); ++event) apply(*event, look);
    const Event& last = *std::prev(event);
    auto after = shown(settings, look);
    // What an issue is opened with is no change.
    const bool from_birth = first->kind != 's' && first->at - opened <= kOneAct &&
                            text_or(*first->json, "user.id", "") ==
                                text_or(at_path(snapshot, "issue"), "author.id", "");
    for (const auto& [attribute, value] : after) {
      if (from_birth || before[attribute] == value) continue;
      history.changes.push_back({last.kind + std::to_string(last.id) + "." + attribute, last.id,
                                 person_of(at_path(*last.json, "user")), last.at, attribute,
                                 before[attribute], value});
    }
    before = std::move(after);
  }
  history.labels = std::move(look.labels);
  return history;
}

}  // namespace saksbro::gitlab
