#include <gmime/gmime.h>

#include <algorithm>
#include <memory>

#include "bridge/codec/attachment_name.h"
#include "bridge/codec/fit.h"
#include "bridge/codec/html_text.h"
#include "bridge/codec/mime.h"
#include "bridge/codec/mime_words.h"
#include "bridge/codec/utf8.h"

namespace saksbro::codec {
namespace {

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Ref = std::unique_ptr<T, Unref>;

struct Free {
  void operator()(char* text) const { g_free(text); }
};
using Text = std::unique_ptr<char, Free>;

constexpr std::string_view kCut = "\n[…]";

// Once for the program; the parsed charsets and types are its only state.
void start_gmime_once() {
  static const bool started = [] {
    g_mime_init();
    return true;
  }();
  static_cast<void>(started);
}

std::string text_of(const char* text) { return text == nullptr ? "" : repair_latin1(text); }

// A header's value, decoded: an encoded word may hold anything.
std::string one_line_of(const char* text) {
  std::string line = clean_text(text_of(text));
  std::replace_if(
      line.begin(), line.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return line;
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
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

bool only_blanks(const std::string& text) {
  return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

bool is_type(GMimeObject* part, const char* type, const char* subtype) {
  GMimeContentType* found = g_mime_object_get_content_type(part);
  return found != nullptr && g_mime_content_type_is_type(found, type, subtype) != FALSE;
}

std::string with_lf(const std::string& text) {
  std::string lines;
  std::copy_if(text.begin(), text.end(), std::back_inserter(lines),
               [](char c) { return c != '\r' && c != '\0'; });
  return lines;
}

// Not by g_mime_text_part_get_text: it drops what does not fit the charset that the mail names.
std::string in_utf8(GMimePart* part) {
  GMimeDataWrapper* content = g_mime_part_get_content(part);
  if (content == nullptr) return "";
  const Ref<GMimeStream> stream(g_mime_stream_mem_new());
  g_mime_data_wrapper_write_to_stream(content, stream.get());
  GByteArray* array = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
  const std::string bytes(reinterpret_cast<const char*>(array->data), array->len);
  const char* charset = g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "charset");
  const std::string name = lower(text_of(charset));
  if (name.empty() || name == "utf-8" || name == "us-ascii") return repair_latin1(bytes);
  gsize written = 0;
  const Text converted(g_convert(bytes.data(), static_cast<gssize>(bytes.size()), "UTF-8",
                                 name.c_str(), nullptr, &written, nullptr));
  return converted ? std::string(converted.get(), written) : repair_latin1(bytes);
}

// Walks the tree of parts; remembers when a limit was passed.
class PartWalk {
 public:
  explicit PartWalk(const MailLimits& limits, IncomingMail& mail) : limits_(limits), mail_(mail) {}

  // The text to be read in `part`, and its attachments noted.
  std::string text(GMimeObject* part, int depth) {
    ++parts_;
    if (depth > limits_.depth) too_deep_ = true;
    if (part == nullptr || broken()) return "";
    if (GMIME_IS_MULTIPART(part)) return text_of_many(GMIME_MULTIPART(part), depth);
    if (GMIME_IS_MESSAGE_PART(part)) {
      mail_.attachments.emplace_back("message.eml");  // a mail in the mail: not looked into
      return "";
    }
    return GMIME_IS_PART(part) ? text_of_leaf(GMIME_PART(part)) : "";
  }

  [[nodiscard]] bool broken() const { return too_deep_ || parts_ > limits_.parts; }
  [[nodiscard]] std::string why() const {
    return too_deep_ ? "parts within parts, deeper than " + std::to_string(limits_.depth)
                     : "more than " + std::to_string(limits_.parts) + " parts";
  }

 private:
  std::string text_of_many(GMimeMultipart* many, int depth) {
    const bool alternative = is_type(GMIME_OBJECT(many), "multipart", "alternative");
    std::string all;
    bool plain_found = false;
    const int count = g_mime_multipart_get_count(many);
    for (int i = 0; i < count; ++i) {
      GMimeObject* part = g_mime_multipart_get_part(many, i);
      const std::string one = text(part, depth + 1);
      if (only_blanks(one)) continue;
      if (alternative) {
        // The last is the richest; plain text is the one that needs no guessing.
        if (!plain_found) all = one;
        plain_found = plain_found || is_type(part, "text", "plain");
      } else {
        if (!all.empty()) all += "\n\n";
        all += one;
      }
    }
    return all;
  }

  std::string text_of_leaf(GMimePart* part) {
    GMimeObject* object = GMIME_OBJECT(part);
    GMimeContentDisposition* disposition = g_mime_object_get_content_disposition(object);
    const bool attached =
        disposition != nullptr && g_mime_content_disposition_is_attachment(disposition) != FALSE;
    if (attached || !GMIME_IS_TEXT_PART(object)) {
      mail_.attachments.push_back(attachment_name(text_of(g_mime_part_get_filename(part))));
      return "";
    }
    const std::string text =
        cut_to(with_lf(in_utf8(part)), limits_.text_bytes, Measure::bytes, kCut);
    return clean_text(is_type(object, "text", "html") ? text_from_html(text) : text);
  }

  const MailLimits& limits_;
  IncomingMail& mail_;
  std::size_t parts_ = 0;
  bool too_deep_ = false;
};

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

std::vector<Mailbox> mailboxes_of(const std::string& header) {
  std::vector<Mailbox> mailboxes;
  const Ref<InternetAddressList> list(
      internet_address_list_parse(nullptr, with_merged_words(header).c_str()));
  const int count = list ? internet_address_list_length(list.get()) : 0;
  for (int i = 0; i < count; ++i) {
    InternetAddress* one = internet_address_list_get_address(list.get(), i);
    if (!INTERNET_ADDRESS_IS_MAILBOX(one)) continue;
    const char* found = internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one));
    const auto address = mail_address(text_of(found));
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
  const Text subject(
      g_mime_utils_header_decode_text(nullptr, with_merged_words(mail.header("subject")).c_str()));
  mail.subject = one_line_of(subject.get());
  const auto ids = ids_of(mail.header("message-id"));
  if (!ids.empty()) mail.message_id = ids.front();
  mail.in_reply_to = ids_of(mail.header("in-reply-to"));
  mail.references = ids_of(mail.header("references"));
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
  const auto too_much = [&](const std::string& what) {
    return fail(where, "the mail has " + what);
  };
  if (bytes.size() > limits.bytes)
    return too_much("more than " + std::to_string(limits.bytes) + " bytes");
  if (header_size(bytes) > limits.header_bytes)
    return too_much("a head of more than " + std::to_string(limits.header_bytes) + " bytes");
  if (count_part_lines(bytes) > limits.parts)
    return too_much("more than " + std::to_string(limits.parts) + " parts");
  start_gmime_once();
  const Ref<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  const Ref<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  const Ref<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), nullptr));
  if (!message) return fail(where, "these bytes are no mail");
  IncomingMail mail;
  read_headers(message.get(), mail);
  read_envelope(message.get(), mail);
  PartWalk walk(limits, mail);
  mail.text = walk.text(g_mime_message_get_mime_part(message.get()), 1);
  if (walk.broken()) return too_much(walk.why());
  mail.text = cut_to(mail.text, limits.text_bytes, Measure::bytes, kCut);
  const auto end = mail.text.find_last_not_of(" \t\n");
  mail.text.erase(end == std::string::npos ? 0 : end + 1);
  return mail;
}

}  // namespace saksbro::codec
