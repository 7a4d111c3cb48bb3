// A ticket's transactions and their texts, page by page.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "connectors/rt/conversation.h"

namespace saksbro::rt {

inline constexpr std::size_t kHistoryPageSize = 100;  // RT gives no more, whatever is asked for

struct History {
  Json transactions = Json::array();  // those that mean something to us, oldest first
  std::int64_t revision = 0;          // the number of the last one, of whatever type
};

// Up to and including the transaction that `etag` names; all of them when it names none. Of more
// than 1,000 the oldest 300 and the newest 700: at most 10 calls, however long the history is.
[[nodiscard]] StepOr<History> read_history(Conversation& conversation, const RemoteKey& key,
                                           const std::string& etag);

// The texts of those transactions: [{"TransactionId", "ContentType", "Content"}], and where they
// are parts of something "Parent"; what has parts has an "id"; what a mail program broke has the
// "Format" (and "DelSp") of its Content-Type. Attached files are listed by files.h.
[[nodiscard]] StepOr<Json> read_texts(Conversation& conversation, const History& history);

// All items of a list of attachments, of some pages; `too_many` is why it waits where that is not
// all, with {count}.
[[nodiscard]] StepOr<std::vector<Json>> whole_list(Conversation& conversation,
                                                   const std::string& path,
                                                   const Sentence& too_many);

[[nodiscard]] bool has_text(const Json& transaction);  // of type Create, Correspond or Comment

}  // namespace saksbro::rt
