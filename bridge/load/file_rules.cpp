// `attachments:` of a system's mapping: which files of the case's other tickets come onto its own.
//
//   attachments:
//     desk: public                # none | public | all
//     leverandør: { which: public, types: [image/*, application/pdf], largest: 10MB }
#include <algorithm>

#include "bridge/core/text/text.h"
#include "bridge/load/mapping_files.h"
#include "bridge/load/size.h"

namespace saksbro::load {
namespace {

const std::vector<std::string> kWhich{"none", "public", "all"};
constexpr std::uint64_t kMegabytesMost = 2048;

void read_types(const Setting* list, SettingsReader& reader, core::FileRule& rule) {
  if (list == nullptr) return;
  for (const Setting& item : std::get<Setting::List>(list->value)) {
    const auto* text = std::get_if<Setting::Text>(&item.value);
    if (text == nullptr || text->find('/') == std::string::npos) {
      reader.error(item, "expected a media type: image/png, or image/* for all of a kind");
    } else {
      rule.types.push_back(core::lower(*text));
    }
  }
}

// "public", or { which: public, types: [...], largest: 10MB }; none: nothing comes from there.
std::optional<core::FileRule> read_rule(const std::string& from, const Setting& setting,
                                        Errors& errors) {
  core::FileRule rule;
  rule.from = SystemName{from};
  rule.where = setting.where;
  std::string which;
  if (const auto* text = std::get_if<Setting::Text>(&setting.value)) {
    which = *text;
    if (std::find(kWhich.begin(), kWhich.end(), which) == kWhich.end()) {
      errors.push_back({setting.where, setting.path +
                                           ": expected none, public or all, or { which: ..., "
                                           "types: [...], largest: ... }"});
      return std::nullopt;
    }
  } else {
    SettingsReader reader(setting);
    which = reader.one_of("which", kWhich, "public");
    read_types(reader.list("types"), reader, rule);
    if (const auto most = read_size(reader, setting, "largest", {1, kMegabytesMost}))
      rule.bytes_most = *most;
    const Errors found = reader.finish();
    errors.insert(errors.end(), found.begin(), found.end());
  }
  rule.internal_too = which == "all";
  return which == "none" ? std::nullopt : std::optional(std::move(rule));
}

}  // namespace

void read_file_rules(const Setting* map, core::SystemMapping& system, Mentions& mentions,
                     Errors& errors) {
  if (map == nullptr) return;
  for (const auto& [from, setting] : std::get<Setting::Map>(map->value)) {
    mentions.sources.push_back({from, setting.where, setting.path});
    if (auto rule = read_rule(from, setting, errors)) system.files.push_back(*std::move(rule));
  }
}

}  // namespace saksbro::load
