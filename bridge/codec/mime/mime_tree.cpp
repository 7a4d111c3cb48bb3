#include "bridge/codec/mime/mime_tree.h"

#include <algorithm>
#include <memory>

#include "bridge/codec/fit.h"
#include "bridge/codec/markup/html_text.h"
#include "bridge/codec/mime/gmime_values.h"
#include "bridge/codec/mime/mime_charset.h"
#include "bridge/codec/mime/mime_flowed.h"
#include "bridge/codec/mime/mime_words.h"
#include "bridge/contract/ascii.h"

namespace saksbro::codec {
namespace {

// Longer plain texts are cut afterwards in any case.
constexpr std::size_t kTextBytesMost = kHtmlBytesMost;

std::string type_of(GMimeObject* part) {
  GMimeContentType* type = g_mime_object_get_content_type(part);
  if (type == nullptr) return "text/plain";
  return lower(text_of(g_mime_content_type_get_media_type(type)) + "/" +
               text_of(g_mime_content_type_get_media_subtype(type)));
}

std::string without_cr(std::string text) {
  std::erase_if(text, [](char c) { return c == '\r' || c == '\0'; });
  return text;
}

// Not by g_mime_text_part_get_text: it drops what does not fit the charset that the mail names.
std::string content_of(GMimePart* part) {
  GMimeDataWrapper* content = g_mime_part_get_content(part);
  if (content == nullptr) return "";
  const std::unique_ptr<GMimeStream, Unref> stream(g_mime_stream_mem_new());
  g_mime_data_wrapper_write_to_stream(content, stream.get());
  GByteArray* array = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
  const std::string bytes(reinterpret_cast<const char*>(array->data),
                          std::min<std::size_t>(array->len, kTextBytesMost));
  const char* charset = g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "charset");
  const std::string text = without_cr(text_in_utf8(bytes, text_of(charset)));
  GMimeContentType* type = g_mime_object_get_content_type(GMIME_OBJECT(part));
  if (!parameter_is(type, "format", "flowed")) return text;
  return unflowed(text, parameter_is(type, "delsp", "yes"));
}

class Tree {
 public:
  explicit Tree(const MailLimits& limits) : limits_(limits) {}

  // `section`: of the object; of one with parts it is what theirs begin with.
  MimePart part(GMimeObject* object, int depth, const std::string& section) {
    MimePart read;
    ++parts_;
    if (depth > limits_.depth) too_deep_ = true;
    if (object == nullptr || broken()) return read;
    read.type = type_of(object);
    read.section = section;
    GMimeContentDisposition* disposition = g_mime_object_get_content_disposition(object);
    read.attached =
        disposition != nullptr && g_mime_content_disposition_is_attachment(disposition) != FALSE;
    if (GMIME_IS_MULTIPART(object)) read_many(GMIME_MULTIPART(object), depth, read);
    if (GMIME_IS_MESSAGE_PART(object)) read_mail(GMIME_MESSAGE_PART(object), depth, read);
    if (GMIME_IS_PART(object)) read_leaf(GMIME_PART(object), read);
    return read;
  }

  // Of the part that a mail consists of: when it has parts itself, they are numbered as the mail's.
  static std::string of_whole(GMimeObject* whole, const std::string& section) {
    return whole != nullptr && GMIME_IS_MULTIPART(whole) ? section : below(section, 1);
  }

  [[nodiscard]] bool broken() const { return too_deep_ || parts_ > limits_.parts; }
  [[nodiscard]] Phrase why() const {
    if (too_deep_)
      return {"the mail's parts are nested deeper than {count} levels",
              {{"count", std::to_string(limits_.depth)}}};
    return {"the mail has more than {count} parts", {{"count", std::to_string(limits_.parts)}}};
  }

 private:
  void read_many(GMimeMultipart* many, int depth, MimePart& read) {
    const int count = g_mime_multipart_get_count(many);
    for (int i = 0; i < count && !broken(); ++i)
      read.parts.push_back(
          part(g_mime_multipart_get_part(many, i), depth + 1, below(read.section, i + 1)));
  }

  void read_mail(GMimeMessagePart* mail, int depth, MimePart& read) {
    read.name = text_of(file_name_of(GMIME_OBJECT(mail)));
    GMimeMessage* message = g_mime_message_part_get_message(mail);
    if (message == nullptr) return;
    read.from = header_of(message, "From");
    read.subject = header_of(message, "Subject");
    read.size = size_of(GMIME_OBJECT(message));
    GMimeObject* whole = g_mime_message_get_mime_part(message);
    read.parts.push_back(part(whole, depth + 1, of_whole(whole, read.section)));
  }

  void read_leaf(GMimePart* leaf, MimePart& read) {
    read.encoding =
        text_of(g_mime_content_encoding_to_string(g_mime_part_get_content_encoding(leaf)));
    read.size = size_of(g_mime_part_get_content(leaf));
    read.name = text_of(g_mime_part_get_filename(leaf));
    const bool readable = read.type == "text/plain" || read.type == "text/html";
    if (readable && !read.attached) read.text = content_of(leaf);
  }

  static std::string below(const std::string& section, int number) {
    return (section.empty() ? "" : section + ".") + std::to_string(number);
  }

  // Decoded, and counted only.
  static std::uint64_t size_of(GMimeDataWrapper* content) {
    if (content == nullptr) return 0;
    const std::unique_ptr<GMimeStream, Unref> stream(g_mime_stream_null_new());
    g_mime_data_wrapper_write_to_stream(content, stream.get());
    return GMIME_STREAM_NULL(stream.get())->written;
  }

  static std::uint64_t size_of(GMimeObject* message) {
    const std::unique_ptr<GMimeStream, Unref> stream(g_mime_stream_null_new());
    g_mime_object_write_to_stream(message, nullptr, stream.get());
    return GMIME_STREAM_NULL(stream.get())->written;
  }

  static const char* file_name_of(GMimeObject* object) {
    const char* name = g_mime_object_get_content_disposition_parameter(object, "filename");
    return name != nullptr ? name : g_mime_object_get_content_type_parameter(object, "name");
  }

  static std::string header_of(GMimeMessage* message, const char* name) {
    GMimeHeader* header =
        g_mime_header_list_get_header(g_mime_object_get_header_list(GMIME_OBJECT(message)), name);
    const char* raw = header == nullptr ? nullptr : g_mime_header_get_raw_value(header);
    if (raw == nullptr) return "";
    const std::unique_ptr<char, Free> unfolded(g_mime_utils_header_unfold(raw));
    const std::string line = text_of(unfolded.get());
    const auto first = line.find_first_not_of(" \t\r\n");
    return first == line.npos ? "" : decoded_header(line.substr(first));
  }

  const MailLimits& limits_;
  std::size_t parts_ = 0;
  bool too_deep_ = false;
};

}  // namespace

tl::expected<MimePart, Phrase> parts_of(GMimeMessage* message, const MailLimits& limits) {
  Tree tree(limits);
  GMimeObject* object = g_mime_message_get_mime_part(message);
  MimePart whole = tree.part(object, 1, Tree::of_whole(object, ""));
  if (tree.broken()) return tl::unexpected(tree.why());
  return whole;
}

std::string decoded_header(const std::string& value) {
  const std::unique_ptr<char, Free> decoded(
      g_mime_utils_header_decode_text(nullptr, with_merged_words(value).c_str()));
  std::string line = clean_text(text_of(decoded.get()));
  std::replace_if(
      line.begin(), line.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return line;
}

}  // namespace saksbro::codec
