#include "bridge/core/sync/conflicts.h"

#include <algorithm>

#include "bridge/core/model/memory.h"
#include "bridge/core/model/ticket_words.h"
#include "bridge/core/model/to_come.h"
#include "bridge/core/sync/closed_lists.h"
#include "bridge/core/sync/numbers.h"
#include "bridge/core/sync/read_values.h"

namespace saksbro::core {
namespace {

// The last thing that people made of a field.
struct Edit {
  std::string value;
  std::string from;
  bool blind = false;  // our own value was on its way, and the person has not seen it
  bool over = false;   // and has been overwritten by it
};

std::optional<Edit> last_edit_of(const Case& before, const SystemName& at, const std::string& field,
                                 const std::vector<Heeded>& news) {
  const bool on_its_way = field_write_under_way(before, at, field) != nullptr;
  std::optional<Edit> edit;
  bool ours_seen = false;
  for (const Heeded& one : news) {
    if (one.news.kind != News::Kind::field || one.news.attribute != field) continue;
    if (one.heed == Heed::echo) {
      ours_seen = true;
      if (edit) edit->over = true;
    } else if (one.heed == Heed::news) {
      edit = Edit{one.news.value, one.news.from, on_its_way && !ours_seen, false};
    }
  }
  return edit;
}

std::optional<SystemName> owner_of(const Unfolding& u, const std::string& value) {
  const auto found = u.process().values.find(value);
  return found == u.process().values.end() ? std::nullopt : found->second.owner;
}

// None: nobody at another ticket, but the process or this ticket's own people.
std::optional<SystemName> source(const Unfolding& u, const std::string& value) {
  const auto found = u.state().values.find(source_of(value));
  if (found == u.state().values.end()) return std::nullopt;
  SystemName name{found->second};
  return name == u.at() ? std::nullopt : std::optional(std::move(name));
}

const ReadField* reading(const SystemMapping& system, const std::string& value) {
  const auto found = std::find_if(system.reads.begin(), system.reads.end(),
                                  [&](const ReadField& one) { return one.value == value; });
  return found == system.reads.end() ? nullptr : &*found;
}

// On the ticket whose value is lost; on the desk's when that one has none.
void keep_the_lost(Unfolding& u, const ReadField& read, const ConflictSettled& settled) {
  const auto lives = [&](const SystemName& name) {
    const auto ticket = u.state().tickets.find(name);
    // The ticket may be in a system that a reload has taken away.
    return ticket != u.state().tickets.end() && !ticket->second.gone &&
           u.mapping().system(name) != nullptr;
  };
  const auto told = lives(settled.loser) ? std::optional(settled.loser) : u.desk();
  if (!told) return;
  const SystemMapping& system = u.mapping().known_system(*told);
  const ReadField* theirs = reading(system, read.value);
  const SystemMapping* winner = u.mapping().system(settled.winner);
  const std::string& title = winner == nullptr ? "" : winner->title.in(system.language);
  u.say(*told,
        u.text(u.mapping().texts.conflict, *told,
               {{"field", theirs == nullptr ? read.value : theirs->field},
                {"kept", settled.kept},
                {"lost", settled.lost},
                {"winner", title.empty() ? settled.winner.text() : title}}),
        Visibility::internal, system.where);
}

void take(Unfolding& u, const ReadField& read, const std::string& value) {
  if (u.value(read.value) == value) return;
  if (adopts_number(u, read.value, value)) return;
  u.fact(ValueKept{read.value, value});
  if (is_shared(u.mapping(), read.value)) u.fact(ValueKept{source_of(read.value), u.at().text()});
}

// Ours goes out once more: behind what was written over it.
void insist(Unfolding& u, const ReadField& read, const std::string& value) {
  const SystemMapping& system = u.mapping().known_system(u.at());
  for (const WrittenField& written : system.writes) {
    if (written.value == read.value && written.field == read.field)
      u.write_field(u.at(), written.field, their_word(system, written, value), written.where);
  }
}

// A person wrote while our value of somebody else's was on its way.
void settle(Unfolding& u, const ReadField& read, const Edit& edit, const std::string& theirs,
            const std::string& ours) {
  const auto from = source(u, read.value);
  const auto owner = owner_of(u, read.value);
  const bool ours_holds = owner && from && *owner == *from && *owner != u.at();
  const SystemName other = from.value_or(SystemName{"saksbro"});
  const ConflictSettled settled{read.value, ours_holds ? other : u.at(),
                                ours_holds ? u.at() : other, ours_holds ? ours : theirs,
                                ours_holds ? theirs : ours};
  u.because(
      owner && *owner == settled.winner
          ? Sentence("\"{value}\" was changed in {system} and in {system.other} at once: that "
                     "of {system.winner} holds, its owner.")
          : Sentence("\"{value}\" was changed in {system} and in {system.other} at once: that "
                     "of {system.winner} holds, written by a person last."),
      {{"value", read.value},
       {"system", u.at()},
       {"system.other", other},
       {"system.winner", settled.winner}});
  u.fact(settled);
  if (!ours_holds) take(u, read, theirs);
  if (ours_holds && !edit.over) insist(u, read, ours);
  keep_the_lost(u, read, settled);
}

void take_edit(Unfolding& u, const ReadField& read, const Edit& edit) {
  const auto ours = u.value(read.value);
  if (edit.value.empty()) {
    // A field that was emptied takes back what it has said, and nothing that was said elsewhere.
    if (!edit.from.empty() && ours == our_word(read, edit.from)) take(u, read, "");
    return;
  }
  const std::string theirs = our_word(read, edit.value);
  if (!takes_word(u, read, edit.value, theirs)) {
    // What the field said before holds no longer; what other systems say too is not emptied.
    const bool known = ours && !ours->empty();
    if (known && !is_shared(u.mapping(), read.value)) take(u, read, "");
    return;
  }
  if (ours == theirs) return;
  if (edit.blind && ours && !ours->empty()) return settle(u, read, edit, theirs, *ours);
  take(u, read, theirs);
}

bool is_text_of_ticket(const std::string& field) {
  return field == "title" || field == "text" || field == "author" || field == "created";
}

}  // namespace

void take_edits(Unfolding& u, const Ticket& ticket, const std::vector<Heeded>& news) {
  const Case before = u.state();
  for (const ReadField& read : u.mapping().known_system(u.at()).reads) {
    if (is_text_of_ticket(read.field)) {
      keep_read_value(u, ticket, read);
    } else if (const auto edit = last_edit_of(before, u.at(), read.field, news)) {
      take_edit(u, read, *edit);
    }
  }
}

void take_what_stands(Unfolding& u, const SystemName& at, const std::string& field) {
  const SystemMapping& system = u.mapping().known_system(at);
  const auto& shown = u.state().tickets.at(at).fields;
  const auto there = shown.find(field);
  for (const ReadField& read : system.reads) {
    if (read.field != field || there == shown.end()) continue;
    const auto owner = owner_of(u, read.value);
    if (owner && *owner != at) {
      u.fact(ValueKept{sent_to(at, field), ""});  // the owner's is written again
      continue;
    }
    const std::string value = our_word(read, there->second);
    if (u.value(read.value) != value) u.fact(ValueKept{read.value, value});
  }
}

}  // namespace saksbro::core
