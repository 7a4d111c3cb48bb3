// What an DecisionBuilder does not send: words of a case that has a confidential ticket, and moves
// that cannot be done.
#include "bridge/core/decision/decision_builder.h"
#include "bridge/core/model/overloaded.h"
#include "bridge/core/text/redaction.h"

namespace saksbro::core {

void DecisionBuilder::obstacle(const Words& why, Values values) {
  obstacles_.push_back({&why, std::move(values)});
}

bool DecisionBuilder::withholds(const SystemName& to) const {
  if (!is_confidential(state_)) return false;
  const auto ticket = state_.tickets.find(to);
  return ticket == state_.tickets.end() || !ticket->second.confidential;
}

// A status or a number of a case tells nobody what the case is about; looks write nothing.
bool DecisionBuilder::keeps_back(const SystemName& to, const Action& action) {
  const bool has_words = std::visit(
      Overloaded{[](const SetStatus&) { return false; }, [](const SetFields&) { return false; },
                 [](const ReadTicket&) { return false; }, [](const FetchFile&) { return false; },
                 [](const auto&) { return true; }},
      action);
  if (!has_words || !withholds(to)) return false;
  because("Not sent to {system}: a ticket of the case is confidential.", {{"system", to}});
  // A case note that is not kept there is missed by nobody here.
  if (!std::holds_alternative<KeepNote>(action)) withheld_.insert(to);
  return true;
}

// The one way out: whatever a mapping line sends to an external party passes here.
void DecisionBuilder::withhold_personal_numbers(const SystemName& to, Action& action) {
  // An alert channel has no mapping: where it ends, nobody here can know.
  const SystemMapping* system = mapping_.system(to);
  if (system != nullptr && !system->external) return;
  int count = 0;
  const auto clean = [&](std::string& text) {
    Redacted redacted = redact(text);
    count += redacted.count;
    text = std::move(redacted.text);
  };
  if (auto* create = std::get_if<CreateTicket>(&action)) {
    clean(create->title);
    clean(create->text);
    for (auto& [field, value] : create->fields) clean(value);
  } else if (auto* comment = std::get_if<AddComment>(&action)) {
    clean(comment->text);
    for (OutgoingFile& file : comment->files) clean(file.name);
  } else if (auto* set = std::get_if<SetFields>(&action)) {
    for (auto& [field, value] : set->fields) clean(value);
  } else if (auto* alert = std::get_if<RaiseAlert>(&action)) {
    clean(alert->title);
    clean(alert->text);
  } else if (auto* note = std::get_if<KeepNote>(&action)) {
    clean(note->text);
  } else if (auto* notice = std::get_if<SendNotice>(&action)) {
    clean(notice->title);
    clean(notice->text);
  }
  if (count > 0) {
    because(count == 1 ? Sentence("{count} personal number is masked: {system} is external.")
                       : Sentence("{count} personal numbers are masked: {system} is external."),
            {{"count", std::to_string(count)}, {"system", to}});
  }
}

void DecisionBuilder::tell_withheld() {
  if (withheld_.empty()) return;
  withheld_.clear();
  for (const auto& [name, ticket] : state_.tickets) {
    const SystemMapping* system = mapping_.system(name);
    if (system == nullptr || !ticket.confidential || ticket.gone) continue;
    say(name, text(mapping_.texts.confidential, name), Visibility::internal, system->where);
  }
}

}  // namespace saksbro::core
