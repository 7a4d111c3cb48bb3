#include <algorithm>

#include "bridge/contract/nearest.h"
#include "bridge/core/text.h"
#include "bridge/load/mapping_files.h"

namespace saksbro::load {
namespace {

using core::ActivityId;

const std::string* text_of(const Setting& setting) {
  const auto* text = std::get_if<Setting::Text>(&setting.value);
  return text != nullptr && !text->empty() ? text : nullptr;
}

// One process file in the reading: names resolve against what it has said so far.
class ProcessFile {
 public:
  ProcessFile(const Setting& file, const Known& known, Mentions& mentions, Errors& errors)
      : file_(file), known_(known), mentions_(mentions), errors_(errors) {}

  core::Process read() {
    SettingsReader reader(file_);
    process_.id = core::ProcessId{reader.text("process")};
    if (const Setting* title = reader.map("title")) process_.title = read_words(*title, errors_);
    read_statuses(reader.list("statuses"));
    read_texts(reader.map("texts"));
    const Setting* begins = reader.list("begins");
    const Setting* activities = reader.map("activities");
    if (activities == nullptr) reader.error("\"activities\" is missing");
    if (begins == nullptr)
      reader.error("\"begins\" is missing: which ticket starts a case, and where");
    collect(reader);
    if (activities != nullptr) read_activities(*activities);
    if (begins != nullptr) read_begins(*begins);
    check_chains();
    return std::move(process_);
  }

 private:
  void collect(SettingsReader& reader) {
    const Errors found = reader.finish();
    errors_.insert(errors_.end(), found.begin(), found.end());
  }

  void error(const Setting& at, const std::string& what) {
    errors_.push_back({at.where, at.path + ": " + what});
  }

  void read_statuses(const Setting* list) {
    if (list == nullptr) return;
    for (const Setting& item : std::get<Setting::List>(list->value)) {
      if (const auto* text = text_of(item)) {
        process_.statuses.emplace_back(*text);
      } else {
        error(item, "expected the name of a status");
      }
    }
  }

  void read_texts(const Setting* map) {
    if (map == nullptr) return;
    for (const auto& [name, setting] : std::get<Setting::Map>(map->value)) {
      texts_[name] = read_words(setting, errors_);
      mentions_.texts.push_back({texts_[name], setting.where, setting.path});
    }
  }

  void read_activities(const Setting& map) {
    const auto& entries = std::get<Setting::Map>(map.value);
    for (const auto& [name, setting] : entries) activity_names_.push_back(name);
    for (const auto& [name, setting] : entries) {
      process_.activities.emplace(ActivityId{name}, read_activity(name, setting));
    }
  }

  core::Activity read_activity(const std::string& name, const Setting& setting) {
    core::Activity activity;
    activity.id = ActivityId{name};
    activity.where = setting.where;
    SettingsReader reader(setting);
    activity.by = core::Role{reader.text("by")};
    mention_role(setting, activity.by.text());
    if (const Setting* title = reader.map("title")) {
      activity.title = read_words(*title, errors_);
    } else {
      reader.error("\"title\" is missing: { nb: ..., en: ... }");
    }
    const std::string status = reader.text_or("status", "");
    if (!status.empty()) activity.status = status_named(*setting.find("status"), status);
    if (const Setting* deeds = reader.list("do")) activity.deeds = read_deeds(*deeds);
    const std::string then = reader.text_or("then", "");
    if (!then.empty()) activity.then = activity_named(*setting.find("then"), then);
    activity.ends = reader.flag_or("ends", false);
    if (const Setting* when = reader.map("when")) {
      activity.transitions = read_transitions(*when, activity.by);
    }
    collect(reader);
    return activity;
  }

  void mention_role(const Setting& at, const std::string& role) {
    if (!role.empty()) mentions_.roles.push_back({role, at.where, at.path});
  }

  std::optional<core::Status> status_named(const Setting& at, const std::string& name) {
    const core::Status status{name};
    if (std::find(process_.statuses.begin(), process_.statuses.end(), status) !=
        process_.statuses.end()) {
      return status;
    }
    std::vector<std::string> names;
    for (const core::Status& one : process_.statuses) names.push_back(one.text());
    error(at, "unknown status \"" + name + "\"" + did_you_mean(name, names));
    return std::nullopt;
  }

  std::optional<ActivityId> activity_named(const Setting& at, const std::string& name) {
    if (std::find(activity_names_.begin(), activity_names_.end(), name) != activity_names_.end()) {
      return ActivityId{name};
    }
    error(at, "unknown activity \"" + name + "\"" + did_you_mean(name, activity_names_));
    return std::nullopt;
  }

  std::optional<SystemName> system_named(const Setting& at, const std::string& name,
                                         const std::set<SystemName>& systems, const char* what) {
    const SystemName system{name};
    if (systems.contains(system)) return system;
    std::vector<std::string> names;
    for (const SystemName& one : systems) names.push_back(one.text());
    error(at, std::string("unknown ") + what + " \"" + name + "\"" + did_you_mean(name, names));
    return std::nullopt;
  }

  core::Words text_named(const Setting& at, const std::string& name) {
    const auto found = texts_.find(name);
    if (found != texts_.end()) return found->second;
    std::vector<std::string> names;
    for (const auto& [one, words] : texts_) names.push_back(one);
    error(at, "unknown text \"" + name + "\"" + did_you_mean(name, names));
    return {};
  }

  // "alvorlighet is kritisk", "... is not ...", "operator.number is known"
  std::optional<core::Condition> condition(const Setting* setting) {
    if (setting == nullptr) return std::nullopt;
    const std::string* text = text_of(*setting);
    const std::size_t is = text == nullptr ? std::string::npos : text->find(" is ");
    if (is == std::string::npos) {
      error(*setting, "expected \"VALUE is WORD\", \"VALUE is not WORD\" or \"VALUE is known\"");
      return std::nullopt;
    }
    core::Condition condition;
    condition.value = core::trimmed(text->substr(0, is));
    std::string word(core::trimmed(text->substr(is + 4)));
    if (word.starts_with("not ")) {
      condition.negated = true;
      word = core::trimmed(word.substr(4));
    }
    if (word != "known") condition.is = word;
    mentions_.values.push_back({condition.value, setting->where, setting->path});
    return condition;
  }

  std::vector<core::Transition> read_transitions(const Setting& when, const core::Role& by) {
    std::vector<core::Transition> transitions;
    for (const auto& [signal, setting] : std::get<Setting::Map>(when.value)) {
      if (const auto* several = std::get_if<Setting::List>(&setting.value)) {
        for (const Setting& one : *several) transitions.push_back(read_transition(signal, one, by));
      } else {
        transitions.push_back(read_transition(signal, setting, by));
      }
      mentions_.signals.push_back({signal, setting.where, setting.path});
    }
    return transitions;
  }

  core::Transition read_transition(const std::string& signal, const Setting& setting,
                                   const core::Role& by) {
    core::Transition transition;
    transition.on = core::Signal{signal};
    transition.where = setting.where;
    SettingsReader reader(setting);
    transition.by = read_roles(setting.find("by"), reader, by);
    (void)reader.text_or("if", "");
    transition.when = condition(setting.find("if"));
    const std::string needs = reader.text_or("needs", "");
    if (!needs.empty()) {
      transition.needs = needs;
      mentions_.values.push_back({needs, setting.where, setting.path + ".needs"});
    }
    if (const Setting* keep = reader.map("keep")) transition.keep = read_keep(*keep);
    if (const Setting* deeds = reader.list("do")) transition.deeds = read_deeds(*deeds);
    const std::string next = reader.text_or("next", "");
    if (!next.empty()) transition.next = activity_named(*setting.find("next"), next);
    collect(reader);
    return transition;
  }

  std::vector<core::Role> read_roles(const Setting* setting, SettingsReader& reader,
                                     const core::Role& by) {
    if (setting == nullptr) {
      (void)reader.text_or("by", "");
      return {by};
    }
    if (text_of(*setting) != nullptr) {
      mention_role(*setting, reader.text("by"));
      return {core::Role{*text_of(*setting)}};
    }
    std::vector<core::Role> roles;
    const Setting* list = reader.list("by");
    if (list == nullptr) return roles;
    for (const Setting& item : std::get<Setting::List>(list->value)) {
      if (const auto* text = text_of(item)) {
        roles.emplace_back(*text);
        mention_role(item, *text);
      } else {
        error(item, "expected the name of a role");
      }
    }
    return roles;
  }

  std::map<std::string, std::string> read_keep(const Setting& keep) {
    std::map<std::string, std::string> kept;
    for (const auto& [name, setting] : std::get<Setting::Map>(keep.value)) {
      if (const auto* text = text_of(setting)) {
        kept[name] = *text;
        mentions_.kept.insert(name);
      } else {
        error(setting, "expected \"text\" (the words that came with it) or a fixed word");
      }
    }
    return kept;
  }

  std::vector<core::Deed> read_deeds(const Setting& list) {
    std::vector<core::Deed> deeds;
    for (const Setting& item : std::get<Setting::List>(list.value)) {
      if (auto deed = read_deed(item)) deeds.push_back(std::move(*deed));
    }
    return deeds;
  }

  std::optional<core::Deed> read_deed(const Setting& item) {
    if (const auto* word = text_of(item); word != nullptr && *word == "stop alert") {
      return core::Deed{core::StopAlert{}, std::nullopt, item.where};
    }
    SettingsReader reader(item);
    core::Deed deed;
    deed.where = item.where;
    (void)reader.text_or("if", "");
    deed.when = condition(item.find("if"));
    std::optional<core::Doing> doing;
    if (item.find("open") != nullptr) {
      doing = read_open(item, reader);
    } else if (item.find("say") != nullptr) {
      doing = read_say(item, reader);
    } else if (item.find("move") != nullptr) {
      doing = read_move(item, reader);
    } else if (item.find("alert") != nullptr) {
      doing = read_alert(item, reader);
    } else {
      error(item, "expected one of open, say, move, alert, or the words \"stop alert\"");
      return std::nullopt;
    }
    collect(reader);
    if (!doing) return std::nullopt;
    deed.doing = std::move(*doing);
    return deed;
  }

  core::Words text_at(const Setting& item, SettingsReader& reader, const char* key) {
    const std::string name = reader.text(key);
    return name.empty() ? core::Words{} : text_named(*item.find(key), name);
  }

  std::optional<core::Doing> read_open(const Setting& item, SettingsReader& reader) {
    const auto system =
        system_named(*item.find("open"), reader.text("open"), known_.systems, "system");
    core::OpenTicket open{system.value_or(SystemName{}), text_at(item, reader, "title"),
                          text_at(item, reader, "text")};
    if (!system) return std::nullopt;
    return open;
  }

  std::optional<core::Doing> read_say(const Setting& item, SettingsReader& reader) {
    const auto system =
        system_named(*item.find("say"), reader.text("say"), known_.systems, "system");
    core::Say say{system.value_or(SystemName{}), text_at(item, reader, "text"),
                  Visibility::internal};
    // Internal unless a line publishes it.
    if (reader.one_of("to", {"internal", "everyone"}, "internal") == "everyone") {
      say.visibility = Visibility::everyone;
    }
    if (!system) return std::nullopt;
    return say;
  }

  std::optional<core::Doing> read_move(const Setting& item, SettingsReader& reader) {
    const auto system =
        system_named(*item.find("move"), reader.text("move"), known_.systems, "system");
    const std::string name = reader.text("to");
    const auto status = name.empty() ? std::nullopt : status_named(*item.find("to"), name);
    if (!system || !status) return std::nullopt;
    return core::MoveTicket{*system, *status};
  }

  std::optional<core::Doing> read_alert(const Setting& item, SettingsReader& reader) {
    core::Alert alert;
    const Setting* channels = reader.list("alert");
    if (channels == nullptr) return std::nullopt;
    for (const Setting& one : std::get<Setting::List>(channels->value)) {
      const auto* name = text_of(one);
      const auto channel =
          system_named(one, name == nullptr ? "" : *name, known_.alerts, "alert channel");
      if (channel) alert.channels.push_back(*channel);
    }
    alert.title = text_at(item, reader, "title");
    alert.text = text_at(item, reader, "text");
    alert.severity = reader.text_or("severity", "");
    alert.repeat = reader.duration("repeat");
    return alert;
  }

  void read_begins(const Setting& list) {
    for (const Setting& item : std::get<Setting::List>(list.value)) {
      SettingsReader reader(item);
      const std::string with = reader.text("with");
      const std::string at = reader.text("at");
      (void)reader.text_or("if", "");
      const auto when = condition(item.find("if"));
      collect(reader);
      if (with.empty() || at.empty()) continue;
      const auto system = system_named(*item.find("with"), with, known_.systems, "system");
      const auto activity = activity_named(*item.find("at"), at);
      if (system && activity) process_.begins.push_back({*system, *activity, when, item.where});
    }
  }

  // `then:` that leads back to itself would never end.
  void check_chains() {
    for (const auto& [id, activity] : process_.activities) {
      std::set<ActivityId> seen{id};
      auto next = activity.then;
      while (next && process_.activities.contains(*next)) {
        if (!seen.insert(*next).second) {
          errors_.push_back({activity.where, "activities." + id.text() + ".then: leads back to " +
                                                 next->text() + " without end"});
          break;
        }
        next = process_.activities.at(*next).then;
      }
    }
  }

  const Setting& file_;
  const Known& known_;
  Mentions& mentions_;
  Errors& errors_;
  core::Process process_;
  std::map<std::string, core::Words> texts_;
  std::vector<std::string> activity_names_;
};

}  // namespace

core::Words read_words(const Setting& setting, Errors& errors) {
  if (!std::holds_alternative<Setting::Map>(setting.value)) {
    errors.push_back(
        {setting.where, setting.path + ": expected both languages: { nb: ..., en: ... }"});
    return {};
  }
  SettingsReader reader(setting);
  core::Words words{reader.text("nb"), reader.text("en")};
  const Errors found = reader.finish();
  errors.insert(errors.end(), found.begin(), found.end());
  return words;
}

core::Process read_process(const Setting& file, const Known& known, Mentions& mentions,
                           Errors& errors) {
  return ProcessFile(file, known, mentions, errors).read();
}

}  // namespace saksbro::load
