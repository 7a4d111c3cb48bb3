// What each kind of value looks like in JSON. Only for the .cpp files of this folder.
#pragma once

#include <concepts>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "bridge/contract/command.h"
#include "bridge/contract/ids.h"
#include "bridge/contract/phrase.h"
#include "bridge/contract/ticket.h"
#include "bridge/contract/time.h"
#include "bridge/core/model/case.h"

namespace saksbro::records {

using Json = nlohmann::json;

// The format's version, of each kind of record. Whoever changes what a member means, or takes one
// away, raises it and teaches the reading the older one: stores live longer than programs, and an
// older program must not read what it would misunderstand.
template <class Record>
inline constexpr int kVersionOf = 1;
// 2: what the core remembers is a member of its own. See older_memory.h.
template <>
inline constexpr int kVersionOf<core::Case> = 2;

// Given with a member that is newer than the first stores: it is written when it has something to
// say, and a record without it has its default.
struct Added {};
inline constexpr Added kAdded{};

struct Written {
  static Json of(const std::string& text) { return text; }
  static Json of(bool flag) { return flag; }
  static Json of(Instant instant) { return instant.time_since_epoch().count(); }
  static Json of(core::Receipt receipt) {
    return receipt == core::Receipt::told   ? "told"
           : receipt == core::Receipt::seen ? "seen"
                                            : "informed";
  }
  static Json of(core::HeldAnswers answers) {
    return answers == core::HeldAnswers::none      ? "none"
           : answers == core::HeldAnswers::waiting ? "waiting"
                                                   : "over";
  }
  static Json of(Visibility visibility) {
    return visibility == Visibility::everyone ? "everyone" : "internal";
  }
  // Only what is not as in any phrase: there are many of them.
  static Json of(const Phrase& phrase) {
    if (phrase.say.empty()) return phrase.words;
    Json json = Json::object();
    json["say"] = phrase.say;
    if (!phrase.args.empty()) json["args"] = of(phrase.args);
    if (!phrase.where.empty()) json["where"] = phrase.where;
    if (phrase.kind != Phrase::Kind::news) json["kind"] = static_cast<int>(phrase.kind);
    return json;
  }
  template <class Tag>
  static Json of(const Id<Tag>& id) {
    return id.text();
  }
  template <std::integral Number>
  static Json of(const Number& number) {
    return number;
  }
  template <class T>
  static Json of(const std::optional<T>& value) {
    return value ? of(*value) : Json(nullptr);
  }
  template <class T>
  static Json of(const std::vector<T>& values) {
    return list(values);
  }
  template <class T>
  static Json of(const std::set<T>& values) {
    return list(values);
  }
  template <class Key, class T, class Less>
  static Json of(const std::map<Key, T, Less>& values) {
    Json json = Json::object();
    for (const auto& [key, value] : values) json[text(key)] = of(value);
    return json;
  }
  template <class... Kinds>  // an Action or a Memo: the variants that are recorded inside others
  static Json of(const std::variant<Kinds...>& kind) {
    Json json = std::visit([](const auto& one) { return of(one); }, kind);
    if constexpr (std::same_as<std::variant<Kinds...>, core::Memo>) {
      json["what"] = name_of(kind);
    } else {
      json["verb"] = verb(kind);
    }
    return json;
  }
  template <class Record>
  static Json of(const Record& record) {
    Json json = Json::object();
    fields(record, [&]<class T>(const char* name, const T& value, [[maybe_unused]] auto... added) {
      if (sizeof...(added) > 0 && value == T{}) return;
      json[name] = of(value);
    });
    return json;
  }

 private:
  static const std::string& text(const std::string& key) { return key; }
  template <class Tag>
  static const std::string& text(const Id<Tag>& key) {
    return key.text();
  }
  static Json list(const auto& values) {
    Json json = Json::array();
    for (const auto& value : values) json.push_back(of(value));
    return json;
  }
};

// Never throws: texts are UTF-8 (codec sees to it), and a stray byte becomes U+FFFD.
template <class Record>
[[nodiscard]] std::string write_record(const Record& record) {
  Json json = Written::of(record);
  json["v"] = kVersionOf<Record>;
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace saksbro::records
