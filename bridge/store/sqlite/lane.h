// What every implementation of the store decides alike: which ticket a command belongs to, and how
// people write a number.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bridge/contract/command.h"
#include "bridge/contract/ids.h"

namespace saksbro::store {

// After a crash nobody knows whether a write left. Its second try begins with a look, and a look
// can lag behind the write: so it waits this long.
inline constexpr std::chrono::milliseconds kSettleTime{5'000};

// How long a claim holds without a sign of life. It is renewed before each call and while one goes
// on: so whoever is older than this is stuck, or gone.
inline constexpr std::chrono::milliseconds kLease{45'000};

// What one delivery causes beyond this many commands is a mass change: it queues behind all else.
inline constexpr int kMassAfter = 20;

// The ticket's key is on its way (its create is done, the answer not yet handled): look again then.
inline constexpr std::chrono::milliseconds kKeyWait{1'000};

// Commands of one lane keep their order. Writes have their case's, "desk|SAK-2026-00001"; looks
// have their ticket's, "desk|ticket:17", so that they wait for no write: core knows an old state
// when it sees one. Without a case the ticket's lane is for all. A file has a lane of its own,
// "desk|file:17/204": however long its bytes take, nothing waits for them.
[[nodiscard]] std::string lane_of(const CaseNumber& number, const SystemName& system);
[[nodiscard]] std::string lane_of(const std::optional<CaseNumber>& number, const Command& command);

// It is about a ticket whose key was not known when it was issued.
[[nodiscard]] bool lacks_ticket(const Action& action);

// Only a look may be repeated at once.
[[nodiscard]] bool is_write(const Action& action);

// Without blanks around it: with and without a leading '#'; nothing for an empty text.
struct NumberForms {
  std::string bare;
  std::string with_hash;
};
[[nodiscard]] std::optional<NumberForms> number_forms(std::string_view typed);

// "SAK-2026-00017" is the 17th of the series "SAK-2026-".
struct PlaceInSeries {
  std::string series;
  std::int64_t place = 0;
};
[[nodiscard]] std::optional<PlaceInSeries> place_in_series(const CaseNumber& number);
[[nodiscard]] CaseNumber numbered(const std::string& series, std::int64_t place);

}  // namespace saksbro::store
