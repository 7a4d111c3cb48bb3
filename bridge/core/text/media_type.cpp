#include "bridge/core/text/media_type.h"

#include <algorithm>
#include <array>

#include "bridge/core/text/text.h"

namespace saksbro::core {
namespace {

template <std::size_t Count>
bool begins_with_any(std::string_view type, const std::array<std::string_view, Count>& all) {
  return std::any_of(all.begin(), all.end(),
                     [&](std::string_view one) { return type.starts_with(one); });
}

// Names of one type: "application/x-pdf", "image/jpg".
std::string usual_name(std::string_view type) {
  const auto slash = type.find('/');
  if (slash == type.npos) return std::string(type);
  std::string_view kind = type.substr(slash + 1);
  if (kind.starts_with("x-")) kind.remove_prefix(2);
  if (kind == "jpg" || kind == "pjpeg") kind = "jpeg";
  if (kind == "zip-compressed") kind = "zip";
  if (kind == "xml") return "text/xml";
  return std::string(type.substr(0, slash + 1)) + std::string(kind);
}

bool is_zipped_document(std::string_view type) {
  static constexpr std::array<std::string_view, 4> kBeginnings{
      "application/vnd.openxmlformats-", "application/vnd.oasis.opendocument.",
      "application/vnd.ms-", "application/epub+zip"};
  return begins_with_any(type, kBeginnings);
}

bool is_old_office_document(std::string_view type) {
  return type == "application/msword" || type.starts_with("application/vnd.ms-") ||
         type.starts_with("application/vnd.visio");
}

bool has_a_signature(std::string_view type) {
  static constexpr std::array<std::string_view, 6> kBeginnings{
      "image/", "audio/", "video/", "application/pdf", "application/zip", "application/gzip"};
  return type != "image/svg+xml" && (begins_with_any(type, kBeginnings) ||
                                     is_zipped_document(type) || is_old_office_document(type));
}

bool is_page(std::string_view type) {
  return type == "text/html" || type == "application/xhtml+xml";
}

}  // namespace

std::string bare_media_type(std::string_view type) {
  return lower(trimmed(type.substr(0, type.find(';'))));
}

bool says_no_type(std::string_view type) {
  static constexpr std::array<std::string_view, 6> kNone{"",
                                                         "application/octet-stream",
                                                         "binary/octet-stream",
                                                         "application/force-download",
                                                         "application/x-download",
                                                         "application/unknown"};
  return std::find(kNone.begin(), kNone.end(), type) != kNone.end();
}

bool may_be_type(std::string_view declared, std::string_view seen) {
  if (seen.empty() || seen.ends_with("/x-empty")) return true;
  if (usual_name(declared) == usual_name(seen)) return true;
  if (says_no_type(seen)) return !has_a_signature(declared);
  if (is_page(seen)) return is_page(declared);
  if (seen.starts_with("text/") || seen == "application/json" || seen == "message/rfc822")
    return !has_a_signature(declared);
  if (seen == "application/zip") return is_zipped_document(declared);
  static constexpr std::array<std::string_view, 4> kOle{
      "application/cdfv2", "application/x-ole-storage", "application/vnd.ms-",
      "application/msword"};
  return begins_with_any(seen, kOle) && is_old_office_document(declared);
}

}  // namespace saksbro::core
