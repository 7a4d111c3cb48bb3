#include "connectors/rt/files.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "bridge/codec/attachment_name.h"
#include "bridge/codec/digest.h"
#include "bridge/codec/fit.h"
#include "bridge/codec/rfc3339.h"
#include "bridge/codec/url.h"
#include "bridge/contract/ascii.h"
#include "bridge/contract/settings.h"
#include "connectors/rt/ticket.h"

namespace saksbro::rt {
namespace {

using codec::text_or;

// RT writes a file's length into the headers that it keeps of it.
std::uint64_t length_in(std::string_view headers) {
  static constexpr std::string_view kName = "content-length:";
  while (!headers.empty()) {
    const auto end = headers.find('\n');
    std::string_view line = headers.substr(0, end);
    headers.remove_prefix(end == headers.npos ? headers.size() : end + 1);
    if (line.size() < kName.size() || lower(std::string(line.substr(0, kName.size()))) != kName)
      continue;
    line.remove_prefix(kName.size());
    while (line.starts_with(' ')) line.remove_prefix(1);
    while (line.ends_with('\r')) line.remove_suffix(1);
    const auto length = parse_whole_number(line);
    return length && *length > 0 ? static_cast<std::uint64_t>(*length) : 0;
  }
  return 0;
}

// A part without a name may be the text itself, or hold others. Of a mail in a mail RT keeps the
// parts, and no bytes of its own.
bool is_file(const Json& item) {
  const std::string type = text_or(item, "ContentType", "");
  const bool empty = length_in(text_or(item, "Headers", "")) == 0;
  if (type.starts_with("multipart/") || (type.starts_with("message/") && empty)) return false;
  return !text_or(item, "Filename", "").empty() || !type.starts_with("text/");
}

// Transactions whose texts lie in parts, and those of which none was found. All others have one
// text and nothing beside.
std::vector<Json> ids_with_files(const History& history, const Json& texts) {
  std::set<std::string> plain;
  std::set<std::string> in_parts;
  for (const Json& text : texts) {
    const bool whole = text_or(text, "ContentType", "").starts_with("text/");
    (whole ? plain : in_parts).insert(text_or(text, "TransactionId", ""));
  }
  std::vector<Json> chunks;
  for (const Json& transaction : history.transactions) {
    const std::string id = text_or(transaction, "id", "");
    if (!has_text(transaction) || (plain.contains(id) && !in_parts.contains(id))) continue;
    if (chunks.empty() || chunks.back().size() == kHistoryPageSize) chunks.push_back(Json::array());
    chunks.back().push_back(codec::integer_at(transaction, "id").value_or(0));
  }
  return chunks;
}

std::string files_path(const Json& ids) {
  const Json query =
      Json::array({Json{{"field", "TransactionId"}, {"operator", "IN"}, {"value", ids}}});
  return "/attachments?query=" + codec::percent_encode(codec::write_json(query)) +
         "&fields=TransactionId,ContentType,Headers,Filename";
}

// RT changes the bytes of what is called a text into UTF-8, and takes apart what is called a
// message or holds parts.
std::string kept_type(const std::string& type) {
  const std::string known = lower(type.substr(0, type.find(';')));
  for (const char* as_it_is : {"application/", "image/", "audio/", "video/"}) {
    if (known.starts_with(as_it_is)) return known;
  }
  return "application/octet-stream";
}

// RT takes a name's letters for bytes, unless it is an encoded word (RFC 2047).
std::string encoded_name(const std::string& name) {
  return "=?UTF-8?B?" + codec::to_base64(name) + "?=";
}

}  // namespace

StepOr<Json> read_files(Conversation& conversation, const History& history, const Json& texts) {
  Json files = Json::array();
  for (const Json& ids : ids_with_files(history, texts)) {
    const auto items = whole_list(
        conversation, files_path(ids),
        Sentence("RT has more than {count} files of a hundred entries: a person must check the "
                 "ticket"));
    if (!items) return tl::unexpected(items.error());
    for (const Json& item : *items) {
      if (!is_file(item)) continue;
      files.push_back({{"id", text_or(item, "id", "")},
                       {"TransactionId", text_or(item, "TransactionId", "")},
                       {"Filename", text_or(item, "Filename", "")},
                       {"ContentType", text_or(item, "ContentType", "")},
                       {"Size", length_in(text_or(item, "Headers", ""))}});
    }
  }
  return files;
}

std::vector<Attachment> files_of(const Json& snapshot, const RemoteKey& key) {
  std::map<std::string, const Json*> transactions;
  for (const Json& one : codec::at_path(snapshot, "transactions"))
    transactions.emplace(text_or(one, "id", ""), &one);
  std::vector<Attachment> files;
  for (const Json& one : codec::at_path(snapshot, "files")) {
    const auto brought = transactions.find(text_or(one, "TransactionId", ""));
    if (brought == transactions.end()) continue;
    const Json& transaction = *brought->second;
    const std::string type = text_or(transaction, "Type", "");
    // Of a ticket that was merged into this one: its beginning is no part of this one's.
    if (type == "Create" && text_or(transaction, "ObjectId", key.text()) != key.text()) continue;
    Attachment file;
    file.id = text_or(one, "id", "");
    file.media_type = text_or(one, "ContentType", "");
    file.name = codec::attachment_name(text_or(one, "Filename", ""), file.media_type);
    const auto size = codec::integer_at(one, "Size").value_or(0);
    file.size = size < 0 ? 0 : static_cast<std::uint64_t>(size);
    file.place = "/attachment/" + file.id;
    if (type != "Create") file.entry = "t" + brought->first;
    file.author = person_from(codec::at_path(transaction, "Creator"));
    file.at = codec::parse_rfc3339(text_or(transaction, "Created", "")).value_or(Instant{});
    file.visibility = type == "Comment" ? Visibility::internal : Visibility::everyone;
    files.push_back(std::move(file));
  }
  return files;
}

std::vector<BodyPart> body_with_files(const Json& reply, const std::vector<OutgoingFile>& files) {
  std::vector<BodyPart> parts;
  std::string text = codec::write_json(reply);
  text.back() = ',';  // in place of its "}"
  text += R"("Attachments":[)";
  for (const OutgoingFile& file : files) {
    const Json about = {{"FileName", encoded_name(stored_name(file.name))},
                        {"FileType", kept_type(file.media_type)}};
    text += codec::write_json(about);
    text.back() = ',';
    // An empty content is none to RT: a line end is, and decodes to nothing.
    text += file.blob.size == 0 ? R"("FileContent":"\n)" : R"("FileContent":")";
    parts.push_back({std::move(text), file.blob, BodyPart::Encoding::base64});
    text = &file == &files.back() ? "\"}" : "\"},";
  }
  parts.push_back({text + "]}"});
  return parts;
}

std::string stored_name(std::string_view name) { return codec::clean_text(name); }

std::optional<Outcome> files_missing(const Json& snapshot, const std::string& transaction,
                                     const AddComment& action) {
  if (action.files.empty()) return std::nullopt;
  std::multiset<std::pair<std::string, std::uint64_t>> there;
  for (const Attachment& file : files_of(snapshot, action.ticket)) {
    if (file.entry == "t" + transaction) there.emplace(file.name, file.size);
  }
  std::string names;
  for (const OutgoingFile& file : action.files) {
    const auto found = there.find({codec::attachment_name(stored_name(file.name)), file.blob.size});
    if (found == there.end()) {
      names += (names.empty() ? "\"" : ", \"") + file.name + "\"";
    } else {
      there.erase(found);
    }
  }
  if (names.empty()) return std::nullopt;
  return Rejected{Phrase(
      "#{ticket} has the text (transaction {transaction}), but not {files} as it was sent: does "
      "RT take files of that size (MaxAttachmentSize)?",
      {{"ticket", action.ticket}, {"transaction", transaction}, {"files", names}})};
}

}  // namespace saksbro::rt
