#include "bridge/load/field_names.h"

#include <algorithm>

#include "bridge/contract/nearest.h"

namespace saksbro::load {
namespace {

const std::vector<std::string> kOfEachTicket{"title", "text", "author", "created"};

bool knows(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

class Check {
 public:
  Check(const core::SystemMapping& system, const Abilities::Fields& fields)
      : system_(system), fields_(fields), readable_(fields.named) {
    readable_.insert(readable_.end(), fields.only_read.begin(), fields.only_read.end());
  }

  Errors find() {
    for (const core::WrittenField& written : system_.writes)
      known(fields_.named, written.field, written.where, "write." + written.value);
    std::vector<std::string> read_from = readable_;
    read_from.insert(read_from.end(), kOfEachTicket.begin(), kOfEachTicket.end());
    for (const core::ReadField& read : system_.reads)
      known(read_from, read.field, read.where, "read." + read.value);
    for (const auto& [signal, cues] : system_.signals) {
      for (const core::Cue& cue : cues) {
        if (cue.kind == core::Cue::Kind::field)
          known(readable_, cue.what, cue.where, "signals." + signal.text());
      }
    }
    return std::move(errors_);
  }

 private:
  void known(const std::vector<std::string>& names, const std::string& name,
             const std::string& where, const std::string& path) {
    if (knows(names, name)) return;
    errors_.push_back({where, path + ": \"" + name + "\" is not in " + fields_.setting +
                                  " of system " + system_.name.text() + did_you_mean(name, names)});
  }

  const core::SystemMapping& system_;
  const Abilities::Fields& fields_;
  std::vector<std::string> readable_;
  Errors errors_;
};

}  // namespace

Errors check_field_names(const core::SystemMapping& system, const Abilities::Fields& fields) {
  return Check(system, fields).find();
}

}  // namespace saksbro::load
