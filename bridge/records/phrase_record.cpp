#include "bridge/records/phrase_record.h"

#include "bridge/codec/json.h"
#include "bridge/records/json_reading.h"
#include "bridge/records/json_writing.h"

namespace saksbro::records {
namespace {

// Nothing, where it is not what we write.
template <class T>
std::optional<T> parsed(const std::string& text) {
  const Result<Json> json = codec::parse_json(text, "phrases");
  if (!json) return std::nullopt;
  Reading reading;
  T read;
  reading.value(*json, read);
  if (reading.wrong()) return std::nullopt;
  return read;
}

Phrases lines_of(const std::string& text) {
  Phrases lines;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    if (end > from) lines.emplace_back(text.substr(from, end - from));
    from = end + 1;
  }
  return lines;
}

}  // namespace

std::string write(const Phrases& phrases) { return codec::write_json(Written::of(phrases)); }

Phrases read_phrases(const std::string& text) {
  if (text.starts_with('[')) {
    if (auto phrases = parsed<Phrases>(text)) return std::move(*phrases);
  }
  return lines_of(text);
}

std::string write(const Phrase& phrase) {
  return phrase.say.empty() ? phrase.words : codec::write_json(Written::of(phrase));
}

Phrase read_phrase(const std::string& text) {
  if (text.starts_with('{')) {
    if (auto phrase = parsed<Phrase>(text)) return std::move(*phrase);
  }
  return text;
}

}  // namespace saksbro::records
