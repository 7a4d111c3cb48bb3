// What people write in a ticket, at the core. The first part is a comment at the desk, the second
// one at the operator, the third the value of a field there.
//
// What must hold: commands are read in time by the length, a decision is bounded, the same twice,
// and no personal number leaves for an external party.
#include "bridge/core/text/redaction.h"
#include "bridge/core/text/text.h"
#include "tests/core/play.h"
#include "tests/fuzz/parts.h"

namespace saksbro::core {
namespace {

using fuzz::require;

// Each text by itself: two that happen to stand one after the other, such as a title that ends with
// six digits and a body that begins with five, are no number that anybody wrote.
std::vector<std::string> told_to_others(const Decision& decision) {
  std::vector<std::string> all;
  const auto tell_fields = [&](const std::map<std::string, std::string>& fields) {
    for (const auto& [field, value] : fields) all.push_back(value);
  };
  for (const Issued& issued : decision.commands) {
    if (issued.command.to == kDesk) continue;
    const Action& action = issued.command.action;
    if (const auto* create = std::get_if<CreateTicket>(&action)) {
      all.insert(all.end(), {create->title, create->text});
      tell_fields(create->fields);
    } else if (const auto* comment = std::get_if<AddComment>(&action)) {
      all.push_back(comment->text);
    } else if (const auto* set = std::get_if<SetFields>(&action)) {
      tell_fields(set->fields);
    }
  }
  return all;
}

void check(const Decision& decision) {
  require(decision.commands.size() < 100, "a decision is bounded");
  require(decision.facts.size() < 400, "a decision's facts are bounded");
  require(!decision.because.empty(), "a decision has a reason");
  for (const std::string& text : told_to_others(decision))
    require(redact(text).count == 0, "no personal number leaves");
}

void try_comments(const std::string& desk, const std::string& other, const std::string& field) {
  static const Play kBegun = case_in_work();
  Play play = kBegun;
  play.comments(kDesk, kKari, desk);
  if (!field.empty()) play.sets_field(kDesk, kKari, "Virksomhet", field);
  check(play.sees(kDesk));
  play.carry_out();
  play.comments(kOperator, kOla, other);
  check(play.sees(kOperator));
  Play twin = kBegun;
  twin.comments(kDesk, kKari, desk);
  if (!field.empty()) twin.sets_field(kDesk, kKari, "Virksomhet", field);
  twin.sees(kDesk);
  twin.carry_out();
  twin.comments(kOperator, kOla, other);
  twin.sees(kOperator);
  require(play.told() == twin.told(), "the same is decided twice");
}

void try_text(std::string_view text) {
  for (const WrittenCommand& command : written_commands(text)) {
    require(command.words.size() + command.more.size() <= text.size(), "a command is of its text");
  }
  const Redacted once = redact(text);
  require(redact(once.text).count == 0, "what is masked stays masked");
  const auto none = [](std::string_view) { return std::optional<std::string>(); };
  require(fill(text, none).size() <= text.size(), "a text without values is not longer");
}

}  // namespace
}  // namespace saksbro::core

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace saksbro;
  fuzz::Parts parts(data, size);
  const std::string desk(parts.next());
  const std::string other(parts.next());
  const std::string field(parts.next());
  core::try_text(desk);
  core::try_comments(desk, other, field);
  return 0;
}
