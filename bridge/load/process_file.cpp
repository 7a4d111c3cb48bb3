#include <algorithm>

#include "bridge/contract/nearest.h"
#include "bridge/load/calendar.h"
#include "bridge/load/process_names.h"

namespace saksbro::load {
namespace {

using core::ActivityId;

// One process file in the reading. What others speak of is read first.
class ProcessFile {
 public:
  ProcessFile(const Setting& file, const Known& known, Mentions& mentions, Errors& errors)
      : file_(file), mentions_(mentions), errors_(errors), names_(known, mentions, errors) {}

  core::Process read() {
    SettingsReader reader(file_);
    process_.where = file_.where;
    process_.id = core::ProcessId{reader.text("process")};
    if (const Setting* title = reader.any("title"))
      process_.title = read_words(*title, mentions_, errors_);
    read_roles(reader.map("roles"));
    read_statuses(reader.list("statuses"));
    read_values(reader.map("values"), process_, mentions_, errors_, names_);
    read_parties(reader.map("parties"));
    read_texts(reader.map("texts"));
    const Setting* begins = reader.list("begins");
    const Setting* activities = reader.map("activities");
    if (activities == nullptr) reader.error("\"activities\" is missing");
    if (begins == nullptr)
      reader.error("\"begins\" is missing: which ticket starts a case, and where");
    name_activities(activities);
    read_questions(reader.map("decisions"));
    read_deviations(reader.map("deviations"), process_, mentions_, names_);
    read_release(reader.map("release"));
    read_own_words(file_, reader, mentions_, process_);
    read_anywhere(reader.map("anywhere"));
    names_.collect(reader);
    if (activities != nullptr) read_activities(*activities);
    resolve_also();
    if (begins != nullptr) read_begins(*begins);
    check_chains();
    return std::move(process_);
  }

 private:
  void read_roles(const Setting* map) {
    if (map == nullptr) return;
    for (const auto& [name, setting] : std::get<Setting::Map>(map->value)) {
      process_.roles.emplace_back(core::Role{name}, read_words(setting, mentions_, errors_));
      mentions_.titled_roles.insert(name);
    }
  }

  void read_statuses(const Setting* list) {
    for (const std::string& name : names_.names(list, "the name of a status")) {
      process_.statuses.emplace_back(name);
      names_.add_status(process_.statuses.back());
    }
  }

  void read_parties(const Setting* map) {
    if (map == nullptr) return;
    for (const auto& [name, setting] : std::get<Setting::Map>(map->value)) {
      core::Party party{SystemName{name}, {}, setting.where};
      const auto* list = std::get_if<Setting::List>(&setting.value);
      if (list == nullptr || list->empty()) {
        names_.error(setting, "expected a list of the systems that may play this part");
        continue;
      }
      for (const Setting& item : *list) {
        const auto* text = text_of(item);
        if (const auto system = names_.tracker(item, text == nullptr ? "" : *text))
          party.systems.push_back(*system);
      }
      names_.add_party(party.name);
      mentions_.parties.insert(party.name);
      mentions_.kept.insert(name);
      process_.parties.emplace(party.name, std::move(party));
    }
  }

  void read_texts(const Setting* map) {
    if (map == nullptr) return;
    for (const auto& [name, setting] : std::get<Setting::Map>(map->value))
      names_.add_text(name, read_words(setting, mentions_, errors_), setting);
  }

  void name_activities(const Setting* map) {
    if (map == nullptr) return;
    for (const auto& [name, setting] : std::get<Setting::Map>(map->value)) {
      names_.add_activity(name);
      process_.order.emplace_back(name);
    }
  }

  void read_questions(const Setting* map) {
    if (map == nullptr) return;
    for (const auto& [name, setting] : std::get<Setting::Map>(map->value)) {
      SettingsReader reader(setting);
      core::Question question;
      question.name = name;
      question.where = setting.where;
      const std::string at = reader.text("at");
      const auto system = at.empty() ? std::nullopt : names_.tracker(*setting.find("at"), at);
      question.at = system.value_or(SystemName{});
      question.of = core::Role{reader.text("of")};
      names_.mentions_role(setting, question.of.text());
      question.text = names_.text_at(setting, reader, "ask");
      if (reader.one_of("to", {"internal", "everyone"}, "internal") == "everyone")
        question.visibility = Visibility::everyone;
      for (const std::string& one : names_.names(reader.list("answers"), "the name of a signal"))
        question.answers.emplace_back(one);
      if (question.answers.empty())
        reader.error("\"answers\" is missing: the signals that answer it");
      names_.collect(reader);
      names_.add_question(question);
      if (system) process_.questions.push_back(std::move(question));
    }
  }

  void read_release(const Setting* map) {
    if (map == nullptr) return;
    SettingsReader reader(*map);
    core::Release release{reader.text("value"), core::Signal{reader.text("heard as")}, map->where};
    names_.collect(reader);
    mentions_.values.push_back({release.value, map->where, map->path + ".value"});
    mentions_.said.push_back({release.signal.text(), map->where, map->path + ".heard as"});
    process_.release = std::move(release);
  }

  std::vector<core::Transition> read_transitions(const Setting& when,
                                                 const std::vector<core::Role>& by) {
    std::vector<core::Transition> transitions;
    const auto read_one = [&](const std::string& signal, const Setting& setting) {
      transitions.push_back(read_transition(setting, by, names_, Timed::no));
      transitions.back().on = core::Signal{signal};
    };
    for (const auto& [signal, setting] : std::get<Setting::Map>(when.value)) {
      if (const auto* several = std::get_if<Setting::List>(&setting.value)) {
        for (const Setting& one : *several) read_one(signal, one);
      } else {
        read_one(signal, setting);
      }
      names_.hears(setting, signal);
    }
    return transitions;
  }

  void read_anywhere(const Setting* map) {
    if (map == nullptr) return;
    process_.anywhere = read_transitions(*map, {});
    for (const core::Transition& one : process_.anywhere) {
      if (one.by.empty())
        errors_.push_back({one.where, "anywhere." + one.on.text() + ": \"by\" is missing"});
    }
  }

  void read_activities(const Setting& map) {
    for (const auto& [name, setting] : std::get<Setting::Map>(map.value))
      process_.activities.emplace(ActivityId{name}, read_activity(name, setting));
  }

  core::Activity read_activity(const std::string& name, const Setting& setting) {
    core::Activity activity;
    activity.id = ActivityId{name};
    activity.where = setting.where;
    SettingsReader reader(setting);
    if (setting.find("by") == nullptr) reader.error("\"by\" is missing: who does it");
    activity.by = names_.roles(setting, reader, "by", {core::Role{}});
    if (const Setting* title = reader.any("title")) {
      activity.title = read_words(*title, mentions_, errors_);
    } else {
      reader.error("\"title\" is missing: a text, or { nb: ..., en: ... }");
    }
    const std::string status = reader.text_or("status", "");
    if (!status.empty()) activity.status = names_.status(*setting.find("status"), status);
    read_asking(activity, setting, reader);
    activity.deadline = read_deadline(setting, reader);
    if (const Setting* actions = reader.list("do"))
      activity.actions = read_actions(*actions, names_);
    activity.then = read_then(setting, reader);
    read_also(setting, reader, name);
    activity.ends = reader.flag_or("ends", false);
    if (const Setting* when = reader.map("when"))
      activity.transitions = read_transitions(*when, activity.by);
    if (const Setting* after = reader.map("after")) read_timed(*after, activity);
    names_.collect(reader);
    return activity;
  }

  // An activity, or a list of { if: CONDITION, next: ACTIVITY } of which the first that holds
  // counts.
  std::vector<core::Onward> read_then(const Setting& setting, SettingsReader& reader) {
    const Setting* then = setting.find("then");
    std::vector<core::Onward> onward;
    if (then == nullptr || !std::holds_alternative<Setting::List>(then->value)) {
      const std::string name = reader.text_or("then", "");
      const auto next = name.empty() ? std::nullopt : names_.activity(*then, name);
      if (next) onward.push_back({{}, *next});
      return onward;
    }
    for (const Setting& item : std::get<Setting::List>(reader.list("then")->value)) {
      SettingsReader one(item);
      const auto when = names_.conditions(item, one);
      const std::string name = one.text("next");
      const auto next = name.empty() ? std::nullopt : names_.activity(*item.find("next"), name);
      names_.collect(one);
      if (next) onward.push_back({when, *next});
    }
    return onward;
  }

  // "also accepts": the transitions of another activity are accepted here, too. They stand there.
  void read_also(const Setting& setting, SettingsReader& reader, const std::string& name) {
    constexpr const char* kKey = "also accepts";
    constexpr const char* kOldKey = "hears also";
    const bool old = setting.find(kKey) == nullptr && setting.find(kOldKey) != nullptr;
    const char* key = old ? kOldKey : kKey;
    const std::string other = reader.text_or(key, "");
    if (other.empty()) return;
    const Setting& at = *setting.find(key);
    if (old) mentions_.old_keys.push_back({kKey, at.where, at.path});
    if (const auto activity = names_.activity(at, other))
      also_accepts_[ActivityId{name}] = *activity;
  }

  void resolve_also() {
    std::map<ActivityId, std::vector<core::Transition>> added;
    for (const auto& [id, other] : also_accepts_) {
      std::set<ActivityId> seen{id};
      for (auto from = std::optional(other); from && seen.insert(*from).second;) {
        const auto& more = process_.activities.at(*from).transitions;
        added[id].insert(added[id].end(), more.begin(), more.end());
        const auto next = also_accepts_.find(*from);
        from = next == also_accepts_.end() ? std::nullopt : std::optional(next->second);
      }
    }
    for (auto& [id, transitions] : added) {
      auto& own = process_.activities.at(id).transitions;
      own.insert(own.end(), transitions.begin(), transitions.end());
    }
  }

  void read_asking(core::Activity& activity, const Setting& setting, SettingsReader& reader) {
    activity.wants = names_.names(reader.list("wants"), "the name of a case value");
    for (const std::string& one : activity.wants) names_.reads_value(*setting.find("wants"), one);
    const std::string decide = reader.text_or("decide", "");
    if (!decide.empty()) activity.question = names_.question(*setting.find("decide"), decide);
  }

  // "8 working hours", or { within: 8 working hours, warn: 2 working hours }
  std::optional<core::Deadline> read_deadline(const Setting& setting, SettingsReader& reader) {
    const Setting* deadline = setting.find("deadline");
    if (deadline == nullptr || text_of(*deadline) != nullptr) {
      (void)reader.text_or("deadline", "");
      const auto within = deadline == nullptr ? std::nullopt : names_.span(*deadline);
      if (!within) return std::nullopt;
      return core::Deadline{*within, std::nullopt, deadline->where};
    }
    const Setting* map = reader.map("deadline");
    if (map == nullptr) return std::nullopt;
    SettingsReader inner(*map);
    (void)inner.text("within");
    (void)inner.text_or("warn", "");
    names_.collect(inner);
    const auto within =
        map->find("within") == nullptr ? std::nullopt : names_.span(*map->find("within"));
    const auto warn = map->find("warn") == nullptr ? std::nullopt : names_.span(*map->find("warn"));
    if (!within) return std::nullopt;
    return core::Deadline{*within, warn, map->where};
  }

  void read_timed(const Setting& after, core::Activity& activity) {
    for (const auto& [time, setting] : std::get<Setting::Map>(after.value)) {
      const Setting length{setting.where, after.path, time};
      const auto span = names_.span(length);
      core::TimedMove timed{span.value_or(core::Span{}), false,
                            read_transition(setting, {}, names_, Timed::yes)};
      SettingsReader reader(setting);
      timed.repeats = reader.flag_or("repeat", false);
      for (const char* key : {"by", "needs", "receipt"}) {
        if (const Setting* wrong = setting.find(key))
          names_.error(*wrong, "time has no \"" + std::string(key) + "\"");
      }
      if (timed.repeats && timed.move.next)
        names_.error(setting, "a move that leads elsewhere cannot repeat");
      if (span) activity.timed.push_back(std::move(timed));
    }
  }

  void read_begins(const Setting& list) {
    for (const Setting& item : std::get<Setting::List>(list.value)) {
      SettingsReader reader(item);
      const std::string with = reader.text("with");
      const std::string at = reader.text("at");
      const auto when = names_.conditions(item, reader);
      const std::string from = reader.text_or("from", "");
      const auto day = parse_day(from);
      if (!from.empty() && !day) names_.error(*item.find("from"), "expected a day: 2026-01-31");
      names_.collect(reader);
      if (with.empty() || at.empty()) continue;
      const auto system = names_.tracker(*item.find("with"), with);
      const auto activity = names_.activity(*item.find("at"), at);
      if (system && activity)
        process_.begins.push_back({*system, *activity, when, item.where, day});
    }
  }

  // `then:` that leads back to itself without a condition would never end.
  void check_chains() {
    for (const auto& [id, activity] : process_.activities) {
      std::set<ActivityId> seen{id};
      auto next = always_next(activity);
      while (next && process_.activities.contains(*next)) {
        if (!seen.insert(*next).second) {
          errors_.push_back({activity.where, "activities." + id.text() + ".then: leads back to " +
                                                 next->text() + " without end"});
          break;
        }
        next = always_next(process_.activities.at(*next));
      }
    }
  }

  static std::optional<ActivityId> always_next(const core::Activity& activity) {
    if (activity.then.empty()) return std::nullopt;
    return activity.then.back().when.empty() ? std::optional(activity.then.back().next)
                                             : std::nullopt;
  }

  const Setting& file_;
  Mentions& mentions_;
  Errors& errors_;
  ProcessNames names_;
  core::Process process_;
  std::map<ActivityId, ActivityId> also_accepts_;
};

}  // namespace

core::Process read_process(const Setting& file, const Known& known, Mentions& mentions,
                           Errors& errors) {
  return ProcessFile(file, known, mentions, errors).read();
}

}  // namespace saksbro::load
