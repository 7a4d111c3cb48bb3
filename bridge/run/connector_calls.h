// The only way from here to a connector's functions. None of them ever throws; where one does, that
// is a fault of ours, which must not take the process with it: after a restart the same bytes would
// be there again.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "bridge/contract/connector.h"

namespace saksbro::run {

struct NamedSystem {
  const SystemName& name;
  const RemoteSystem& system;
};

// All answers of one conversation; an answer alone has 8 MB at most. With each further call the
// connector reads them all again.
inline constexpr std::size_t kTranscriptMost = 24'000'000;
[[nodiscard]] bool too_much(Transcript so_far);

// None: the connector threw, which has been logged.
[[nodiscard]] std::optional<Accepted<DeliveryId>> accepted(const NamedSystem& by,
                                                           const Arrival& arrival);
[[nodiscard]] std::optional<Step> performed(const NamedSystem& by, const Command& command,
                                            Transcript so_far);

// Where the connector threw, the delivery says nothing, and the poll is for later.
[[nodiscard]] Result<std::vector<Observation>> normalised(const NamedSystem& by,
                                                          const Delivery& delivery);
[[nodiscard]] PollStep polled(const NamedSystem& by, const Cursor& cursor, Transcript so_far);

}  // namespace saksbro::run
