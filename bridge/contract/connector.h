// THE contract of a connector: a pure translation between one kind of remote system and the bridge.
//
// Every function is const and pure: no I/O, no clock, no randomness, no state that changes. So
// every behaviour is a row of a table test, and any thread may call it at any time.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bridge/contract/call.h"
#include "bridge/contract/command.h"
#include "bridge/contract/delivery.h"
#include "bridge/contract/error.h"
#include "bridge/contract/outcome.h"
#include "bridge/contract/refusal.h"
#include "bridge/contract/settings.h"

namespace saksbro {

// What the bridge must know to serve a system.
struct Abilities {
  std::optional<std::string> webhook_path;        // receives webhooks at this path
  std::optional<std::chrono::milliseconds> poll;  // is polled this often
  bool has_tickets = true;                        // false: an alert channel
  bool can_be_read = true;  // false: a ticket tells its state once, and never again (mail)
  // More than so many deliveries of one author within an hour are put aside: a loop of programs.
  std::optional<int> hourly_per_author{};
  // The names that fields have in its configuration; none: it takes any name.
  struct Fields {
    std::string setting;  // that names them: "custom_fields"
    std::vector<std::string> named;
    std::vector<std::string> only_read;  // those that every ticket has
  };
  std::optional<Fields> fields{};
  // The setting that is left out, and without which it opens no ticket; empty: it can.
  std::string missing_to_open{};
  // UpdateTicket: it takes status, fields and a comment in one call.
  bool updates_at_once = false;
  bool takes_files = false;  // AddComment with files
  bool gives_files = false;  // Ticket::attachments, FetchFile
};

// No command and no poll needs more calls: one that goes on has a fault, and is broken off.
inline constexpr int kCallsMost = 100;

class RemoteSystem {  // one configured instance, e.g. "desk" speaking Redmine
 public:
  RemoteSystem() = default;
  RemoteSystem(const RemoteSystem&) = delete;
  RemoteSystem& operator=(const RemoteSystem&) = delete;
  virtual ~RemoteSystem() = default;

  [[nodiscard]] virtual Abilities abilities() const = 0;

  // Is it authentic, and which delivery is it? A refusal is answered 401, counted by its reason,
  // and never reaches the inbox. Fails closed: without a configured secret nothing is authentic.
  [[nodiscard]] virtual Accepted<DeliveryId> accept(const Arrival& arrival) const = 0;

  // What a stored delivery (webhook, poll, or the snapshot of an answer) says. Empty: not our
  // business. An error parks the delivery, with the reason; it never throws, whatever the bytes
  // are.
  [[nodiscard]] virtual Result<std::vector<Observation>> normalise(
      const Delivery& delivery) const = 0;

  // The next call of a poll that began at `cursor`, or the page that came of it.
  [[nodiscard]] virtual PollStep poll(const Cursor& cursor, Transcript so_far) const = 0;

  // The next call for `command`, or how it ended. After a crash the conversation starts over with
  // an empty transcript and a higher `command.attempt`; then the first move is a look.
  [[nodiscard]] virtual Step perform(const Command& command, Transcript so_far) const = 0;
};

// Makes a system from its settings. All errors at once, each with file:line:column.
using Configured = tl::expected<std::unique_ptr<RemoteSystem>, Errors>;
using Configure = Configured (*)(const SystemName& name, const Setting& settings);

}  // namespace saksbro
