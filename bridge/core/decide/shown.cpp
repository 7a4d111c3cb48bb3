#include "bridge/core/decide/shown.h"

#include <algorithm>

#include "bridge/core/decide/help.h"
#include "bridge/core/model/last_write.h"
#include "bridge/core/model/memory.h"
#include "bridge/core/model/shown_number.h"
#include "bridge/core/model/ticket_words.h"
#include "bridge/core/model/to_come.h"
#include "bridge/core/speech/translation.h"
#include "bridge/core/speech/tried.h"
#include "bridge/core/sync/loops.h"
#include "bridge/core/sync/unseen.h"
#include "bridge/core/text/text.h"

namespace saksbro::core {
namespace {

// A value is sent once: a person who writes another one over it keeps that (invariant 11).
bool was_sent(const Unfolding& u, const std::string& memory, const std::string& value) {
  const auto before = u.state().values.find(memory);
  return before != u.state().values.end() && before->second == value;
}

// Only what the people there may write as well: elsewhere an empty value means that nothing is
// known.
bool may_be_emptied(const Unfolding& u, const SystemMapping& system, const WrittenField& written,
                    const std::optional<std::string>& to_come) {
  if (!to_come || to_come->empty() || !is_shared(u.mapping(), written.value)) return false;
  return std::any_of(system.reads.begin(), system.reads.end(), [&](const ReadField& read) {
    return read.value == written.value && read.field == written.field;
  });
}

// What was refused and stands there all the same: a person has written it, or the tracker was late.
void drop_what_stands(Unfolding& u, const SystemName& at, const TicketView& shown) {
  const auto all = u.state().stuck;
  for (const auto& [command, one] : all) {
    if (one.at != at || !one.wanted || one.wanted->value.empty()) continue;
    const bool status = one.wanted->slot == kStatusAttribute;
    const auto field = status ? shown.fields.end()
                              : shown.fields.find(one.wanted->slot.substr(field_slot("").size()));
    const std::string there = status                        ? shown.status
                              : field == shown.fields.end() ? ""
                                                            : field->second;
    if (there != one.wanted->value) continue;
    u.because("Not stuck any more: {system} shows \"{word}\" by now.",
              {{"system", at}, {"word", there}});
    u.withdraw(at, one.wanted->slot);
  }
}

bool was_changed(const Ticket& ticket, const std::string& field) {
  return std::any_of(ticket.changes.begin(), ticket.changes.end(),
                     [&](const Change& one) { return one.attribute == field; });
}

void keep_fields_true(Unfolding& u, const SystemMapping& system) {
  if (system.number) return;  // a mail that was sent has no fields to change
  for (const WrittenField& written : system.writes) {
    if (is_cut(u.state(), system.name, field_slot(written.field))) continue;
    // Of a confidential case others are shown numbers only.
    if (u.withholds(system.name) && !written.value.ends_with(".number")) continue;
    const auto value = u.value(written.value);
    const auto to_come = field_to_come(u.state(), system.name, written.field);
    if (!value || (value->empty() && !may_be_emptied(u, system, written, to_come))) continue;
    const std::string word = their_word(system, written, *value);
    if (word.empty() && !value->empty()) continue;  // its table has no word for that
    const std::string memory = sent_to(system.name, written.field);
    const bool sent = was_sent(u, memory, word);
    if (to_come == word) {  // perhaps read from there
      const bool other_sent = !sent && u.state().values.contains(memory);
      if (other_sent) u.fact(ValueKept{memory, word});
      continue;
    }
    if (sent) continue;
    u.fact(ValueKept{memory, word});
    u.write_field(system.name, written.field, word, written.where);
  }
}

// --- the case note

std::string with_line_ends(const std::vector<std::string>& lines) {
  std::string all;
  for (const std::string& line : lines) all += (all.empty() ? "" : "\n") + line;
  return all;
}

// "Denne saken" for the reader's own; an organisation's by its name, for there may be many.
std::string system_called(const Unfolding& u, const SystemMapping& system,
                          const SystemName& reader) {
  const Language language = u.language_of(reader);
  if (system.name == reader) return u.mapping().texts.this_ticket.in(language);
  const std::string& title = system.title.in(language);
  for (const Organisation& one : u.mapping().organisations) {
    if (one.system == system.name && one.channel == Organisation::Channel::ticket)
      return (title.empty() ? "" : title + " ") + one.name;
  }
  return title.empty() ? system.name.text() : title;
}

// Each party's number; for another party only its own and the desk's.
std::string numbers(const Unfolding& u, const SystemName& reader, bool outside) {
  std::vector<std::string> lines;
  for (const auto& [name, view] : u.state().tickets) {
    const SystemMapping* system = u.mapping().system(name);
    if (system == nullptr || (outside && name != reader && !system->follows_status)) continue;
    const std::string known = shown_number(u.mapping(), u.state(), name).value_or("");
    const std::string& number =
        known.empty() ? u.mapping().texts.no_number.in(u.language_of(reader)) : known;
    lines.push_back(system_called(u, *system, reader) + ": " + number +
                    (outside && name != reader ? "" : " " + view.url));
  }
  return with_line_ends(lines);
}

std::string stuck(const Unfolding& u, const SystemName& reader) {
  std::vector<std::string> lines;
  const Tongue there = tongue(u.language_of(reader), u.mapping(), u.process());
  for (const auto& [command, one] : u.state().stuck) {
    if (one.verb != "note")
      lines.push_back(spoken(what_was_asked(one.verb, one.at), there) + ": " +
                      spoken(one.why, there));
  }
  if (const std::string cut = cut_lines(u); !cut.empty()) lines.push_back(cut);
  if (const std::string unseen = unseen_lines(u); !unseen.empty()) lines.push_back(unseen);
  return with_line_ends(lines);
}

std::string missing(const Unfolding& u, Language language) {
  std::string list;
  for (const std::string& name : u.activity().wants) {
    const auto known = u.value(name);
    if (known && !known->empty()) continue;
    const auto value = u.process().values.find(name);
    const bool titled = value != u.process().values.end() && !value->second.title.nb.empty();
    list += (list.empty() ? "" : ", ") + (titled ? value->second.title.in(language) : name);
  }
  return list;
}

std::string deviation(const Unfolding& u, const SystemName& reader) {
  const auto found = u.state().deviations.find(reader);
  if (found == u.state().deviations.end()) return {};
  return u.text(
      u.mapping().texts.deviation, reader,
      {{"how", spoken(found->second, tongue(u.language_of(reader), u.mapping(), u.process()))},
       {"activity", u.state().activity.text()}});
}

// Commands that the reader's people can give: those of the role that has the ball, where it sits
// here.
std::string how_to_answer(const Unfolding& u, const SystemMapping& system) {
  std::vector<Role> roles{u.ball()};
  for (const RoleRule& rule : system.roles) roles.push_back(rule.role);
  const std::string& nothing = u.mapping().texts.nothing.in(system.language);
  for (const Role& role : roles) {
    if (!system.has_role(role)) continue;
    const std::string possible = possible_now(u, system.name, role);
    if (possible != nothing) return possible;
  }
  return {};
}

// What the process wants people to see at a glance: "Alvorlighet: kritisk".
std::string facts(const Unfolding& u, Language language) {
  std::vector<std::string> lines;
  for (const auto& [name, known] : u.process().values) {
    const std::string value = u.value(name).value_or("");
    if (known.in_note && !value.empty())
      lines.push_back((known.title.nb.empty() ? name : known.title.in(language)) + ": " + value);
  }
  return with_line_ends(lines);
}

Unfolding::Values note_values(const Unfolding& u, const SystemMapping& system, bool outside) {
  const Language language = system.language;
  const bool over = u.state().closed;
  const auto& question = u.activity().question;
  const bool asked = question && !over && question->at == system.name;
  return {{"process", u.process().id.text() + " " + u.process().title.in(language)},
          {"status", u.state().status.text()},
          {"activity", u.state().activity.text() + " " + u.activity().title.in(language)},
          {"ball", over ? "" : u.title_of(u.ball(), language)},
          {"since", over ? "" : written(u.mapping().calendar, u.state().entered_at, language)},
          {"facts", facts(u, language)},
          {"numbers", numbers(u, system.name, outside)},
          {"question", asked ? std::string(trimmed(u.text(question->text, system.name))) : ""},
          {"possible", over ? "" : how_to_answer(u, system)},
          {"missing", over ? "" : missing(u, language)},
          {"deviation", deviation(u, system.name)},
          {"stuck", stuck(u, system.name)}};
}

// A line of the template none of whose values is known says nothing, and is left out.
std::string note_text(const Unfolding& u, const Words& words, const SystemMapping& system,
                      const Unfolding::Values& values) {
  const std::string& whole = words.in(system.language);
  std::vector<std::string> lines;
  for (std::size_t from = 0; from <= whole.size();) {
    const std::size_t end = std::min(whole.find('\n', from), whole.size());
    const std::string line = whole.substr(from, end - from);
    from = end + 1;
    const auto names = placeholders(line);
    const auto known = [&](const std::string& name) {
      const auto value = values.find(name);
      return value == values.end() ? !u.value(name).value_or("").empty() : !value->second.empty();
    };
    if (!names.empty() && std::none_of(names.begin(), names.end(), known)) continue;
    lines.push_back(u.text({line, line}, system.name, values));
  }
  return std::string(trimmed(with_line_ends(lines)));
}

void keep_note_true(Unfolding& u, const SystemMapping& system) {
  if (!system.note) return;
  const auto& texts = u.mapping().texts;
  const bool outside = system.note->outside;
  const std::string text = note_text(u, outside ? texts.note_outside : texts.note, system,
                                     note_values(u, system, outside));
  const std::string memory = "written/" + system.name.text() + "/note";
  if (text.empty() || was_sent(u, memory, text)) return;
  u.fact(ValueKept{memory, text});
  u.keep_note(system.name, text, *system.note);
}

}  // namespace

void show_status(Unfolding& u, const Status& status, std::string_view where) {
  if (status.empty()) return;  // the case has come to no activity yet that brings one
  for (const auto& [name, system] : u.mapping().systems) {
    if (!system.follows_status || !u.has_ticket(name)) continue;
    const auto ticket = u.state().tickets.find(name);
    if (ticket == u.state().tickets.end()) continue;  // shown when it is registered
    const auto word = system.status_words.find(status);
    if (word == system.status_words.end()) {
      // The case may have got its status from an older mapping.
      u.because("Not shown in {system}: {file} has no word for the status {status}.",
                {{"system", name}, {"file", system.where}, {"status", status}});
    } else if (status_to_come(u.state(), name) != word->second) {
      u.move(name, status, where);
    } else if (ticket->second.status == word->second) {
      // A dead letter of an older status must not come back over what a person has set.
      u.withdraw(name, "status");
    }
  }
}

void forget_what_did_not_arrive(Unfolding& u, const Ticket& ticket) {
  const SystemMapping& system = u.mapping().known_system(u.at());
  if (system.number) return;  // a mail shows no fields
  for (const WrittenField& written : system.writes) {
    const auto sent = u.state().values.find(sent_to(system.name, written.field));
    if (sent == u.state().values.end() || sent->second.empty()) continue;
    if (!ticket.fields.contains(written.field) || was_changed(ticket, written.field)) continue;
    if (field_to_come(u.state(), system.name, written.field) == sent->second) continue;
    u.because("{system} opened the ticket without \"{field}\": it is written by itself.",
              {{"system", system.name}, {"field", written.field}}, written.where);
    u.fact(ValueKept{sent_to(system.name, written.field), ""});
  }
}

void keep_tickets_true(Unfolding& u) {
  if (u.state().process.empty()) return;
  for (const auto& [name, system] : u.mapping().systems) {
    const auto ticket = u.state().tickets.find(name);
    if (ticket == u.state().tickets.end() || ticket->second.gone) continue;
    drop_what_stands(u, name, ticket->second);
    keep_fields_true(u, system);
    keep_note_true(u, system);
  }
}

}  // namespace saksbro::core
