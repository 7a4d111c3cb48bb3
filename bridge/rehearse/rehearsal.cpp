#include "bridge/rehearse/rehearsal.h"

#include <algorithm>

#include "bridge/core/model/overloaded.h"
#include "bridge/core/time/span.h"

namespace saksbro::rehearse {
namespace {

// A Monday morning in Oslo, with no public holiday near.
constexpr Instant kBegin{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} +
                         std::chrono::hours{9}};
constexpr std::chrono::minutes kAct{1};
constexpr int kTimersMost = 5000;     // in one step: an alert each quarter of an hour for weeks
constexpr int kCommandsMost = 10000;  // in one step: a mapping that answers itself does not end

}  // namespace

const Person& bridge_user() {
  static const Person kBridge{"saksbro", "Saksbro"};
  return kBridge;
}

Rehearsal::Rehearsal(const core::Mapping& mapping) : mapping_(mapping), now_(kBegin) {}

Result<void> Rehearsal::take(const Step& step) {
  if (const auto* acts_on = std::get_if<Acts>(&step.what)) {
    if (!tickets_.contains(acts_on->at))
      return fail(step.where, "the case has no ticket in " + acts_on->at.text());
    acts(*acts_on);
  } else if (const auto* registered = std::get_if<Registers>(&step.what)) {
    if (!tickets_.empty()) return fail(step.where, "a scenario is about one case");
    registers(*registered);
  } else if (const auto* time = std::get_if<Passes>(&step.what)) {
    passes(*time);
  } else if (const auto* before = std::get_if<SolvedBefore>(&step.what)) {
    similar_.push_back(before->other);
  } else if (const auto* reach = std::get_if<Reach>(&step.what)) {
    if (!reach->up) out_of_reach_.insert(reach->system);
    if (reach->up) out_of_reach_.erase(reach->system);
    carry_out();
  } else if (!state_) {
    return fail(step.where, "there is no case yet");
  } else if (const auto* version = std::get_if<Released>(&step.what)) {
    return released(*version);
  } else if (const auto* follows = std::get_if<Follows>(&step.what)) {
    now_ += kAct;
    took(decide(mapping_, *state_, follows->said, around(DeliveryKind::link)));
    carry_out();
  }
  return {};
}

std::optional<std::string> Rehearsal::value(const std::string& name) const {
  if (!state_) return std::nullopt;
  const auto found = state_->values.find(name);
  if (found == state_->values.end() || found->second.empty()) return std::nullopt;
  return found->second;
}

// --- people

Person Rehearsal::somebody(const core::Role& role, const SystemName& at) {
  const core::SystemMapping& system = mapping_.known_system(at);
  for (const core::RoleRule& rule : system.roles) {
    if (rule.role != role) continue;
    if (!rule.people.empty()) return {rule.people.front(), role.text()};
    if (!rule.groups.empty()) groups_[at][role.text()].insert(rule.groups.front());
    return {role.text(), role.text()};
  }
  return {role.text(), role.text()};
}

void Rehearsal::registers(const Registers& step) {
  const Person person = somebody(step.role, step.at);
  open(step.at, person, step.title, step.text, step.fields);
  if (!step.attaches.empty()) attach(step.at, person, step.attaches, Visibility::everyone, "");
  sees(step.at);
  carry_out();
}

void Rehearsal::acts(const Acts& step) {
  now_ += kAct;
  const Person person = somebody(step.role, step.at);
  if (!step.says.empty()) comment(step.at, person, step.says, step.to);
  if (!step.attaches.empty()) attach(step.at, person, step.attaches, step.to, "");
  for (const auto& [field, value] : step.fields) set_field(step.at, person, field, value);
  if (step.status) set_status(step.at, person, *step.status);
  sees(step.at);
  carry_out();
}

void Rehearsal::passes(const Passes& step) {
  const Instant until = core::later(mapping_.calendar, now_, step.span);
  for (int fired = 0; state_ && fired < kTimersMost; ++fired) {
    const auto& timers = state_->timers;
    const auto next = std::min_element(
        timers.begin(), timers.end(),
        [](const auto& one, const auto& other) { return one.second < other.second; });
    if (next == timers.end() || next->second > until) break;
    now_ = std::max(now_, next->second);
    const core::TimerFired timer{next->first};
    took(decide(mapping_, *state_, timer, around(DeliveryKind::timer)));
    if (state_->timers.contains(timer.name) && state_->timers.at(timer.name) <= now_)
      state_->timers.erase(timer.name);  // of a closed case: nobody takes it any more
    carry_out();
  }
  now_ = until;
}

// As the engine does: cases that wait for this version hear that it is out.
Result<void> Rehearsal::released(const Released& step) {
  const auto& release = mapping_.process(state_->process).release;
  if (!release) return fail("", "the process waits for no version");
  if (value(release->value) != step.version) return {};
  now_ += kAct;
  core::ExternalSignal said;
  said.signal = release->signal;
  said.role = core::Role{"saksbro"};
  said.by = bridge_user();
  said.text = step.version;
  said.how = {"Version {version}", {{"version", step.version}}};
  took(decide(mapping_, *state_, said, around(DeliveryKind::order)));
  carry_out();
  return {};
}

// --- Saksbro

core::Surroundings Rehearsal::around(DeliveryKind kind) {
  core::Surroundings around;
  around.cause = DeliveryId{"d" + std::to_string(++deliveries_)};
  around.kind = kind;
  around.now = now_;
  around.epoch = kBegin;
  around.next_number = CaseNumber{mapping_.case_prefix + "-2026-00001"};
  around.similar = similar_;
  around.links = this;
  return around;
}

std::string Rehearsal::address(const core::LinkClaim& claim) const {
  std::string address = "https://saksbro.example/" + claim.number.text() + "/" +
                        claim.signal.text() + "/" + claim.role.text();
  if (!claim.organisation.empty()) address += "/" + claim.organisation;
  return address;
}

void Rehearsal::sees(const SystemName& at) {
  Ticket& ticket = tickets_.at(at);
  ticket.read_at = now_;
  ticket.groups = groups_[at];
  took(decide(mapping_, state_, at, TicketState{ticket}, around(DeliveryKind::webhook)));
}

void Rehearsal::took(core::Decision decision) {
  for (const core::Fact& fact : decision.facts) {
    core::Case before = state_.value_or(core::Case{});
    if (!state_) before.number = CaseNumber{mapping_.case_prefix + "-2026-00001"};
    state_ = evolve(std::move(before), fact, now_);
    happened_.push_back({fact, now_});
  }
  for (const core::Issued& issued : decision.commands) {
    waiting_.push_back(issued);
    sent_.push_back({issued, now_});
  }
  reasons_.push_back(std::move(decision.because));
}

void Rehearsal::carry_out() {
  for (int done = 0; done < kCommandsMost; ++done) {
    const auto found = std::find_if(
        waiting_.begin(), waiting_.end(),
        [&](const core::Issued& issued) { return !out_of_reach_.contains(issued.command.to); });
    if (found == waiting_.end()) return;
    const core::Issued next = *found;
    waiting_.erase(found);
    carry_out_one(next);
  }
}

void Rehearsal::carry_out_one(const core::Issued& issued) {
  const SystemName& at = issued.command.to;
  const Action& action = issued.command.action;
  const bool at_a_tracker = mapping_.system(at) != nullptr;
  const bool opens = std::holds_alternative<CreateTicket>(action);
  if (at_a_tracker && !opens && !tickets_.contains(at)) return;  // it waits for its ticket for ever
  if (at_a_tracker) {
    write(at, action);
    sees(at);
  }
  if (!state_) return;
  const RemoteKey key = at_a_tracker ? tickets_.at(at).key : RemoteKey{};
  const auto* fetch = std::get_if<FetchFile>(&action);
  const auto file = fetch == nullptr ? std::nullopt : file_of(tickets_.at(at), *fetch);
  const bool done = fetch == nullptr || file.has_value();
  const Phrase why = done ? Phrase() : Phrase("the ticket has no such file", {});
  const core::CommandResult settled{issued.command.key, verb(action), key, done, why, false, file};
  took(decide(mapping_, *state_, at, settled, around(DeliveryKind::answer)));
}

void Rehearsal::write(const SystemName& at, const Action& action) {
  std::visit(core::Overloaded{
                 [&](const CreateTicket& one) {
                   auto fields = one.fields;
                   fields[mapping_.known_system(at).marker_field] = one.marker;
                   if (!tickets_.contains(at))
                     open(at, bridge_user(), one.title, one.text, std::move(fields));
                 },
                 [&](const AddComment& one) {
                   comment(at, bridge_user(), one.text, one.visibility);
                   for (const OutgoingFile& file : one.files)
                     attach(at, bridge_user(), file.name, one.visibility,
                            tickets_.at(at).comments.back().id);
                 },
                 [&](const SetStatus& one) { set_status(at, bridge_user(), one.status); },
                 [&](const SetFields& one) {
                   for (const auto& [field, value] : one.fields)
                     set_field(at, bridge_user(), field, value);
                 },
                 [&](const KeepNote& one) { keep(at, one); }, [](const ReadTicket&) {},
                 [](const RaiseAlert&) {}, [](const SendNotice&) {}, [](const FetchFile&) {},
                 [](const UpdateTicket&) {},  // of the outbox, never of a decision
             },
             action);
}

// --- tickets

Ticket& Rehearsal::open(const SystemName& at, const Person& author, const std::string& title,
                        const std::string& text, std::map<std::string, std::string> fields) {
  Ticket ticket;
  ticket.key = RemoteKey{std::to_string(tickets_.size() + 1)};
  ticket.number = "#" + ticket.key.text();
  ticket.url = "https://" + at.text() + ".example/" + ticket.key.text();
  ticket.title = title;
  ticket.text = text;
  ticket.author = author;
  ticket.fields = std::move(fields);
  const auto& words = mapping_.known_system(at).status_words;
  for (const core::Status& first : mapping_.processes.front().statuses) {
    if (!words.contains(first)) continue;
    ticket.status = words.at(first);
    break;
  }
  ticket.created = now_;
  touch(ticket);
  return tickets_[at] = std::move(ticket);
}

void Rehearsal::touch(Ticket& ticket) {
  ticket.updated = now_;
  ticket.read_at = now_;
  ++ticket.revision;
}

void Rehearsal::comment(const SystemName& at, const Person& author, const std::string& text,
                        Visibility visibility) {
  Ticket& ticket = tickets_.at(at);
  ++entries_;
  ticket.comments.push_back(
      {"c" + std::to_string(entries_), entries_, author, now_, visibility, text});
  touch(ticket);
}

// As large as its name is long, so that it is known again wherever it goes.
void Rehearsal::attach(const SystemName& at, const Person& author, const std::string& name,
                       Visibility visibility, const std::string& entry) {
  Ticket& ticket = tickets_.at(at);
  Attachment file;
  file.id = "f" + std::to_string(++entries_);
  file.name = name;
  file.size = name.size();
  file.place = file.id;
  file.entry = entry;
  file.author = author;
  file.at = now_;
  file.visibility = visibility;
  ticket.attachments.push_back(std::move(file));
  touch(ticket);
}

std::optional<BlobRef> Rehearsal::file_of(const Ticket& ticket, const FetchFile& fetch) {
  for (const Attachment& one : ticket.attachments) {
    if (one.id == fetch.id) return BlobRef{"of " + one.name, one.size};
  }
  return std::nullopt;
}

void Rehearsal::keep(const SystemName& at, const KeepNote& note) {
  Ticket& ticket = tickets_.at(at);
  const auto old = std::find_if(
      ticket.comments.begin(), ticket.comments.end(),
      [&](const Comment& one) { return one.text.find(note.reference) != std::string::npos; });
  if (old == ticket.comments.end()) return comment(at, bridge_user(), note.text, note.visibility);
  old->text = note.text;
  touch(ticket);
}

void Rehearsal::record(Ticket& ticket, const Person& author, const std::string& attribute,
                       std::string& place, const std::string& to) {
  if (place == to) return;
  ++entries_;
  ticket.changes.push_back(
      {"h" + std::to_string(entries_), entries_, author, now_, attribute, place, to});
  place = to;
  touch(ticket);
}

void Rehearsal::set_status(const SystemName& at, const Person& author, const std::string& status) {
  Ticket& ticket = tickets_.at(at);
  record(ticket, author, kStatusAttribute, ticket.status, status);
}

void Rehearsal::set_field(const SystemName& at, const Person& author, const std::string& field,
                          const std::string& value) {
  Ticket& ticket = tickets_.at(at);
  record(ticket, author, field, ticket.fields[field], value);
}

}  // namespace saksbro::rehearse
