#include <algorithm>

#include "bridge/contract/nearest.h"
#include "bridge/core/text/text.h"
#include "bridge/load/mapping_files.h"

namespace saksbro::load {
namespace {

using core::Cue;

void move_errors(SettingsReader& reader, Errors& errors) {
  const Errors found = reader.finish();
  errors.insert(errors.end(), found.begin(), found.end());
}

std::map<std::string, std::string> read_word_table(const Setting* map, Errors& errors) {
  std::map<std::string, std::string> words;
  if (map == nullptr) return words;
  for (const auto& [key, setting] : std::get<Setting::Map>(map->value)) {
    if (const auto* text = std::get_if<Setting::Text>(&setting.value)) {
      words[key] = *text;
    } else {
      errors.push_back({setting.where, setting.path + ": expected a word"});
    }
  }
  return words;
}

void read_statuses(const Setting* map, core::SystemMapping& system, Errors& errors) {
  std::map<std::string, std::string> taken;  // theirs -> ours: one word cannot mean two
  if (map == nullptr) return;
  for (const auto& [ours, setting] : std::get<Setting::Map>(map->value)) {
    const auto* theirs = std::get_if<Setting::Text>(&setting.value);
    if (theirs == nullptr || theirs->empty()) {
      errors.push_back({setting.where, setting.path + ": expected the system's word for " + ours});
      continue;
    }
    const auto [before, fresh] = taken.emplace(*theirs, ours);
    if (!fresh) {
      errors.push_back(
          {setting.where, setting.path + ": \"" + *theirs + "\" already means " + before->second});
    }
    system.status_words[core::Status{ours}] = *theirs;
  }
}

// NAME, or { field: NAME, words: { OURS: THEIRS } }
std::optional<core::WrittenField> read_written(const std::string& value, const Setting& setting,
                                               Errors& errors) {
  core::WrittenField written{value, "", setting.where, {}};
  if (const auto* field = std::get_if<Setting::Text>(&setting.value)) {
    written.field = *field;
  } else if (std::holds_alternative<Setting::Map>(setting.value)) {
    SettingsReader reader(setting);
    written.field = reader.text("field");
    written.words = read_word_table(reader.map("words"), errors);
    move_errors(reader, errors);
    if (written.field.empty()) return std::nullopt;
  }
  if (!written.field.empty()) return written;
  errors.push_back({setting.where, setting.path + ": expected the name of a field"});
  return std::nullopt;
}

void read_writes(const Setting* map, core::SystemMapping& system, Mentions& mentions,
                 Errors& errors) {
  if (map == nullptr) return;
  for (const auto& [value, setting] : std::get<Setting::Map>(map->value)) {
    mentions.values.push_back({value, setting.where, setting.path});
    const auto* several = std::get_if<Setting::List>(&setting.value);
    const auto add = [&, &name = value](const Setting& one) {
      if (auto written = read_written(name, one, errors))
        system.writes.push_back(std::move(*written));
    };
    if (several == nullptr) add(setting);
    if (several != nullptr) std::for_each(several->begin(), several->end(), add);
  }
}

// A line "Name: value" of a mail, as connectors/mail/lines.h calls it.
std::string line_field(const std::string& name) { return "line." + core::lower(name); }

void read_reads(const Setting* map, core::SystemMapping& system, Mentions& mentions,
                Errors& errors) {
  if (map == nullptr) return;
  for (const auto& [value, setting] : std::get<Setting::Map>(map->value)) {
    core::ReadField read{value, "", {}};
    if (const auto* field = std::get_if<Setting::Text>(&setting.value)) {
      read.field = *field;
    } else {
      SettingsReader reader(setting);
      const std::string line = reader.text_or("line", "");
      read.field = line.empty() ? reader.text("field") : line_field(line);
      read.words = read_word_table(reader.map("words"), errors);
      move_errors(reader, errors);
    }
    read.where = setting.where;
    mentions.kept.insert(value);
    system.reads.push_back(std::move(read));
  }
}

std::vector<std::string> texts_in(const Setting* list) {
  std::vector<std::string> all;
  if (list == nullptr) return all;
  for (const Setting& item : std::get<Setting::List>(list->value)) {
    if (const auto* text = std::get_if<Setting::Text>(&item.value)) all.push_back(*text);
  }
  return all;
}

void read_roles(const Setting* map, core::SystemMapping& system, Mentions& mentions,
                Errors& errors) {
  if (map == nullptr) return;
  for (const auto& [role, setting] : std::get<Setting::Map>(map->value)) {
    mentions.role_rules.push_back({role, setting.where, setting.path});
    core::RoleRule rule{core::Role{role}, false, {}, {}};
    const auto* text = std::get_if<Setting::Text>(&setting.value);
    if (std::holds_alternative<Setting::List>(setting.value)) {
      rule.people = texts_in(&setting);
    } else if (std::holds_alternative<Setting::Map>(setting.value)) {
      SettingsReader reader(setting);
      rule.people = texts_in(reader.list("people"));
      rule.groups = texts_in(reader.list("groups"));
      move_errors(reader, errors);
    } else if (text != nullptr && *text == "everyone") {
      rule.everyone = true;
    } else {
      errors.push_back({setting.where, setting.path +
                                           ": expected a list of user ids, { people: [...], "
                                           "groups: [...] }, or everyone"});
    }
    system.roles.push_back(std::move(rule));
  }
}

// { to: everyone, form: outside }
void read_note(const Setting* map, core::SystemMapping& system, Errors& errors) {
  if (map == nullptr) return;
  SettingsReader reader(*map);
  core::NoteRule note;
  note.where = map->where;
  if (reader.one_of("to", {"internal", "everyone"}, "internal") == "everyone")
    note.visibility = Visibility::everyone;
  note.outside = reader.one_of("form", {"inside", "outside"}, "inside") == "outside";
  system.note = note;
  move_errors(reader, errors);
}

// { signal: ikke løst, as: second_line }
void read_gone(const Setting* map, core::SystemMapping& system, Mentions& mentions,
               Errors& errors) {
  if (map == nullptr) return;
  SettingsReader reader(*map);
  const core::GoneRule rule{core::Signal{reader.text("signal")}, core::Role{reader.text("as")},
                            map->where};
  if (const Setting* at = map->find("signal"))
    mentions.said.push_back({rule.signal.text(), at->where, at->path});
  if (const Setting* at = map->find("as"))
    mentions.roles.push_back({rule.role.text(), at->where, at->path});
  system.gone = rule;
  move_errors(reader, errors);
}

// { line: Saksnummer, like: "INC#" }
void read_number(const Setting* map, core::SystemMapping& system, Errors& errors) {
  if (map == nullptr) return;
  SettingsReader reader(*map);
  const std::string line = reader.text_or("line", "");
  system.number = core::NumberRule{line.empty() ? "" : line_field(line), reader.text_or("like", ""),
                                   map->where};
  const std::string& like = system.number->like;
  if (line.empty() && like.empty())
    reader.error(
        "expected \"line\", the name of the line that tells it, or \"like\", how it looks");
  if (!like.empty() && like.find('#') == std::string::npos)
    reader.error(*map->find("like"), "\"" + like + "\" has no #, which stands for digits: INC#");
  move_errors(reader, errors);
}

void check_status(const Setting& item, const core::SystemMapping& system, const std::string& status,
                  SettingsReader& reader) {
  if (system.status_words.empty() || system.status_words.contains(core::Status{status})) return;
  std::vector<std::string> names;
  for (const auto& [known, word] : system.status_words) names.push_back(known.text());
  reader.error(*item.find("status"), "unknown status \"" + status +
                                         "\": the table above has no such line" +
                                         did_you_mean(status, names));
}

// Only a value that a field here gives can be changed here.
void check_read(const Setting& item, const core::SystemMapping& system, const std::string& value,
                SettingsReader& reader) {
  std::vector<std::string> names;
  for (const core::ReadField& read : system.reads) names.push_back(read.value);
  if (std::find(names.begin(), names.end(), value) != names.end()) return;
  reader.error(*item.find("changed"),
               "\"" + value + "\" is not in the table `read` above" + did_you_mean(value, names));
}

// What is written in Norwegian, and `also` in English. One alone is in the system's own language.
void add_both(Cue::Kind kind, const std::string& what, core::Language own, SettingsReader& reader,
              std::vector<Cue>& cues) {
  const std::string also = reader.text_or("also", "");
  cues.push_back({kind, what, "", also.empty() ? own : core::Language::nb});
  if (!also.empty()) cues.push_back({kind, also, "", core::Language::en});
}

void read_cue(const Setting& item, const core::SystemMapping& system, std::vector<Cue>& cues,
              Errors& errors) {
  SettingsReader reader(item);
  const std::string status = reader.text_or("status", "");
  const std::string field = reader.text_or("field", "");
  const std::string command = reader.text_or("command", "");
  const std::string comment = reader.one_of("comment", {"everyone"}, "");
  const std::string reply = reader.text_or("reply", "");
  const std::string changed = reader.text_or("changed", "");
  if (!status.empty()) {
    check_status(item, system, status, reader);
    cues.push_back({Cue::Kind::status, status, "", core::Language::nb});
  } else if (!field.empty()) {
    cues.push_back({Cue::Kind::field, field, reader.text("is"), core::Language::nb, item.where});
  } else if (!command.empty()) {
    add_both(Cue::Kind::command, command, system.language, reader, cues);
  } else if (!reply.empty()) {
    add_both(Cue::Kind::reply, reply, system.language, reader, cues);
  } else if (!changed.empty()) {
    check_read(item, system, changed, reader);
    cues.push_back({Cue::Kind::change, changed, "", core::Language::nb});
  } else if (!comment.empty()) {
    cues.push_back({Cue::Kind::comment, "", "", core::Language::nb});
  } else {
    reader.error("expected one of status, field, command, comment, reply, changed");
  }
  move_errors(reader, errors);
}

void read_signals(const Setting* map, core::SystemMapping& system, Mentions& mentions,
                  Errors& errors) {
  if (map == nullptr) return;
  for (const auto& [signal, setting] : std::get<Setting::Map>(map->value)) {
    mentions.said.push_back({signal, setting.where, setting.path});
    std::vector<Cue>& cues = system.signals[core::Signal{signal}];
    const auto* list = std::get_if<Setting::List>(&setting.value);
    if (list == nullptr) {
      errors.push_back({setting.where, setting.path + ": expected a list of ways to say it"});
      continue;
    }
    for (const Setting& item : *list) read_cue(item, system, cues, errors);
  }
}

std::string describe(const Cue& cue) {
  switch (cue.kind) {
    case Cue::Kind::status:
      return "status " + cue.what;
    case Cue::Kind::field:
      return "field " + cue.what + " = " + cue.is;
    case Cue::Kind::command:
      return "command " + cue.what;
    case Cue::Kind::comment:
      return "a comment to everyone";
    case Cue::Kind::reply:
      return "reply " + cue.what;
    case Cue::Kind::change:
      return "changed " + cue.what;
  }
  return {};
}

// The same status or command for two signals: which of them was meant?
void check_cues(const Setting& file, const core::SystemMapping& system, Errors& errors) {
  std::map<std::string, core::Signal> said;
  for (const auto& [signal, cues] : system.signals) {
    for (const Cue& cue : cues) {
      const std::string way = describe(cue);
      const auto [before, fresh] = said.emplace(way, signal);
      if (fresh || before->second == signal) continue;
      const Setting* place = file.find("signals");
      const Setting* at = place == nullptr ? nullptr : place->find(signal.text());
      errors.push_back({at == nullptr ? file.where : at->where, "signals." + signal.text() + ": " +
                                                                    way + " already says \"" +
                                                                    before->second.text() + "\""});
    }
  }
}

}  // namespace

namespace {

// `system:` one name, or a list of systems that have the same words.
void check_name(const Setting& file, const SystemName& name, SettingsReader& reader) {
  const Setting* system = file.find("system");
  std::vector<std::string> names;
  if (system != nullptr && std::holds_alternative<Setting::List>(system->value)) {
    names = texts_in(reader.list("system"));
  } else {
    names.push_back(reader.text("system"));
    if (names.front().empty()) return;
  }
  if (std::find(names.begin(), names.end(), name.text()) != names.end()) return;
  std::string all;
  for (const std::string& one : names) all += (all.empty() ? "\"" : ", \"") + one + "\"";
  reader.error("this file is about " + all + ", but the configuration names it for \"" +
               name.text() + "\"");
}

}  // namespace

core::SystemMapping read_system(const Setting& file, const SystemName& name,
                                core::Language language, Mentions& mentions, Errors& errors) {
  core::SystemMapping system;
  system.name = name;
  system.where = file.where.substr(0, file.where.find(':'));
  SettingsReader reader(file);
  check_name(file, name, reader);
  system.language = read_language(reader, language);
  system.follows_status = reader.one_of("follows", {"status", "nothing"}, "nothing") == "status";
  system.marker_field = reader.text_or("marker", "");
  read_statuses(reader.map("status"), system, errors);
  read_writes(reader.map("write"), system, mentions, errors);
  read_reads(reader.map("read"), system, mentions, errors);
  read_roles(reader.map("roles"), system, mentions, errors);
  read_signals(reader.map("signals"), system, mentions, errors);
  read_note(reader.map("note"), system, errors);
  read_gone(reader.map("gone"), system, mentions, errors);
  read_number(reader.map("number"), system, errors);
  read_file_rules(reader.map("attachments"), system, mentions, errors);
  if (const Setting* opening = reader.any("opening")) {
    system.opening = read_words(*opening, mentions, errors);
    mentions.texts.push_back({*system.opening, opening->where, opening->path});
  }
  if (const Setting* title = reader.any("title"))
    system.title = read_words(*title, mentions, errors);
  if (const Setting* table = file.find("status")) mentions.status_tables[name] = table->where;
  for (const char* key : {"status", "roles", "signals"}) {
    if (file.find(key) == nullptr) reader.error("\"" + std::string(key) + "\" is missing");
  }
  check_cues(file, system, errors);
  move_errors(reader, errors);
  return system;
}

}  // namespace saksbro::load
