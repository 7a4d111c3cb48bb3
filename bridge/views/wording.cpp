#include "bridge/views/wording.h"

namespace saksbro::views {
namespace {

using core::Language;

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};

std::string duration_words(std::chrono::milliseconds time, Language language) {
  using namespace std::chrono_literals;
  const auto words = [](auto count, std::string_view unit) {
    return std::to_string(count) + " " + std::string(unit);
  };
  if (time % 24h == 0ms) return words(time / 24h, either(language, "d", "d"));
  if (time % 1h == 0ms) return words(time / 1h, either(language, "t", "h"));
  if (time % 1min == 0ms) return words(time / 1min, "min");
  return words(time / 1s, "s");
}

std::string alert_words(const core::Alert& alert, Language language) {
  std::string text(either(language, "varsler", "alerts"));
  for (const SystemName& channel : alert.channels) text += " " + channel.text();
  if (!alert.severity.empty()) text += " (" + alert.severity + ")";
  if (alert.repeat) {
    text += either(language, ", igjen hver ", ", again each ");
    text += duration_words(*alert.repeat, language);
    text += either(language, " til noen kvitterer", " until somebody acknowledges");
  }
  return text;
}

std::string doing_words(const core::Doing& doing, Language language) {
  const auto words = [&](std::string_view nb, std::string_view en, const std::string& rest) {
    return std::string(either(language, nb, en)) + rest;
  };
  return std::visit(Overloaded{
                        [&](const core::OpenTicket& open) {
                          return words("åpner en sak hos ", "opens a ticket at ", open.at.text());
                        },
                        [&](const core::Say& say) {
                          return say.visibility == Visibility::internal
                                     ? words("skriver internt hos ", "writes internally at ",
                                             say.at.text())
                                     : words("skriver hos ", "writes at ", say.at.text());
                        },
                        [&](const core::MoveTicket& move) {
                          return words("setter saken hos ", "sets the ticket at ", move.at.text()) +
                                 words(" til ", " to ", move.status.text());
                        },
                        [&](const core::Alert& alert) { return alert_words(alert, language); },
                        [&](const core::StopAlert&) {
                          return words("stopper varslingen", "stops the alert", "");
                        },
                    },
                    doing);
}

}  // namespace

std::string condition_words(const core::Condition& condition, Language language) {
  std::string text = condition.value + std::string(either(language, " er ", " is "));
  if (condition.negated) text += either(language, "ikke ", "not ");
  return text + (condition.is ? *condition.is : std::string(either(language, "kjent", "known")));
}

std::string deed_words(const core::Deed& deed, Language language) {
  std::string text = doing_words(deed.doing, language);
  if (deed.when) {
    text += either(language, " hvis ", " if ");
    text += condition_words(*deed.when, language);
  }
  return text;
}

std::string begin_words(const core::Begin& begin, Language language) {
  std::string text(either(language, "Ny sak hos ", "New ticket at "));
  text += begin.at.text();
  if (begin.when) {
    text += either(language, " hvis ", " if ");
    text += condition_words(*begin.when, language);
  }
  return text;
}

std::string demand_words(const core::Transition& transition, Language language) {
  std::string text;
  if (transition.needs)
    text = std::string(either(language, "krever ", "needs ")) + *transition.needs;
  for (const auto& [value, word] : transition.keep) {
    if (value == transition.needs) continue;
    text += text.empty() ? "" : "; ";
    text += either(language, "tar vare på ", "keeps ");
    text += value;
    if (word != "text" && word != value) text += " = " + word;
  }
  return text;
}

}  // namespace saksbro::views
