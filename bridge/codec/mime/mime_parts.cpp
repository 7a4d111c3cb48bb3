#include "bridge/codec/mime/mime_parts.h"

#include <algorithm>
#include <array>

#include "bridge/codec/attachment_name.h"
#include "bridge/codec/fit.h"
#include "bridge/codec/markup/html_text.h"
#include "bridge/contract/own_words.h"

namespace saksbro::codec {
namespace {

constexpr std::string_view kCut = "\n[…]";

bool is_mail(const MimePart& part) {
  return part.type == "message/rfc822" || part.type == "message/global";
}

// The machine's half of a signed mail says nothing to people.
bool is_signature(const MimePart& part) {
  static constexpr std::array<std::string_view, 3> kSignatures{
      "application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"};
  return std::find(kSignatures.begin(), kSignatures.end(), part.type) != kSignatures.end();
}

// What a part is called that brings no name.
std::string name_of(const MimePart& part) { return attachment_name(part.name, part.type); }

bool only_blanks(std::string_view text) {
  return with_plain_blanks(text).find_first_not_of(" \t\r\n") == std::string::npos;
}

std::string without_end_blanks(std::string text) {
  const auto end = text.find_last_not_of(" \t\n");
  text.erase(end == std::string::npos ? 0 : end + 1);
  return text;
}

std::string as_quotation(const std::string& text) {
  std::string quoted;
  for (const SpokenLine& line : spoken_lines(text)) {
    quoted += line.text.empty() ? "\n>" : line.text.starts_with('>') ? "\n>" : "\n> ";
    quoted += line.text;
  }
  return quoted;
}

class PartsWalk {
 public:
  explicit PartsWalk(std::size_t text_bytes) : text_bytes_(text_bytes) {}

  // The words in `part`; what else is in it is noted.
  std::string words(const MimePart& part, bool whole_mail) {
    if (!part.parts.empty() && !is_mail(part)) {
      return part.type == "multipart/alternative" ? one_of(part) : all_of(part);
    }
    const bool readable = part.type == "text/plain" || part.type == "text/html";
    // A mail that is one text and nothing else may have a name and is a text nevertheless.
    const bool file = part.attached || (!part.name.empty() && !whole_mail);
    if (readable && !file) {
      const bool html = part.type == "text/html";
      const std::string text = html ? text_from_html(part.text) : clean_text(part.text);
      return cut_to(text, text_bytes_, Measure::bytes, kCut);
    }
    if (part.type.starts_with("multipart/") || is_signature(part)) return "";
    read_.attachments.push_back(name_of(part));
    read_.files.push_back({name_of(part), part.type, part.section, part.encoding, part.size});
    if (is_mail(part)) forward(part);
    return "";
  }

  MimeText end(const std::string& text) {
    read_.text = without_end_blanks(cut_to(text, text_bytes_, Measure::bytes, kCut));
    read_.forwarded =
        without_end_blanks(cut_to(read_.forwarded, text_bytes_, Measure::bytes, kCut));
    return std::move(read_);
  }

 private:
  // The last alternative is the richest; plain text is the one that needs no guessing.
  std::string one_of(const MimePart& part) {
    std::string best;
    bool plain_found = false;
    for (const MimePart& one : part.parts) {
      std::string text = words(one, false);
      if (plain_found || only_blanks(text)) continue;
      best = std::move(text);
      plain_found = one.type == "text/plain";
    }
    return best;
  }

  std::string all_of(const MimePart& part) {
    std::string all;
    for (const MimePart& one : part.parts) {
      const std::string text = words(one, false);
      if (only_blanks(text)) continue;
      if (!all.empty()) all += "\n\n";
      all += text;
    }
    return all;
  }

  void forward(const MimePart& mail) {
    if (mail.parts.empty()) return;
    PartsWalk within(text_bytes_);
    const MimeText inner = within.end(within.words(mail.parts.front(), true));
    std::string head = (mail.from.empty() ? "" : "From: " + mail.from + "\n") +
                       (mail.subject.empty() ? "" : "Subject: " + mail.subject + "\n");
    if (!head.empty()) head += '\n';
    const std::string text = inner.text.empty() ? inner.forwarded : inner.text;
    if (!read_.forwarded.empty()) read_.forwarded += "\n\n";
    read_.forwarded += name_of(mail) + ":" + as_quotation(head + text);
  }

  std::size_t text_bytes_;
  MimeText read_;
};

}  // namespace

MimeText words_of(const MimePart& whole, std::size_t text_bytes) {
  PartsWalk walk(text_bytes);
  return walk.end(walk.words(whole, true));
}

std::string with_attachment_names(std::string text, const std::vector<std::string>& names) {
  if (names.empty()) return text;
  text += text.empty() ? "" : "\n\n";
  for (std::size_t i = 0; i < names.size(); ++i) text += (i == 0 ? "📎 " : ", ") + names[i];
  return text;
}

}  // namespace saksbro::codec
