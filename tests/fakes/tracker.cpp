#include "tests/fakes/tracker.h"

#include <algorithm>

namespace saksbro::fakes {
namespace {

std::vector<Event>::iterator event_in(Ticket& ticket, int event) {
  return std::find_if(ticket.events.begin(), ticket.events.end(),
                      [&](const Event& one) { return one.id == event; });
}

}  // namespace

Instant real_now() {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

Tracker::Tracker(TrackerSettings settings, Now now)
    : settings_(std::move(settings)), now_(std::move(now)) {}

int Tracker::open(const std::string& who, const std::string& place, const std::string& title,
                  const std::string& text, const Fields& fields) {
  std::optional<Made> made;
  {
    const std::lock_guard lock(mutex_);
    Ticket& ticket = tickets_[++last_ticket_];
    ticket.id = last_ticket_;
    ticket.place = place;
    ticket.title = title;
    ticket.text = text;
    ticket.status = settings_.statuses.front();
    ticket.author = who;
    ticket.created = now_();
    for (const std::string& name : settings_.fields) {
      const auto given = fields.find(name);
      ticket.fields[name] = given == fields.end() ? "" : given->second;
    }
    std::vector<Event> events(1);
    events.front().create = true;
    events.front().text = text;
    add(ticket, who, events);
    note(who, "created", ticket.id, ticket.fields[settings_.marker_field]);
    made = Made{ticket, std::move(events)};
  }
  tell(made);
  return made->ticket.id;
}

void Tracker::add(Ticket& ticket, const std::string& who, std::vector<Event>& events) {
  for (Event& event : events) {
    event.id = ++last_event_;
    event.author = who;
    event.at = now_();
    for (File& file : event.files) file.id = ++last_file_;
    ticket.updated = event.at;
    ticket.events.push_back(event);
    ticket_of_event_[event.id] = ticket.id;
  }
}

void Tracker::note(const std::string& who, const std::string& what, int ticket,
                   const std::string& text) {
  ledger_.push_back({now_(), who, what, ticket, text});
}

void Tracker::tell(const std::optional<Made>& made) const {
  if (made && observer_ && !made->events.empty()) observer_(made->ticket, made->events);
}

std::vector<Event> Tracker::events_of(Ticket& ticket, const Change& change) {
  std::vector<Detail> details;
  const auto may = [&](const std::string& to) {
    return std::find(settings_.statuses.begin(), settings_.statuses.end(), to) !=
               settings_.statuses.end() &&
           !forbidden_.contains({ticket.status, to});
  };
  if (change.status && *change.status != ticket.status && may(*change.status)) {
    details.push_back({"status", ticket.status, *change.status});
    ticket.status = *change.status;
  }
  for (const auto& [name, value] : change.fields) {
    const auto field = ticket.fields.find(name);
    if (field == ticket.fields.end() || field->second == value) continue;
    details.push_back({name, field->second, value});
    field->second = value;
  }
  std::vector<Event> events;
  if (change.text)
    events.push_back(
        {.text = *change.text, .internal = change.internal, .details = {}, .files = change.files});
  if (!settings_.one_event_each && !details.empty()) {
    if (events.empty()) events.emplace_back();
    events.front().details = details;
  }
  for (const Detail& detail : details) {
    if (settings_.one_event_each) events.push_back({.text = "", .details = {detail}});
  }
  return events;
}

Changed Tracker::change(const std::string& who, int ticket, const Change& change,
                        std::optional<int> if_last) {
  std::optional<Made> made;
  {
    const std::lock_guard lock(mutex_);
    const auto found = tickets_.find(ticket);
    if (found == tickets_.end()) return Changed::no_such_ticket;
    if (if_last && found->second.events.back().id != *if_last) return Changed::conflict;
    std::vector<Event> events = events_of(found->second, change);
    add(found->second, who, events);
    for (const Event& event : events) {
      if (!event.text.empty()) note(who, "comment", ticket, event.text);
      for (const File& file : event.files) note(who, "file", ticket, file.name);
      for (const Detail& detail : event.details) {
        if (detail.attribute == "status") note(who, "status", ticket, detail.to);
        if (detail.attribute != "status")
          note(who, "field", ticket, detail.attribute + "=" + detail.to);
      }
    }
    made = Made{found->second, std::move(events)};
  }
  tell(made);
  return Changed::yes;
}

Ticket* Tracker::with_event(int event) {
  const auto owner = ticket_of_event_.find(event);
  const auto ticket =
      owner == ticket_of_event_.end() ? tickets_.end() : tickets_.find(owner->second);
  return ticket == tickets_.end() ? nullptr : &ticket->second;
}

bool Tracker::edit_comment(const std::string& who, int event, const std::string& text,
                           bool internal) {
  const std::lock_guard lock(mutex_);
  Ticket* ticket = with_event(event);
  if (ticket == nullptr) return false;
  const auto found = event_in(*ticket, event);
  if (found == ticket->events.end()) return false;
  found->text = text;
  found->internal = internal;
  if (text.empty() && found->details.empty()) ticket->events.erase(found);
  note(who, "note", ticket->id, text);
  return true;
}

std::string Tracker::upload(File file) {
  const std::lock_guard lock(mutex_);
  const std::string token = std::to_string(uploads_.size() + 1) + ".token";
  uploads_[token] = std::move(file);
  return token;
}

std::optional<File> Tracker::uploaded(const std::string& token) const {
  const std::lock_guard lock(mutex_);
  const auto found = uploads_.find(token);
  return found == uploads_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<File> Tracker::file(int id) const {
  const std::lock_guard lock(mutex_);
  for (const auto& [number, ticket] : tickets_) {
    for (const Event& event : ticket.events) {
      for (const File& file : event.files) {
        if (file.id == id) return file;
      }
    }
  }
  return std::nullopt;
}

void Tracker::forbid(const std::string& from, const std::string& to) {
  const std::lock_guard lock(mutex_);
  forbidden_.emplace(from, to);
}

void Tracker::rename_status(const std::string& from, const std::string& to) {
  const std::lock_guard lock(mutex_);
  std::replace(settings_.statuses.begin(), settings_.statuses.end(), from, to);
  for (auto& [id, ticket] : tickets_) {
    if (ticket.status == from) ticket.status = to;
  }
}

void Tracker::move(int ticket, const std::string& place) {
  const std::lock_guard lock(mutex_);
  Ticket& moved = tickets_.at(ticket);
  moved.place = place;
  moved.updated = now_();
  note("", "moved", ticket, place);
}

void Tracker::remove(int ticket) {
  const std::lock_guard lock(mutex_);
  tickets_.erase(ticket);
  note("", "deleted", ticket, "");
}

void Tracker::stale_search(std::chrono::milliseconds lag) {
  const std::lock_guard lock(mutex_);
  lag_ = lag;
}

std::optional<Ticket> Tracker::find(int ticket) const {
  const std::lock_guard lock(mutex_);
  const auto found = tickets_.find(ticket);
  return found == tickets_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<Event> Tracker::event(int event) {
  const std::lock_guard lock(mutex_);
  Ticket* ticket = with_event(event);
  if (ticket == nullptr) return std::nullopt;
  const auto found = event_in(*ticket, event);
  return found == ticket->events.end() ? std::nullopt : std::optional(*found);
}

std::vector<Ticket> Tracker::all() const {
  const std::lock_guard lock(mutex_);
  std::vector<Ticket> result;
  for (const auto& [id, ticket] : tickets_) result.push_back(ticket);
  return result;
}

std::vector<Ticket> Tracker::with_marker(const std::string& marker) const {
  const std::lock_guard lock(mutex_);
  std::vector<Ticket> result;
  for (const auto& [id, ticket] : tickets_) {
    const auto field = ticket.fields.find(settings_.marker_field);
    if (field == ticket.fields.end() || field->second != marker) continue;
    if (ticket.created + lag_ <= now_()) result.push_back(ticket);
  }
  return result;
}

std::vector<std::string> Tracker::statuses() const {
  const std::lock_guard lock(mutex_);
  return settings_.statuses;
}

std::vector<std::string> Tracker::allowed(const std::string& from) const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> result;
  for (const std::string& to : settings_.statuses) {
    if (!forbidden_.contains({from, to})) result.push_back(to);
  }
  return result;
}

std::vector<Entry> Tracker::ledger() const {
  const std::lock_guard lock(mutex_);
  return ledger_;
}

}  // namespace saksbro::fakes
