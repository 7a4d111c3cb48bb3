#include <gmime/gmime.h>

#include <algorithm>
#include <memory>

#include "bridge/codec/fit.h"
#include "bridge/codec/mime/gmime_values.h"
#include "bridge/codec/mime/mime.h"
#include "bridge/codec/mime/mime_tree.h"
#include "bridge/codec/mime/mime_words.h"
#include "bridge/contract/ascii.h"

namespace saksbro::codec {
namespace {

template <class T>
using Ref = std::unique_ptr<T, Unref>;

using Text = std::unique_ptr<char, Free>;

// A header's value, decoded: an encoded word may hold anything.
std::string one_line_of(const char* text) {
  std::string line = clean_text(text_of(text));
  std::replace_if(
      line.begin(), line.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return line;
}

std::size_t header_size(std::string_view bytes) {
  const auto one = bytes.find("\n\r\n");
  const auto other = bytes.find("\n\n");
  return std::min({one, other, bytes.size()});
}

// Each part has a line of its own that says what it is; so before anything is parsed the number of
// parts, and with it their depth, has a bound.
std::size_t count_part_lines(std::string_view bytes) {
  constexpr std::string_view kName = "content-type:";
  std::size_t count = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::string_view line = bytes.substr(at, kName.size());
    const bool same = line.size() == kName.size() &&
                      g_ascii_strncasecmp(line.data(), kName.data(), kName.size()) == 0;
    if (same) ++count;
    const auto end = bytes.find('\n', at);
    if (end == bytes.npos) break;
    at = end + 1;
  }
  return count;
}

void read_headers(GMimeMessage* message, IncomingMail& mail) {
  GMimeHeaderList* list = g_mime_object_get_header_list(GMIME_OBJECT(message));
  const int count = g_mime_header_list_get_count(list);
  for (int i = 0; i < count; ++i) {
    GMimeHeader* header = g_mime_header_list_get_header_at(list, i);
    const char* raw = g_mime_header_get_raw_value(header);
    if (raw == nullptr) continue;
    const Text unfolded(g_mime_utils_header_unfold(raw));
    std::string value = text_of(unfolded.get());
    std::replace(value.begin(), value.end(), '\t', ' ');
    value.erase(0, value.find_first_not_of(" \r\n"));
    const auto end = value.find_last_not_of(" \r\n");
    value.erase(end == std::string::npos ? 0 : end + 1);
    mail.headers.emplace_back(lower(text_of(g_mime_header_get_name(header))), std::move(value));
  }
}

std::vector<std::string> ids_of(const std::string& header) {
  std::vector<std::string> ids;
  GMimeReferences* references = g_mime_references_parse(nullptr, header.c_str());
  if (references == nullptr) return ids;
  const int count = g_mime_references_length(references);
  for (int i = 0; i < count; ++i)
    ids.push_back(text_of(g_mime_references_get_message_id(references, i)));
  g_mime_references_free(references);
  return ids;
}

// "<a b@c>" -> "<ab@c>"
std::string without_blanks_in_ids(const std::string& header) {
  std::string joined;
  bool within = false;
  for (const char c : header) {
    if (c == '<' || c == '>') within = c == '<';
    if (!within || (c != ' ' && c != '\t')) joined += c;
  }
  return joined;
}

// Some programs encode a long id as if it were words, and some fold it where a line is full. A
// blank may belong to a strange id, too: so both are tried.
std::vector<std::string> answered_ids_of(const std::string& header) {
  const std::string written = header.find("=?") == header.npos ? header : decoded_header(header);
  std::vector<std::string> ids = ids_of(written);
  for (std::string& id : ids_of(without_blanks_in_ids(written))) {
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(std::move(id));
  }
  return ids;
}

std::vector<Mailbox> mailboxes_of(const std::string& header) {
  std::vector<Mailbox> mailboxes;
  const Ref<InternetAddressList> list(
      internet_address_list_parse(nullptr, with_merged_words(header).c_str()));
  const int count = list ? internet_address_list_length(list.get()) : 0;
  for (int i = 0; i < count; ++i) {
    InternetAddress* one = internet_address_list_get_address(list.get(), i);
    if (!INTERNET_ADDRESS_IS_MAILBOX(one)) continue;
    const char* found = internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one));
    const auto address = international_address(text_of(found));
    mailboxes.push_back({one_line_of(internet_address_get_name(one)), address.value_or("")});
  }
  return mailboxes;
}

// Two authors, or two headers that name one each: nobody can say who it is.
Mailbox only_author(const IncomingMail& mail) {
  const auto headers = std::count_if(mail.headers.begin(), mail.headers.end(),
                                     [](const auto& header) { return header.first == "from"; });
  const auto authors = mailboxes_of(mail.header("from"));
  return headers == 1 && authors.size() == 1 ? authors.front() : Mailbox{};
}

void read_envelope(GMimeMessage* message, IncomingMail& mail) {
  mail.from = only_author(mail);
  for (const auto& [name, value] : mail.headers) {
    if (name != "to" && name != "cc") continue;
    for (Mailbox& one : mailboxes_of(value)) {
      if (!one.address.empty()) mail.recipients.push_back(std::move(one.address));
    }
  }
  for (Mailbox& one : mailboxes_of(mail.header("reply-to"))) {
    if (!one.address.empty()) mail.reply_to.push_back(std::move(one));
  }
  mail.subject = decoded_header(mail.header("subject"));
  const auto ids = ids_of(mail.header("message-id"));
  if (!ids.empty()) mail.message_id = ids.front();
  mail.in_reply_to = answered_ids_of(mail.header("in-reply-to"));
  mail.references = answered_ids_of(mail.header("references"));
  if (GDateTime* date = g_mime_message_get_date(message))
    mail.date = Instant(std::chrono::seconds(g_date_time_to_unix(date)));
}

}  // namespace

std::string IncomingMail::header(std::string_view name) const {
  const auto found = std::find_if(headers.begin(), headers.end(),
                                  [&](const auto& header) { return header.first == name; });
  return found == headers.end() ? "" : found->second;
}

Result<IncomingMail> read_mail(std::string_view bytes, const std::string& where,
                               const MailLimits& limits) {
  const auto too_much = [&](Phrase what) { return fail(where, std::move(what)); };
  if (bytes.size() > limits.bytes)
    return too_much(
        {"the mail is larger than {count} bytes", {{"count", std::to_string(limits.bytes)}}});
  if (header_size(bytes) > limits.header_bytes)
    return too_much({"the mail's header is larger than {count} bytes",
                     {{"count", std::to_string(limits.header_bytes)}}});
  if (count_part_lines(bytes) > limits.parts)
    return too_much(
        {"the mail has more than {count} parts", {{"count", std::to_string(limits.parts)}}});
  start_gmime_once();
  const Ref<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  const Ref<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  const Ref<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), nullptr));
  if (!message) return fail(where, Phrase("this is not a mail message", {}));
  IncomingMail mail;
  read_headers(message.get(), mail);
  read_envelope(message.get(), mail);
  const auto parts = parts_of(message.get(), limits);
  if (!parts) return too_much(parts.error());
  MimeText read = words_of(*parts, limits.text_bytes);
  // Who forwards a mail as an attachment, and says nothing, wants it to be read.
  mail.text = read.text.empty() ? std::move(read.forwarded) : std::move(read.text);
  mail.attachments = std::move(read.attachments);
  mail.files = std::move(read.files);
  return mail;
}

}  // namespace saksbro::codec
