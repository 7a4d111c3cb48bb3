// Reads what json_writing.h writes, and says what is wrong with anything else. Only for the .cpp
// files of this folder.
#pragma once

#include <cstddef>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "bridge/contract/command.h"
#include "bridge/contract/error.h"
#include "bridge/contract/ids.h"
#include "bridge/contract/phrase.h"
#include "bridge/contract/ticket.h"
#include "bridge/contract/time.h"
#include "bridge/core/model/case.h"
#include "bridge/records/json_writing.h"

namespace saksbro::records {

// Keeps the first thing that is wrong, with its path: "view.fields.Status: expected a text".
class Reading {
 public:
  [[nodiscard]] const std::optional<Phrase>& wrong() const { return wrong_; }
  void refuse(Sentence what, Phrase::Args args = {}) {
    if (wrong_) return;
    Phrase why(what, std::move(args));
    wrong_ = path_.empty() ? std::move(why)
                           : Phrase("{where}: {why}", {{"where", path_}, {"why", std::move(why)}});
  }

  void value(const Json& json, std::string& out) {
    if (!json.is_string()) return refuse("expected a text");
    out = json.get<std::string>();
  }
  void value(const Json& json, bool& out) {
    if (!json.is_boolean()) return refuse("expected true or false");
    out = json.get<bool>();
  }
  void value(const Json& json, Instant& out) {
    std::int64_t milliseconds = 0;
    value(json, milliseconds);
    out = Instant{std::chrono::milliseconds{milliseconds}};
  }
  void value(const Json& json, core::Receipt& out) {
    if (json == "told") return void(out = core::Receipt::told);
    if (json == "seen") return void(out = core::Receipt::seen);
    if (json == "informed") return void(out = core::Receipt::informed);
    refuse("expected \"told\", \"seen\" or \"informed\"");
  }
  void value(const Json& json, core::HeldAnswers& out) {
    if (json == "none") return void(out = core::HeldAnswers::none);
    if (json == "waiting") return void(out = core::HeldAnswers::waiting);
    if (json == "over") return void(out = core::HeldAnswers::over);
    refuse("expected \"none\", \"waiting\" or \"over\"");
  }
  void value(const Json& json, Visibility& out) {
    if (json == "internal") return void(out = Visibility::internal);
    if (json == "everyone") return void(out = Visibility::everyone);
    refuse("expected \"internal\" or \"everyone\"");
  }
  void value(const Json& json, Phrase& out) {
    out = Phrase();
    if (json.is_string()) return value(json, out.words);
    if (!json.is_object()) return refuse("expected a phrase");
    below("say", [&] { value(json.value("say", Json()), out.say); });
    below("args", [&] { value(json.value("args", Json::object()), out.args); });
    below("where", [&] { value(json.value("where", Json("")), out.where); });
    int kind = 0;
    below("kind", [&] { value(json.value("kind", Json(0)), kind); });
    if (kind < 0 || kind > static_cast<int>(Phrase::Kind::waits))
      return refuse("unknown kind of phrase");
    out.kind = static_cast<Phrase::Kind>(kind);
  }
  template <class Tag>
  void value(const Json& json, Id<Tag>& out) {
    std::string text;
    value(json, text);
    out = Id<Tag>{std::move(text)};
  }
  template <std::integral Number>
  void value(const Json& json, Number& out) {
    if (!json.is_number_integer()) return refuse("expected a whole number");
    const bool fits = json.is_number_unsigned() ? std::in_range<Number>(json.get<std::uint64_t>())
                                                : std::in_range<Number>(json.get<std::int64_t>());
    if (!fits) return refuse("the number is too large or too small");
    out = json.get<Number>();
  }
  template <class T>
  void value(const Json& json, std::optional<T>& out) {
    out.reset();
    if (!json.is_null()) value(json, out.emplace());
  }
  template <class T>
  void value(const Json& json, std::vector<T>& out) {
    each(json, [&](const Json& one) { value(one, out.emplace_back()); });
  }
  template <class T>
  void value(const Json& json, std::set<T>& out) {
    each(json, [&](const Json& one) {
      T read;
      value(one, read);
      out.insert(std::move(read));
    });
  }
  template <class Key, class T, class Less>
  void value(const Json& json, std::map<Key, T, Less>& out) {
    if (!json.is_object()) return refuse("expected an object");
    for (const auto& [name, member] : json.items()) {
      below(name, [&, &key = name, &one = member] { value(one, out[Key{key}]); });
    }
  }
  template <class... Kinds>  // an Action or a Memo
  void value(const Json& json, std::variant<Kinds...>& out) {
    if constexpr (std::same_as<std::variant<Kinds...>, core::Memo>) {
      one_of(json, out, "what", "unknown kind of memory \"{verb}\"",
             [](const auto& one) { return name_of(one); });
    } else {
      one_of(json, out, "verb", "unknown verb \"{verb}\"",
             [](const auto& one) { return verb(one); });
    }
  }
  template <class Record>
  void value(const Json& json, Record& out) {
    if (!json.is_object()) return refuse("expected an object");
    fields(out, [&](const char* name, auto& member, [[maybe_unused]] auto... added) {
      below(name, [&] {
        const auto found = json.find(name);
        if (found == json.end()) {
          // A member that was added later: older records do not have it.
          if constexpr (requires { member.reset(); }) return member.reset();
          if (sizeof...(added) > 0) return;
          return refuse("is missing");
        }
        value(*found, member);
      });
    });
  }

  // Makes `out` the alternative that `name_of` calls `wanted`, and reads it; false: none is.
  template <class... Kinds>
  static bool alternative(const std::string& wanted, std::variant<Kinds...>& out, auto name_of,
                          auto read) {
    const auto try_one = [&]<class Kind>(Kind empty) {
      const std::variant<Kinds...> candidate{empty};
      if (wanted != name_of(candidate)) return false;
      read(out.template emplace<Kind>());
      return true;
    };
    return (try_one(Kinds{}) || ...);
  }

 private:
  template <class... Kinds>
  void one_of(const Json& json, std::variant<Kinds...>& out, const char* key, Sentence unknown,
              auto name) {
    if (!json.is_object()) return refuse("expected an object");
    std::string wanted;
    below(key, [&] { value(json.value(key, Json()), wanted); });
    const bool known = alternative(wanted, out, name, [&](auto& record) { value(json, record); });
    if (!known) refuse(unknown, {{"verb", wanted}});
  }
  void below(const std::string& name, auto read) {
    const std::size_t length = path_.size();
    path_ += (path_.empty() ? "" : ".") + name;
    read();
    path_.resize(length);
  }
  void each(const Json& json, auto read) {
    if (!json.is_array()) return refuse("expected a list");
    std::size_t index = 0;
    for (const Json& one : json) below(std::to_string(index++), [&] { read(one); });
  }

  std::string path_;
  std::optional<Phrase> wrong_;
};

// The document, if it is one of ours and of a version that this program knows.
[[nodiscard]] Result<Json> open_record(const std::string& where, const std::string& text,
                                       int newest);

template <class Record>
[[nodiscard]] Result<Record> read_opened(const std::string& where, const Json& json) {
  Reading reading;
  Record record;
  reading.value(json, record);
  if (reading.wrong()) return fail(where, *reading.wrong());
  return record;
}

template <class Record>
[[nodiscard]] Result<Record> read_record(const std::string& where, const std::string& text) {
  const Result<Json> json = open_record(where, text, kVersionOf<Record>);
  if (!json) return tl::unexpected(json.error());
  return read_opened<Record>(where, *json);
}

}  // namespace saksbro::records
