#include "bridge/run/calls/guarded_system.h"

#include <cxxabi.h>

#include <cstdlib>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <type_traits>
#include <typeinfo>

#include "bridge/run/observe/failpoint.h"
#include "bridge/run/observe/log.h"
#include "bridge/run/observe/memory.h"

namespace saksbro::run {
namespace {

Phrase fault() { return {"the connector failed on it: this is a bug in Saksbro, see the log", {}}; }

// "std::out_of_range", also of what is no std::exception. Only within a catch.
std::string thrown_type() {
  const std::type_info* type = abi::__cxa_current_exception_type();
  if (type == nullptr) return "unknown";
  int status = 0;
  const std::unique_ptr<char, decltype(&std::free)> name(
      abi::__cxa_demangle(type->name(), nullptr, nullptr, &status), &std::free);
  return name ? name.get() : type->name();
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

// The log has the exception's type and not its what(): that may quote what was read, and what was
// read may be personal.
template <class Call>
auto guarded(const SystemName& name, const char* function, const std::string& on, const Call& call)
    -> Result<std::decay_t<decltype(call())>> {
  try {
    return call();
  } catch (...) {
    log::error(
        "connector.failed",
        {{"system", name.text()}, {"function", function}, {"key", on}, {"threw", thrown_type()}});
    return fail(name.text() + ": " + on, fault());
  }
}

}  // namespace

bool too_much(Transcript so_far) { return bytes_in(so_far) > kTranscriptMost; }

Result<Accepted<DeliveryId>> GuardedSystem::accept(const Arrival& arrival) const {
  return guarded(name_, "accept", arrival.peer, [&] { return system_.accept(arrival); });
}

Result<std::vector<Observation>> GuardedSystem::normalise(const store::WorkItem& item,
                                                          const Delivery& delivery) const {
  const LargeRead large(delivery.body.size());
  auto seen = in_hand_.during(item, [&] {
    return guarded(name_, "normalise", delivery.id.text(),
                   [&] { return system_.normalise(delivery); });
  });
  return seen ? *std::move(seen) : tl::unexpected(seen.error());
}

Result<PollStep> GuardedSystem::poll(const store::WorkItem& item, const Cursor& cursor,
                                     Transcript so_far) const {
  const LargeRead large(bytes_in(so_far));
  return in_hand_.during(item, [&] {
    failpoint("poll.asked", name_.text());
    return guarded(name_, "poll", "poll", [&] { return system_.poll(cursor, so_far); });
  });
}

Result<Step> GuardedSystem::perform(const store::WorkItem& item, const Command& command,
                                    Transcript so_far) const {
  const LargeRead large(bytes_in(so_far));
  return in_hand_.during(item, [&] {
    return guarded(name_, "perform", command.key.text(),
                   [&] { return system_.perform(command, so_far); });
  });
}

}  // namespace saksbro::run
