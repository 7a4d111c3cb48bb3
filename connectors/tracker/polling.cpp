#include "connectors/tracker/polling.h"

#include <algorithm>

#include "bridge/codec/rfc3339.h"
#include "bridge/codec/settle.h"

namespace saksbro::tracker {

DeliveryId polled_id(const std::string& ticket, Instant updated, Instant now) {
  std::string id = ticket + "@" + codec::write_rfc3339_seconds(updated);
  if (now < updated + kYoung) id += "~" + codec::write_rfc3339_seconds(now);
  return DeliveryId(std::move(id));
}

Instant walk_start(const Cursor& cursor, std::chrono::milliseconds overlap) {
  return std::chrono::floor<std::chrono::seconds>(std::max(cursor.since - overlap, Instant{}));
}

tl::expected<codec::Json, RetryLater> need_list(const Exchange& exchange,
                                                const ListWanted& wanted) {
  if (auto later = codec::postpone_early(exchange)) return tl::unexpected(std::move(*later));
  const Answer& answer = std::get<Answer>(exchange.fate);
  const std::string call = codec::describe(exchange.call);
  auto body = codec::parse_json(answer.body, call, wanted.bytes);
  if (answer.status == 200 && body && codec::at_path(*body, wanted.member).is_array())
    return *std::move(body);
  Phrase::Args args = wanted.args;
  args.emplace("call", call);
  args.emplace("code", std::to_string(answer.status));
  const bool not_found = answer.status == 404 && wanted.not_found;
  return tl::unexpected(
      RetryLater{Phrase(not_found ? *wanted.not_found : wanted.otherwise, std::move(args)),
                 {},
                 Scope::system});
}

}  // namespace saksbro::tracker
