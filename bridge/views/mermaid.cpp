#include "bridge/views/mermaid.h"

#include "bridge/views/rules.h"
#include "bridge/views/ways.h"
#include "bridge/views/wording.h"
#include "bridge/views/xml_text.h"

namespace saksbro::views {
namespace {

// Letters, digits and '_' only: what Mermaid takes as a state's id in every version.
std::string state_id(const core::ActivityId& activity) {
  std::string id = "s_";
  for (const char c : id_part(activity.text())) {
    if (c == '.') {
      id += '_';
    } else if (c == '-') {  // a blank
      id += "__";
    } else {
      id += c;
    }
  }
  return id;
}

// What Mermaid reads as the end of a statement, as a comment or as an entity becomes a harmless
// likeness.
std::string label(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    switch (c) {
      case ':':
        plain += "∶";
        break;
      case ';':
        plain += ",";
        break;
      case '"':
        plain += "'";
        break;
      case '#':
        plain += "♯";
        break;
      case '<':
        plain += "‹";
        break;
      case '>':
        plain += "›";
        break;
      case '%':
        plain += "％";
        break;
      case '{':
      case '[':
        plain += '(';
        break;
      case '}':
      case ']':
        plain += ')';
        break;
      default:
        plain += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
    }
  }
  return plain;
}

std::string arrow(const std::string& from, const std::string& to, const std::string& words) {
  return "  " + from + " --> " + to + (words.empty() ? "" : " : " + label(words)) + "\n";
}

std::string transition_words(const core::Transition& transition, const Look& look) {
  const std::string words = transition.on.text() + " (" + titles_of(transition.by, look) + ")";
  return words + if_words(transition.when, look);
}

std::string state(const core::Process& process, const core::Activity& activity, const Look& look) {
  std::string words = activity.id.text() + " " + activity.title.in(look.language) + " – " +
                      titles_of(activity.by, look);
  if (activity.status) words += ", " + activity.status->text();
  for (const core::ActivityId& other : heard_at(process, activity).also)
    words += ", " + also_words(other, look);
  return "  state \"" + label(words) + "\" as " + state_id(activity.id) + "\n";
}

std::string note(const core::ActivityId& beside, const std::vector<std::string>& lines) {
  if (lines.empty()) return "";
  std::string text = "  note right of " + state_id(beside) + "\n";
  for (const std::string& one : lines) text += "    " + label(one) + "\n";
  return text + "  end note\n";
}

std::vector<std::string> asked_at(const core::Activity& activity, const Look& look) {
  std::vector<std::string> lines;
  if (activity.question) lines.push_back(question_words(*activity.question, look));
  if (!activity.wants.empty()) lines.push_back(wants_words(activity.wants, look));
  if (activity.deadline) lines.push_back(deadline_words(*activity.deadline, look));
  return lines;
}

std::string ways(const core::Process& process, const core::Activity& activity, const Look& look) {
  std::string text;
  const std::string id = state_id(activity.id);
  const auto next = [&](const core::Transition& way) {
    return way.next ? state_id(*way.next) : id;
  };
  for (const core::Transition* way : heard_at(process, activity).own)
    text += arrow(id, next(*way), transition_words(*way, look));
  for (const core::TimedMove& one : activity.timed)
    text += arrow(id, next(one.move), timed_words(one, look));
  for (const core::Onward& one : activity.then)
    text += arrow(id, state_id(one.next), at_once_words(one, look));
  if (activity.ends) text += arrow(id, "[*]", "");
  return text;
}

}  // namespace

std::string mermaid_diagram(const core::Process& process, const Look& look) {
  std::string text = "stateDiagram-v2\n";
  text += "  %% " + label(process.id.text() + " " + process.title.in(look.language)) + "\n";
  const auto activities = in_order(process);
  for (const core::Activity* one : activities) text += state(process, *one, look);
  for (const core::Begin& begin : process.begins)
    text += arrow("[*]", state_id(begin.activity), begin_words(begin, look));
  for (const core::Activity* one : activities) text += ways(process, *one, look);
  for (const core::Activity* one : activities) text += note(one->id, asked_at(*one, look));
  if (!activities.empty()) text += note(activities.front()->id, rule_lines(process, look, "- "));
  return text;
}

}  // namespace saksbro::views
