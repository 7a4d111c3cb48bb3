// A mail with files: multipart/mixed, its text first. The files' bytes are put in by who sends it.
#include <algorithm>
#include <utility>

#include "bridge/codec/digest.h"
#include "bridge/codec/mime/mime.h"
#include "bridge/codec/mime/mime_lines.h"
#include "bridge/contract/ascii.h"

namespace saksbro::codec {
namespace {

// What no part can hold: "=_" stands neither in base64 nor in quoted-printable.
std::string boundary_of(const OutgoingMail& mail) {
  constexpr std::size_t kDigits = 24;
  return "=_saksbro_" + to_hex(sha256(mail.message_id)).substr(0, kDigits);
}

bool is_plain_name(std::string_view name) {
  constexpr std::size_t kPlainMost = 60;  // in one line with what stands before it
  return name.size() <= kPlainMost && std::all_of(name.begin(), name.end(), [](char c) {
           return c >= 0x20 && c < 0x7F && c != '"' && c != '\\' && c != '=';
         });
}

bool stands_for_itself(char c) { return is_ascii_alnum(c) || c == '.' || c == '-' || c == '_'; }

// RFC 2231: in pieces, as no line may be longer than 78 characters.
std::string extended_parameter(const std::string& parameter, std::string_view value) {
  constexpr std::size_t kPieceMost = 54;
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::vector<std::string> pieces{"UTF-8''"};
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (pieces.back().size() + 3 > kPieceMost) pieces.emplace_back();
    pieces.back() += stands_for_itself(c)
                         ? std::string(1, c)
                         : std::string{'%', kDigits[byte >> 4U], kDigits[byte & 0xFU]};
  }
  if (pieces.size() == 1) return ";\r\n " + parameter + "*=" + pieces.front();
  std::string written;
  for (std::size_t i = 0; i < pieces.size(); ++i)
    written += ";\r\n " + parameter + "*" + std::to_string(i) + "*=" + pieces[i];
  return written;
}

// Encoded words in quotes are no parameter by any standard; Outlook and some others read no other.
std::string words_parameter(const std::string& parameter, std::string_view value) {
  std::string words;
  for (const std::string& word : encoded_words(value))
    words += (words.empty() ? "" : "\r\n ") + word;
  return ";\r\n " + parameter + "=\"" + words + "\"";
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](char c) { return stands_for_itself(c) || c == '+'; });
}

// A mail in a mail, and what has parts, must not be written in base64 (RFC 2046).
std::string sent_type(const std::string& media_type) {
  const std::string type = lower(media_type.substr(0, media_type.find(';')));
  const auto slash = type.find('/');
  const bool right = slash != type.npos && is_token(std::string_view(type).substr(0, slash)) &&
                     is_token(std::string_view(type).substr(slash + 1));
  if (!right || type.starts_with("message/") || type.starts_with("multipart/"))
    return "application/octet-stream";
  return type;
}

std::string head_of(const OutgoingFile& file) {
  const bool plain = is_plain_name(file.name);
  const std::string quoted = "=\"" + file.name + "\"";
  return "Content-Type: " + sent_type(file.media_type) +
         (plain ? ";\r\n name" + quoted : words_parameter("name", file.name)) +
         "\r\nContent-Disposition: attachment" +
         (plain ? ";\r\n filename" + quoted : extended_parameter("filename", file.name)) +
         "\r\nContent-Transfer-Encoding: base64\r\n\r\n";
}

}  // namespace

Result<std::vector<BodyPart>> write_mail(const OutgoingMail& mail,
                                         const std::vector<OutgoingFile>& files) {
  if (files.empty()) {
    auto whole = write_mail(mail);
    if (!whole) return tl::unexpected(std::move(whole.error()));
    return std::vector<BodyPart>{{*std::move(whole)}};
  }
  auto head = write_head(mail);
  if (!head) return tl::unexpected(std::move(head.error()));
  const std::string boundary = boundary_of(mail);
  std::string text = *std::move(head) + "Content-Type: multipart/mixed;\r\n boundary=\"" +
                     boundary + "\"\r\n\r\n--" + boundary + "\r\n" + written_text(mail);
  std::vector<BodyPart> parts;
  for (const OutgoingFile& file : files) {
    text += "\r\n--" + boundary + "\r\n" + head_of(file);
    parts.push_back({std::move(text), file.blob, BodyPart::Encoding::base64_lines});
    text.clear();
  }
  parts.push_back({"\r\n--" + boundary + "--\r\n"});
  return parts;
}

}  // namespace saksbro::codec
