#include "bridge/records/older_memory.h"

#include <charconv>
#include <sstream>
#include <string_view>
#include <utility>

#include "bridge/core/text/fingerprint.h"

namespace saksbro::records {
namespace {

using std::chrono::milliseconds;

// "desk/fields/A" -> "desk" and "fields/A".
std::pair<std::string, std::string> parted(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == text.npos) return {std::string(text), ""};
  return {std::string(text.substr(0, slash)), std::string(text.substr(slash + 1))};
}

template <class Number>
Number next_number(std::string_view& text) {
  Number number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (text.starts_with(' ')) text.remove_prefix(1);
  return problem == std::errc{} ? number : 0;
}

// Milliseconds, the lengths of the next two, then all three without a blank.
core::LastWrite older_write(std::string_view text) {
  core::LastWrite write;
  write.at = Instant{milliseconds{next_number<std::int64_t>(text)}};
  const auto command = next_number<std::size_t>(text);
  const auto before = next_number<std::size_t>(text);
  if (command > text.size() || before > text.size() - command) return write;
  write.command = IdempotencyKey{std::string(text.substr(0, command))};
  write.before = text.substr(command, before);
  write.value = text.substr(command + before);
  return write;
}

// A line each.
std::optional<core::Unheard> older_unheard(const std::string& text) {
  if (text.empty()) return std::nullopt;
  std::istringstream lines(text);
  std::string signal;
  std::string role;
  core::Unheard one;
  for (std::string* line : {&one.word, &signal, &role, &one.by.id, &one.by.name})
    std::getline(lines, *line);
  one.signal = core::Signal{signal};
  one.role = core::Role{role};
  return one;
}

core::Memo older_telling(std::string_view rest, const std::string& value) {
  const auto [kind, what] = parted(rest);
  const auto [at, name] = parted(what);
  if (kind == "version") return core::VersionTold{what, value};
  if (kind == "status") return core::UnknownStatusTold{SystemName{at}, name};
  if (kind == "word") return core::RefusedWordTold{SystemName{at}, name, value};
  if (what == "note") return core::NoteRefusalTold{SystemName{kind}, value};
  return core::RefusalTold{IdempotencyKey{std::string(rest)}, value};
}

// The first programs kept the whole note.
core::Memo older_sent(const std::string& at, const std::string& field, const std::string& value) {
  if (field != "note") return core::FieldSent{SystemName{at}, field, value};
  return core::NoteSent{SystemName{at},
                        value.starts_with("fp:") ? value : core::fingerprint(value)};
}

core::HeldAnswers older_held(const std::string& value) {
  return value == "yes"    ? core::HeldAnswers::waiting
         : value == "over" ? core::HeldAnswers::over
                           : core::HeldAnswers::none;
}

void sort_out_undone(core::TicketMemory& ticket, const std::string& slot, std::string_view times) {
  while (!times.empty()) {
    if (times.starts_with(' ')) times.remove_prefix(1);
    const std::size_t before = times.size();
    const Instant then{milliseconds{next_number<std::int64_t>(times)}};
    if (times.size() == before) return;  // no number: nothing that a program has written
    core::remember_undone(ticket, slot, then);
  }
}

// The entries that carry a reference, with a blank between them; a fact has all that there were.
void sort_out_echoes(core::Case& state, const std::string& reference, const std::string& entries) {
  std::istringstream words(entries);
  for (std::string entry; words >> entry;)
    core::remember(state.memory, core::EchoKept{reference, entry});
}

// What no fact of this kind has told, or more than one.
bool sort_out_by_state(core::Case& state, const std::string& family, const std::string& rest,
                       const std::string& value) {
  const auto [at, slot] = parted(rest);
  if (family == "cut") {
    state.memory.tickets[SystemName{at}].cut[slot] = value;
  } else if (family == "loop") {
    sort_out_undone(state.memory.tickets[SystemName{at}], slot, value);
  } else if (family == "echo") {
    sort_out_echoes(state, rest, value);
  } else {
    return false;
  }
  return true;
}

}  // namespace

std::optional<core::Memo> older_memo(const core::ValueKept& kept) {
  const auto& [name, value] = kept;
  if (name == "origin") return core::OriginKept{value};
  if (name.find('/') == name.npos) return std::nullopt;
  const auto [family, rest] = parted(name);
  const auto [at, what] = parted(rest);
  if (family == "written") return older_sent(at, what, value);
  if (family == "told") return older_telling(rest, value);
  if (family == "echo") return core::EchoKept{rest, value.substr(value.find_last_of(' ') + 1)};
  if (family == "ours") return core::WriteSeen{SystemName{at}, what, older_write(value)};
  if (family == "from") return core::ValueSourced{rest, SystemName{value}};
  if (family == "unheard") return core::StatusUnheard{SystemName{rest}, older_unheard(value)};
  if (family == "number") return core::NumberTold{SystemName{rest}, value};
  if (family == "asked" && value.empty()) return core::QuestionAnswered{rest};
  if (family == "asked") return core::QuestionAsked{rest};
  if (family == "adopt")
    return core::AdoptionTried{SystemName{rest}, {IdempotencyKey{value}, value.empty()}};
  if (family == "pending") return core::AnswersHeld{SystemName{rest}, older_held(value)};
  return std::nullopt;
}

void sort_out_memory(core::Case& state) {
  for (auto one = state.values.begin(); one != state.values.end();) {
    const auto& [name, value] = *one;
    const auto memo = older_memo({name, value});
    const auto [family, rest] = parted(name);
    const bool by_state = !rest.empty() && sort_out_by_state(state, family, rest, value);
    if (!by_state && memo) core::remember(state.memory, *memo);
    one = by_state || memo ? state.values.erase(one) : std::next(one);
  }
}

}  // namespace saksbro::records
