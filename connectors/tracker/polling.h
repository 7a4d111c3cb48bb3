// What the polls of trackers have in common: where a walk begins, how its findings are named, and
// what is no list. The walk itself differs, by how a tracker sorts and pages.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "bridge/codec/json.h"
#include "bridge/contract/outcome.h"

namespace saksbro::tracker {

// For how long after a second it is not yet over: commits come late, and clocks differ a little.
inline constexpr std::chrono::seconds kYoung{2};

// "7@2026-11-23T12:00:00Z". Stamps are whole seconds: while that second may not be over by the
// tracker's clock, the same stamp can come to mean more. Then the id is one that no later poll
// repeats.
[[nodiscard]] DeliveryId polled_id(const std::string& ticket, Instant updated, Instant now);

// The whole second from which a walk that begins anew asks for changes.
[[nodiscard]] Instant walk_start(const Cursor& cursor, std::chrono::milliseconds overlap);

struct ListWanted {
  std::string_view member;  // where the list stands in the body: "issues"
  Sentence otherwise;       // of what else was answered: {call}, {code}, and what `args` has
  std::optional<Sentence> not_found{};  // in its place where that was 404
  Phrase::Args args{};
  codec::Bytes bytes = codec::Bytes::utf8;
};

// The body of a page; else why the system has to wait. Anything but 200 with that list is the
// matter of the whole system.
[[nodiscard]] tl::expected<codec::Json, RetryLater> need_list(const Exchange& exchange,
                                                              const ListWanted& wanted);

}  // namespace saksbro::tracker
