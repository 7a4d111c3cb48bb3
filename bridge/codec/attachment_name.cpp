#include "bridge/codec/attachment_name.h"

#include <gmime/gmime.h>

#include <algorithm>
#include <array>
#include <memory>

#include "bridge/codec/utf8.h"

namespace saksbro::codec {
namespace {

constexpr const char* kNameless = "vedlegg";
constexpr std::size_t kEndingBytesMost = 16;  // of what is kept behind the last dot

using GlibText = std::unique_ptr<char, decltype(&g_free)>;

std::string last_part(std::string_view path) {
  const std::size_t slash = path.find_last_of("/\\");
  return std::string(slash == path.npos ? path : path.substr(slash + 1));
}

std::string composed(const std::string& text) {
  const GlibText made(
      g_utf8_normalize(text.c_str(), static_cast<gssize>(text.size()), G_NORMALIZE_NFC), &g_free);
  return made ? made.get() : text;
}

// Seen by nobody, or changing how the rest is seen: "invoice\u202Efdp.exe" looks like a PDF.
bool is_treacherous(gunichar letter) {
  const GUnicodeType type = g_unichar_type(letter);
  return type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT || type == G_UNICODE_SURROGATE ||
         type == G_UNICODE_PRIVATE_USE || type == G_UNICODE_UNASSIGNED ||
         type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR;
}

// What a file system, a shell or a header would take for something else than a letter.
bool is_reserved(gunichar letter) {
  return letter < 0x80 &&
         std::string_view("<>:\"|?*").find(static_cast<char>(letter)) != std::string_view::npos;
}

std::string without_treachery(const std::string& text) {
  std::string kept;
  for (const char* at = text.c_str(); *at != '\0'; at = g_utf8_next_char(at)) {
    const gunichar letter = g_utf8_get_char(at);
    if (is_treacherous(letter)) continue;
    if (is_reserved(letter)) {
      kept += '_';
    } else if (g_unichar_isspace(letter) != 0) {
      kept += ' ';
    } else {
      kept.append(at, static_cast<std::size_t>(g_utf8_next_char(at) - at));
    }
  }
  return kept;
}

std::string without_dots(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" .");
  if (first == text.npos) return "";
  return text.substr(first, text.find_last_not_of(" .") - first + 1);
}

bool is_device(const std::string& name) {
  static constexpr std::array<std::string_view, 6> kWhole{"CON", "PRN",    "AUX",
                                                          "NUL", "CONIN$", "CONOUT$"};
  std::string stem = without_dots(name.substr(0, name.find('.')));
  std::transform(stem.begin(), stem.end(), stem.begin(), [](char c) { return g_ascii_toupper(c); });
  const bool numbered = stem.size() == 4 && (stem.starts_with("COM") || stem.starts_with("LPT")) &&
                        g_ascii_isdigit(stem[3]) != 0;
  return numbered || std::find(kWhole.begin(), kWhole.end(), stem) != kWhole.end();
}

std::string cut_at(std::string_view text, std::size_t bytes) {
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) --bytes;
  return std::string(text.substr(0, bytes));
}

std::string shortened(const std::string& name) {
  if (name.size() <= kAttachmentNameBytes) return name;
  const std::size_t dot = name.rfind('.');
  const bool has_ending = dot != name.npos && name.size() - dot <= kEndingBytesMost;
  const std::string ending = has_ending ? name.substr(dot) : "";
  return without_dots(cut_at(name, kAttachmentNameBytes - ending.size())) + ending;
}

std::string name_left_of(std::string_view given) {
  const std::string part = repair_latin1(last_part(given.substr(0, given.find('\0'))));
  const std::string name = without_dots(without_treachery(composed(part)));
  return name.empty() ? "" : shortened(is_device(name) ? "_" + name : name);
}

std::string name_by_type(std::string_view type) {
  using Named = std::pair<std::string_view, std::string_view>;
  static constexpr std::array<Named, 11> kNames{
      Named{"image/png", "vedlegg.png"},      Named{"image/jpeg", "vedlegg.jpg"},
      Named{"image/gif", "vedlegg.gif"},      Named{"image/webp", "vedlegg.webp"},
      Named{"image/tiff", "vedlegg.tiff"},    Named{"application/pdf", "vedlegg.pdf"},
      Named{"text/plain", "vedlegg.txt"},     Named{"text/html", "vedlegg.html"},
      Named{"text/calendar", "kalender.ics"}, Named{"message/rfc822", "message.eml"},
      Named{"message/global", "message.eml"}};
  const auto named = std::find_if(kNames.begin(), kNames.end(),
                                  [&](const Named& one) { return one.first == type; });
  return std::string(named == kNames.end() ? kNameless : named->second);
}

}  // namespace

std::string attachment_name(std::string_view given) {
  std::string name = name_left_of(given);
  return name.empty() ? kNameless : name;
}

std::string attachment_name(std::string_view given, std::string_view media_type) {
  std::string name = name_left_of(given);
  return name.empty() ? name_by_type(media_type) : name;
}

}  // namespace saksbro::codec
