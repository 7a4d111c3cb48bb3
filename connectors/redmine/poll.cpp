#include <algorithm>

#include "bridge/codec/rfc3339.h"
#include "bridge/codec/settle.h"
#include "bridge/codec/url.h"
#include "connectors/redmine/conversation.h"
#include "connectors/tracker/polling.h"

// The walk goes by time, not by pages: the next page begins at the last stamp of this one. Paging
// by offset alone would lose an issue, since one that changes during the walk moves to the end and
// shifts the others forward. Only within one second, which many issues may share, an offset is
// needed; it steps back a little, for the same reason.
namespace saksbro::redmine {
namespace {

constexpr std::size_t kPageSize = 100;  // Redmine gives no more, whatever is asked for
constexpr std::size_t kStepBack = 10;

struct Place {
  Instant from{};
  std::size_t offset = 0;
};

// Cursor::position is "<from>+<offset>", empty between walks.
std::string write_place(const Place& place) {
  return codec::write_rfc3339_seconds(place.from) + "+" + std::to_string(place.offset);
}

Place place_of(const Cursor& cursor, std::chrono::milliseconds overlap) {
  const auto plus = cursor.position.find('+');
  if (plus != std::string::npos) {
    const auto from = codec::parse_rfc3339(cursor.position.substr(0, plus));
    const auto offset = parse_whole_number(cursor.position.substr(plus + 1));
    if (from && offset && *offset >= 0) return {*from, static_cast<std::size_t>(*offset)};
  }
  return {tracker::walk_start(cursor, overlap), 0};
}

Call list_call(const RedmineSettings& settings, const Place& place) {
  return tracker::get(dialect_of(settings),
                      "/issues.json?project_id=" + codec::percent_encode(settings.project) +
                          "&subproject_id=%21%2A&status_id=*&updated_on=" +
                          codec::percent_encode(">=" + codec::write_rfc3339_seconds(place.from)) +
                          "&sort=updated_on,id&limit=" + std::to_string(kPageSize) +
                          "&offset=" + std::to_string(place.offset));
}

struct Listed {
  std::vector<Polled> found;
  Instant last{};  // the latest stamp on the page
};

Listed read_list(const Json& issues, Instant now) {
  Listed listed;
  for (const Json& issue : issues) {
    const auto updated = codec::parse_rfc3339(codec::text_or(issue, "updated_on", ""));
    if (!updated || !codec::integer_at(issue, "id")) continue;
    listed.found.push_back({tracker::polled_id(codec::text_or(issue, "id", ""), *updated, now),
                            codec::write_json(issue)});
    listed.last = std::max(listed.last, *updated);
  }
  return listed;
}

Page page_from(const Json& body, const Place& place, const Cursor& cursor, Instant now) {
  const Json& issues = codec::at_path(body, "issues");
  Listed listed = read_list(issues, now);
  Page page{
      std::move(listed.found), {std::max(cursor.since, std::min(listed.last, now)), ""}, false};
  const auto total = codec::integer_at(body, "total_count").value_or(0);
  const auto seen = static_cast<std::int64_t>(place.offset + issues.size());
  if (total <= seen || page.found.empty()) return page;
  Place next{std::min(listed.last, now), 0};
  if (next.from <= place.from) {
    const std::size_t step = issues.size() > kStepBack ? issues.size() - kStepBack : 1;
    next = {place.from, place.offset + step};
  }
  page.more = true;
  page.next.position = write_place(next);
  return page;
}

// A version that is closed is released. The id is the same for ever: it is news once.
void add_released(const Json& versions, Page& page) {
  for (const Json& version : versions) {
    const auto id = codec::text_at(version, "id");
    const auto name = codec::text_at(version, "name");
    if (!id || !name || codec::text_or(version, "status", "") != "closed") continue;
    page.found.push_back({DeliveryId("version/" + *id),
                          codec::write_json({{"version", {{"id", *id}, {"name", *name}}}})});
  }
}

PollStep with_released(const Exchange& exchange, Page page) {
  const auto body = tracker::need_list(
      exchange, {"versions", Sentence("{call} was answered {code} without a list of versions")});
  if (!body) return body.error();
  add_released(codec::at_path(*body, "versions"), page);
  return page;
}

Call versions_call(const RedmineSettings& settings) {
  return tracker::get(dialect_of(settings),
                      "/projects/" + codec::percent_encode(settings.project) + "/versions.json");
}

}  // namespace

PollStep RedmineSystem::poll(const Cursor& cursor, Transcript so_far) const {
  const Place place = place_of(cursor, settings_.overlap);
  if (so_far.empty()) return list_call(settings_, place);
  const Exchange& exchange = so_far.front();
  const auto body = tracker::need_list(
      exchange,
      {.member = "issues",
       .otherwise = Sentence("{call} was answered {code} without a list of issues"),
       .not_found = Sentence("{call} was answered {code} without a list of issues: is there a "
                             "project \"{project}\" for this key?"),
       .args = {{"project", settings_.project}}});
  if (!body) return body.error();
  Page page = page_from(*body, place, cursor, codec::answered_at(exchange));
  if (page.more || !settings_.versions) return page;
  if (so_far.size() == 1) return versions_call(settings_);
  return with_released(so_far[1], std::move(page));
}

}  // namespace saksbro::redmine
