#include "bridge/core/sync/conflicts.h"

#include <algorithm>

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
                                 const std::vector<AttributedChange>& news) {
  const bool on_its_way = field_write_under_way(before, at, field) != nullptr;
  std::optional<Edit> edit;
  bool ours_seen = false;
  for (const AttributedChange& one : news) {
    if (one.change.kind != TicketChange::Kind::field || one.change.attribute != field) continue;
    if (one.attribution == Attribution::echo) {
      ours_seen = true;
      if (edit) edit->over = true;
    } else if (one.attribution == Attribution::others) {
      edit = Edit{one.change.value, one.change.from, on_its_way && !ours_seen, false};
    }
  }
  return edit;
}

std::optional<SystemName> owner_of(const DecisionBuilder& b, const std::string& value) {
  const auto found = b.process().values.find(value);
  return found == b.process().values.end() ? std::nullopt : found->second.owner;
}

// None: nobody at another ticket, but the process or this ticket's own people.
std::optional<SystemName> source(const DecisionBuilder& b, const std::string& value) {
  const auto& sources = b.state().memory.sources;
  const auto found = sources.find(value);
  if (found == sources.end() || found->second == b.at()) return std::nullopt;
  return found->second;
}

const ReadField* reading(const SystemMapping& system, const std::string& value) {
  const auto found = std::find_if(system.reads.begin(), system.reads.end(),
                                  [&](const ReadField& one) { return one.value == value; });
  return found == system.reads.end() ? nullptr : &*found;
}

// On the ticket whose value is lost; on the desk's when that one has none.
void keep_the_lost(DecisionBuilder& b, const ReadField& read, const ConflictSettled& settled) {
  const auto lives = [&](const SystemName& name) {
    const auto ticket = b.state().tickets.find(name);
    // The ticket may be in a system that a reload has taken away.
    return ticket != b.state().tickets.end() && !ticket->second.gone &&
           b.mapping().system(name) != nullptr;
  };
  const auto told = lives(settled.loser) ? std::optional(settled.loser) : b.desk();
  if (!told) return;
  const SystemMapping& system = b.mapping().known_system(*told);
  const ReadField* theirs = reading(system, read.value);
  const SystemMapping* winner = b.mapping().system(settled.winner);
  const std::string& title = winner == nullptr ? "" : winner->title.in(system.language);
  b.say(*told,
        b.text(b.mapping().texts.conflict, *told,
               {{"field", theirs == nullptr ? read.value : theirs->field},
                {"kept", settled.kept},
                {"lost", settled.lost},
                {"winner", title.empty() ? settled.winner.text() : title}}),
        Visibility::internal, system.where);
}

void take(DecisionBuilder& b, const ReadField& read, const std::string& value) {
  if (b.value(read.value) == value) return;
  if (adopts_number(b, read.value, value)) return;
  b.fact(ValueKept{read.value, value});
  if (is_shared(b.mapping(), read.value)) b.remember(ValueSourced{read.value, b.at()});
}

// Ours goes out once more: behind what was written over it.
void insist(DecisionBuilder& b, const ReadField& read, const std::string& value) {
  const SystemMapping& system = b.mapping().known_system(b.at());
  for (const WrittenField& written : system.writes) {
    if (written.value == read.value && written.field == read.field)
      b.write_field(b.at(), written.field, their_word(system, written, value), written.where);
  }
}

// A person wrote while our value of somebody else's was on its way.
void settle(DecisionBuilder& b, const ReadField& read, const Edit& edit, const std::string& theirs,
            const std::string& ours) {
  const auto from = source(b, read.value);
  const auto owner = owner_of(b, read.value);
  const bool ours_holds = owner && from && *owner == *from && *owner != b.at();
  const SystemName other = from.value_or(SystemName{"saksbro"});
  const ConflictSettled settled{read.value, ours_holds ? other : b.at(),
                                ours_holds ? b.at() : other, ours_holds ? ours : theirs,
                                ours_holds ? theirs : ours};
  b.because(
      owner && *owner == settled.winner
          ? Sentence("\"{value}\" was changed in {system} and in {system.other} at the same time: "
                     "the value of {system.winner} wins, because that system owns it.")
          : Sentence("\"{value}\" was changed in {system} and in {system.other} at the same time: "
                     "the value of {system.winner} wins, because a person wrote it last."),
      {{"value", read.value},
       {"system", b.at()},
       {"system.other", other},
       {"system.winner", settled.winner}});
  b.fact(settled);
  if (!ours_holds) take(b, read, theirs);
  if (ours_holds && !edit.over) insist(b, read, ours);
  keep_the_lost(b, read, settled);
}

void take_edit(DecisionBuilder& b, const ReadField& read, const Edit& edit) {
  const auto ours = b.value(read.value);
  if (edit.value.empty()) {
    // A field that was emptied takes back what it has said, and nothing that was said elsewhere.
    if (!edit.from.empty() && ours == our_word(b.mapping(), b.state(), read, edit.from))
      take(b, read, "");
    return;
  }
  const std::string theirs = our_word(b.mapping(), b.state(), read, edit.value);
  if (!takes_word(b, read, edit.value, theirs)) {
    // What the field said before holds no longer; what other systems say too is not emptied.
    const bool known = ours && !ours->empty();
    if (known && !is_shared(b.mapping(), read.value)) take(b, read, "");
    return;
  }
  if (ours == theirs) return;
  if (edit.blind && ours && !ours->empty()) return settle(b, read, edit, theirs, *ours);
  take(b, read, theirs);
}

bool is_text_of_ticket(const std::string& field) {
  return field == "title" || field == "text" || field == "author" || field == "created";
}

}  // namespace

void take_edits(DecisionBuilder& b, const Ticket& ticket,
                const std::vector<AttributedChange>& news) {
  const Case before = b.state();
  for (const ReadField& read : b.mapping().known_system(b.at()).reads) {
    if (is_text_of_ticket(read.field)) {
      keep_read_value(b, ticket, read);
    } else if (const auto edit = last_edit_of(before, b.at(), read.field, news)) {
      take_edit(b, read, *edit);
    }
  }
}

void take_what_stands(DecisionBuilder& b, const SystemName& at, const std::string& field) {
  const SystemMapping& system = b.mapping().known_system(at);
  const auto& shown = b.state().tickets.at(at).fields;
  const auto there = shown.find(field);
  for (const ReadField& read : system.reads) {
    if (read.field != field || there == shown.end()) continue;
    const auto owner = owner_of(b, read.value);
    if (owner && *owner != at) {
      b.remember(FieldSent{at, field, ""});  // the owner's is written again
      continue;
    }
    const std::string value = our_word(b.mapping(), b.state(), read, there->second);
    if (b.value(read.value) != value) b.fact(ValueKept{read.value, value});
  }
}

}  // namespace saksbro::core
