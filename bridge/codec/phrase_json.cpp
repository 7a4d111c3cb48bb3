#include "bridge/codec/phrase_json.h"

namespace saksbro::codec {
namespace {

constexpr int kDepthMost = 8;

Phrase phrase_from(const Json& json, int depth) {
  if (json.is_string()) return json.get<std::string>();
  if (!json.is_object() || depth == kDepthMost) return {};
  Phrase phrase;
  phrase.say = text_or(json, "say", "");
  const Json& args = at_path(json, "args");
  if (!args.is_object()) return phrase;
  for (const auto& [name, value] : args.items()) phrase.args[name] = phrase_from(value, depth + 1);
  return phrase;
}

}  // namespace

Json phrase_json(const Phrase& phrase) {
  if (phrase.say.empty()) return phrase.words;
  Json json{{"say", phrase.say}};
  for (const auto& [name, value] : phrase.args) json["args"][name] = phrase_json(value);
  return json;
}

Phrase phrase_from(const Json& json) { return phrase_from(json, 0); }

}  // namespace saksbro::codec
