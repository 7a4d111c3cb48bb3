#include "connectors/rt/history.h"

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

#include "bridge/codec/url.h"
#include "bridge/contract/settings.h"

namespace saksbro::rt {
namespace {

constexpr std::size_t kHistoryPageSize = 100;  // RT gives no more, whatever is asked for

// The rest is the mails that RT sent (EmailRecord), links, watchers, reminders.
bool tells_something(const Json& transaction) {
  static constexpr std::array<std::string_view, 2> kChanges{"Status", "CustomField"};
  const std::string type = codec::text_or(transaction, "Type", "");
  return has_text(transaction) ||
         std::find(kChanges.begin(), kChanges.end(), type) != kChanges.end();
}

// ETag: "61", perhaps weakened to W/"61" by a proxy.
std::int64_t last_of(const std::string& etag) {
  const auto from = etag.find('"');
  const auto to = etag.rfind('"');
  if (from == std::string::npos || to <= from) return std::numeric_limits<std::int64_t>::max();
  const auto number = parse_whole_number(std::string_view(etag).substr(from + 1, to - from - 1));
  return number.value_or(std::numeric_limits<std::int64_t>::max());
}

// All items of a list in the order of their ids. RT tells no total here: what counts is a page that
// is not full. A page that brings nothing new would go on for ever.
StepOr<std::vector<Json>> all_pages(Conversation& conversation, const std::string& path) {
  std::vector<Json> all;
  std::int64_t last = 0;
  for (int page = 1;; ++page) {
    auto reply = conversation.need(
        path + "&orderby=id&order=ASC&per_page=" + std::to_string(kHistoryPageSize) +
        "&page=" + std::to_string(page));
    if (!reply) return tl::unexpected(reply.error());
    if (!codec::at_path(reply->body, "items").is_array()) {
      return ended(
          RetryLater{Phrase("{call} was answered without a list", {{"call", reply->call}})});
    }
    Json& items = reply->body["items"];
    for (Json& item : items) {
      const auto id = codec::integer_at(item, "id").value_or(0);
      if (id <= last)
        return ended(
            RetryLater{Phrase("{call}: RT's pages do not move on", {{"call", reply->call}})});
      last = id;
      all.push_back(std::move(item));
    }
    if (items.size() < kHistoryPageSize) return all;
  }
}

// What has no parent is a text, or holds the parts of one. What has is asked for by itself:
// RT 5.0.3 answers 500 when it is to show the parent of something that has none.
enum class HistoryPlace { top, within };

std::string texts_path(const Json& ids, HistoryPlace place) {
  const Json types = {"text/plain",        "text/html",        "text/calendar",
                      "message/rfc822",    "multipart/mixed",  "multipart/alternative",
                      "multipart/related", "multipart/signed", "multipart/report"};
  const Json query = {
      {{"field", "TransactionId"}, {"operator", "IN"}, {"value", ids}},
      {{"field", "Parent"}, {"operator", place == HistoryPlace::top ? "=" : ">"}, {"value", 0}},
      {{"field", "Filename"}, {"operator", "IS"}, {"value", "NULL"}},
      {{"field", "ContentType"}, {"operator", "IN"}, {"value", types}}};
  return "/attachments?query=" + codec::percent_encode(codec::write_json(query)) +
         "&fields=TransactionId,ContentType,Content" +
         (place == HistoryPlace::top ? "" : ",Parent");
}

// Adds to `texts`; brings the ids of the transactions whose texts have parts.
StepOr<Json> add_texts(Conversation& conversation, const Json& ids, HistoryPlace place,
                       Json& texts) {
  const auto items = all_pages(conversation, texts_path(ids, place));
  if (!items) return tl::unexpected(items.error());
  Json in_parts = Json::array();
  for (const Json& item : *items) {
    const std::string type = codec::text_or(item, "ContentType", "");
    Json text{{"TransactionId", codec::text_or(item, "TransactionId", "")},
              {"ContentType", type},
              {"Content", codec::text_or(item, "Content", "")}};
    if (place == HistoryPlace::within) text["Parent"] = codec::text_or(item, "Parent.id", "");
    if (!type.starts_with("text/")) text["id"] = codec::text_or(item, "id", "");
    if (type.starts_with("multipart/"))
      in_parts.push_back(codec::integer_at(item, "TransactionId").value_or(0));
    texts.push_back(std::move(text));
  }
  return in_parts;
}

// At most 100 ids at a time, so that the address stays well below what servers take.
std::vector<Json> ids_with_texts(const History& history) {
  std::vector<Json> chunks;
  for (const Json& transaction : history.transactions) {
    if (!has_text(transaction)) continue;
    if (chunks.empty() || chunks.back().size() == kHistoryPageSize) chunks.push_back(Json::array());
    chunks.back().push_back(codec::integer_at(transaction, "id").value_or(0));
  }
  return chunks;
}

}  // namespace

bool has_text(const Json& transaction) {
  static constexpr std::array<std::string_view, 3> kTexts{"Create", "Correspond", "Comment"};
  const std::string type = codec::text_or(transaction, "Type", "");
  return std::find(kTexts.begin(), kTexts.end(), type) != kTexts.end();
}

StepOr<History> read_history(Conversation& conversation, const RemoteKey& key,
                             const std::string& etag) {
  auto items =
      all_pages(conversation, "/ticket/" + codec::percent_encode(key.text()) +
                                  "/history?fields=Type,ObjectId,Creator,Created,Field,OldValue,"
                                  "NewValue&fields%5BCreator%5D=RealName");
  if (!items) return tl::unexpected(items.error());
  History history;
  for (Json& transaction : *items) {
    const auto id = codec::integer_at(transaction, "id").value_or(0);
    if (id > last_of(etag)) break;
    history.revision = id;
    if (tells_something(transaction)) history.transactions.push_back(std::move(transaction));
  }
  return history;
}

StepOr<Json> read_texts(Conversation& conversation, const History& history) {
  Json texts = Json::array();
  for (const Json& ids : ids_with_texts(history)) {
    const auto in_parts = add_texts(conversation, ids, HistoryPlace::top, texts);
    if (!in_parts) return tl::unexpected(in_parts.error());
    if (in_parts->empty()) continue;
    const auto rest = add_texts(conversation, *in_parts, HistoryPlace::within, texts);
    if (!rest) return tl::unexpected(rest.error());
  }
  return texts;
}

}  // namespace saksbro::rt
