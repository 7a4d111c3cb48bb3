// The state of one fake tracker, whatever its dialect: tickets and their events, who may move what,
// and a ledger of what was really done, by whom and in which order. People act on it directly, the
// bridge by a dialect. Thread-safe.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "bridge/contract/time.h"

namespace saksbro::fakes {

using Fields = std::map<std::string, std::string>;
using Now = std::function<Instant()>;

[[nodiscard]] Instant real_now();

struct TrackerSettings {
  std::vector<std::string> places;    // projects or queues; the first is the bridge's
  std::vector<std::string> statuses;  // the first is that of a new ticket
  std::vector<std::string> fields;
  std::string marker_field = "Saksbro-nøkkel";
  std::map<std::string, std::string> people = {};  // login or id -> name
  std::string bridge = {};                         // the bridge's own login or id
  std::string key = {};                            // its credentials
  bool one_event_each = false;  // RT: each part of a change is an event of its own
};

struct Detail {
  std::string attribute;  // "status", or a field's name
  std::string from;
  std::string to;
};

struct File {
  int id = 0;  // given when it comes onto a ticket
  std::string name = {};
  std::string type = {};
  std::string bytes = {};
};

struct Event {
  int id = 0;
  std::string author = {};
  Instant at{};
  bool create = false;
  std::string text = {};
  bool internal = false;
  std::vector<Detail> details = {};
  std::vector<File> files = {};
};

struct Ticket {
  int id = 0;
  std::string place;
  std::string title;
  std::string text;
  std::string status;
  Fields fields;
  std::string author;
  Instant created{};
  Instant updated{};
  std::vector<Event> events;
};

struct Entry {
  Instant at{};
  std::string who;
  std::string what;  // "created", "comment", "status", "field", "file", "note", "moved",
                     // "deleted"
  int ticket = 0;
  std::string text;  // created: the marker; status: the new one; field: name=value; file: its name
};

// Asked for, but perhaps not got.
struct Change {
  std::optional<std::string> text = std::nullopt;
  bool internal = true;
  std::optional<std::string> status = std::nullopt;
  Fields fields = {};
  std::vector<File> files = {};  // with the text
};

enum class Changed { yes, no_such_ticket, conflict };

class Tracker {
 public:
  using Observer = std::function<void(const Ticket&, const std::vector<Event>&)>;
  Tracker(TrackerSettings settings, Now now);

  [[nodiscard]] const TrackerSettings& settings() const { return settings_; }
  [[nodiscard]] Instant now() const { return now_(); }
  // Called after each change, on the thread that made it, with the events that came of it.
  void observe(Observer observer) { observer_ = std::move(observer); }

  int open(const std::string& who, const std::string& place, const std::string& title,
           const std::string& text, const Fields& fields);
  // What the workflow forbids, and fields that are not known, are left out without a word.
  // `if_last`: only if that event is the ticket's last one.
  Changed change(const std::string& who, int ticket, const Change& change,
                 std::optional<int> if_last = std::nullopt);
  // An empty text takes the comment away. False: there is no such one.
  bool edit_comment(const std::string& who, int event, const std::string& text, bool internal);

  // A file that comes onto a ticket by a later change (Redmine's uploads): its token.
  [[nodiscard]] std::string upload(File file);
  [[nodiscard]] std::optional<File> uploaded(const std::string& token) const;
  [[nodiscard]] std::optional<File> file(int id) const;

  void forbid(const std::string& from, const std::string& to);
  void rename_status(const std::string& from, const std::string& to);
  void move(int ticket, const std::string& place);
  void remove(int ticket);
  // For so long a search by marker does not find a new ticket.
  void stale_search(std::chrono::milliseconds lag);

  [[nodiscard]] std::optional<Ticket> find(int ticket) const;
  [[nodiscard]] std::optional<Event> event(int event);
  [[nodiscard]] std::vector<Ticket> all() const;  // by id
  [[nodiscard]] std::vector<Ticket> with_marker(const std::string& marker) const;
  [[nodiscard]] std::vector<std::string> statuses() const;
  [[nodiscard]] std::vector<std::string> allowed(const std::string& from) const;
  [[nodiscard]] std::vector<Entry> ledger() const;

 private:
  struct Made {
    Ticket ticket;
    std::vector<Event> events;
  };
  std::vector<Event> events_of(Ticket& ticket, const Change& change);
  void add(Ticket& ticket, const std::string& who, std::vector<Event>& events);
  void note(const std::string& who, const std::string& what, int ticket, const std::string& text);
  void tell(const std::optional<Made>& made) const;
  Ticket* with_event(int event);  // null: there is no such one

  TrackerSettings settings_;
  Now now_;
  Observer observer_;
  mutable std::mutex mutex_;
  std::map<int, Ticket> tickets_;
  std::map<int, int> ticket_of_event_;
  int last_ticket_ = 0;
  int last_event_ = 0;
  int last_file_ = 0;
  std::map<std::string, File> uploads_;
  std::set<std::pair<std::string, std::string>> forbidden_;
  std::chrono::milliseconds lag_{0};
  std::vector<Entry> ledger_;
};

}  // namespace saksbro::fakes
