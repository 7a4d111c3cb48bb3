#include "bridge/core/decision/decision_builder.h"

#include <algorithm>
#include <utility>

#include "bridge/core/decision/field_writes.h"
#include "bridge/core/model/last_write.h"
#include "bridge/core/model/memory.h"
#include "bridge/core/model/ticket_words.h"
#include "bridge/core/model/word_titles.h"
#include "bridge/core/text/text.h"

namespace saksbro::core {
namespace {

// A mark that no other comment has, short enough to stand at the end of one. One that a ticket
// shows already (a store that is lost wrote it) is passed over.
std::string reference(const Case& state) {
  for (int place = state.said + 1;; ++place) {
    std::string mark = "[" + state.number.text() + "/" + std::to_string(place) + "]";
    if (!state.memory.echoes.contains(mark)) return mark;
  }
}

// The statuses that a ticket may pass on its way to `target`: those before it in a case's life.
std::vector<std::string> statuses_before(const Process& process, const SystemMapping& system,
                                         const Status& target) {
  std::vector<std::string> words;
  for (const Status& status : process.statuses) {
    if (status == target) break;
    const auto word = system.status_words.find(status);
    if (word != system.status_words.end()) words.push_back(word->second);
  }
  return words;
}

}  // namespace

DecisionBuilder::DecisionBuilder(const Mapping& mapping, Case state, SystemName at,
                                 const Surroundings& around)
    : mapping_(mapping),
      state_(std::move(state)),
      at_(std::move(at)),
      around_(around),
      apart_(with_field_writes_under_way(state_)) {}

void DecisionBuilder::fact(Fact fact) {
  state_ = evolve(std::move(state_), fact, around_.now);
  decision_.facts.push_back(std::move(fact));
}

void DecisionBuilder::withdraw(const SystemName& system, const std::string& slot) {
  decision_.withdrawals.insert({system, slot});
  const auto& stuck = state_.failed_commands;
  const bool was_stuck = std::any_of(stuck.begin(), stuck.end(), [&](const auto& one) {
    return one.second.at == system && one.second.wanted && one.second.wanted->slot == slot;
  });
  if (was_stuck) fact(CommandsWithdrawn{system, slot});
}

bool DecisionBuilder::has_ticket(const SystemName& system) const {
  return state_.tickets.contains(system) || state_.opening.contains(system);
}

bool DecisionBuilder::is_gone(const SystemName& system) const {
  const auto found = state_.tickets.find(system);
  return found != state_.tickets.end() && found->second.gone;
}

IdempotencyKey DecisionBuilder::next_key(const SystemName& to, const char* verb) {
  std::string key = at_.text() + "/" + around_.cause.text() + "/" + state_.activity.text() + "/" +
                    to.text() + "/" + verb;
  // What an answer shows is one decision, how its command ended another; a version that is out
  // makes one for each case that waits.
  if (around_.turn > 0) key += "/" + std::to_string(around_.turn + 1);
  const int count = ++keys_[key];
  return IdempotencyKey{count == 1 ? key : key + "." + std::to_string(count)};
}

IdempotencyKey DecisionBuilder::issue(const SystemName& to, Action action, std::string slot,
                                      Phrase why, std::string_view where, Intent intent) {
  if (keeps_back(to, action)) return next_key(to, verb(action));
  withhold_personal_numbers(to, action);
  Command command{next_key(to, verb(action)), to, std::move(action), 1};
  const IdempotencyKey key = command.key;
  // The same cause gives the same reference, so that receivers can tell a repeated notice; two
  // notices to the same person have two.
  if (auto* notice = std::get_if<SendNotice>(&command.action)) notice->reference = key.text();
  intent.command = key;
  intent.at = to;
  fact(CommandIssued{std::move(intent), verb(command.action)});
  decision_.commands.push_back(
      {std::move(command), std::move(slot), std::move(why), std::string(where)});
  return key;
}

IdempotencyKey DecisionBuilder::open(const SystemName& to, const std::string& title,
                                     const std::string& text, std::string_view where) {
  if (withholds(to)) {
    withheld_.insert(to);
    return next_key(to, "create");
  }
  const SystemMapping& system = mapping_.known_system(to);
  const std::string marker = marker_for(to);
  CreateTicket create{titled({title, text, value("reporter").value_or("")}, to), text, {}, marker};
  if (system.opening)
    create.text = std::string(trimmed(text)) + "\n\n" + this->text(*system.opening, to);
  for (const WrittenField& written : system.writes) {
    const auto known = value(written.value);
    if (!known || known->empty()) continue;
    const std::string word = their_word(system, written, *known);
    if (word.empty()) continue;
    create.fields[written.field] = word;
    remember(FieldSent{to, written.field, word});
  }
  fact(TicketOpening{to, marker});
  return issue(to, std::move(create), "", {"a ticket is opened in {system}", {{"system", to}}},
               where, Intent{});
}

std::string DecisionBuilder::marker_for(const SystemName& to) const {
  const std::string& origin = state_.memory.origin;
  return (origin.empty() ? state_.number.text() : origin) + "/" + state_.activity.text() + "/" +
         to.text();
}

IdempotencyKey DecisionBuilder::look(const SystemName& to, const RemoteKey& ticket,
                                     std::string_view where) {
  return issue(to, ReadTicket{ticket}, "",
               {"ticket {ticket} of {system} is looked up", {{"ticket", ticket}, {"system", to}}},
               where, Intent{});
}

IdempotencyKey DecisionBuilder::say_of_files(const SystemName& to, const std::string& text,
                                             Visibility visibility, std::string_view where,
                                             std::vector<OutgoingFile> files) {
  return comment(to, text, visibility, where, std::move(files), kFilesSlot);
}

IdempotencyKey DecisionBuilder::comment(const SystemName& to, const std::string& text,
                                        Visibility visibility, std::string_view where,
                                        std::vector<OutgoingFile> files, std::string_view slot) {
  const std::string mark = reference(state_);
  AddComment comment{
      {}, std::string(trimmed(text)) + "\n\n" + mark, mark, visibility, std::move(files)};
  if (state_.tickets.contains(to)) comment.ticket = state_.tickets.at(to).key;
  Intent intent;
  intent.attribute = "comment";
  intent.values = {mark};
  return issue(
      to, std::move(comment), slot.empty() ? "" : std::string(slot) + mark,
      {visibility == Visibility::internal ? Sentence("an internal comment is written in {system}")
                                          : Sentence("a public comment is written in {system}"),
       {{"system", to}}},
      where, std::move(intent));
}

IdempotencyKey DecisionBuilder::fetch(const SystemName& from, FetchFile file,
                                      std::string_view where) {
  std::string slot = "file/" + file.id;
  Intent intent;
  intent.attribute = "file";
  intent.values = {file.id};
  Phrase why{"file \"{file}\" is fetched from {system}", {{"file", file.name}, {"system", from}}};
  return issue(from, std::move(file), std::move(slot), std::move(why), where, std::move(intent));
}

// Something there rewrites each time what we write.
bool DecisionBuilder::left_alone(const SystemName& to, const std::string& slot) {
  if (!is_cut(state_, to, slot)) return false;
  because(
      "Not written: {field} in {system} is rewritten again and again, and Saksbro leaves it alone.",
      {{"field", slot}, {"system", to}});
  return true;
}

void DecisionBuilder::move(const SystemName& to, const Status& status, std::string_view where) {
  const SystemMapping& system = mapping_.known_system(to);
  const std::string& word = system.status_words.at(status);
  if (left_alone(to, kStatusAttribute)) return;
  if (status_held_ && to == at_) {
    because("Not written: a person set the status in {system} after that.", {{"system", to}});
    return;
  }
  SetStatus set{{}, word, statuses_before(process(), system, status)};
  if (state_.tickets.contains(to)) set.ticket = state_.tickets.at(to).key;
  Intent intent;
  intent.attribute = kStatusAttribute;
  intent.values = set.via;
  intent.values.push_back(word);
  issue(to, std::move(set), "status",
        {"{system} gets status \"{word}\"", {{"system", to}, {"word", word}}}, where,
        std::move(intent));
}

// One command a field: a newer command replaces one not yet sent, and must not take another field's
// value with it. Where none waits and none was refused, those of one decision go together in the
// end (field_writes.h).
void DecisionBuilder::write_field(const SystemName& to, const std::string& field,
                                  const std::string& text, std::string_view where) {
  if (left_alone(to, field_slot(field))) return;
  SetFields set{{}, {{field, text}}};
  if (state_.tickets.contains(to)) set.ticket = state_.tickets.at(to).key;
  Intent intent;
  intent.attribute = "fields";
  intent.values = {field + "=" + text};
  issue(to, std::move(set), "fields/" + field,
        {"{system} gets {field}", {{"system", to}, {"field", field}}}, where, std::move(intent));
}

void DecisionBuilder::alert(const SystemName& channel, const Alert& alert, std::string_view where) {
  RaiseAlert raise{text(alert.title, channel),
                   text(alert.text, channel),
                   alert.severity,
                   state_.number.text(),
                   "",
                   ""};
  const std::string title = title_of_word(process(), alert.severity, language_of(channel));
  if (title != alert.severity) raise.severity_title = title;
  for (const auto& [system, view] : state_.tickets) raise.link = view.url;
  if (const auto own = desk()) raise.link = state_.tickets.at(*own).url;  // where it is followed up
  // A repeated alert replaces one that could not go out: nobody wants them all at once in the
  // morning.
  issue(channel, std::move(raise), "alert",
        {"an alert goes out through {system}", {{"system", channel}}}, where, Intent{});
}

IdempotencyKey DecisionBuilder::notify(const SystemName& channel, SendNotice notice,
                                       std::string_view where) {
  return issue(channel, std::move(notice), "",
               {"a notice goes out through {system}", {{"system", channel}}}, where, Intent{});
}

void DecisionBuilder::keep_note(const SystemName& to, const std::string& text,
                                const NoteRule& rule) {
  const std::string mark = "[" + state_.number.text() + "/note]";
  KeepNote note{state_.tickets.at(to).key, text + "\n\n" + mark, mark, rule.visibility};
  Intent intent;
  intent.attribute = "comment";
  intent.values = {mark};
  issue(to, std::move(note), "note",
        {"the case note in {system} is brought up to date", {{"system", to}}}, rule.where,
        std::move(intent));
}

std::optional<SystemName> DecisionBuilder::resolve(const SystemName& name) const {
  if (state_.process.empty()) return name;
  const auto party = process().parties.find(name);
  if (party == process().parties.end()) return name;
  if (party->second.systems.size() == 1) return party->second.systems.front();
  const auto chosen = state_.values.find(name.text());
  if (chosen == state_.values.end()) return std::nullopt;
  const auto& systems = party->second.systems;
  const auto found = std::find(systems.begin(), systems.end(), SystemName{chosen->second});
  return found == systems.end() ? std::nullopt : std::optional(*found);
}

Language DecisionBuilder::language_of(const SystemName& reader) const {
  if (const SystemMapping* system = mapping_.system(reader)) return system->language;
  // A channel has no words of its own: what goes out by it is written as at the desk.
  for (const auto& [name, system] : mapping_.systems) {
    if (system.follows_status) return system.language;
  }
  return mapping_.language;
}

std::string DecisionBuilder::title_of(const Role& role, Language language) const {
  const Words* words = process().title_of(role);
  return words == nullptr ? role.text() : words->in(language);
}

Role DecisionBuilder::ball() const {
  if (activity().question) return activity().question->of;
  const auto& roles = activity().by;
  for (const Role& role : roles) {
    for (const auto& [name, party] : process().parties) {
      const auto system = resolve(name);
      const SystemMapping* mapping = system ? mapping_.system(*system) : nullptr;
      if (mapping != nullptr && mapping->has_role(role)) return role;
    }
  }
  return roles.front();
}

std::optional<SystemName> DecisionBuilder::desk() const {
  for (const auto& [name, system] : mapping_.systems) {
    const auto ticket = state_.tickets.find(name);
    if (system.follows_status && ticket != state_.tickets.end() && !ticket->second.gone)
      return name;
  }
  return std::nullopt;
}

long DecisionBuilder::comments_in(const SystemName& system) const {
  return std::count_if(
      decision_.commands.begin(), decision_.commands.end(), [&](const Issued& one) {
        return one.command.to == system && std::holds_alternative<AddComment>(one.command.action);
      });
}

bool DecisionBuilder::closes() const {
  return std::any_of(decision_.facts.begin(), decision_.facts.end(),
                     [](const Fact& fact) { return std::holds_alternative<CaseClosed>(fact); });
}

Decision DecisionBuilder::finish() && {
  if (!decision_.facts.empty()) decision_.after = std::move(state_);
  return with_field_writes_together(std::move(decision_), apart_);
}

}  // namespace saksbro::core
