#include <algorithm>
#include <optional>

#include "bridge/codec/rfc3339.h"
#include "bridge/codec/settle.h"
#include "bridge/codec/url.h"
#include "connectors/rt/conversation.h"
#include "connectors/rt/ticket_sql.h"
#include "connectors/tracker/polling.h"

// The walk goes by (LastUpdated, id), not by pages: paging by number would lose a ticket, since one
// that changes during the walk moves to the end and shifts the others forward.
namespace saksbro::rt {
namespace {

constexpr std::size_t kPageSize = 100;  // RT gives no more, whatever is asked for

// After this ticket; without an id: from this instant on.
struct PollPlace {
  Instant stamp{};
  std::optional<long long> id;
};

// Cursor::position is "<stamp>/<id>", empty between walks.
std::string write_place(const PollPlace& place) {
  return codec::write_rfc3339_seconds(place.stamp) + "/" + std::to_string(place.id.value_or(0));
}

PollPlace place_of(const Cursor& cursor, std::chrono::milliseconds overlap) {
  const auto slash = cursor.position.find('/');
  if (slash != std::string::npos) {
    const auto stamp = codec::parse_rfc3339(cursor.position.substr(0, slash));
    const auto id = parse_whole_number(cursor.position.substr(slash + 1));
    if (stamp && id) return {*stamp, *id};
  }
  return {tracker::walk_start(cursor, overlap), std::nullopt};
}

std::string query_of(const RtSettings& settings, const PollPlace& place) {
  const std::string stamp = sql_time(place.stamp);
  std::string query = "Queue = " + sql_text(settings.queue) + " AND ";
  if (!place.id) return query + "LastUpdated >= " + stamp;
  return query + "(LastUpdated > " + stamp + " OR (LastUpdated >= " + stamp + " AND id > " +
         std::to_string(*place.id) + "))";
}

Call list_call(const RtSettings& settings, const PollPlace& place) {
  return tracker::get(dialect_of(settings),
                      "/tickets?query=" + codec::percent_encode(query_of(settings, place)) +
                          "&fields=LastUpdated,Status&orderby=LastUpdated&order=ASC&orderby=id"
                          "&order=ASC&per_page=" +
                          std::to_string(kPageSize));
}

struct Listed {
  std::vector<Polled> found;
  PollPlace last;  // the last ticket of the page
  bool too_old = false;
};

bool is_before(Instant updated, long long id, const PollPlace& asked) {
  if (updated != asked.stamp) return updated < asked.stamp;
  return asked.id && id <= *asked.id;
}

Listed read_list(const Json& items, const PollPlace& asked, Instant now) {
  Listed listed{{}, asked, false};
  for (const Json& item : items) {
    const auto id = codec::integer_at(item, "id");
    const auto updated = codec::parse_rfc3339(codec::text_or(item, "LastUpdated", ""));
    if (!id || !updated) continue;
    listed.too_old = listed.too_old || is_before(*updated, *id, asked);
    listed.last = {*updated, *id};
    listed.found.push_back(
        {tracker::polled_id(std::to_string(*id), *updated, now), codec::write_json(item)});
  }
  return listed;
}

// RT hides tickets that the user may not see after it has cut the page; then it gives no total
// either, and only an empty page is the end.
bool has_more(const Json& body, const Listed& listed) {
  if (listed.found.empty()) return false;
  const bool total_known = codec::integer_at(body, "total").has_value();
  return codec::at_path(body, "items").size() >= kPageSize || !total_known;
}

Page page_from(const Json& body, Listed listed, const Cursor& cursor, Instant now) {
  Page page;
  page.more = has_more(body, listed);
  page.found = std::move(listed.found);
  page.next = {cursor.since, write_place(listed.last)};
  if (page.more) return page;
  const bool nothing_seen = page.found.empty() && cursor.position.empty();
  const Instant last = nothing_seen ? cursor.since : std::min(listed.last.stamp, now);
  page.next = {std::max(cursor.since, last), ""};
  return page;
}

RetryLater wrong_zone(const Exchange& exchange) {
  return RetryLater{
      Phrase("{call}: RT gave tickets older than asked for. It reads times in the zone of the "
             "bridge's user: set that user's Timezone to UTC",
             {{"call", codec::describe(exchange.call)}})};
}

}  // namespace

PollStep RtSystem::poll(const Cursor& cursor, Transcript so_far) const {
  const PollPlace place = place_of(cursor, settings_.overlap);
  if (so_far.empty()) return list_call(settings_, place);
  const Exchange& exchange = so_far.back();
  const auto body = tracker::need_list(
      exchange, {.member = "items",
                 .otherwise = Sentence("{call} was answered {code} without a list of tickets"),
                 .bytes = codec::Bytes::latin1_allowed});
  if (!body) return body.error();
  const Instant now = codec::answered_at(exchange);
  Listed listed = read_list(codec::at_path(*body, "items"), place, now);
  if (listed.too_old) return wrong_zone(exchange);
  return page_from(*body, std::move(listed), cursor, now);
}

}  // namespace saksbro::rt
