#include "connectors/jira/files.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "bridge/codec/attachment_name.h"
#include "bridge/codec/form_data.h"
#include "bridge/codec/rfc3339.h"
#include "bridge/codec/url.h"
#include "bridge/contract/ascii.h"
#include "connectors/jira/fields.h"
#include "connectors/jira/texts.h"

namespace saksbro::jira {
namespace {

using codec::text_or;

constexpr std::chrono::seconds kBirth{10};  // what came so soon came with the issue
constexpr std::chrono::minutes kBefore{5};  // a service desk has the files before the comment
constexpr std::int64_t kDesksOfPage = 50;
constexpr int kDeskPagesMost = 10;

Instant created_at(const Json& thing) {
  return codec::parse_rfc3339(text_or(thing, "created", "")).value_or(Instant{});
}

const Json& files_in(const Json& issue) {
  return field_of(issue, {"attachment", FieldKind::names});
}

// "[^log.txt]", "!screen.png|thumbnail!"
void add_names(const std::string& wiki, const std::string& before, char after,
               std::set<std::string>& names) {
  for (auto at = wiki.find(before); at != std::string::npos; at = wiki.find(before, at + 1)) {
    const auto from = at + before.size();
    const auto end = wiki.find_first_of(std::string("|\n") + after, from);
    if (end != std::string::npos && end > from) names.insert(wiki.substr(from, end - from));
  }
}

// Of media in a document Jira tells the name only where the editor wrote it there.
std::set<std::string> names_in(const Json& body) {
  std::set<std::string> names;
  if (body.is_string()) {
    const auto& wiki = body.get_ref<const std::string&>();
    add_names(wiki, "[^", ']', names);
    add_names(wiki, "!", '!', names);
    return names;
  }
  std::vector<const Json*> nodes{&body};
  while (!nodes.empty()) {
    const Json& node = *nodes.back();
    nodes.pop_back();
    if (text_or(node, "type", "").starts_with("media"))
      names.insert(text_or(codec::at_path(node, "attrs"), "alt", ""));
    for (const Json& child : codec::at_path(node, "content")) nodes.push_back(&child);
  }
  return names;
}

// Which comment brought a file, and whether it is for everyone.
class Bringers {
 public:
  Bringers(const JiraSettings& settings, const Json& comments)
      : desk_(settings.internal.kind == Audience::Kind::service_desk),
        all_(comments_of(settings, comments)) {
    std::map<std::string, const Written*> by_id;
    for (const Written& one : all_) by_id.emplace(one.id, &one);
    for (const Json& comment : comments) {
      const auto known = by_id.find(text_or(comment, "id", ""));
      if (known == by_id.end()) continue;
      for (const std::string& name : names_in(codec::at_path(comment, "body")))
        shown_[name].push_back(known->second);
    }
  }

  // `in_the_beginning`: it came with the issue.
  void describe(Attachment& file, const std::string& name, bool in_the_beginning) const {
    bool open = !desk_ || in_the_beginning;
    if (const auto shown = shown_.find(name); shown != shown_.end()) {
      file.entry = "c" + shown->second.front()->id;
      open = std::any_of(shown->second.begin(), shown->second.end(),
                         [](const Written* one) { return !one->internal; });
    } else if (const Written* speaks = speaks_of(file, name)) {
      file.entry = "c" + speaks->id;
      if (speaks->internal) open = false;
    }
    if (!open) file.visibility = Visibility::internal;
  }

 private:
  // A comment of the same person and time that says its name; the customer of a service desk is not
  // shown the file by it.
  [[nodiscard]] const Written* speaks_of(const Attachment& file, const std::string& name) const {
    const auto found = std::find_if(all_.begin(), all_.end(), [&](const Written& one) {
      return one.author == file.author.id && one.at <= file.at + kBefore &&
             file.at <= one.at + kBefore && one.text.find(name) != std::string::npos;
    });
    return found == all_.end() || name.empty() ? nullptr : &*found;
  }

  bool desk_;
  std::vector<Written> all_;
  std::map<std::string, std::vector<const Written*>> shown_;  // by the file's name
};

std::string place_of(const JiraSettings& settings, const std::string& id, const std::string& name) {
  if (settings.edition == Edition::cloud) return "/attachment/content/" + id;
  return "/secure/attachment/" + id + "/" + codec::percent_encode(name);
}

// Jira replaces some signs of a name.
std::string without_signs(const std::string& name) {
  std::string plain;
  for (const char c : name) {
    if (is_ascii_alnum(c) || static_cast<unsigned char>(c) >= 0x80U) plain += c;
  }
  return plain;
}

std::uint64_t size_in(const Json& file) {
  const auto size = codec::integer_at(file, "size").value_or(0);
  return size < 0 ? 0 : static_cast<std::uint64_t>(size);
}

std::string quoted_names(const std::vector<OutgoingFile>& files) {
  std::vector<std::string> names;
  names.reserve(files.size());
  for (const OutgoingFile& file : files) names.push_back(file.name);
  return quoted_list(names);
}

std::string desk_url(const JiraSettings& settings) {
  return settings.api_url + "/rest/servicedeskapi";
}

StepOr<Reply> send_file(Conversation& conversation, const std::string& url,
                        const OutgoingFile& file) {
  codec::FormData form = codec::form_of_file("file", file);
  Call call{"POST", url, conversation.dialect().headers, "", Repeat::never};
  call.headers["content-type"] = form.content_type;
  call.headers["x-atlassian-token"] = "no-check";
  call.parts = std::move(form.parts);
  auto sent = conversation.exchange(std::move(call), Conversation::Forbidden::is_told);
  if (sent && !is_success(*sent)) return ended(refusal(*sent));
  return sent;
}

StepOr<std::string> need_desk(Conversation& conversation) {
  const JiraSettings& settings = conversation.settings();
  for (int page = 0; page < kDeskPagesMost; ++page) {
    Call call = tracker::get(conversation.dialect(), "");
    call.url = desk_url(settings) + "/servicedesk?start=" + std::to_string(page * kDesksOfPage) +
               "&limit=" + std::to_string(kDesksOfPage);
    const auto reply =
        conversation.exchange(std::move(call), Conversation::Forbidden::stops_system);
    if (!reply) return tl::unexpected(reply.error());
    const Json& desks = codec::at_path(reply->body, "values");
    if (reply->status != 200 || !desks.is_array()) return ended(refusal(*reply));
    for (const Json& desk : desks) {
      if (text_or(desk, "projectKey", "") == settings.project) return text_or(desk, "id", "");
    }
    if (desks.empty() || codec::flag_at(reply->body, "isLastPage")) break;
  }
  return ended(Rejected{Phrase(
      "Jira has no service desk of project {project} for this user, so that its files cannot be "
      "shown to the customer: \"internal_comments\" says that it is one",
      {{"project", settings.project}})});
}

}  // namespace

std::vector<Attachment> files_of(const JiraSettings& settings, const Json& snapshot) {
  const Json& issue = codec::at_path(snapshot, "issue");
  const Bringers bringers(settings, codec::at_path(snapshot, "comments"));
  const Instant born = created_at(codec::at_path(issue, "fields"));
  std::vector<Attachment> files;
  for (const Json& one : files_in(issue)) {
    const auto id = codec::integer_at(one, "id").value_or(0);
    if (id < 1) continue;
    const std::string name = text_or(one, "filename", "");
    Attachment file;
    file.id = std::to_string(id);
    file.name = codec::attachment_name(name);
    file.media_type = text_or(one, "mimeType", "");
    file.size = size_in(one);
    // Not `content`: its host may be another one, and would get our token.
    file.place = place_of(settings, file.id, name);
    file.author = person_of(codec::at_path(one, "author"));
    file.at = created_at(one);
    bringers.describe(file, name, file.at <= born + kBirth);
    files.push_back(std::move(file));
  }
  std::stable_sort(files.begin(), files.end(),
                   [](const Attachment& a, const Attachment& b) { return a.at < b.at; });
  return files;
}

std::optional<Outcome> cannot_bring(const JiraSettings& settings, const AddComment& action) {
  if (action.files.empty() || action.visibility == Visibility::everyone ||
      settings.internal.kind == Audience::Kind::service_desk)
    return std::nullopt;
  return Rejected{Phrase(
      "Jira shows files to all who see the issue, those of an internal comment too: {files} was "
      "not added. \"attachments: public\" in the mapping leaves such files out",
      {{"files", quoted_names(action.files)}})};
}

std::vector<OutgoingFile> files_missing(const SeenIssue& seen, const Written& comment,
                                        const AddComment& action) {
  std::multiset<std::pair<std::string, std::uint64_t>> there;
  for (const Json& file : files_in(seen.issue())) {
    if (person_id(codec::at_path(file, "author")) == comment.author &&
        created_at(file) >= comment.at - kBefore)
      there.emplace(without_signs(text_or(file, "filename", "")), size_in(file));
  }
  std::vector<OutgoingFile> missing;
  for (const OutgoingFile& file : action.files) {
    const auto found = there.find({without_signs(file.name), file.blob.size});
    if (found == there.end())
      missing.push_back(file);
    else
      there.erase(found);
  }
  return missing;
}

Outcome files_not_there(const SeenIssue& seen, const std::vector<OutgoingFile>& missing) {
  return Rejected{Phrase(
      "Jira answered 2xx, but {ticket} does not show {files}: may the bridge's user \"Create "
      "attachments\" in this project?",
      {{"ticket", text_or(seen.issue(), "key", "")}, {"files", quoted_names(missing)}})};
}

StepOr<bool> attach(Conversation& conversation, const RemoteKey& ticket,
                    const std::vector<OutgoingFile>& files) {
  for (const OutgoingFile& file : files) {
    const auto sent = send_file(
        conversation, conversation.dialect().root + issue_path(ticket) + "/attachments", file);
    if (!sent) return tl::unexpected(sent.error());
  }
  return true;
}

bool is_for_customer(const JiraSettings& settings, const AddComment& action) {
  return !action.files.empty() && action.visibility == Visibility::everyone &&
         settings.internal.kind == Audience::Kind::service_desk;
}

// What was sent and is no request's file is deleted by Jira after a while.
StepOr<Reply> write_for_customer(Conversation& conversation, const AddComment& action) {
  const JiraSettings& settings = conversation.settings();
  const auto desk = need_desk(conversation);
  if (!desk) return tl::unexpected(desk.error());
  Json ids = Json::array();
  for (const OutgoingFile& file : action.files) {
    const auto sent = send_file(conversation,
                                desk_url(settings) + "/servicedesk/" +
                                    codec::percent_encode(*desk) + "/attachTemporaryFile",
                                file);
    if (!sent) return tl::unexpected(sent.error());
    for (const Json& one : codec::at_path(sent->body, "temporaryAttachments"))
      ids.push_back(text_or(one, "temporaryAttachmentId", ""));
  }
  const Json body = {{"temporaryAttachmentIds", ids},
                     {"public", true},
                     {"additionalComment",
                      {{"body", written(Edition::data_center, action.text, action.reference)}}}};
  Call call{"POST",
            desk_url(settings) + "/request/" + codec::percent_encode(action.ticket.text()) +
                "/attachment",
            conversation.dialect().headers, codec::write_json(body), Repeat::never};
  call.headers["content-type"] = "application/json";
  auto made = conversation.exchange(std::move(call), Conversation::Forbidden::is_told);
  if (made && !is_success(*made)) return ended(refusal(*made));
  return made;
}

}  // namespace saksbro::jira
