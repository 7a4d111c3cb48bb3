// What the core decided, written down as a person would read it.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/core/play.h"

namespace saksbro::core {
namespace {

std::string list(const std::map<std::string, std::string>& fields) {
  std::string text;
  for (const auto& [name, value] : fields) text += " " + name + "=\"" + value + "\"";
  return text;
}

}  // namespace

std::string indented(const std::string& text, const std::string& margin) {
  std::istringstream lines(text);
  std::string out;
  for (std::string line; std::getline(lines, line);)
    out += (line.empty() ? "" : margin + line) + "\n";
  return out;
}

std::string show(const Memo& memo) {
  const std::string name = name_of(memo);
  if (const auto* m = std::get_if<OriginKept>(&memo)) return name + " " + m->origin;
  if (const auto* m = std::get_if<FieldSent>(&memo))
    return name + " " + m->at.text() + " " + m->field + "=\"" + m->text + "\"";
  if (const auto* m = std::get_if<NoteSent>(&memo))
    return name + " " + m->at.text();                      // the text itself is told by the command
  if (std::holds_alternative<WriteSeen>(memo)) return "";  // says what the echo says
  if (std::holds_alternative<FileRulesKnown>(memo)) return "";  // the same in each case
  if (const auto* m = std::get_if<EchoKept>(&memo))
    return name + " " + m->reference + " " + m->entry;
  if (const auto* m = std::get_if<QuestionAsked>(&memo)) return name + " " + m->question;
  if (const auto* m = std::get_if<QuestionAnswered>(&memo)) return name + " " + m->question;
  if (const auto* m = std::get_if<AnswersHeld>(&memo)) return name + " " + m->at.text();
  return name;
}

std::string show(const Fact& fact) {
  const std::string name = name_of(fact);
  if (const auto* f = std::get_if<CaseOpened>(&fact)) return name + " " + f->process.text();
  if (const auto* f = std::get_if<TicketOpening>(&fact))
    return name + " " + f->at.text() + " " + f->marker;
  if (const auto* f = std::get_if<TicketLinked>(&fact))
    return name + " " + f->at.text() + " " + f->number;
  if (const auto* f = std::get_if<TicketLost>(&fact)) return name + " " + f->at.text();
  if (const auto* f = std::get_if<SignalHeard>(&fact))
    return name + " " + f->signal.text() + " by " + f->role.text();
  if (const auto* f = std::get_if<ActivityEntered>(&fact)) return name + " " + f->activity.text();
  if (const auto* f = std::get_if<StatusChanged>(&fact)) return name + " " + f->status.text();
  if (const auto* f = std::get_if<Remembered>(&fact)) return show(f->memo);
  if (const auto* f = std::get_if<ValueKept>(&fact))
    return name + " " + f->name + "=\"" + f->value.substr(0, f->value.find('\n')) + "\"";
  if (const auto* f = std::get_if<EchoRecognised>(&fact)) return name + " " + f->command.text();
  if (const auto* f = std::get_if<SignalDeferred>(&fact))
    return name + (f->waiting ? " for " + f->waiting->need : " no longer");
  if (const auto* f = std::get_if<DeviationNoted>(&fact)) return name + ": " + in_english(f->what);
  if (const auto* f = std::get_if<TimerSet>(&fact)) return name + " " + f->name;
  if (const auto* f = std::get_if<TimerStopped>(&fact)) return name + " " + f->name;
  if (std::holds_alternative<CaseClosed>(fact)) return name;
  return "";  // what was seen and sent stands elsewhere in the story
}

std::string show(const Issued& issued) {
  const Action& action = issued.command.action;
  std::string text = issued.command.to.text() + ": " + verb(action);
  if (const auto* create = std::get_if<CreateTicket>(&action)) {
    return text + " \"" + create->title + "\"" + list(create->fields) + "\n" +
           indented(create->text, "    ");
  }
  if (const auto* comment = std::get_if<AddComment>(&action)) {
    return text + (comment->visibility == Visibility::everyone ? " to everyone" : " internal") +
           "\n" + indented(comment->text, "    ");
  }
  if (const auto* alert = std::get_if<RaiseAlert>(&action))
    return text + " " + alert->severity + " \"" + alert->title + "\" " + alert->link + "\n" +
           indented(alert->text, "    ");
  if (const auto* note = std::get_if<KeepNote>(&action))
    return text + "\n" + indented(note->text, "    ");
  if (const auto* notice = std::get_if<SendNotice>(&action))
    return text + " to " + notice->to + " \"" + notice->title + "\"\n" +
           indented(notice->text, "    ");
  if (const auto* status = std::get_if<SetStatus>(&action))
    return text + " \"" + status->status + "\"\n";
  if (const auto* fields = std::get_if<SetFields>(&action))
    return text + list(fields->fields) + "\n";
  return text + " " + ticket_of(action).text() + "\n";
}

void expect_told(const std::string& told) {
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  const std::string path = std::string(SAKSBRO_SOURCE) + "/tests/core/told/" +
                           test->test_suite_name() + "." + test->name() + ".txt";
  if (std::getenv("SAKSBRO_WRITE_EXPECTED") != nullptr) std::ofstream(path) << told;
  std::ostringstream expected;
  expected << std::ifstream(path, std::ios::binary).rdbuf();
  EXPECT_EQ(told, expected.str()) << path;
}

}  // namespace saksbro::core
