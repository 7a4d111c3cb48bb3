// Random values of every recorded type, from a seed. It fills what fields() lists; that fields()
// lists every member is checked by the compiler (case_fields.h).
#pragma once

#include <concepts>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "bridge/contract/ids.h"
#include "bridge/contract/ticket.h"
#include "bridge/contract/time.h"
#include "bridge/records/command_fields.h"
#include "bridge/records/fact_fields.h"

namespace saksbro::records {

class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}

  template <class T>
  T one() {
    T out;
    value(out);
    return out;
  }

  std::size_t below(std::size_t limit) { return engine_() % limit; }

  void value(std::string& out) {
    static const std::vector<std::string> kPieces{
        "a", "Ærlig", "\"", "\\", "\n", std::string(1, '\0'), "\x7f", "😀", "<&>", " ", "|", "7"};
    for (std::size_t i = below(6); i > 0; --i) out += kPieces[below(kPieces.size())];
  }
  void value(bool& out) { out = below(2) == 0; }
  void value(Instant& out) {
    out = Instant{std::chrono::milliseconds{static_cast<std::int64_t>(engine_()) - 1'000'000}};
  }
  void value(core::Receipt& out) { out = static_cast<core::Receipt>(below(3)); }
  void value(core::HeldAnswers& out) { out = static_cast<core::HeldAnswers>(below(3)); }
  void value(Visibility& out) { out = below(2) == 0 ? Visibility::internal : Visibility::everyone; }
  template <std::integral Number>
  void value(Number& out) {
    out = static_cast<Number>(engine_());  // also negative ones and those above 2^53
  }
  void value(Phrase& out) {
    out = Phrase();  // it may stand where another did: words beside a sentence are no phrase
    if (below(2) == 0) return value(out.words);
    out.say = "{a} says " + one<std::string>();
    out.kind = static_cast<Phrase::Kind>(below(4));
    value(out.where);
    for (std::size_t i = below(3); i > 0; --i) out.args[one<std::string>()] = one<std::string>();
    if (below(4) == 0) value(out.args["a"]);
  }
  template <class Tag>
  void value(Id<Tag>& out) {
    out = Id<Tag>{one<std::string>()};
  }
  template <class T>
  void value(std::optional<T>& out) {
    if (below(2) == 0) value(out.emplace());
  }
  template <class T>
  void value(std::vector<T>& out) {
    for (std::size_t i = below(4); i > 0; --i) value(out.emplace_back());
  }
  template <class T>
  void value(std::set<T>& out) {
    for (std::size_t i = below(4); i > 0; --i) out.insert(one<T>());
  }
  template <class Key, class T>
  void value(std::map<Key, T>& out) {
    for (std::size_t i = below(4); i > 0; --i) out.emplace(one<Key>(), one<T>());
  }
  template <class... Kinds>
  void value(std::variant<Kinds...>& out) {
    const std::size_t wanted = below(sizeof...(Kinds));
    std::size_t index = 0;
    ((index++ == wanted ? value(out.template emplace<Kinds>()) : void()), ...);
  }
  template <class Record>
  void value(Record& out) {
    fields(out, [&](const char*, auto& member, auto...) { value(member); });
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace saksbro::records
