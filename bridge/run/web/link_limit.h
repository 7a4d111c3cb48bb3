// Whoever has a link may press its button again and again, and each answer with other words is a
// row on the disk: within an hour a link brings so many, a case from all its links so many.
#pragma once

#include <chrono>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "bridge/contract/time.h"
#include "bridge/core/decide/decide.h"

namespace saksbro::run {

class LinkLimit {  // thread-safe
 public:
  static constexpr std::size_t kOfALink = 20;
  static constexpr std::size_t kOfACase = 100;

  // How long the holder of the link has to wait; nothing: one more answer may be stored.
  [[nodiscard]] std::optional<std::chrono::seconds> wait_for(const core::LinkClaim& claim,
                                                             Instant now);
  void stored(const core::LinkClaim& claim, Instant now);

 private:
  using Answers = std::deque<Instant>;
  void forget_before(Instant since);

  std::mutex mutex_;
  std::map<std::string, Answers> by_link_;
  std::map<std::string, Answers> by_case_;
};

}  // namespace saksbro::run
