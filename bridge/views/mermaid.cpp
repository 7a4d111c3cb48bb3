#include "bridge/views/mermaid.h"

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

std::string words_of(const core::Transition& transition, const Look& look) {
  std::string words = transition.on.text() + " (" + titles_of(transition.by, look) + ")";
  if (transition.when) {
    words += either(look.language, " hvis ", " if ");
    words += condition_words(*transition.when, look.language);
  }
  return words;
}

std::string state(const core::Activity& activity, const Look& look) {
  std::string words = activity.id.text() + " " + activity.title.in(look.language) + " – " +
                      title_of(activity.by, look);
  if (activity.status) words += ", " + activity.status->text();
  return "  state \"" + label(words) + "\" as " + state_id(activity.id) + "\n";
}

}  // namespace

std::string mermaid_diagram(const core::Process& process, const Look& look) {
  std::string text = "stateDiagram-v2\n";
  text += "  %% " + label(process.id.text() + " " + process.title.in(look.language)) + "\n";
  const auto activities = in_order(process);
  for (const core::Activity* one : activities) text += state(*one, look);
  for (const core::Begin& begin : process.begins)
    text += arrow("[*]", state_id(begin.activity), begin_words(begin, look.language));
  for (const core::Activity* one : activities) {
    const std::string id = state_id(one->id);
    for (const core::Transition& way : one->transitions)
      text += arrow(id, way.next ? state_id(*way.next) : id, words_of(way, look));
    if (one->then) text += arrow(id, state_id(*one->then), "");
    if (one->ends) text += arrow(id, "[*]", "");
  }
  return text;
}

}  // namespace saksbro::views
