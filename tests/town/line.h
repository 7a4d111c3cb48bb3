// One system end to end without the engine: a real connector, the real client, a real outbox and
// its dispatcher on one side, a fake with its own ledger on the other, one clock for both.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "bridge/contract/connector.h"
#include "bridge/net/client.h"
#include "bridge/run/dispatch/dispatcher.h"
#include "bridge/store/sqlite/sqlite_store.h"
#include "tests/fakes/fake_tracker.h"
#include "tests/fakes/set_clock.h"
#include "tests/store/temporary_folder.h"

namespace saksbro::chaos {

inline constexpr const char* kMarkerField = "Saksbro-nøkkel";
inline constexpr const char* kNumberField = "Saksnummer";

// A kind of system, as a table names it: what its fake speaks and how its connector is configured.
struct Kind {
  const char* name;  // of the connector
  fakes::TrackerSettings settings;
  fakes::Speak speak;
  std::string status;  // one that a new ticket has not
  // Where the writes go, for rules of faults: method, path, and how many of the like come before.
  struct Write {
    const char* verb;
    const char* method;
    const char* path;
    int after;
  };
  std::vector<Write> writes;
};
[[nodiscard]] const std::vector<Kind>& kinds();
void PrintTo(const Kind& kind, std::ostream* out);

class Line {
 public:
  explicit Line(const Kind& kind, std::uint64_t seed = 1,
                const net::ClientLimits& limits = limits_);
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;

  // Appends to the outbox; `number` is the case's, "" for a case of its own.
  void queue(const std::string& key, const Action& action, const std::string& number = "SAK-1");
  [[nodiscard]] Action create(const std::string& marker) const;
  // Once each: a create, a comment, a status, a field and the case note, for ticket 1.
  void queue_errand();

  // Sends until nothing waits, moving the clock to what is due next; how long that took.
  std::chrono::milliseconds drain();
  [[nodiscard]] bool send() const;  // one command that is due
  [[nodiscard]] std::vector<store::OutboxRow> open_rows();
  void redrive();  // every dead letter, as a person does

  // What was expected of the errand and is not so, from the fake's ledger: empty when all is well.
  [[nodiscard]] std::vector<std::string> wrong_with_errand();
  [[nodiscard]] int created() const;  // tickets by the bridge

  store::TemporaryFolder folder;
  fakes::SetClock clock;
  run::Metrics metrics;
  const Kind& kind;
  fakes::FakeTracker tracker;

 private:
  static const net::ClientLimits limits_;
  run::Wake wake_;
  run::Wake stopping_;
  std::unique_ptr<RemoteSystem> system_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<net::Client> client_;
  std::unique_ptr<run::Traffic> traffic_;
  std::unique_ptr<run::Dispatcher> dispatcher_;
};

}  // namespace saksbro::chaos
