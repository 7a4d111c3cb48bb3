#include "bridge/views/rules.h"

#include "bridge/views/wording.h"

namespace saksbro::views {
namespace {

std::string treatment_words(core::Treatment treatment, core::Language language) {
  switch (treatment) {
    case core::Treatment::allow:
      return std::string(either(language, "tillates", "is allowed"));
    case core::Treatment::flag:
      return std::string(either(language, "meldes i saksnotatet og listes",
                                "is reported in the case note and listed"));
    case core::Treatment::revert:
      return std::string(either(language, "meldes, listes og settes tilbake på saken",
                                "is reported, listed and taken back on the ticket"));
  }
  return "";
}

Rules anywhere_of(const core::Process& process, const Look& look) {
  Rules all{std::string(
                either(look.language, "Gjelder i alle aktiviteter", "Accepted in every activity")),
            {}};
  for (const core::Transition& one : process.anywhere) {
    std::string words = doings_words(one, look);
    if (one.next) words += (words.empty() ? "--> " : "; --> ") + one.next->text();
    all.rules.push_back(
        {one.on.text() + " (" + titles_of(one.by, look) + ")" + if_words(one.when, look), words});
  }
  return all;
}

Rules deviations_of(const core::Process& process, const Look& look) {
  Rules all{std::string(either(look.language, "Trekk som rutinen ikke tillater",
                               "Moves that the routine does not allow")),
            {}};
  for (const auto& [signal, treatment] : process.deviations)
    all.rules.push_back({signal.text(), treatment_words(treatment, look.language)});
  const auto others = process.deviations.empty()
                          ? either(look.language, "alle", "all")
                          : either(look.language, "alle andre", "all others");
  all.rules.push_back({std::string(others), treatment_words(process.deviation, look.language)});
  return all;
}

Rules parties_of(const core::Process& process, const Look& look) {
  Rules all{std::string(either(look.language, "Parter", "Parties")), {}};
  for (const auto& [name, party] : process.parties) {
    std::vector<std::string> systems;
    for (const SystemName& one : party.systems) systems.push_back(one.text());
    all.rules.push_back({name.text(), joined(systems, either(look.language, " eller ", " or "))});
  }
  return all;
}

Rules release_of(const core::Process& process, const Look& look) {
  Rules all{std::string(either(look.language, "Nye versjoner", "New versions")), {}};
  if (process.release)
    all.rules.push_back(
        {process.release->signal.text(),
         std::string(either(look.language, "når versjonen som saken venter på, er ute: ",
                            "when the version that the case waits for is released: ")) +
             process.release->value});
  return all;
}

}  // namespace

std::vector<Rules> rules_of(const core::Process& process, const Look& look) {
  std::vector<Rules> all;
  for (Rules& one : std::vector<Rules>{anywhere_of(process, look), deviations_of(process, look),
                                       parties_of(process, look), release_of(process, look)})
    if (!one.rules.empty()) all.push_back(std::move(one));
  return all;
}

std::vector<std::string> rule_lines(const core::Process& process, const Look& look,
                                    const std::string& indent) {
  std::vector<std::string> lines;
  for (const Rules& all : rules_of(process, look)) {
    lines.push_back(all.title);
    for (const Rule& one : all.rules) lines.push_back(indent + one.name + ": " + one.words);
  }
  return lines;
}

}  // namespace saksbro::views
