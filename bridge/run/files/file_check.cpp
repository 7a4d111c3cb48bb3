#include "bridge/run/files/file_check.h"

#include <magic.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <string_view>

#include "bridge/core/text/text.h"

namespace saksbro::run {
namespace {

constexpr const char* kUnknownType = "application/octet-stream";

// Endings that Windows, macOS or a desktop of Linux runs when somebody opens the file.
constexpr std::array kProgramEndings{
    "app",  "apk",  "appimage", "application", "bat",    "chm", "cmd", "com", "command",
    "cpl",  "dll",  "dmg",      "exe",         "gadget", "hta", "inf", "iso", "jar",
    "jnlp", "js",   "jse",      "lnk",         "msc",    "msi", "msp", "pif", "pl",
    "ps1",  "psm1", "py",       "reg",         "scf",    "scr", "sh",  "url", "vb",
    "vbe",  "vbs",  "vhd",      "vhdx",        "ws",     "wsc", "wsf", "wsh", "xll"};

// Contents that are run, whatever their name is.
constexpr std::array kProgramTypes{"application/java-archive",
                                   "application/x-dosexec",
                                   "application/x-executable",
                                   "application/x-mach-binary",
                                   "application/x-ms-shortcut",
                                   "application/x-msdownload",
                                   "application/x-msi",
                                   "application/x-object",
                                   "application/x-pie-executable",
                                   "application/x-sharedlib",
                                   "application/vnd.microsoft.portable-executable",
                                   "text/x-msdos-batch",
                                   "text/x-shellscript",
                                   "application/x-setupscript"};

// Files that are no web pages.
constexpr std::array kNeverPages{"7z",  "csv",  "doc", "docx", "gz",  "json", "log",  "mp4", "msg",
                                 "odt", "pptx", "rtf", "tar",  "txt", "xls",  "xlsx", "zip"};

// What files of these endings must look like.
const std::map<std::string_view, std::string_view>& types_of_endings() {
  static const std::map<std::string_view, std::string_view> kTypes{
      {"bmp", "image/"},  {"gif", "image/"}, {"jpeg", "image/"},         {"jpg", "image/"},
      {"heic", "image/"}, {"png", "image/"}, {"pdf", "application/pdf"}, {"tif", "image/"},
      {"tiff", "image/"}, {"webp", "image/"}};
  return kTypes;
}

std::string ending_of(const std::string& name) {
  const auto dot = name.rfind('.');
  return dot == std::string::npos ? "" : core::lower(name.substr(dot + 1));
}

template <std::size_t Count>
bool is_one_of_these(const std::array<const char*, Count>& all, std::string_view wanted) {
  return std::any_of(all.begin(), all.end(), [&](const char* one) { return wanted == one; });
}

struct CloseMagic {
  void operator()(magic_set* magic) const { magic_close(magic); }
};

// A set is for one thread: one is loaded each time, from pages that all share.
std::optional<std::string> type_of_bytes(const std::string& path) {
  const std::unique_ptr<magic_set, CloseMagic> magic(magic_open(MAGIC_MIME_TYPE));
  if (!magic || magic_load(magic.get(), nullptr) != 0) return std::nullopt;
  const char* type = magic_file(magic.get(), path.c_str());
  return std::string(type == nullptr ? kUnknownType : type);
}

}  // namespace

std::optional<Phrase> unfit_file(const std::string& name, const std::string& media_type,
                                 bool programs) {
  const std::string ending = ending_of(name);
  if (!programs &&
      (is_one_of_these(kProgramEndings, ending) || is_one_of_these(kProgramTypes, media_type)))
    return Phrase("the file \"{file}\" is a program or a script", {{"file", name}});
  // What a proxy or a login page answers in place of a file.
  if (media_type == "text/html" && is_one_of_these(kNeverPages, ending))
    return Phrase("the file \"{file}\" is not what its name says: it looks like {type}",
                  {{"file", name}, {"type", media_type}});
  const auto expected = types_of_endings().find(ending);
  if (expected == types_of_endings().end() || media_type == kUnknownType ||
      media_type.starts_with(expected->second))
    return std::nullopt;
  return Phrase("the file \"{file}\" is not what its name says: it looks like {type}",
                {{"file", name}, {"type", media_type}});
}

FileVerdict FileCheck::look(const BlobRef& blob, const std::string& name,
                            const std::function<bool()>& alive) const {
  const std::string path = spool_.path_of(blob);
  const auto type = type_of_bytes(path);
  if (!type)
    return {
        FileVerdict::Kind::not_known,
        Phrase("libmagic cannot read its list of types: the package libmagic-mgc is missing", {})};
  // By its name: the same bytes may be another's file, of a name that is fit.
  if (auto why = unfit_file(name, *type, settings_.programs)) {
    spool_.done_with(blob);
    return {FileVerdict::Kind::refused, *std::move(why)};
  }
  if (!settings_.scanner) return {FileVerdict::Kind::good, {}, *type};
  const Scanned scanned = scan(*settings_.scanner, path, settings_.scan_longest,
                               [&] { return !cancelled_.load() && (!alive || alive()); });
  if (!scanned.answered)
    return {FileVerdict::Kind::not_known,
            Phrase("the virus scanner did not answer: {why}", {{"why", scanned.words}})};
  if (scanned.clean) return {FileVerdict::Kind::good, {}, *type};
  spool_.remove(blob);
  return {FileVerdict::Kind::refused, Phrase("the virus scanner refuses the file \"{file}\": {why}",
                                             {{"file", name}, {"why", scanned.words}})};
}

}  // namespace saksbro::run
