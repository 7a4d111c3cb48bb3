#include "connectors/jira/search.h"

#include <algorithm>

#include "bridge/codec/url.h"
#include "connectors/jira/fields.h"
#include "connectors/jira/issue.h"
#include "connectors/jira/texts.h"

namespace saksbro::jira {
namespace {

constexpr std::size_t kHitsMost = 50;
// An index is behind by seconds or minutes, and takes issues in any order: so these numbers on both
// sides of the newest issue that it knows are looked at themselves.
constexpr long long kNumbersBefore = 50;
constexpr long long kNumbersAfter = 50;
constexpr int kFreeInARow = 3;  // Data Center: so many numbers without an issue end the look
constexpr int kLooksMost = 40;  // and it takes no more of them

std::string marker_jql(const JiraSettings& settings, const std::string& marker) {
  std::string jql = "project = " + jql_text(settings.project) + " AND ";
  const auto field = settings.fields.find(settings.marker_field);
  if (field == settings.fields.end()) return jql + "labels = " + jql_text(marker_label(marker));
  // "customfield_10020" is called cf[10020] there; "~" finds the words in this order.
  const std::string number = field->second.id.substr(field->second.id.rfind('_') + 1);
  return jql + "cf[" + number + "] ~ " + jql_text(jql_text(marker));
}

std::string fields_asked(const JiraSettings& settings) {
  const auto field = settings.fields.find(settings.marker_field);
  return field == settings.fields.end() ? "labels" : field->second.id;
}

bool carries(const JiraSettings& settings, const Json& issue, const std::string& marker) {
  const auto field = settings.fields.find(settings.marker_field);
  if (field != settings.fields.end()) return marker_of(settings, issue) == marker;
  const std::string label = marker_label(marker);
  const Json& labels = field_of(issue, {"labels", FieldKind::labels});
  return std::any_of(labels.begin(), labels.end(),
                     [&](const Json& one) { return one.is_string() && one == label; });
}

void add_marked(const JiraSettings& settings, const Json& issue, const std::string& marker,
                std::vector<RemoteKey>& found) {
  if (!carries(settings, issue, marker)) return;
  RemoteKey key(codec::text_or(issue, "id", ""));
  if (!key.empty() && std::find(found.begin(), found.end(), key) == found.end())
    found.push_back(std::move(key));
}

StepOr<Json> need_hits(Conversation& conversation, const std::string& path) {
  const auto reply = conversation.need(path);
  if (!reply) return tl::unexpected(reply.error());
  const Json& issues = codec::at_path(reply->body, "issues");
  if (issues.is_array()) return Json(issues);
  return ended(
      RetryLater{Phrase("{call} was answered without a list of issues", {{"call", reply->call}})});
}

// Of the newest issue that the index knows; 0: it knows none.
StepOr<long long> newest_number(Conversation& conversation) {
  const JiraSettings& settings = conversation.settings();
  const auto hits = need_hits(
      conversation,
      search_path(settings, "project = " + jql_text(settings.project) + " ORDER BY key DESC",
                  "labels", 1));
  if (!hits) return tl::unexpected(hits.error());
  if (hits->empty()) return 0;
  const std::string key = codec::text_or(hits->front(), "key", "");
  const auto number = parse_whole_number(key.substr(key.rfind('-') + 1));
  if (number) return *number;
  return ended(RetryLater{"Jira's search told an issue without its key"});
}

std::string key_of(const JiraSettings& settings, long long number) {
  return settings.project + "-" + std::to_string(number);
}

StepOr<bool> look_at_many(Conversation& conversation, long long newest, const std::string& marker,
                          std::vector<RemoteKey>& found) {
  const JiraSettings& settings = conversation.settings();
  Json keys = Json::array();
  for (long long number = std::max(1LL, newest - kNumbersBefore + 1);
       number <= newest + kNumbersAfter; ++number)
    keys.push_back(key_of(settings, number));
  const auto reply = conversation.ask(
      "/issue/bulkfetch",
      {{"issueIdsOrKeys", keys}, {"fields", Json::array({fields_asked(settings)})}});
  if (!reply) return tl::unexpected(reply.error());
  const Json& issues = codec::at_path(reply->body, "issues");
  if (reply->status != 200 || !issues.is_array()) return ended(refusal(*reply));
  for (const Json& issue : issues) add_marked(settings, issue, marker, found);
  return true;
}

StepOr<bool> look_at_each(Conversation& conversation, long long newest, const std::string& marker,
                          std::vector<RemoteKey>& found) {
  const JiraSettings& settings = conversation.settings();
  int free_in_a_row = 0;
  for (int looked = 0; free_in_a_row < kFreeInARow; ++looked) {
    if (looked == kLooksMost)
      return ended(RetryLater{
          "an earlier attempt may have opened a ticket, and Jira's search index is far behind"});
    const auto reply =
        conversation.look(issue_path(RemoteKey(key_of(settings, newest + 1 + looked))) +
                              "?fields=" + fields_asked(settings),
                          Conversation::Forbidden::is_told);
    if (!reply) return tl::unexpected(reply.error());
    if (reply->status == 200 && !reply->body.is_object())
      return ended(
          RetryLater{Phrase("{call} was answered without that issue", {{"call", reply->call}})});
    free_in_a_row = reply->status == 200 ? 0 : free_in_a_row + 1;
    if (reply->status == 200) add_marked(settings, reply->body, marker, found);
  }
  return true;
}

}  // namespace

std::string search_path(const JiraSettings& settings, const std::string& jql,
                        const std::string& fields, std::size_t most) {
  return std::string(settings.edition == Edition::cloud ? "/search/jql" : "/search") +
         "?jql=" + codec::percent_encode(jql) + "&fields=" + codec::percent_encode(fields) +
         "&maxResults=" + std::to_string(most);
}

StepOr<std::vector<RemoteKey>> find_marked(Conversation& conversation, const std::string& marker) {
  const JiraSettings& settings = conversation.settings();
  const auto hits = need_hits(conversation, search_path(settings, marker_jql(settings, marker),
                                                        fields_asked(settings), kHitsMost));
  if (!hits) return tl::unexpected(hits.error());
  std::vector<RemoteKey> found;
  for (const Json& issue : *hits) add_marked(settings, issue, marker, found);
  if (!found.empty()) return found;
  if (hits->size() >= kHitsMost)
    return ended(Rejected{
        Phrase("an earlier attempt may have opened a ticket, and Jira's search finds too many for "
               "the marker {marker}: use a label for it",
               {{"marker", marker}})});
  const auto newest = newest_number(conversation);
  if (!newest) return tl::unexpected(newest.error());
  const auto looked = settings.edition == Edition::cloud
                          ? look_at_many(conversation, *newest, marker, found)
                          : look_at_each(conversation, *newest, marker, found);
  if (!looked) return tl::unexpected(looked.error());
  return found;
}

}  // namespace saksbro::jira
