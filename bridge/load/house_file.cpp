#include <algorithm>

#include "bridge/contract/nearest.h"
#include "bridge/core/text.h"
#include "bridge/load/mapping_files.h"

namespace saksbro::load {
namespace {

void add_errors(SettingsReader& reader, Errors& errors) {
  const Errors found = reader.finish();
  errors.insert(errors.end(), found.begin(), found.end());
}

void check_placeholders(const Setting& text, const core::Words& words,
                        const std::vector<std::string>& known, Errors& errors) {
  for (const std::string& one : {words.nb, words.en}) {
    for (const std::string& name : core::placeholders(one)) {
      if (std::find(known.begin(), known.end(), name) != known.end()) continue;
      errors.push_back(
          {text.where, text.path + ": unknown value {" + name + "}" + did_you_mean(name, known)});
    }
  }
}

}  // namespace

core::HouseTexts read_house(const Setting& file, Errors& errors) {
  core::HouseTexts house;
  SettingsReader reader(file);
  if (const Setting* texts = reader.map("texts")) {
    SettingsReader inner(*texts);
    const auto words = [&](const char* key, const std::vector<std::string>& values) {
      const Setting* one = inner.map(key);
      if (one == nullptr) {
        inner.error("\"" + std::string(key) + "\" is missing: { nb: ..., en: ... }");
        return core::Words{};
      }
      core::Words read = read_words(*one, errors);
      check_placeholders(*one, read, values, errors);
      return read;
    };
    house.refused = words("refused", {"what", "why", "case.number"});
    house.unknown_command =
        words("unknown_command", {"command", "nearest", "possible", "activity"});
    house.did_you_mean = words("did_you_mean", {"near", "command"});
    house.not_now = words("not_now", {"command", "activity", "possible"});
    house.need = words("need", {"need"});
    house.help = words("help", {"activity", "possible"});
    house.gone = words("gone", {"ticket", "why"});
    house.nothing = words("nothing", {});
    house.missing = words("missing", {"missing"});
    house.deadline_near = words("deadline_near", {"activity", "due", "ball"});
    house.deadline_over = words("deadline_over", {"activity", "due", "ball"});
    house.deviation = words("deviation", {"how", "activity"});
    const std::vector<std::string> note{
        "case.number", "process",  "status",  "activity",  "ball",  "since",           "numbers",
        "question",    "possible", "missing", "deviation", "stuck", "receipts.missing"};
    house.note = words("note", note);
    house.note_outside = words("note_outside", note);
    add_errors(inner, errors);
  } else {
    reader.error("\"texts\" is missing");
  }
  add_errors(reader, errors);
  return house;
}

}  // namespace saksbro::load
