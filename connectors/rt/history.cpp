#include "connectors/rt/history.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>
#include <vector>

#include "bridge/codec/mime/mime_flowed.h"
#include "bridge/codec/url.h"
#include "bridge/contract/settings.h"

namespace saksbro::rt {
namespace {

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

// A ticket's history may have any length; what is read of it has a bound. Entries never leave a
// history and never change, so those that are in the middle now have been read before, when they
// were the newest: only the beginning and the newest are read once it is longer than this.
constexpr int kOldestPages = 3;
constexpr int kNewestPages = 7;
constexpr int kTextPages = 20;  // of the texts of a hundred entries; a mail may have many parts

enum class Order { oldest_first, newest_first };

StepOr<Json> page_of(Conversation& conversation, const std::string& path, Order order, int number) {
  const char* way = order == Order::oldest_first ? "ASC" : "DESC";
  auto reply = conversation.need(path + "&orderby=id&order=" + way +
                                 "&per_page=" + std::to_string(kHistoryPageSize) +
                                 "&page=" + std::to_string(number));
  if (!reply) return tl::unexpected(reply.error());
  if (codec::at_path(reply->body, "items").is_array()) return std::move(reply->body["items"]);
  return ended(RetryLater{Phrase("{call} was answered without a list", {{"call", reply->call}})});
}

std::int64_t id_of_item(const Json& item) { return codec::integer_at(item, "id").value_or(0); }

tl::unexpected<Step> stands_still(const std::string& path) {
  const std::string call = "GET /REST/2.0" + path.substr(0, path.find('?'));
  return ended(RetryLater{Phrase("{call}: RT's pages do not move on", {{"call", call}})});
}

struct Pages {
  std::vector<Json> items;  // in the order of their ids
  bool complete = true;
};

// The items of a list, of at most so many pages. RT tells no total here: what counts is a page that
// is not full. A page that brings nothing new would go on for ever.
StepOr<Pages> oldest_pages(Conversation& conversation, const std::string& path, int most) {
  Pages pages;
  std::int64_t last = 0;
  for (int number = 1; number <= most; ++number) {
    auto items = page_of(conversation, path, Order::oldest_first, number);
    if (!items) return tl::unexpected(items.error());
    for (Json& item : *items) {
      if (id_of_item(item) <= last) return stands_still(path);
      last = id_of_item(item);
      pages.items.push_back(std::move(item));
    }
    if (items->size() < kHistoryPageSize) return pages;
  }
  pages.complete = false;
  return pages;
}

// Adds the newest items that are not there, of so many pages. What is new meanwhile shifts the
// pages: some items come twice then, and none is left out.
StepOr<bool> add_newest_pages(Conversation& conversation, const std::string& path, Pages& pages) {
  const std::int64_t known = pages.items.empty() ? 0 : id_of_item(pages.items.back());
  std::vector<Json> newest;
  std::int64_t first = std::numeric_limits<std::int64_t>::max();
  for (int number = 1; number <= kNewestPages && !pages.complete; ++number) {
    auto items = page_of(conversation, path, Order::newest_first, number);
    if (!items) return tl::unexpected(items.error());
    const std::int64_t before = first;
    for (Json& item : *items) {
      const std::int64_t id = id_of_item(item);
      pages.complete = pages.complete || id <= known;
      if (id <= known || id >= first) continue;
      first = id;
      newest.push_back(std::move(item));
    }
    if (first == before && !pages.complete) return stands_still(path);
  }
  std::move(newest.rbegin(), newest.rend(), std::back_inserter(pages.items));
  return pages.complete;
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
         "&fields=TransactionId,ContentType,Headers,Content" +
         (place == HistoryPlace::top ? "" : ",Parent");
}

// RT keeps the lines of a mail as they came; of its headers no more than this is kept here.
void note_flow(const std::string& headers, Json& text) {
  const codec::LineFlow flow = codec::line_flow(headers);
  if (flow.flowed) text["Format"] = "flowed";
  if (flow.delsp) text["DelSp"] = "yes";
}

// Adds to `texts`; brings the ids of the transactions whose texts have parts.
StepOr<Json> add_texts(Conversation& conversation, const Json& ids, HistoryPlace place,
                       Json& texts) {
  const auto items = whole_list(
      conversation, texts_path(ids, place),
      Sentence(
          "RT has more than {count} texts of a hundred entries: a person must check the ticket"));
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
    if (type == "text/plain") note_flow(codec::text_or(item, "Headers", ""), text);
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

StepOr<std::vector<Json>> whole_list(Conversation& conversation, const std::string& path,
                                     const Sentence& too_many) {
  auto pages = oldest_pages(conversation, path, kTextPages);
  if (!pages) return tl::unexpected(pages.error());
  if (pages->complete) return std::move(pages->items);
  return ended(RetryLater{Phrase(too_many, {{"count", std::to_string(pages->items.size())}})});
}

bool has_text(const Json& transaction) {
  static constexpr std::array<std::string_view, 3> kTexts{"Create", "Correspond", "Comment"};
  const std::string type = codec::text_or(transaction, "Type", "");
  return std::find(kTexts.begin(), kTexts.end(), type) != kTexts.end();
}

StepOr<History> read_history(Conversation& conversation, const RemoteKey& key,
                             const std::string& etag) {
  const std::string path = "/ticket/" + codec::percent_encode(key.text()) +
                           "/history?fields=Type,ObjectId,Creator,Created,Field,OldValue,"
                           "NewValue&fields%5BCreator%5D=RealName";
  auto pages = oldest_pages(conversation, path, kOldestPages);
  if (!pages) return tl::unexpected(pages.error());
  const auto newest = add_newest_pages(conversation, path, *pages);
  if (!newest) return tl::unexpected(newest.error());
  History history;
  for (Json& transaction : pages->items) {
    const std::int64_t id = id_of_item(transaction);
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
