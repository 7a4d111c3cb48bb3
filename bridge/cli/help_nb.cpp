// `--help` in Norwegian. The English texts stand where each verb is added.
#include <map>
#include <memory>
#include <string_view>
#include <utility>

#include "bridge/cli/help.h"

namespace saksbro::cli {
namespace {

using Texts = std::map<std::string_view, const char*, std::less<>>;

const Texts& verb_texts() {
  static const Texts kVerbs{
      {"Saksbro runs a support process over the issue trackers that people already use.",
       "Saksbro kjører en brukerstøtterutine på tvers av sakssystemene som folk allerede bruker."},
      {"copy the store to a file; the service may be running",
       "kopier lageret til en fil; tjenesten kan være i gang"},
      {"list the cases, or show one with all its numbers",
       "list opp sakene, eller vis én med alle numrene dens"},
      {"list all cases, newest first", "list opp alle saker, nyeste først"},
      {"show one case, by any party's number",
       "vis én sak, etter nummeret hos en hvilken som helst part"},
      {"check the configuration and the mappings; exit status 1 on errors",
       "kontroller konfigurasjonen og mappingene; avslutter med 1 ved feil"},
      {"run the full comparison now", "kjør hele sammenligningen nå"},
      {"list the moves that the process does not allow",
       "list opp trekkene som rutinen ikke tillater"},
      {"show what happened to a case, and why", "vis hva som har skjedd i en sak, og hvorfor"},
      {"export the case log for process mining; it names no person",
       "eksporter saksloggen til prosessanalyse; den navngir ingen personer"},
      {"list commands to be sent, dead letters and parked deliveries",
       "list opp det som skal sendes, det som ikke lot seg gjøre, og meldinger som er satt til "
       "side"},
      {"list the processes, or show one", "list opp prosessene, eller vis én"},
      {"show the roles, activities and transitions of one process",
       "vis rollene, aktivitetene og overgangene i én prosess"},
      {"retry dead letters", "prøv på nytt det som ikke lot seg gjøre"},
      {"report a month: the suppliers, and how long each role had cases",
       "rapport for en måned: leverandørene, og hvor lenge hver rolle hadde saker"},
      {"replace the store with a backup", "erstatt lageret med en sikkerhetskopi"},
      {"run the service until SIGTERM; SIGHUP reloads the configuration",
       "kjør tjenesten til SIGTERM; SIGHUP leser konfigurasjonen på nytt"},
      {"search solved cases", "søk i løste saker"},
      {"show queue sizes, unavailable systems and recovery progress",
       "vis hvor mye som venter, systemer som er utilgjengelige, og hvor langt gjenopprettingen "
       "er"},
      {"manage access tokens of the operations listener",
       "behandle tilgangstokener for driftsporten"},
      {"print a new token once, and its hash", "skriv ut et nytt token én gang, og hashen av det"},
      {"manage the versions that cases wait for", "behandle versjonene som saker venter på"},
      {"list the versions, and the cases that wait for them",
       "list opp versjonene, og sakene som venter på dem"},
      {"announce that a version is released: cases that wait for it continue",
       "si fra at en versjon er lansert: saker som venter på den, går videre"},
      {"With --system alone, or --all, a system that was parked after a week without an answer is "
       "resumed as well.",
       "Med bare --system, eller med --all, tas også et system opp igjen som ble satt til side "
       "etter "
       "en uke uten svar."},
  };
  return kVerbs;
}

const Texts& option_texts() {
  static const Texts kOptions{
      {"Print this help message and exit", "vis denne hjelpen og avslutt"},
      {"Display program version information and exit", "vis programmets versjon og avslutt"},
      {"the configuration file", "konfigurasjonsfilen"},
      {"language of the output: nb or en; default: the configuration's, else $LANG",
       "språket i det som skrives: nb eller en; ellers konfigurasjonens, ellers $LANG"},
      {"print JSON", "skriv JSON"},
      {"print the list as JSON", "skriv listen som JSON"},
      {"the file to write; its folder must exist", "filen som skrives; mappen må finnes"},
      {"replace the file if it exists", "erstatt filen hvis den finnes"},
      {"only cases with this status of the process", "bare saker med denne statusen i prosessen"},
      {"only cases with a ticket in this system", "bare saker med en sak i dette systemet"},
      {"only cases that are not closed", "bare saker som ikke er lukket"},
      {"a case number, or a ticket's number in any system",
       "et saksnummer, eller nummeret på saken i et hvilket som helst system"},
      {"list the status transitions that each tracker's workflow must allow",
       "list opp statusovergangene som arbeidsflyten i hvert sakssystem må tillate"},
      {"only this system; default: all", "bare dette systemet; ellers alle"},
      {"include reads, Saksbro's own writes, case notes and other maintenance",
       "ta med avlesninger, det Saksbro selv skriver, saksnotater og annet vedlikehold"},
      {"xes (IEEE 1849) or ocel (OCEL 2.0 JSON)", "xes (IEEE 1849) eller ocel (OCEL 2.0 JSON)"},
      {"cases that were opened on this day or later",
       "saker som ble registrert denne dagen eller senere"},
      {"cases that were opened on this day or earlier",
       "saker som ble registrert denne dagen eller tidligere"},
      {"the value of a case that names its organisation; '' names none",
       "verdien som sier hvilken virksomhet en sak gjelder; '' er ingen"},
      {"write to this file, not to standard output", "skriv til denne filen, ikke til standard ut"},
      {"list all waiting commands, not only the first 100",
       "list opp alt som venter, ikke bare de første 100"},
      {"\"M.1\"; \"m1\" is the same", "«M.1»; «m1» er det samme"},
      {"text, bpmn, svg or mermaid", "text, bpmn, svg eller mermaid"},
      {"a case, a ticket, id:NUMBER of a dead letter, or parked:NUMBER of a delivery",
       "et saksnummer, id:NUMMER på noe som ikke lot seg gjøre, eller parked:NUMMER på en melding"},
      {"only dead letters for this system", "bare det som skulle til dette systemet"},
      {"only commands of this kind", "bare oppgaver av dette slaget"},
      {"only where the reason contains this text", "bare der grunnen inneholder denne teksten"},
      {"only commands issued at least this long ago: 2h, 3d",
       "bare oppgaver som er minst så gamle: 2h, 3d"},
      {"every dead letter", "alt som ikke lot seg gjøre"},
      {"YYYY-MM; default: the last month", "ÅÅÅÅ-MM; ellers forrige måned"},
      {"only this case, by any party's number; without --month its whole life",
       "bare denne saken, etter nummeret hos en part; uten --month hele dens liv"},
      {"print CSV for Excel with Norwegian settings", "skriv CSV for Excel med norsk oppsett"},
      {"a file that `saksbro backup` wrote", "en fil som `saksbro backup` har skrevet"},
      {"the store itself is an old copy (a snapshot of the machine): treat it as restored",
       "lageret selv er en gammel kopi (et øyeblikksbilde av maskinen): behandle det som "
       "gjenopprettet"},
      {"debug, info, warn or error", "debug, info, warn eller error"},
      {"a few words that describe the problem", "noen få ord om problemet"},
      {"only cases of this organisation", "bare saker fra denne virksomheten"},
      {"maximum number of cases", "høyst så mange saker"},
      {"viewer, operator or admin", "viewer, operator eller admin"},
      {"the version as the cases name it, like 7.2", "versjonen slik sakene kaller den, som 7.2"},
  };
  return kOptions;
}

std::string norwegian_for(const Texts& texts, const std::string& english) {
  const auto found = texts.find(english);
  return found == texts.end() ? english : found->second;
}

class NorwegianFormatter : public CLI::Formatter {
 public:
  NorwegianFormatter() {
    label("Usage", "Bruk");
    label("OPTIONS", "VALG");
    label("SUBCOMMAND", "VERB");
    label("SUBCOMMANDS", "VERB");
    label("Positionals", "Argumenter");
    label("REQUIRED", "(kreves)");
    label("Env", "miljøvariabel");
    label("Needs", "Krever");
    label("Excludes", "Ikke sammen med");
  }

  // Labels are whole names of types; with what is checked behind them ("TEXT:{nb,en}") they are
  // none.
  std::string make_option_opts(const CLI::Option* option) const override {
    std::string text = CLI::Formatter::make_option_opts(option);
    for (const auto& [english, norwegian] :
         {std::pair{" TEXT", " TEKST"}, std::pair{" INT:INT in [", " HELTALL:["}}) {
      const std::string_view word(english);
      if (text.starts_with(word)) text.replace(0, word.size(), norwegian);
    }
    return text;
  }
};

void translate(CLI::App& app, const std::shared_ptr<CLI::FormatterBase>& formatter) {
  app.formatter(formatter);
  app.description(norwegian_for(verb_texts(), app.get_description()));
  if (!app.get_footer().empty()) app.footer(norwegian_for(verb_texts(), app.get_footer()));
  for (CLI::Option* option : app.get_options()) {
    option->description(norwegian_for(option_texts(), option->get_description()));
    if (!option->get_group().empty()) option->group("Valg");
    if (option->get_default_str() == "as the mapping says")
      option->default_str("som mappingen sier");
  }
  for (CLI::App* verb : app.get_subcommands(nullptr)) {
    verb->group("Verb");
    translate(*verb, formatter);
  }
}

}  // namespace

void put_into_norwegian(CLI::App& app) { translate(app, std::make_shared<NorwegianFormatter>()); }

}  // namespace saksbro::cli
