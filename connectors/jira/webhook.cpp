#include "connectors/jira/webhook.h"

#include <algorithm>

#include "bridge/codec/rfc3339.h"
#include "bridge/contract/ascii.h"
#include "connectors/jira/issue.h"

namespace saksbro::jira {
namespace {

using Hints = Result<std::vector<Observation>>;

bool is_number(const std::string& text) {
  return !text.empty() && text.size() <= 18 && std::all_of(text.begin(), text.end(), is_digit);
}

// ".../issue/10000/comment/12000": all that Data Center says of the issue of a comment. The host
// may be another one than ours.
std::string issue_in(const std::string& self) {
  constexpr std::string_view kBefore = "/issue/";
  const auto at = self.rfind(kBefore);
  if (at == std::string::npos) return "";
  const auto from = at + kBefore.size();
  return self.substr(from, self.find('/', from) - from);
}

std::string issue_id(const Json& body) {
  std::string id = codec::text_or(codec::at_path(body, "issue"), "id", "");
  if (id.empty()) id = issue_in(codec::text_or(codec::at_path(body, "comment"), "self", ""));
  return id;
}

bool speaks_of_an_issue(const std::string& event) {
  return event.starts_with("jira:issue_") || event.starts_with("comment_");
}

}  // namespace

Hints hints_of(const JiraSettings& settings, const Json& body, const std::string& where) {
  const std::string event = codec::text_or(body, "webhookEvent", "");
  const bool of_issue = speaks_of_an_issue(event);
  if (!event.empty() && !of_issue) return std::vector<Observation>{};
  const std::string id = issue_id(body);
  if (!of_issue || !is_number(id))
    return fail(where, Phrase("expected a webhook of Jira: webhookEvent, and the id of the issue "
                              "(admin webhooks: leave \"exclude body\" off)",
                              {}));
  const Json& issue = codec::at_path(body, "issue");
  TicketHint hint{RemoteKey(id), std::nullopt};
  hint.elsewhere = is_elsewhere(settings, issue);
  // A deleted issue keeps its stamp, and a comment's issue has that of another moment.
  if (event == "jira:issue_created" || event == "jira:issue_updated")
    hint.updated =
        codec::parse_rfc3339(codec::text_or(codec::at_path(issue, "fields"), "updated", ""));
  return std::vector<Observation>{std::move(hint)};
}

}  // namespace saksbro::jira
