#include "bridge/core/model/ticket_words.h"

#include <algorithm>
#include <string_view>

#include "bridge/core/model/word_titles.h"
#include "bridge/core/text/text.h"

namespace saksbro::core {
namespace {

// The fields in which a mail shows its lines "Name: value" (connectors/mail/lines.h).
constexpr std::string_view kLine = "line.";

std::string by_table(const ReadField& read, const std::string& theirs) {
  const auto word = read.words.find(theirs);
  if (word != read.words.end()) return word->second;
  if (!read.field.starts_with(kLine)) return theirs;
  // Typed by hand in a mail: "a - Kritisk", or our own word for it.
  const std::string low = lower(trimmed(theirs));
  for (const auto& [their_word, ours] : read.words) {
    if (lower(their_word) == low || lower(ours) == low) return ours;
  }
  return theirs;
}

}  // namespace

bool is_shared(const Mapping& mapping, const std::string& value) {
  return std::count_if(mapping.systems.begin(), mapping.systems.end(), [&](const auto& system) {
           return std::any_of(system.second.reads.begin(), system.second.reads.end(),
                              [&](const ReadField& read) { return read.value == value; });
         }) > 1;
}

std::string their_word(const SystemMapping& system, const WrittenField& written,
                       const std::string& value) {
  if (!written.words.empty()) {
    const auto word = written.words.find(value);
    return word == written.words.end() ? "" : word->second;
  }
  for (const ReadField& read : system.reads) {
    if (read.value != written.value || read.field != written.field) continue;
    for (const auto& [theirs, ours] : read.words) {
      if (ours == value) return theirs;
    }
  }
  return value;
}

std::string our_word(const Mapping& mapping, const Case& state, const ReadField& read,
                     const std::string& theirs) {
  return listed_word(mapping, state.process, read.value, by_table(read, theirs));
}

std::vector<Signal> cued(const SystemMapping& system, const std::function<bool(const Cue&)>& fits) {
  std::vector<Signal> signals;
  for (const auto& [signal, cues] : system.signals) {
    if (std::any_of(cues.begin(), cues.end(), fits)) signals.push_back(signal);
  }
  return signals;
}

std::vector<Signal> status_signals(const SystemMapping& system,
                                   const std::optional<Status>& status) {
  return cued(system, [&](const Cue& cue) {
    return status && cue.kind == Cue::Kind::status && cue.what == status->text();
  });
}

std::vector<Signal> said_by_status(const SystemMapping& system, const std::string& theirs) {
  return status_signals(system, system.status_from(theirs));
}

}  // namespace saksbro::core
