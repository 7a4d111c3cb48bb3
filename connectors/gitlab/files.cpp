#include "connectors/gitlab/files.h"

#include <algorithm>
#include <map>
#include <utility>

#include "bridge/codec/attachment_name.h"
#include "bridge/codec/form_data.h"
#include "bridge/codec/url.h"
#include "bridge/contract/ascii.h"
#include "connectors/gitlab/history.h"
#include "connectors/gitlab/notes.h"

namespace saksbro::gitlab {
namespace {

using codec::text_or;

constexpr std::string_view kUploads = "/uploads/";
constexpr std::size_t kSecretSize = 32;

struct Upload {
  std::string secret;
  std::string name;  // as it stands in the address
};

bool is_secret(std::string_view text) {
  return text.size() == kSecretSize && std::all_of(text.begin(), text.end(), [](char c) {
           return is_digit(c) || (c >= 'a' && c <= 'f');
         });
}

// An address on this project: "(/uploads/", "(/-/project/7/uploads/". That of another one begins
// with its host and path.
bool begins_here(const GitlabSettings& settings, std::string_view before) {
  const std::string longer = "/-/project/" + settings.project;
  if (before.ends_with(longer)) before.remove_suffix(longer.size());
  return before.empty() ||
         std::string_view("(<\"' \n\t").find(before.back()) != std::string_view::npos;
}

std::vector<Upload> uploads_in(const GitlabSettings& settings, std::string_view markdown) {
  std::vector<Upload> uploads;
  for (auto at = markdown.find(kUploads); at != std::string_view::npos;
       at = markdown.find(kUploads, at + 1)) {
    const std::string_view rest = markdown.substr(at + kUploads.size());
    const std::string_view secret = rest.substr(0, kSecretSize);
    if (rest.find('/') != kSecretSize || !is_secret(secret) ||
        !begins_here(settings, markdown.substr(0, at)))
      continue;
    const std::string_view after = rest.substr(kSecretSize + 1);
    const std::string_view name = after.substr(0, after.find_first_of(")]<>\"' \r\n\t/"));
    if (!name.empty()) uploads.push_back({std::string(secret), std::string(name)});
  }
  return uploads;
}

// Letters may stand in a text as they are; an address has none but those of ASCII.
std::string in_address(const std::string& name) {
  std::string safe;
  for (const char c : name)
    safe += static_cast<unsigned char>(c) < 0x80U ? std::string(1, c)
                                                  : codec::percent_encode(std::string_view(&c, 1));
  return safe;
}

// GitLab does not tell what a file is.
std::string type_by_ending(std::string_view name) {
  static const std::map<std::string, std::string, std::less<>> kTypes{
      {"csv", "text/csv"},
      {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
      {"gif", "image/gif"},
      {"html", "text/html"},
      {"jpeg", "image/jpeg"},
      {"jpg", "image/jpeg"},
      {"json", "application/json"},
      {"log", "text/plain"},
      {"mp4", "video/mp4"},
      {"odt", "application/vnd.oasis.opendocument.text"},
      {"pdf", "application/pdf"},
      {"png", "image/png"},
      {"svg", "image/svg+xml"},
      {"txt", "text/plain"},
      {"webp", "image/webp"},
      {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
      {"xml", "application/xml"},
      {"zip", "application/zip"},
  };
  const std::string ending = lower(name.substr(std::min(name.rfind('.'), name.size() - 1) + 1));
  const auto known = kTypes.find(ending);
  return known == kTypes.end() ? "application/octet-stream" : known->second;
}

class FileList {
 public:
  explicit FileList(const GitlabSettings& settings) : settings_(settings) {}

  // Of one text, by who wrote it when.
  void add(const std::string& markdown, const Json& author, Instant at, const std::string& entry,
           Visibility visibility) {
    for (const Upload& upload : uploads_in(settings_, markdown)) {
      const auto known = std::find_if(files_.begin(), files_.end(), [&](const Attachment& file) {
        return file.id == upload.secret;
      });
      if (known != files_.end()) {
        if (visibility == Visibility::everyone) known->visibility = visibility;
        continue;
      }
      Attachment file;
      file.id = upload.secret;
      file.name = codec::attachment_name(upload.name);
      file.media_type = type_by_ending(upload.name);
      file.place = uploads_path(settings_) + upload.secret + "/" + in_address(upload.name);
      file.entry = entry;
      file.author = person_of(author);
      file.at = at;
      file.visibility = visibility;
      files_.push_back(std::move(file));
    }
  }

  [[nodiscard]] std::vector<Attachment> take() && { return std::move(files_); }

 private:
  const GitlabSettings& settings_;
  std::vector<Attachment> files_;
};

}  // namespace

std::string uploads_path(const GitlabSettings& settings) {
  return project_path(settings) + std::string(kUploads);
}

std::vector<Attachment> files_of(const GitlabSettings& settings, const Json& snapshot) {
  const Json& issue = codec::at_path(snapshot, "issue");
  FileList files(settings);
  files.add(text_or(issue, "description", ""), codec::at_path(issue, "author"),
            instant_at(issue, "created_at"), "", Visibility::everyone);
  for (const Json& note : codec::at_path(snapshot, "notes")) {
    if (codec::flag_at(note, "system")) continue;
    files.add(text_or(note, "body", ""), codec::at_path(note, "author"),
              instant_at(note, "created_at"), "n" + text_or(note, "id", ""),
              is_internal(note) ? Visibility::internal : Visibility::everyone);
  }
  return std::move(files).take();
}

StepOr<std::string> upload(Conversation& conversation, const std::vector<OutgoingFile>& files) {
  std::string lines;
  for (const OutgoingFile& file : files) {
    codec::FormData form = codec::form_of_file("file", file);
    Call call{"POST",
              conversation.dialect().root + project_path(conversation.settings()) + "/uploads",
              conversation.dialect().headers, "", Repeat::never};
    call.headers["content-type"] = form.content_type;
    call.parts = std::move(form.parts);
    const auto sent = conversation.exchange(std::move(call), Conversation::Forbidden::is_told);
    if (!sent) return tl::unexpected(sent.error());
    if (!is_success(*sent)) return ended(refusal(*sent));
    const std::string line = text_or(sent->body, "markdown", "");
    if (uploads_in(conversation.settings(), line).size() != 1 || line.find('\n') != line.npos)
      return ended(RetryLater{
          Phrase("{call} was answered without the file's address", {{"call", sent->call}})});
    lines += "\n\n" + line;
  }
  return lines;
}

}  // namespace saksbro::gitlab
