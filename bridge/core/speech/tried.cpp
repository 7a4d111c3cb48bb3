#include "bridge/core/speech/tried.h"

#include <algorithm>

namespace saksbro::core {
namespace {

Sentence sentence_of(const std::string& verb) {
  if (verb == "create") return Sentence("open a ticket in \"{system}\"");
  if (verb == "status") return Sentence("set the status in \"{system}\"");
  if (verb == "fields") return Sentence("write fields in \"{system}\"");
  if (verb == "comment") return Sentence("write a comment in \"{system}\"");
  if (verb == "note") return Sentence("bring the case note in \"{system}\" up to date");
  if (verb == "alert") return Sentence("send an alert through \"{system}\"");
  if (verb == "notice") return Sentence("send a notice through \"{system}\"");
  if (verb == "file") return Sentence("fetch a file from \"{system}\"");
  return Sentence("read the ticket in \"{system}\"");
}

}  // namespace

Phrase what_was_asked(const std::string& verb, const SystemName& at) {
  return {sentence_of(verb), {{"system", at}}};
}

Phrase what_was_asked(const Case& before, const SystemName& at, const CommandResult& settled) {
  const auto intent =
      std::find_if(before.intents.begin(), before.intents.end(),
                   [&](const Intent& one) { return one.command == settled.command; });
  if (intent == before.intents.end() || intent->values.empty())
    return what_was_asked(settled.verb, at);
  const std::string& last = intent->values.back();
  if (settled.verb == "status")
    return {"set status \"{word}\" in \"{system}\"", {{"word", last}, {"system", at}}};
  if (settled.verb == "fields")
    return {"write the field \"{field}\" in \"{system}\"",
            {{"field", last.substr(0, last.find('='))}, {"system", at}}};
  return what_was_asked(settled.verb, at);
}

}  // namespace saksbro::core
