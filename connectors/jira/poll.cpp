#include <algorithm>

#include "bridge/codec/rfc3339.h"
#include "bridge/codec/settle.h"
#include "bridge/codec/url.h"
#include "connectors/jira/conversation.h"
#include "connectors/jira/search.h"
#include "connectors/jira/texts.h"
#include "connectors/tracker/polling.h"

// A time in JQL has minutes, no zone, and is read in the zone of the account. So the walk asks for
// "the last N minutes", which has none of that: by the Date of /myself, which proves the
// credentials as well (without any, a search finds nothing and says 200). Issues are told in the
// order of their keys, which does not change while they do.
namespace saksbro::jira {
namespace {

constexpr std::size_t kRowsMost = 100;
constexpr std::size_t kBack = 10;  // an issue that leaves the window shifts the others forward
constexpr int kEmptyMost = 3;      // so many empty pages in a row are the end, whatever they say

// Where a walk is. Cursor::position is "<minutes> <begun> <latest> <empty> <start or token>".
struct Place {
  long long minutes = 0;
  Instant begun{};   // by Jira's clock
  Instant latest{};  // stamp so far
  int empty = 0;     // pages in a row
  std::string next;  // startAt, or nextPageToken
};

std::string write_place(const Place& place) {
  return std::to_string(place.minutes) + " " + codec::write_rfc3339(place.begun) + " " +
         codec::write_rfc3339(place.latest) + " " + std::to_string(place.empty) + " " + place.next;
}

std::optional<Place> read_place(const std::string& position) {
  std::vector<std::string> parts;
  std::size_t from = 0;
  for (int part = 0; part < 4; ++part) {
    const auto blank = position.find(' ', from);
    if (blank == std::string::npos) return std::nullopt;
    parts.push_back(position.substr(from, blank - from));
    from = blank + 1;
  }
  const auto minutes = parse_whole_number(parts[0]);
  const auto begun = codec::parse_rfc3339(parts[1]);
  const auto latest = codec::parse_rfc3339(parts[2]);
  const auto empty = parse_whole_number(parts[3]);
  if (!minutes || !begun || !latest || !empty || from == position.size()) return std::nullopt;
  return Place{*minutes, *begun, *latest, static_cast<int>(std::clamp(*empty, 0LL, 9LL)),
               position.substr(from)};
}

// 0: all that there are.
long long minutes_since(Instant from, Instant now) {
  if (from == Instant{}) return 0;
  return std::max<long long>(1, std::chrono::ceil<std::chrono::minutes>(now - from).count() + 1);
}

Call list_call(const JiraSettings& settings, const Place& place) {
  std::string jql = "project = " + jql_text(settings.project);
  if (place.minutes > 0) jql += " AND updated >= -" + std::to_string(place.minutes) + "m";
  jql += " ORDER BY key ASC";
  std::string path = search_path(settings, jql, "updated,issuetype,project", kRowsMost);
  if (!place.next.empty())
    path += (settings.edition == Edition::cloud ? "&nextPageToken=" : "&startAt=") +
            codec::percent_encode(place.next);
  return tracker::get(dialect_of(settings), path);
}

std::vector<Polled> read_list(const Json& issues, Instant now, Instant& latest) {
  std::vector<Polled> found;
  for (const Json& issue : issues) {
    const auto updated =
        codec::parse_rfc3339(codec::text_or(codec::at_path(issue, "fields"), "updated", ""));
    if (!updated || !codec::integer_at(issue, "id")) continue;
    found.push_back({tracker::polled_id(codec::text_or(issue, "id", ""), *updated, now),
                     codec::write_json(issue)});
    latest = std::max(latest, *updated);
  }
  return found;
}

// Cloud: a token, unless this is said to be the last page. `isLast` may be missing, the last page
// may have a token, and a page may be empty that is not the last.
std::string next_token(const Json& body, const Place& place) {
  if (codec::flag_at(body, "isLast")) return "";
  std::string token = codec::text_or(body, "nextPageToken", "");
  return token == place.next ? "" : token;
}

std::string next_start(const Json& body, const Place& place) {
  const auto start =
      static_cast<std::size_t>(std::max(0LL, parse_whole_number(place.next).value_or(0)));
  const std::size_t size = codec::at_path(body, "issues").size();
  const auto total = codec::integer_at(body, "total").value_or(0);
  if (size == 0 || static_cast<std::int64_t>(start + size) >= total) return "";
  return std::to_string(start + (size > kBack ? size - kBack : size));
}

Page page_from(const JiraSettings& settings, const Json& body, Place place, const Cursor& cursor,
               Instant now) {
  const Json& issues = codec::at_path(body, "issues");
  Page page;
  page.found = read_list(issues, now, place.latest);
  place.empty = issues.empty() ? place.empty + 1 : 0;
  const std::string next =
      settings.edition == Edition::cloud ? next_token(body, place) : next_start(body, place);
  if (!next.empty() && place.empty < kEmptyMost) {
    place.next = next;
    page.more = true;
    page.next = {cursor.since, write_place(place)};
  } else {
    page.next = {std::max(cursor.since, std::min(place.latest, place.begun)), ""};
  }
  return page;
}

// The id is the same for ever: a version is news once.
void add_released(const Json& versions, Page& page) {
  for (const Json& version : versions) {
    const auto id = codec::text_at(version, "id");
    const auto name = codec::text_at(version, "name");
    if (!id || !name || !codec::flag_at(version, "released")) continue;
    page.found.push_back({DeliveryId("version/" + *id),
                          codec::write_json({{"version", {{"id", *id}, {"name", *name}}}})});
  }
}

PollStep with_released(const Exchange& exchange, Page page) {
  if (auto later = codec::postpone_early(exchange)) return *std::move(later);
  const Answer& answer = std::get<Answer>(exchange.fate);
  const std::string call = codec::describe(exchange.call);
  const auto body = codec::parse_json(answer.body, call);
  if (answer.status != 200 || !body || !body->is_array())
    return RetryLater{Phrase("{call} was answered {code} without a list of versions",
                             {{"call", call}, {"code", std::to_string(answer.status)}}),
                      {},
                      Scope::system};
  add_released(*body, page);
  return page;
}

// Where a walk begins; or why the system has to wait.
tl::expected<Place, RetryLater> begun_at(const Exchange& myself, const Cursor& cursor,
                                         std::chrono::milliseconds overlap) {
  if (auto later = codec::postpone_early(myself)) return tl::unexpected(*std::move(later));
  const Answer& answer = std::get<Answer>(myself.fate);
  const std::string call = codec::describe(myself.call);
  const auto body = codec::parse_json(answer.body, call);
  if (answer.status != 200 || !body || codec::text_or(*body, "displayName", "").empty())
    return tl::unexpected(RetryLater{
        Phrase("{call} was answered {code} without a user: is the url of this system right?",
               {{"call", call}, {"code", std::to_string(answer.status)}}),
        {},
        Scope::system});
  const Instant now = codec::answered_at(myself);
  return Place{minutes_since(tracker::walk_start(cursor, overlap), now), now, cursor.since, 0, ""};
}

}  // namespace

PollStep JiraSystem::poll(const Cursor& cursor, Transcript so_far) const {
  auto place = read_place(cursor.position);
  if (!place) {
    if (so_far.empty()) return tracker::get(dialect_of(settings_), "/myself");
    const auto begun = begun_at(so_far.front(), cursor, settings_.overlap);
    if (!begun) return begun.error();
    place = *begun;
    so_far = so_far.subspan(1);
  }
  if (so_far.empty()) return list_call(settings_, *place);
  const Exchange& exchange = so_far.front();
  const auto body = tracker::need_list(
      exchange, {.member = "issues",
                 .otherwise = Sentence("{call} was answered {code} without a list of issues: is "
                                       "there a project \"{project}\" for this user?"),
                 .args = {{"project", settings_.project}}});
  if (!body) return body.error();
  Page page = page_from(settings_, *body, *place, cursor, codec::answered_at(exchange));
  if (page.more || !settings_.versions) return page;
  if (so_far.size() == 1)
    return tracker::get(dialect_of(settings_),
                        "/project/" + codec::percent_encode(settings_.project) + "/versions");
  return with_released(so_far[1], std::move(page));
}

}  // namespace saksbro::jira
