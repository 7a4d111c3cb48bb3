#include "bridge/run/web/link_limit.h"

#include <algorithm>

namespace saksbro::run {
namespace {

constexpr std::chrono::hours kLinkWindow{1};

std::string claim_name(const core::LinkClaim& claim) {
  return claim.number.text() + "\n" + claim.signal.text() + "\n" + claim.role.text() + "\n" +
         claim.organisation;
}

void drop_before(std::deque<Instant>& answers, Instant since) {
  while (!answers.empty() && answers.front() <= since) answers.pop_front();
}

// When the first of them is an hour old.
std::optional<Instant> free_again(const std::map<std::string, std::deque<Instant>>& all,
                                  const std::string& name, std::size_t most) {
  const auto found = all.find(name);
  if (found == all.end() || found->second.size() < most) return std::nullopt;
  return found->second.front() + kLinkWindow;
}

}  // namespace

std::optional<std::chrono::seconds> LinkLimit::wait_for(const core::LinkClaim& claim, Instant now) {
  const std::lock_guard lock(mutex_);
  forget_before(now - kLinkWindow);
  const auto link = free_again(by_link_, claim_name(claim), kOfALink);
  const auto whole = free_again(by_case_, claim.number.text(), kOfACase);
  if (!link && !whole) return std::nullopt;
  return std::chrono::ceil<std::chrono::seconds>(std::max(link.value_or(now), whole.value_or(now)) -
                                                 now);
}

void LinkLimit::stored(const core::LinkClaim& claim, Instant now) {
  const std::lock_guard lock(mutex_);
  by_link_[claim_name(claim)].push_back(now);
  by_case_[claim.number.text()].push_back(now);
}

// Only links of ours that were used within the hour are remembered.
void LinkLimit::forget_before(Instant since) {
  for (auto* all : {&by_link_, &by_case_}) {
    for (auto& [name, answers] : *all) drop_before(answers, since);
    std::erase_if(*all, [](const auto& one) { return one.second.empty(); });
  }
}

}  // namespace saksbro::run
