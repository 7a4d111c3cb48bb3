#include <algorithm>

#include "bridge/codec/rfc3339.h"
#include "bridge/codec/settle.h"
#include "bridge/codec/url.h"
#include "connectors/gitlab/conversation.h"
#include "connectors/tracker/polling.h"

// The walk goes by time, not by pages: the next page begins at the last stamp of this one. An issue
// that changes during the walk moves to the end and shifts the others forward: by pages one of them
// would be lost. Only among issues that share a millisecond, as after a change of many at once,
// pages are needed.
namespace saksbro::gitlab {
namespace {

constexpr int kVersionPagesMost = 20;

struct Place {
  Instant from{};
  int page = 1;
};

// Cursor::position is "<from>+<page>", empty between walks.
std::string write_place(const Place& place) {
  return codec::write_rfc3339(place.from) + "+" + std::to_string(place.page);
}

Place place_of(const Cursor& cursor, std::chrono::milliseconds overlap) {
  const auto plus = cursor.position.find('+');
  if (plus != std::string::npos) {
    const auto from = codec::parse_rfc3339(cursor.position.substr(0, plus));
    const auto page = parse_whole_number(cursor.position.substr(plus + 1));
    if (from && page && *page >= 1 && *page < 100'000) return {*from, static_cast<int>(*page)};
  }
  return {tracker::walk_start(cursor, overlap), 1};
}

Call list_call(const GitlabSettings& settings, const Place& place) {
  return tracker::get(dialect_of(settings),
                      project_path(settings) + "/issues?scope=all&state=all&updated_after=" +
                          codec::percent_encode(codec::write_rfc3339(place.from)) +
                          "&order_by=updated_at&sort=asc&per_page=" + std::to_string(kRowsOfPage) +
                          "&page=" + std::to_string(place.page));
}

struct Listed {
  std::vector<Polled> found;
  Instant last{};  // the latest stamp on the page
};

Listed read_list(const Json& issues, Instant now) {
  Listed listed;
  for (const Json& issue : issues) {
    const auto updated = codec::parse_rfc3339(codec::text_or(issue, "updated_at", ""));
    const std::string iid = codec::text_or(issue, "iid", "");
    if (!updated || iid.empty()) continue;
    const Json row = {{"iid", iid},
                      {"updated_at", codec::text_or(issue, "updated_at", "")},
                      {"issue_type", codec::text_or(issue, "issue_type", "")}};
    listed.found.push_back({tracker::polled_id(iid, *updated, now), codec::write_json(row)});
    listed.last = std::max(listed.last, *updated);
  }
  return listed;
}

Page page_from(const Json& issues, const Headers& headers, const Place& place, const Cursor& cursor,
               Instant now) {
  Listed listed = read_list(issues, now);
  Page page{
      std::move(listed.found), {std::max(cursor.since, std::min(listed.last, now)), ""}, false};
  if (page.found.empty() || !has_next(headers, issues)) return page;
  // Without the header a page that is not full is the last.
  if (!headers.contains("x-next-page") && issues.size() < kRowsOfPage) return page;
  Place next{std::min(listed.last, now), 1};
  if (next.from <= place.from) next = {place.from, place.page + 1};
  page.more = true;
  page.next.position = write_place(next);
  return page;
}

tracker::ListWanted wanted_issues(const GitlabSettings& settings) {
  return {.member = "",
          .otherwise = Sentence("{call} was answered {code} without a list of issues"),
          .not_found = Sentence("{call} was answered {code} without a list of issues: is there a "
                                "project {project}, and is the bridge's user a member?"),
          .args = {{"project", settings.project}}};
}

// A milestone that is closed is a version that is released. The id is the same for ever: it is news
// once.
void add_released(const Json& rows, Versions versions, Instant now, Page& page) {
  for (const Json& row : rows) {
    const bool milestone = versions == Versions::milestones;
    const auto id = codec::text_at(row, milestone ? "id" : "tag_name");
    const auto name = codec::text_at(row, milestone ? "title" : "name");
    if (!id || !name) continue;
    const auto at = codec::parse_rfc3339(codec::text_or(row, "released_at", ""));
    const bool released =
        milestone ? codec::text_or(row, "state", "") == "closed" : at && *at <= now;
    if (released)
      page.found.push_back({DeliveryId((milestone ? "milestone/" : "release/") + *id),
                            codec::write_json({{"version", *name}})});
  }
}

Call versions_call(const GitlabSettings& settings, std::size_t page) {
  const char* list = settings.versions == Versions::milestones
                         ? "/milestones?state=closed&include_ancestors=true&per_page="
                         : "/releases?per_page=";
  return tracker::get(dialect_of(settings), project_path(settings) + list +
                                                std::to_string(kRowsOfPage) +
                                                "&page=" + std::to_string(page));
}

PollStep with_released(const GitlabSettings& settings, Transcript answers, Page page) {
  for (std::size_t at = 0; at < kVersionPagesMost; ++at) {
    if (at == answers.size()) return versions_call(settings, at + 1);
    const auto body = tracker::need_list(
        answers[at],
        {.member = "",
         .otherwise = Sentence("{call} was answered {code} without a list of versions")});
    if (!body) return body.error();
    add_released(*body, settings.versions, codec::answered_at(answers[at]), page);
    if (!has_next(std::get<Answer>(answers[at].fate).headers, *body)) break;
  }
  return page;
}

}  // namespace

PollStep GitlabSystem::poll(const Cursor& cursor, Transcript so_far) const {
  const Place place = place_of(cursor, settings_.overlap);
  if (so_far.empty()) return list_call(settings_, place);
  const Exchange& exchange = so_far.front();
  const auto body = tracker::need_list(exchange, wanted_issues(settings_));
  if (!body) return body.error();
  Page page = page_from(*body, std::get<Answer>(exchange.fate).headers, place, cursor,
                        codec::answered_at(exchange));
  if (page.more || settings_.versions == Versions::none) return page;
  return with_released(settings_, so_far.subspan(1), std::move(page));
}

}  // namespace saksbro::gitlab
