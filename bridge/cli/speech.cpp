#include "bridge/cli/speech.h"

#include <fmt/chrono.h>

#include <algorithm>
#include <cstdlib>

#include "bridge/cli/describe.h"
#include "bridge/core/model/word_titles.h"
#include "bridge/core/speech/translation.h"

namespace saksbro::cli {
namespace {

// As gettext does: the first of them that is set.
core::Language language_of_the_shell() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    const std::string_view locale(value);
    const bool norwegian =
        locale.starts_with("nb") || locale.starts_with("nn") || locale.starts_with("no");
    return norwegian ? core::Language::nb : core::Language::en;
  }
  return core::Language::en;
}

// Of a case that an older mapping made there may be none.
const core::Process& process_of(const core::Mapping& mapping, const core::ProcessId& id) {
  static const core::Process kNone;
  const auto& all = mapping.processes;
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const core::Process& one) { return one.id == id; });
  return found == all.end() ? kNone : *found;
}

}  // namespace

core::Language language_of(const Chosen& chosen, const load::Configuration& configuration) {
  if (!chosen.language.empty())
    return chosen.language == "nb" ? core::Language::nb : core::Language::en;
  return configuration.language.value_or(language_of_the_shell());
}

Speech speech_of(const Chosen& chosen) {
  load::Configuration configuration = look_at(chosen);
  const core::Language language = language_of(chosen, configuration);
  return {language, std::move(configuration.mapping)};
}

std::string with_short_place(const std::string& place) {
  const auto name = place.rfind('/');
  if (name == std::string::npos || name == 0 || place.front() != '/') return place;
  return place.substr(place.rfind('/', name - 1) + 1);
}

std::string Speech::time(Instant instant) const {
  const auto local = core::local_time(mapping_.calendar, instant).time_since_epoch();
  return fmt::format("{:%Y-%m-%d %H:%M:%S}",
                     fmt::gmtime(std::chrono::duration_cast<std::chrono::seconds>(local).count()));
}

std::string Speech::zone() const {
  return line("Klokkeslett er etter {}.", "Times are of {}.", mapping_.calendar.zone);
}

std::string Speech::say(const Phrase& phrase, const core::ProcessId& process) const {
  Tongue ours = core::tongue(language_, mapping_, process_of(mapping_, process));
  const auto called = std::move(ours.word);
  ours.word = [&called](std::string_view argument, const std::string& word) {
    if (argument == "place" || argument == "file") return with_short_place(word);
    return argument.starts_with("system") ? word : called(argument, word);
  };
  ours.place = with_short_place;
  return spoken(phrase, ours);
}

std::string Speech::role(const core::Role& role) const {
  if (role.empty()) return in("(ukjent aktivitet)", "(unknown activity)");
  for (const core::Process& process : mapping_.processes) {
    const core::Words* title = process.title_of(role);
    if (title != nullptr && !title->in(language_).empty()) return title->in(language_);
  }
  return role.text();
}

std::string Speech::activity(const core::ActivityId& id, const core::ProcessId& process) const {
  return say(Phrase("{activity.titled}", {{"activity.titled", id}}), process);
}

std::string Speech::value(const std::string& name, const std::string& value,
                          const core::ProcessId& process) const {
  return core::title_of_word(process_of(mapping_, process), name, value, language_);
}

std::string Speech::word(store::OutboxState state) const {
  switch (state) {
    case store::OutboxState::waiting:
      return in("venter", "waiting");
    case store::OutboxState::sending:
      return in("sendes nå", "being sent");
    case store::OutboxState::done:
      return in("gjort", "done");
    case store::OutboxState::dead:
      return in("lot seg ikke gjøre", "dead letter");
    case store::OutboxState::superseded:
      return in("erstattet av en nyere", "replaced by a newer one");
  }
  return in("ukjent", "unknown");
}

}  // namespace saksbro::cli
