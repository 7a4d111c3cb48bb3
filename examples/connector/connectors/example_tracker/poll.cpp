#include <algorithm>

#include "bridge/codec/rfc3339.h"
#include "bridge/codec/settle.h"
#include "bridge/codec/url.h"
#include "connectors/example_tracker/conversation.h"
#include "connectors/tracker/polling.h"

// Example Tracker lists what changed since an instant, oldest first, and tells where to go on: a
// ticket that changes during the walk comes once more at its end, and shifts no other. A tracker
// that pages by number needs more care: see connectors/redmine/poll.cpp and connectors/rt/poll.cpp.
namespace saksbro::example_tracker {
namespace {

Call list_call(const ExampleTrackerSettings& settings, const Cursor& cursor) {
  const Instant since = tracker::walk_start(cursor, settings.overlap);
  std::string path = "/tickets?queue=" + codec::percent_encode(settings.queue) +
                     "&since=" + codec::percent_encode(codec::write_rfc3339_seconds(since));
  if (!cursor.position.empty()) path += "&after=" + codec::percent_encode(cursor.position);
  return tracker::get(dialect_of(settings), path);
}

}  // namespace

PollStep ExampleTrackerSystem::poll(const Cursor& cursor, Transcript so_far) const {
  if (so_far.empty()) return list_call(settings_, cursor);
  const Exchange& exchange = so_far.back();
  const auto body = tracker::need_list(
      exchange, {.member = "tickets",
                 .otherwise = Sentence("{call} was answered {code} without a list of tickets")});
  if (!body) return body.error();
  const Instant now = codec::answered_at(exchange);
  Page page{{}, cursor, false};
  for (const Json& ticket : codec::at_path(*body, "tickets")) {
    const auto updated = codec::parse_rfc3339(codec::text_or(ticket, "updated", ""));
    const std::string id = codec::text_or(ticket, "id", "");
    if (!updated || id.empty()) continue;
    page.found.push_back({tracker::polled_id(id, *updated, now), codec::write_json(ticket)});
    page.next.since = std::max(page.next.since, std::min(*updated, now));
  }
  page.next.position = codec::text_or(*body, "next", "");
  page.more = !page.next.position.empty() && page.next.position != cursor.position;
  // Within a walk the question stays the same one.
  if (page.more) page.next.since = cursor.since;
  return page;
}

}  // namespace saksbro::example_tracker
