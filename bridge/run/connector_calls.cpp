#include "bridge/run/connector_calls.h"

#include <exception>
#include <mutex>
#include <string>
#include <utility>

#include "bridge/run/log.h"
#include "bridge/run/memory.h"

namespace saksbro::run {
namespace {

Phrase fault() { return {"the connector failed on it: a fault of ours, see the log", {}}; }

// Not what() of the exception: it may quote what was read, and that may be personal.
void log_failed(const SystemName& name, const char* function, const std::string& on) {
  log::error("connector.failed", {{"system", name.text()}, {"function", function}, {"key", on}});
}

// As a tree a body can take ten times its size, so several large ones are not read at once: with
// those of all trackers together, memory would run out. One takes a fraction of a second. What is
// bounded is the process's memory, so the lock is the process's, too.
class LargeRead {
 public:
  explicit LargeRead(std::size_t bytes) {
    static std::mutex one_at_a_time;
    if (bytes >= kLargeBody) lock_ = std::unique_lock(one_at_a_time);
  }
  LargeRead(const LargeRead&) = delete;
  LargeRead& operator=(const LargeRead&) = delete;
  ~LargeRead() {
    if (lock_) give_memory_back();
  }

 private:
  std::unique_lock<std::mutex> lock_;
};

std::size_t bytes_in(Transcript calls) {
  std::size_t bytes = 0;
  for (const Exchange& made : calls) {
    if (const auto* answer = std::get_if<Answer>(&made.fate)) bytes += answer->body.size();
  }
  return bytes;
}

template <class Call>
auto unless_it_throws(const SystemName& name, const char* function, const std::string& on,
                      const Call& call) -> std::optional<decltype(call())> {
  try {
    return call();
  } catch (const std::exception&) {
    log_failed(name, function, on);
    return std::nullopt;
  }
}

}  // namespace

bool too_much(Transcript so_far) { return bytes_in(so_far) > kTranscriptMost; }

std::optional<Accepted<DeliveryId>> accepted(const NamedSystem& by, const Arrival& arrival) {
  return unless_it_throws(by.name, "accept", arrival.peer,
                          [&] { return by.system.accept(arrival); });
}

std::optional<Step> performed(const NamedSystem& by, const Command& command, Transcript so_far) {
  const LargeRead large(bytes_in(so_far));
  return unless_it_throws(by.name, "perform", command.key.text(),
                          [&] { return by.system.perform(command, so_far); });
}

Result<std::vector<Observation>> normalised(const NamedSystem& by, const Delivery& delivery) {
  const LargeRead large(delivery.body.size());
  auto seen = unless_it_throws(by.name, "normalise", delivery.id.text(),
                               [&] { return by.system.normalise(delivery); });
  if (!seen) return fail(by.name.text() + ": " + delivery.id.text(), fault());
  return *std::move(seen);
}

PollStep polled(const NamedSystem& by, const Cursor& cursor, Transcript so_far) {
  const LargeRead large(bytes_in(so_far));
  auto step = unless_it_throws(by.name, "poll", cursor.position,
                               [&] { return by.system.poll(cursor, so_far); });
  if (!step) return RetryLater{fault(), std::nullopt, Scope::command};
  return *std::move(step);
}

}  // namespace saksbro::run
