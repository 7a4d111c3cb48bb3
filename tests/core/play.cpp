#include "tests/core/play.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "bridge/core/decide/file_guard.h"
#include "bridge/load/configuration.h"

namespace saksbro::core {
namespace {

std::string content_of(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

Mapping load_shipped() {
  auto loaded = load::load_configuration(
      std::string(SAKSBRO_SOURCE) + "/config/saksbro.yaml",
      [](const std::string& path) { return Result<std::string>(content_of(path)); },
      [](const std::string&) { return std::string(32, 'x'); });
  for (const Error& error : loaded.errors) ADD_FAILURE() << error.text();
  return std::move(loaded.configuration.mapping);
}

Person person(const std::string& id) { return {id, "Person " + id}; }

// The mapping's folder differs from machine to machine.
std::string without_root(std::string text) {
  const std::string root = std::string(SAKSBRO_SOURCE) + "/";
  for (std::size_t at = text.find(root); at != text.npos; at = text.find(root))
    text.erase(at, root.size());
  return text;
}

}  // namespace

const Mapping& shipped_mapping() {
  static const Mapping kMapping = load_shipped();
  return kMapping;
}

Play::Play()
    : epoch(Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 1}}),
      now_(Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23}} +
           std::chrono::hours{12}) {}

void Play::touch(Ticket& ticket) {
  ticket.updated = now_;
  ticket.read_at = now_;
  ++ticket.revision;
}

void Play::registers(const SystemName& at, const std::string& who, const std::string& title,
                     const std::string& text, std::map<std::string, std::string> fields) {
  Ticket ticket;
  ticket.key = RemoteKey{at == kDesk ? "17" : at == kOperator ? "5" : "30"};
  ticket.number = "#" + ticket.key.text();
  ticket.url = "http://" + at.text() + "/" + ticket.key.text();
  ticket.title = title;
  ticket.text = text;
  ticket.status = at == kDesk ? "Ny" : "ny";
  ticket.author = person(who);
  ticket.fields = std::move(fields);
  ticket.created = now_;
  touch(ticket);
  tickets_[at] = std::move(ticket);
}

void Play::comments(const SystemName& at, const std::string& who, const std::string& text,
                    Visibility visibility) {
  now_ += std::chrono::minutes{1};
  Ticket& ticket = tickets_.at(at);
  ++entries_;
  ticket.comments.push_back(
      {"c" + std::to_string(entries_), entries_, person(who), now_, visibility, text});
  touch(ticket);
}

void Play::change(const SystemName& at, const std::string& who, const std::string& attribute,
                  std::string& place, const std::string& to) {
  Ticket& ticket = tickets_.at(at);
  ++entries_;
  ticket.changes.push_back(
      {"h" + std::to_string(entries_), entries_, person(who), now_, attribute, place, to});
  place = to;
  touch(ticket);
}

void Play::sets_status(const SystemName& at, const std::string& who, const std::string& status) {
  now_ += std::chrono::minutes{1};
  change(at, who, kStatusAttribute, tickets_.at(at).status, status);
}

void Play::sets_field(const SystemName& at, const std::string& who, const std::string& field,
                      const std::string& value) {
  now_ += std::chrono::minutes{1};
  change(at, who, field, tickets_.at(at).fields[field], value);
}

Surroundings Play::around(DeliveryKind kind) {
  return {DeliveryId{"d" + std::to_string(++deliveries_)},
          kind,
          now_,
          epoch,
          CaseNumber{"SAK-2026-00001"},
          similar};
}

const Decision& Play::take(const std::string& what, Decision decision) {
  told_ += "== " + what + "\n";
  for (const Fact& fact : decision.facts) {
    Case before = state_.value_or(Case{});
    if (!state_) before.number = around_.next_number;
    state_ = evolve(std::move(before), fact, around_.now);
    facts_.push_back(fact);
    fact_times_.push_back(around_.now);
    if (const std::string line = show(fact); !line.empty()) told_ += "+ " + line + "\n";
  }
  if (decision.after && decision.after != state_)
    throw std::runtime_error("what a decision calls the case after it is not its facts folded");
  for (const Issued& issued : decision.commands) {
    waiting_.push_back(issued);
    keys_.push_back(issued.command.key);
    told_ += "> " + show(issued);
  }
  for (const SystemName& system : decision.redrive)
    told_ += "~ dead letters for " + system.text() + " are tried again\n";
  told_ += indented(in_english(decision.because), "# ") + "\n";
  told_ = without_root(std::move(told_));
  last_ = std::move(decision);
  return last_;
}

const Decision& Play::sees(const SystemName& at) {
  Ticket& ticket = tickets_.at(at);
  ticket.read_at = now_;
  return sees(at, TicketState{ticket});
}

const Decision& Play::sees(const SystemName& at, const Observation& observation) {
  around_ = around(DeliveryKind::poll);
  static constexpr const char* kWhat[] = {"hint from ", "sees ", "gone from "};
  return take(kWhat[observation.index()] + at.text(),
              decide(*mapping, state_, at, observation, around_));
}

const Decision& Play::timer(const std::string& name) {
  around_ = around(DeliveryKind::timer);
  return take("timer " + name, decide(*mapping, *state_, TimerFired{name}, around_));
}

const Decision& Play::hears(const ExternalSignal& said) {
  around_ = around(DeliveryKind::link);
  return take("hears " + said.signal.text(), decide(*mapping, *state_, said, around_));
}

// As Saksbro's own user the ticket is changed; history and all.
void Play::write(const SystemName& at, const Action& action) {
  if (const auto* create = std::get_if<CreateTicket>(&action)) {
    auto fields = create->fields;
    fields["Saksbro-nøkkel"] = create->marker;
    registers(at, kBot, create->title, create->text, std::move(fields));
  } else if (const auto* comment = std::get_if<AddComment>(&action)) {
    comments(at, kBot, comment->text, comment->visibility);
    const std::string entry = tickets_.at(at).comments.back().id;
    for (const OutgoingFile& file : comment->files) {
      attaches(at, kBot, file.name, file.blob.size, comment->visibility);
      if (tells_entries) tickets_.at(at).attachments.back().entry = entry;
    }
  } else if (const auto* status = std::get_if<SetStatus>(&action)) {
    sets_status(at, kBot, status->status);
  } else if (const auto* note = std::get_if<KeepNote>(&action)) {
    keeps_note(at, *note);
  } else if (const auto* fields = std::get_if<SetFields>(&action)) {
    for (const auto& [field, value] : fields->fields) sets_field(at, kBot, field, value);
  }
}

void Play::attaches(const SystemName& at, const std::string& who, const std::string& name,
                    std::uint64_t size, Visibility visibility) {
  Attachment file;
  file.id = "f" + std::to_string(++entries_);
  file.name = name;
  file.media_type = name.ends_with(".png") ? "image/png" : "text/plain";
  file.size = size;
  file.place = "/files/" + file.id;
  file.author = {who, who};
  file.at = now_;
  file.visibility = visibility;
  tickets_.at(at).attachments.push_back(std::move(file));
  touch(tickets_.at(at));
}

// Once a comment, edited in place from then on.
void Play::keeps_note(const SystemName& at, const KeepNote& note) {
  for (Comment& comment : tickets_.at(at).comments) {
    if (comment.text.find(note.reference) == std::string::npos) continue;
    comment.text = note.text;
    return;
  }
  comments(at, kBot, note.text, note.visibility);
}

void Play::carry_out_one(const Issued& issued) {
  const SystemName at = issued.command.to;
  const Action& action = issued.command.action;
  const bool to_channel =
      std::holds_alternative<RaiseAlert>(action) || std::holds_alternative<SendNotice>(action);
  const bool needs_ticket = !std::holds_alternative<CreateTicket>(action) && !to_channel;
  if (needs_ticket && !tickets_.contains(at)) return;  // its create was refused: it waits for ever
  if (state_ && is_guarded(issued) &&
      files_now(*mapping, *state_, at, issued.command.key, now_) != FilesNow::may_go)
    return hold_back(issued);
  write(at, action);
  if (!to_channel) sees(at);
  if (!state_) return;
  around_ = around(DeliveryKind::answer);
  CommandResult settled{issued.command.key, verb(action), ticket_of(action), true, ""};
  if (const auto* fetch = std::get_if<FetchFile>(&action)) {
    const auto& files = tickets_.at(at).attachments;
    const auto file = std::find_if(files.begin(), files.end(),
                                   [&](const Attachment& one) { return one.id == fetch->id; });
    settled.delivered = file != files.end();
    if (settled.delivered) settled.file = BlobRef{"of " + file->name, file->size};
    if (settled.delivered) settled.looks_like = looks_like[file->name];
    if (!settled.delivered) settled.why = "the ticket has no such file";
  }
  take("done " + std::string(verb(action)) + " in " + at.text(),
       decide(*mapping, *state_, at, settled, around_));
}

void Play::hold_back(const Issued& issued) {
  around_ = around(DeliveryKind::answer);
  CommandResult settled{issued.command.key, verb(issued.command.action),
                        ticket_of(issued.command.action), false, ""};
  settled.decide_again = true;
  take("held back in " + issued.command.to.text(),
       decide(*mapping, *state_, issued.command.to, settled, around_));
}

void Play::carry_out_next() {
  const Issued next = waiting_.front();
  waiting_.erase(waiting_.begin());
  carry_out_one(next);
}

void Play::carry_out() {
  while (!waiting_.empty()) carry_out_next();
}

const Decision& Play::refuse(const std::string& why) {
  const Issued next = waiting_.front();
  waiting_.erase(waiting_.begin());
  around_ = around(DeliveryKind::answer);
  const char* what = verb(next.command.action);
  const CommandResult settled{next.command.key, what, ticket_of(next.command.action), false, why};
  return take("refused " + std::string(what) + " in " + next.command.to.text(),
              decide(*mapping, *state_, next.command.to, settled, around_));
}

const Decision& Play::settles(const Issued& issued, bool can_be_seen) {
  around_ = around(DeliveryKind::answer);
  const char* what = verb(issued.command.action);
  const CommandResult settled{issued.command.key, what, ticket_of(issued.command.action), true, "",
                              can_be_seen};
  return take("done " + std::string(what) + " in " + issued.command.to.text(),
              decide(*mapping, *state_, issued.command.to, settled, around_));
}

Play registered_case() {
  Play play;
  play.registers(kDesk, kPer, "Faktura feiler", "Feil ved godkjenning.", kFilledIn);
  play.sees(kDesk);
  play.carry_out();
  return play;
}

Play case_at_operator() {
  Play play = registered_case();
  play.comments(kDesk, kKari, "/sak videresend drift");
  play.sees(kDesk);
  play.carry_out();
  return play;
}

Play case_in_work() {
  Play play = case_at_operator();
  play.comments(kDesk, kKari, "/sak info nei");
  play.sees(kDesk);
  play.carry_out();
  return play;
}

const AddComment& comment_in(const Decision& decision, std::size_t index) {
  for (const Issued& issued : decision.commands) {
    const auto* comment = std::get_if<AddComment>(&issued.command.action);
    if (comment != nullptr && index-- == 0) return *comment;
  }
  throw std::runtime_error("no such comment in the decision: " + in_english(decision.because));
}

std::vector<Issued> but_notes(const Decision& decision) {
  std::vector<Issued> all;
  for (const Issued& issued : decision.commands) {
    if (!std::holds_alternative<KeepNote>(issued.command.action)) all.push_back(issued);
  }
  return all;
}

}  // namespace saksbro::core
