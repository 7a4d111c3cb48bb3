// A ticket's transactions and their texts, page by page.
#pragma once

#include <cstdint>
#include <string>

#include "connectors/rt/talk.h"

namespace saksbro::rt {

struct History {
  Json transactions = Json::array();  // those that mean something to us, oldest first
  std::int64_t revision = 0;          // the number of the last one, of whatever type
};

// Up to and including the transaction that `etag` names; all of them when it names none.
[[nodiscard]] Told<History> read_history(Talk& talk, const RemoteKey& key, const std::string& etag);

// The texts of those transactions: [{"TransactionId", "ContentType", "Content"}], and where they
// are parts of something "Parent"; what has parts has an "id". Attached files are never fetched.
[[nodiscard]] Told<Json> read_texts(Talk& talk, const History& history);

[[nodiscard]] bool has_text(const Json& transaction);  // of type Create, Correspond or Comment

}  // namespace saksbro::rt
