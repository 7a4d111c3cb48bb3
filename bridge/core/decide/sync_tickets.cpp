#include "bridge/core/decide/sync_tickets.h"

#include <algorithm>

#include "bridge/core/decide/help.h"
#include "bridge/core/model/last_write.h"
#include "bridge/core/model/shown_number.h"
#include "bridge/core/model/ticket_words.h"
#include "bridge/core/model/to_come.h"
#include "bridge/core/model/word_titles.h"
#include "bridge/core/speech/translation.h"
#include "bridge/core/speech/tried.h"
#include "bridge/core/sync/loops.h"
#include "bridge/core/sync/unseen.h"
#include "bridge/core/text/fingerprint.h"
#include "bridge/core/text/text.h"

namespace saksbro::core {
namespace {

// A value is sent once: a person who writes another one over it keeps that (invariant 11).
bool was_sent(const DecisionBuilder& b, const SystemName& to, const std::string& field,
              const std::string& value) {
  const auto& sent = memory_of(b.state().memory, to).sent;
  const auto before = sent.find(field);
  return before != sent.end() && before->second == value;
}

// Only what the people there may write as well: elsewhere an empty value means that nothing is
// known.
bool may_be_emptied(const DecisionBuilder& b, const SystemMapping& system,
                    const WrittenField& written, const std::optional<std::string>& to_come) {
  if (!to_come || to_come->empty() || !is_shared(b.mapping(), written.value)) return false;
  return std::any_of(system.reads.begin(), system.reads.end(), [&](const ReadField& read) {
    return read.value == written.value && read.field == written.field;
  });
}

// What was refused and stands there all the same: a person has written it, or the tracker was late.
void drop_what_stands(DecisionBuilder& b, const SystemName& at, const TicketView& shown) {
  const auto all = b.state().failed_commands;
  for (const auto& [command, one] : all) {
    if (one.at != at || !one.wanted || one.wanted->value.empty()) continue;
    const bool status = one.wanted->slot == kStatusAttribute;
    const auto field = status ? shown.fields.end()
                              : shown.fields.find(one.wanted->slot.substr(field_slot("").size()));
    const std::string there = status                        ? shown.status
                              : field == shown.fields.end() ? ""
                                                            : field->second;
    if (there != one.wanted->value) continue;
    b.because("No longer stuck: {system} now shows \"{word}\".", {{"system", at}, {"word", there}});
    b.withdraw(at, one.wanted->slot);
  }
}

// A person may have typed a title of the word there.
bool says_the_same(const DecisionBuilder& b, const SystemMapping& system,
                   const WrittenField& written, const std::string& there, const std::string& word) {
  if (there == word) return true;
  return std::any_of(system.reads.begin(), system.reads.end(), [&](const ReadField& read) {
    return read.value == written.value && read.field == written.field &&
           listed_word(b.mapping(), b.state().process, read.value, there) == word;
  });
}

bool was_changed(const Ticket& ticket, const std::string& field) {
  return std::any_of(ticket.changes.begin(), ticket.changes.end(),
                     [&](const Change& one) { return one.attribute == field; });
}

void keep_fields_true(DecisionBuilder& b, const SystemMapping& system) {
  if (system.number) return;  // a mail that was sent has no fields to change
  for (const WrittenField& written : system.writes) {
    if (is_cut(b.state(), system.name, field_slot(written.field))) continue;
    // Of a confidential case others are shown numbers only.
    if (b.withholds(system.name) && !written.value.ends_with(".number")) continue;
    const auto value = b.value(written.value);
    const auto to_come = field_to_come(b.state(), system.name, written.field);
    if (!value || (value->empty() && !may_be_emptied(b, system, written, to_come))) continue;
    const std::string word = their_word(system, written, *value);
    if (word.empty() && !value->empty()) continue;  // its table has no word for that
    const bool sent = was_sent(b, system.name, written.field, word);
    if (to_come && says_the_same(b, system, written, *to_come, word)) {  // perhaps read from there
      const bool other_sent =
          !sent && memory_of(b.state().memory, system.name).sent.contains(written.field);
      if (other_sent) b.remember(FieldSent{system.name, written.field, word});
      continue;
    }
    if (sent) continue;
    b.remember(FieldSent{system.name, written.field, word});
    b.write_field(system.name, written.field, word, written.where);
  }
}

// --- the case note

std::string with_line_ends(const std::vector<std::string>& lines) {
  std::string all;
  for (const std::string& line : lines) all += (all.empty() ? "" : "\n") + line;
  return all;
}

// "Denne saken" for the reader's own; an organisation's by its name, for there may be many.
std::string system_called(const DecisionBuilder& b, const SystemMapping& system,
                          const SystemName& reader) {
  const Language language = b.language_of(reader);
  if (system.name == reader) return b.mapping().texts.this_ticket.in(language);
  const std::string& title = system.title.in(language);
  for (const Organisation& one : b.mapping().organisations) {
    if (one.system == system.name && one.channel == Organisation::Channel::ticket)
      return (title.empty() ? "" : title + " ") + one.name;
  }
  return title.empty() ? system.name.text() : title;
}

// Each party's number; for another party only its own and the desk's.
std::string numbers(const DecisionBuilder& b, const SystemName& reader, bool outside) {
  std::vector<std::string> lines;
  for (const auto& [name, view] : b.state().tickets) {
    const SystemMapping* system = b.mapping().system(name);
    if (system == nullptr || (outside && name != reader && !system->follows_status)) continue;
    const std::string known = shown_number(b.mapping(), b.state(), name).value_or("");
    const std::string& number =
        known.empty() ? b.mapping().texts.no_number.in(b.language_of(reader)) : known;
    lines.push_back(system_called(b, *system, reader) + ": " + number +
                    (outside && name != reader ? "" : " " + view.url));
  }
  return with_line_ends(lines);
}

std::string stuck(const DecisionBuilder& b, const SystemName& reader) {
  std::vector<std::string> lines;
  const Tongue there = tongue(b.language_of(reader), b.mapping(), b.process());
  for (const auto& [command, one] : b.state().failed_commands) {
    if (one.verb != "note")
      lines.push_back(spoken(what_was_asked(one.verb, one.at), there) + ": " +
                      spoken(one.why, there));
  }
  if (const std::string cut = cut_lines(b); !cut.empty()) lines.push_back(cut);
  if (const std::string unseen = unseen_lines(b); !unseen.empty()) lines.push_back(unseen);
  return with_line_ends(lines);
}

std::string missing(const DecisionBuilder& b, Language language) {
  std::string list;
  for (const std::string& name : b.activity().wants) {
    const auto known = b.value(name);
    if (known && !known->empty()) continue;
    const auto value = b.process().values.find(name);
    const bool titled = value != b.process().values.end() && !value->second.title.nb.empty();
    list += (list.empty() ? "" : ", ") + (titled ? value->second.title.in(language) : name);
  }
  return list;
}

std::string deviation(const DecisionBuilder& b, const SystemName& reader) {
  const auto found = b.state().deviations.find(reader);
  if (found == b.state().deviations.end()) return {};
  return b.text(
      b.mapping().texts.deviation, reader,
      {{"how", spoken(found->second, tongue(b.language_of(reader), b.mapping(), b.process()))},
       {"activity", b.state().activity.text()}});
}

// Commands that the reader's people can give: those of the role that has the ball, where it sits
// here.
std::string how_to_answer(const DecisionBuilder& b, const SystemMapping& system) {
  std::vector<Role> roles{b.ball()};
  for (const RoleRule& rule : system.roles) roles.push_back(rule.role);
  const std::string& nothing = b.mapping().texts.nothing.in(system.language);
  for (const Role& role : roles) {
    if (!system.has_role(role)) continue;
    const std::string possible = possible_now(b, system.name, role);
    if (possible != nothing) return possible;
  }
  return {};
}

// What the process wants people to see at a glance: "Alvorlighet: kritisk".
std::string facts(const DecisionBuilder& b, Language language) {
  std::vector<std::string> lines;
  for (const auto& [name, known] : b.process().values) {
    const std::string value = b.value(name).value_or("");
    if (known.in_note && !value.empty())
      lines.push_back((known.title.nb.empty() ? name : known.title.in(language)) + ": " +
                      title_of_word(b.process(), name, value, language));
  }
  return with_line_ends(lines);
}

DecisionBuilder::Values note_values(const DecisionBuilder& b, const SystemMapping& system,
                                    bool outside) {
  const Language language = system.language;
  const bool over = b.state().closed;
  const auto& question = b.activity().question;
  const bool asked = question && !over && question->at == system.name;
  return {{"process", b.process().id.text() + " " + b.process().title.in(language)},
          {"status", b.state().status.text()},
          {"activity", b.state().activity.text() + " " + b.activity().title.in(language)},
          {"ball", over ? "" : b.title_of(b.ball(), language)},
          {"since", over ? "" : written(b.mapping().calendar, b.state().entered_at, language)},
          {"facts", facts(b, language)},
          {"numbers", numbers(b, system.name, outside)},
          {"question", asked ? std::string(trimmed(b.text(question->text, system.name))) : ""},
          {"possible", over ? "" : how_to_answer(b, system)},
          {"missing", over ? "" : missing(b, language)},
          {"deviation", deviation(b, system.name)},
          {"stuck", stuck(b, system.name)}};
}

// A line of the template none of whose values is known says nothing, and is left out.
std::string note_text(const DecisionBuilder& b, const Words& words, const SystemMapping& system,
                      const DecisionBuilder::Values& values) {
  const std::string& whole = words.in(system.language);
  std::vector<std::string> lines;
  for (std::size_t from = 0; from <= whole.size();) {
    const std::size_t end = std::min(whole.find('\n', from), whole.size());
    const std::string line = whole.substr(from, end - from);
    from = end + 1;
    const auto names = placeholders(line);
    const auto known = [&](const std::string& name) {
      const auto value = values.find(name);
      return value == values.end() ? !b.value(name).value_or("").empty() : !value->second.empty();
    };
    if (!names.empty() && std::none_of(names.begin(), names.end(), known)) continue;
    lines.push_back(b.text({line, line}, system.name, values));
  }
  return std::string(trimmed(with_line_ends(lines)));
}

void keep_note_true(DecisionBuilder& b, const SystemMapping& system) {
  if (!system.note) return;
  const auto& texts = b.mapping().texts;
  const bool outside = system.note->outside;
  const std::string text = note_text(b, outside ? texts.note_outside : texts.note, system,
                                     note_values(b, system, outside));
  // Of the note only the fingerprint is kept: the whole of it, some kilobytes each time it changes,
  // would stay in the case and in its facts for ever.
  const std::string print = fingerprint(text);
  if (text.empty() || memory_of(b.state().memory, system.name).note == print) return;
  b.remember(NoteSent{system.name, print});
  b.keep_note(system.name, text, *system.note);
}

}  // namespace

void show_status(DecisionBuilder& b, const Status& status, std::string_view where) {
  if (status.empty()) return;  // the case has come to no activity yet that brings one
  for (const auto& [name, system] : b.mapping().systems) {
    if (!system.follows_status || !b.has_ticket(name)) continue;
    const auto ticket = b.state().tickets.find(name);
    if (ticket == b.state().tickets.end()) continue;  // shown when it is registered
    const auto word = system.status_words.find(status);
    if (word == system.status_words.end()) {
      // The case may have got its status from an older mapping.
      b.because("Not shown in {system}: {file} has no word for the status {status}.",
                {{"system", name}, {"file", system.where}, {"status", status}});
    } else if (status_to_come(b.state(), name) != word->second) {
      b.move(name, status, where);
    } else if (ticket->second.status == word->second) {
      // A dead letter of an older status must not come back over what a person has set.
      b.withdraw(name, "status");
    }
  }
}

void forget_what_did_not_arrive(DecisionBuilder& b, const Ticket& ticket) {
  const SystemMapping& system = b.mapping().known_system(b.at());
  if (system.number) return;  // a mail shows no fields
  for (const WrittenField& written : system.writes) {
    const auto& all_sent = memory_of(b.state().memory, system.name).sent;
    const auto sent = all_sent.find(written.field);
    if (sent == all_sent.end() || sent->second.empty()) continue;
    if (!ticket.fields.contains(written.field) || was_changed(ticket, written.field)) continue;
    if (field_to_come(b.state(), system.name, written.field) == sent->second) continue;
    b.because("{system} opened the ticket without \"{field}\": the field is written separately.",
              {{"system", system.name}, {"field", written.field}}, written.where);
    b.remember(FieldSent{system.name, written.field, ""});
  }
}

void sync_tickets(DecisionBuilder& b) {
  if (b.state().process.empty()) return;
  for (const auto& [name, system] : b.mapping().systems) {
    const auto ticket = b.state().tickets.find(name);
    if (ticket == b.state().tickets.end() || ticket->second.gone) continue;
    drop_what_stands(b, name, ticket->second);
    keep_fields_true(b, system);
    keep_note_true(b, system);
  }
}

}  // namespace saksbro::core
