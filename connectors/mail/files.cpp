#include "connectors/mail/files.h"

#include <algorithm>
#include <array>
#include <optional>

#include "bridge/codec/settle.h"
#include "bridge/contract/settings.h"
#include "connectors/mail/verbs.h"
#include "connectors/tracker/fetch_file.h"

namespace saksbro::mail {
namespace {

// "17;42;2.1;base64": the folder's UIDVALIDITY, the mail's UID in it, the part and its encoding.
struct FilePlace {
  std::string validity;
  std::string uid;
  std::string section;
  std::string encoding;
};

std::string place_text(const Place& mail, const codec::MimeFile& file) {
  return std::to_string(mail.validity) + ";" + std::to_string(mail.uid) + ";" + file.section + ";" +
         file.encoding;
}

bool is_made_of(std::string_view text, std::string_view letters) {
  return !text.empty() && text.find_first_not_of(letters) == text.npos;
}

std::optional<FilePlace> place_from(const std::string& text) {
  std::array<std::string, 4> words;
  std::size_t at = 0;
  for (std::string& word : words) {
    if (at > text.size()) return std::nullopt;
    const std::size_t end = std::min(text.find(';', at), text.size());
    word = text.substr(at, end - at);
    at = end + 1;
  }
  // They become part of a command.
  if (!is_made_of(words[0], "0123456789") || !is_made_of(words[1], "0123456789") ||
      !is_made_of(words[2], "0123456789."))
    return std::nullopt;
  return FilePlace{words[0], words[1], words[2], words[3]};
}

}  // namespace

std::vector<Attachment> attachments_of(const Came& came, const Ticket& ticket,
                                       const std::string& entry) {
  std::vector<Attachment> files;
  for (const codec::MimeFile& one : came.mail.files) {
    Attachment file;
    file.id = id_of(came) + "/" + one.section;
    file.name = one.name;
    file.media_type = one.type;
    file.size = one.size;
    file.place = place_text(came.place, one);
    file.entry = entry;
    file.author = ticket.author;
    file.at = came.place.received;
    files.push_back(std::move(file));
  }
  return files;
}

Step fetch_file(Conversation& conversation, const FetchFile& action) {
  const auto place = place_from(action.place);
  if (!place) return tracker::file_is_gone(action);
  // A text may come with other line ends than were counted; base64 has none of its own.
  const bool exact = place->encoding == "base64" && action.size > 0;
  const auto answer = conversation.bring(
      "UID FETCH " + place->uid + " (UID BODY.PEEK[" + place->section + "])",
      Download{action.bytes_most, Download::Form::imap_part, place->encoding, action.size, exact});
  if (!answer) return answer.error();
  if ((*answer)->headers.at("uidvalidity") != place->validity)
    return Outcome{Rejected{
        Phrase("the folder's numbers were given anew, and the mail with the file \"{file}\" "
               "is not known by its number any more",
               {{"file", action.name}})}};
  if ((*answer)->status == 404) return tracker::file_is_gone(action);
  if (!(*answer)->blob) return tracker::file_has_another_size(action, (*answer)->blob_bytes);
  return Outcome{Delivered{action.ticket, "", (*answer)->blob}};
}

}  // namespace saksbro::mail
