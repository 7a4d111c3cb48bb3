#include "bridge/views/wording.h"

#include "bridge/core/time/span.h"

namespace saksbro::views {
namespace {

using core::Language;

std::string alert_words(const core::Alert& alert, Language language) {
  std::string text(either(language, "varsler", "alerts"));
  std::vector<std::string> channels;
  for (const SystemName& channel : alert.channels) channels.push_back(channel.text());
  text += " " + joined(channels, either(language, " og ", " and "));
  if (!alert.severity.empty()) text += " (" + alert.severity + ")";
  if (alert.repeat) {
    text += either(language, ", igjen hver ", ", again each ");
    text += core::written({core::Span::Kind::plain, *alert.repeat, 0}, language);
    text += either(language, " til noen kvitterer", " until somebody acknowledges");
  }
  return text;
}

std::string broadcast_words(const core::Broadcast& told, Language language) {
  using Whom = core::Broadcast::Whom;
  std::string text;
  if (told.whom == Whom::all)
    text = either(language, "melder til alle 1. linjer", "notifies every 1st line");
  if (told.whom == Whom::own)
    text = either(language, "melder til sakens egen 1. linje", "notifies the 1st line of the case");
  if (told.whom == Whom::told)
    text = either(language, "melder til dem som er informert før",
                  "notifies those that were notified before");
  if (told.by_notice) text += either(language, ", per e-post", ", by e-mail");
  if (told.reopen) {
    text += either(language, ", og åpner meldingen igjen (", ", and opens the message again (");
    text += told.reopen->text() + ")";
  }
  return text;
}

std::string suggestion_words(const core::SuggestSolutions& suggestion, Language language) {
  std::string text(
      either(language, "foreslår lignende løste saker hos ", "suggests similar solved cases at "));
  text += suggestion.at.text();
  if (suggestion.across_organisations)
    text += either(language, ", fra alle virksomheter", ", of every organisation");
  return text;
}

// Which of a party's systems.
std::string whose(core::Which which, const SystemName& at, Language language) {
  if (which == core::Which::all)
    return std::string(either(language, "alle som har hatt saken: ", "all that had the case: ")) +
           at.text();
  if (which == core::Which::others)
    return std::string(either(language,
                              "de andre som har hatt saken: ", "the others that had the case: ")) +
           at.text();
  return at.text();
}

// One overload a action: a new one does not compile before it has words.
struct DoingWords {
  Language language;

  [[nodiscard]] std::string words(std::string_view nb, std::string_view en,
                                  const std::string& rest) const {
    return std::string(either(language, nb, en)) + rest;
  }
  std::string operator()(const core::OpenTicket& open) const {
    return words("åpner en sak hos ", "opens a ticket at ", open.at.text());
  }
  std::string operator()(const core::Say& say) const {
    return say.visibility == Visibility::internal
               ? words("skriver internt hos ", "writes internally at ",
                       whose(say.which, say.at, language))
               : words("skriver hos ", "writes at ", whose(say.which, say.at, language));
  }
  std::string operator()(const core::MoveTicket& move) const {
    return words("setter saken hos ", "sets the ticket at ", whose(move.which, move.at, language)) +
           words(" til ", " to ", move.status.text());
  }
  std::string operator()(const core::Alert& alert) const { return alert_words(alert, language); }
  std::string operator()(const core::StopAlert&) const {
    return words("stopper varslingen", "stops the alert", "");
  }
  std::string operator()(const core::Notify& notice) const {
    return words("sender melding til ", "sends a notice to ", notice.to) +
           words(" gjennom ", " through ", notice.through.text());
  }
  std::string operator()(const core::Broadcast& told) const {
    return broadcast_words(told, language);
  }
  std::string operator()(const core::SuggestSolutions& suggestion) const {
    return suggestion_words(suggestion, language);
  }
};

// A value that Saksbro keeps by itself, said as people say it; empty: it has no words of its own.
std::string said_plainly(const core::Condition& condition, const Look& look) {
  const auto words = [&](std::string_view nb, std::string_view nb_not, std::string_view en,
                         std::string_view en_not) {
    return condition.negated ? std::string(either(look.language, nb_not, en_not))
                             : std::string(either(look.language, nb, en));
  };
  if (condition.value == "reporter.role" && condition.is)
    return words("innmelder er ", "innmelder ikke er ", "the reporter is ",
                 "the reporter is not ") +
           title_of(core::Role{*condition.is}, look);
  if (condition.is) return "";
  if (condition.value == "receipts.missing")
    return words("noen ikke har kvittert", "alle har kvittert", "somebody has not acknowledged",
                 "all have acknowledged");
  if (condition.value == "receipts.told")
    return words("noen er informert", "ingen er informert", "somebody has been notified",
                 "nobody has been notified");
  if (condition.value != "case.number" && condition.value.ends_with(".number"))
    return condition.value.substr(0, condition.value.rfind('.')) +
           words(" har saken", " ikke har saken", " has the case", " does not have the case");
  if (condition.value.ends_with(".ticket"))
    return words("det er en sak hos ", "det ikke er noen sak hos ", "there is a ticket in ",
                 "there is no ticket in ") +
           condition.value.substr(0, condition.value.rfind('.'));
  return "";
}

std::string condition_words(const core::Condition& condition, const Look& look) {
  if (std::string plainly = said_plainly(condition, look); !plainly.empty()) return plainly;
  const std::string_view is = condition.negated ? either(look.language, " ikke er ", " is not ")
                                                : either(look.language, " er ", " is ");
  return condition.value + std::string(is) +
         (condition.is ? *condition.is : std::string(either(look.language, "kjent", "known")));
}

std::string keep_words(const std::string& value, const std::string& word, Language language) {
  if (word == "nothing") return std::string(either(language, "glemmer ", "forgets ")) + value;
  std::string text = std::string(either(language, "tar vare på ", "keeps ")) + value;
  if (word != "text" && word != "text or nothing" && word != value) text += " = " + word;
  return text;
}

std::string receipt_words(core::Receipt receipt, Language language) {
  switch (receipt) {
    case core::Receipt::told:
      return std::string(either(language, "kvittering: meldt", "receipt: told"));
    case core::Receipt::seen:
      return std::string(either(language, "kvittering: sett", "receipt: seen"));
    case core::Receipt::informed:
      return std::string(either(language, "kvittering: informert", "receipt: informed"));
  }
  return "";
}

}  // namespace

std::string joined(const std::vector<std::string>& words, std::string_view between) {
  std::string text;
  for (const std::string& one : words) text += (text.empty() ? "" : std::string(between)) + one;
  return text;
}

std::string if_words(const core::Conditions& conditions, const Look& look) {
  if (conditions.empty()) return "";
  std::vector<std::string> all;
  for (const core::Condition& one : conditions) all.push_back(condition_words(one, look));
  return std::string(either(look.language, " hvis ", " if ")) +
         joined(all, either(look.language, " og ", " and "));
}

std::string action_words(const core::ProcessAction& action, const Look& look) {
  return std::visit(DoingWords{look.language}, action.kind) + if_words(action.when, look);
}

std::string begin_words(const core::Begin& begin, const Look& look) {
  return std::string(either(look.language, "Ny sak hos ", "New ticket at ")) + begin.at.text() +
         if_words(begin.when, look);
}

std::string demand_words(const core::Transition& transition, const Look& look) {
  std::vector<std::string> all;
  if (transition.needs)
    all.push_back(std::string(either(look.language, "krever ", "needs ")) + *transition.needs);
  for (const auto& [value, word] : transition.keep)
    if (value != transition.needs) all.push_back(keep_words(value, word, look.language));
  if (transition.receipt) all.push_back(receipt_words(*transition.receipt, look.language));
  return joined(all, "; ");
}

std::string doings_words(const core::Transition& transition, const Look& look) {
  std::vector<std::string> all;
  if (std::string demands = demand_words(transition, look); !demands.empty())
    all.push_back(std::move(demands));
  for (const core::ProcessAction& action : transition.actions)
    all.push_back(action_words(action, look));
  return joined(all, "; ");
}

std::string timed_words(const core::TimedMove& timed, const Look& look) {
  std::string text = std::string(either(look.language, "etter ", "after ")) +
                     core::written(timed.after, look.language);
  if (timed.repeats) text += either(look.language, ", gjentas", ", repeated");
  return text + if_words(timed.move.when, look);
}

std::string at_once_words(const core::Onward& onward, const Look& look) {
  const std::string text(either(look.language, "straks", "at once"));
  return onward.when.empty() ? text : text + "," + if_words(onward.when, look);
}

std::string deadline_words(const core::Deadline& deadline, const Look& look) {
  std::string text = std::string(either(look.language, "frist: ", "deadline: ")) +
                     core::written(deadline.within, look.language);
  if (!deadline.warn) return text;
  return text + std::string(either(look.language, ", varsles ", ", warns ")) +
         core::written(*deadline.warn, look.language) +
         std::string(either(look.language, " før", " before"));
}

std::string question_words(const core::Question& question, const Look& look) {
  std::vector<std::string> answers;
  for (const core::Signal& one : question.answers) answers.push_back(one.text());
  return std::string(either(look.language, "spør ", "asks ")) + title_of(question.of, look) +
         std::string(either(look.language, " hos ", " at ")) + question.at.text() + ": " +
         joined(answers, ", ");
}

std::string also_words(const core::ActivityId& other, const Look& look) {
  return std::string(either(look.language, "hører også ", "also hears ")) + other.text();
}

std::string wants_words(const std::vector<std::string>& wants, const Look& look) {
  return std::string(either(look.language, "etterspør ", "asks for ")) + joined(wants, ", ");
}

}  // namespace saksbro::views
