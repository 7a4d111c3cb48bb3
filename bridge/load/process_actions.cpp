#include "bridge/load/process_names.h"

namespace saksbro::load {
namespace {

std::optional<core::ProcessActionKind> read_open(const Setting& item, SettingsReader& reader,
                                                 ProcessNames& names) {
  const auto system = names.tracker_or_party(*item.find("open"), reader.text("open"));
  core::OpenTicket open{system.value_or(SystemName{}), names.text_at(item, reader, "title"),
                        names.text_at(item, reader, "text")};
  if (!system) return std::nullopt;
  return open;
}

core::Which read_which(SettingsReader& reader) {
  const std::string word = reader.one_of("which", {"chosen", "others", "all"}, "chosen");
  if (word == "others") return core::Which::others;
  return word == "all" ? core::Which::all : core::Which::chosen;
}

std::optional<core::ProcessActionKind> read_say(const Setting& item, SettingsReader& reader,
                                                ProcessNames& names) {
  const auto system = names.tracker_or_party(*item.find("say"), reader.text("say"));
  core::Say say{system.value_or(SystemName{}), names.text_at(item, reader, "text"),
                Visibility::internal, core::Which::chosen};
  // Internal unless a line publishes it.
  if (reader.one_of("to", {"internal", "everyone"}, "internal") == "everyone") {
    say.visibility = Visibility::everyone;
  }
  say.which = read_which(reader);
  if (!system) return std::nullopt;
  return say;
}

std::optional<core::ProcessActionKind> read_move(const Setting& item, SettingsReader& reader,
                                                 ProcessNames& names) {
  const auto system = names.tracker_or_party(*item.find("move"), reader.text("move"));
  const std::string name = reader.text("to");
  const auto status = name.empty() ? std::nullopt : names.status(*item.find("to"), name);
  const core::Which which = read_which(reader);
  if (!system || !status) return std::nullopt;
  return core::MoveTicket{*system, *status, which};
}

std::optional<core::ProcessActionKind> read_alert(const Setting& item, SettingsReader& reader,
                                                  ProcessNames& names) {
  core::Alert alert;
  const Setting* channels = reader.list("alert");
  if (channels == nullptr) return std::nullopt;
  for (const Setting& one : std::get<Setting::List>(channels->value)) {
    const auto* name = text_of(one);
    if (const auto channel = names.channel(one, name == nullptr ? "" : *name))
      alert.channels.push_back(*channel);
  }
  alert.title = names.text_at(item, reader, "title");
  alert.text = names.text_at(item, reader, "text");
  alert.severity = reader.text_or("severity", "");
  alert.repeat = reader.interval("repeat");
  return alert;
}

std::optional<core::ProcessActionKind> read_notify(const Setting& item, SettingsReader& reader,
                                                   ProcessNames& names) {
  const std::string to = reader.text("notify");
  if (!to.empty()) names.reads_value(*item.find("notify"), to);
  const std::string through = reader.text("through");
  const auto channel =
      through.empty() ? std::nullopt : names.channel(*item.find("through"), through);
  core::Notify notify{channel.value_or(SystemName{}), to, names.text_at(item, reader, "title"),
                      names.text_at(item, reader, "text"), std::nullopt};
  const std::string link = reader.text_or("link", "");
  if (!link.empty()) notify.link = names.tracker_or_party(*item.find("link"), link);
  if (!channel) return std::nullopt;
  return notify;
}

std::optional<core::ProcessActionKind> read_broadcast(const Setting& item, SettingsReader& reader,
                                                      ProcessNames& names) {
  using Whom = core::Broadcast::Whom;
  const std::string whom = reader.one_of("broadcast", {"all", "own", "told"}, "all");
  const bool by_notice = reader.one_of("by", {"channel", "notice"}, "channel") == "notice";
  core::Broadcast broadcast{whom == "own"    ? Whom::own
                            : whom == "told" ? Whom::told
                                             : Whom::all,
                            by_notice, names.text_at(item, reader, "title"),
                            names.text_at(item, reader, "text")};
  const std::string status = reader.text_or("reopen", "");
  if (!status.empty()) broadcast.reopen = names.status(*item.find("reopen"), status);
  return broadcast;
}

std::optional<core::ProcessActionKind> read_suggest(const Setting& item, SettingsReader& reader,
                                                    ProcessNames& names) {
  const auto system = names.tracker(*item.find("suggest"), reader.text("suggest"));
  const std::string from =
      reader.one_of("from", {"own organisation", "all organisations"}, "own organisation");
  core::SuggestSolutions suggest{system.value_or(SystemName{}), names.text_at(item, reader, "text"),
                                 from == "all organisations"};
  if (reader.one_of("to", {"internal", "everyone"}, "internal") == "everyone")
    suggest.visibility = Visibility::everyone;
  if (!system) return std::nullopt;
  return suggest;
}

using Read = std::optional<core::ProcessActionKind> (*)(const Setting&, SettingsReader&,
                                                        ProcessNames&);
constexpr std::pair<const char*, Read> kActions[] = {
    {"open", read_open},      {"say", read_say},       {"move", read_move},
    {"alert", read_alert},    {"notify", read_notify}, {"broadcast", read_broadcast},
    {"suggest", read_suggest}};

std::optional<core::ProcessAction> read_action(const Setting& item, ProcessNames& names) {
  if (const auto* word = text_of(item); word != nullptr && *word == "stop alert")
    return core::ProcessAction{core::StopAlert{}, {}, item.where};
  SettingsReader reader(item);
  core::ProcessAction action{core::StopAlert{}, names.conditions(item, reader), item.where};
  for (const auto& [key, read] : kActions) {
    if (item.find(key) == nullptr) continue;
    auto kind = read(item, reader, names);
    names.collect(reader);
    if (!kind) return std::nullopt;
    action.kind = std::move(*kind);
    return action;
  }
  names.error(item,
              "expected one of open, say, move, alert, notify, broadcast, suggest, or the words "
              "\"stop alert\"");
  return std::nullopt;
}

std::vector<std::pair<std::string, std::string>> read_keep(const Setting& keep,
                                                           ProcessNames& names) {
  std::vector<std::pair<std::string, std::string>> kept;
  for (const auto& [name, setting] : std::get<Setting::Map>(keep.value)) {
    if (const auto* text = text_of(setting)) {
      kept.emplace_back(name, *text);
      names.keeps_value(setting, name, *text);
    } else {
      names.error(
          setting,
          "expected \"text\" (the words that came with it), \"text or nothing\", \"nothing\", a "
          "fixed word, or "
          "\"{VALUE}\"");
    }
  }
  return kept;
}

std::optional<core::Receipt> read_receipt(SettingsReader& reader) {
  const std::string word = reader.one_of("receipt", {"told", "seen", "informed"}, "");
  if (word.empty()) return std::nullopt;
  if (word == "told") return core::Receipt::told;
  return word == "seen" ? core::Receipt::seen : core::Receipt::informed;
}

}  // namespace

std::vector<core::ProcessAction> read_actions(const Setting& list, ProcessNames& names) {
  std::vector<core::ProcessAction> actions;
  for (const Setting& item : std::get<Setting::List>(list.value)) {
    if (auto action = read_action(item, names)) actions.push_back(std::move(*action));
  }
  return actions;
}

core::Transition read_transition(const Setting& setting, const std::vector<core::Role>& by,
                                 ProcessNames& names, Timed timed) {
  core::Transition transition;
  transition.where = setting.where;
  SettingsReader reader(setting);
  if (timed == Timed::yes) (void)reader.flag_or("repeat", false);  // read by the caller
  transition.by = names.roles(setting, reader, "by", by);
  transition.when = names.conditions(setting, reader);
  const std::string needs = reader.text_or("needs", "");
  if (!needs.empty()) {
    transition.needs = needs;
    names.reads_value(*setting.find("needs"), needs);
  }
  transition.receipt = read_receipt(reader);
  if (const Setting* keep = reader.map("keep")) transition.keep = read_keep(*keep, names);
  if (const Setting* actions = reader.list("do"))
    transition.actions = read_actions(*actions, names);
  const std::string next = reader.text_or("next", "");
  if (!next.empty()) transition.next = names.activity(*setting.find("next"), next);
  names.collect(reader);
  return transition;
}

}  // namespace saksbro::load
