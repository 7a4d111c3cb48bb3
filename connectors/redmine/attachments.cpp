#include "connectors/redmine/attachments.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <utility>

#include "bridge/codec/attachment_name.h"
#include "bridge/codec/fit.h"
#include "bridge/codec/rfc3339.h"
#include "bridge/codec/url.h"

namespace saksbro::redmine {
namespace {

using codec::text_or;

// Redmine makes two journals of a private note with files: one that has the files, shown to
// everybody, and after it the note. Both have one stamp; a server under load may be a little off.
constexpr std::chrono::seconds kSplit{2};

Instant stamp_of(const Json& thing) {
  return codec::parse_rfc3339(text_or(thing, "created_on", "")).value_or(Instant{});
}

// What the journals say of the files: which came with which.
class Bringers {
 public:
  explicit Bringers(const Json& journals) {
    for (const Json& journal : journals) {
      const bool has_note = !text_or(journal, "notes", "").empty();
      if (has_note && codec::flag_at(journal, "private_notes"))
        private_notes_[text_or(journal, "user.id", "")].emplace(stamp_of(journal), &journal);
      for (const Json& detail : codec::at_path(journal, "details")) {
        if (text_or(detail, "property", "") == "attachment" && codec::text_at(detail, "new_value"))
          by_file_.emplace(text_or(detail, "name", ""), &journal);
      }
    }
  }

  void describe(Attachment& file) const {
    const auto found = by_file_.find(file.id);
    if (found == by_file_.end()) return;  // it came with the issue itself
    const Json* bringer = found->second;
    if (const Json* note = split_from(*bringer)) bringer = note;
    file.entry = "j" + text_or(*bringer, "id", "");
    if (codec::flag_at(*bringer, "private_notes")) file.visibility = Visibility::internal;
  }

 private:
  [[nodiscard]] const Json* split_from(const Json& journal) const {
    if (!text_or(journal, "notes", "").empty()) return nullptr;
    const auto notes = private_notes_.find(text_or(journal, "user.id", ""));
    if (notes == private_notes_.end()) return nullptr;
    const Instant at = stamp_of(journal);
    const auto note = notes->second.lower_bound(at);
    return note != notes->second.end() && note->first <= at + kSplit ? note->second : nullptr;
  }

  std::map<std::string, const Json*> by_file_;
  std::map<std::string, std::multimap<Instant, const Json*>> private_notes_;  // by author
};

using NameAndSize = std::pair<std::string, std::uint64_t>;

std::string names_of_files(const std::vector<std::string>& names) {
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "\"" : ", \"") + name + "\"";
  return all;
}

}  // namespace

std::vector<Attachment> attachments_of(const Json& issue) {
  std::vector<Attachment> files;
  const Bringers bringers(codec::at_path(issue, "journals"));
  for (const Json& one : codec::at_path(issue, "attachments")) {
    const auto id = codec::integer_at(one, "id").value_or(0);
    if (id < 1) continue;
    Attachment file;
    file.id = std::to_string(id);
    file.name = codec::attachment_name(text_or(one, "filename", ""));
    file.media_type = text_or(one, "content_type", "");
    const auto size = codec::integer_at(one, "filesize").value_or(0);
    file.size = size < 0 ? 0 : static_cast<std::uint64_t>(size);
    // Not `content_url`: a Redmine that is set up with another host name would send our key there.
    file.place = "/attachments/download/" + file.id;
    file.author = {text_or(one, "author.id", ""), text_or(one, "author.name", "")};
    file.at = stamp_of(one);
    bringers.describe(file);
    files.push_back(std::move(file));
  }
  return files;
}

std::string stored_name(const RedmineSettings& settings, std::string_view name) {
  const std::string clean = codec::clean_text(name);
  std::string stored;
  bool replaced = false;  // Redmine makes one "_" of several characters that it does not take
  for (const char c : settings.four_bytes ? clean : codec::without_four_bytes(clean)) {
    const bool taken = std::string_view("/\\?%*:|\"'<>\n\r").find(c) == std::string_view::npos;
    if (taken || !replaced) stored += taken ? c : '_';
    replaced = !taken;
  }
  return stored;
}

StepOr<Json> upload(Conversation& conversation, const std::vector<OutgoingFile>& files) {
  Json uploads = Json::array();
  for (const OutgoingFile& file : files) {
    const std::string name = stored_name(conversation.settings(), file.name);
    Call call = tracker::get(conversation.dialect(),
                             "/uploads.json?filename=" + codec::percent_encode(name));
    call.method = "POST";
    call.headers["content-type"] = "application/octet-stream";
    call.parts.push_back({"", file.blob, BodyPart::Encoding::raw});
    call.repeat = Repeat::never;
    const auto sent = conversation.exchange(std::move(call), Conversation::Forbidden::is_told);
    if (!sent) return tl::unexpected(sent.error());
    if (!is_success(*sent)) return ended(refusal(*sent));
    const std::string token = text_or(sent->body, "upload.token", "");
    if (token.empty())
      return ended(RetryLater{
          Phrase("{call} was answered without the file's token", {{"call", sent->call}})});
    uploads.push_back({{"token", token}, {"filename", name}, {"content_type", file.media_type}});
  }
  return uploads;
}

std::optional<Outcome> files_missing(const RedmineSettings& settings, const Json& issue,
                                     const Note& note, const AddComment& action) {
  if (action.files.empty()) return std::nullopt;
  std::multiset<NameAndSize> there;
  for (const Attachment& file : attachments_of(issue)) {
    if (file.entry == "j" + note.journal) there.emplace(file.name, file.size);
  }
  std::vector<std::string> missing;
  for (const OutgoingFile& file : action.files) {
    const auto found =
        there.find({codec::attachment_name(stored_name(settings, file.name)), file.blob.size});
    if (found == there.end()) {
      missing.push_back(file.name);
    } else {
      there.erase(found);
    }
  }
  if (missing.empty()) return std::nullopt;
  return Rejected{Phrase(
      "Redmine answered 2xx, but #{ticket} does not show {files} with the note (journal "
      "{journal}): may this user add files to issues of this project? It needs \"Edit issues\" or "
      "\"Add notes\"",
      {{"ticket", action.ticket}, {"files", names_of_files(missing)}, {"journal", note.journal}})};
}

Outcome no_internal_files(const AddComment& action) {
  std::vector<std::string> names;
  for (const OutgoingFile& file : action.files) names.push_back(file.name);
  return Rejected{
      Phrase("Redmine shows files to all who see the issue, with a private note too: {files} of an "
             "internal comment was not added. \"attachments: public\" in the mapping leaves such "
             "files out",
             {{"files", names_of_files(names)}})};
}

}  // namespace saksbro::redmine
