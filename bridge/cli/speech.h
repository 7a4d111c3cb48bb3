// In which language the command line answers, by whose clock, and by whose words.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "bridge/cli/cli.h"
#include "bridge/contract/phrase.h"
#include "bridge/core/text/language.h"

namespace saksbro::cli {

// --lang, else the configuration's `language`, else $LANG: for every verb.
[[nodiscard]] core::Language language_of(const Chosen& chosen,
                                         const load::Configuration& configuration);

class Speech {
 public:
  Speech(core::Language language, core::Mapping mapping)
      : language_(language), mapping_(std::move(mapping)) {}

  [[nodiscard]] core::Language language() const { return language_; }
  [[nodiscard]] const core::Mapping& mapping() const { return mapping_; }
  [[nodiscard]] const char* in(const char* nb, const char* en) const {
    return language_ == core::Language::nb ? nb : en;
  }
  // One line, filled in.
  template <class... T>
  [[nodiscard]] std::string line(const char* nb, const char* en, const T&... values) const {
    return fmt::format(fmt::runtime(in(nb, en)), values...);
  }

  // By the clock of the configured calendar: "2026-11-25 13:43:38".
  [[nodiscard]] std::string time(Instant instant) const;
  // "Times are of Europe/Oslo."
  [[nodiscard]] std::string zone() const;

  // Roles and activities by their titles in that process. Systems by their names: those are what
  // other verbs are told. Places without the folders above.
  [[nodiscard]] std::string say(const Phrase& phrase, const core::ProcessId& process) const;
  [[nodiscard]] std::string role(const core::Role& role) const;
  [[nodiscard]] std::string activity(const core::ActivityId& id,
                                     const core::ProcessId& process) const;
  // A case value: one of a closed list by its title in that process.
  [[nodiscard]] std::string value(const std::string& name, const std::string& value,
                                  const core::ProcessId& process) const;
  [[nodiscard]] std::string word(store::OutboxState state) const;

 private:
  core::Language language_;
  core::Mapping mapping_;
};

// A configuration with errors does for looking, as far as it could be read.
[[nodiscard]] Speech speech_of(const Chosen& chosen);

// "/etc/saksbro/mappings/m1.yaml:47:9" is "mappings/m1.yaml:47:9" to people who know their files.
[[nodiscard]] std::string with_short_place(const std::string& place);

}  // namespace saksbro::cli
