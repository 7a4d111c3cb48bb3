// Why a call, a delivery or a command came to nothing, by what codec, net, store and run say.
#include <array>

#include "bridge/core/speech/sentences.h"

namespace saksbro::core {
namespace {

constexpr auto kReasons = std::to_array<Translation>({
    {"\"{header}\" has a line break or a NUL in it",
     "«{header}» har et linjeskift eller en NUL i seg"},
    {"; did you mean \"{near}\"?", ". Mente du «{near}»?"},
    {"Couldn't connect to server", "fikk ikke forbindelse med tjeneren"},
    {"Couldn't resolve host name", "fant ikke tjenerens navn"},
    {"Failed sending data to the peer", "data lot seg ikke sende til den andre siden"},
    {"Failure when receiving data from the peer", "data lot seg ikke motta fra den andre siden"},
    {"JSON has a number that is too large", "JSON har et tall som er for stort"},
    {"JSON has more than {count} values", "JSON har flere enn {count} verdier"},
    {"JSON is nested deeper than {count} levels", "JSON går dypere enn {count} nivåer"},
    {"Login denied", "påloggingen ble avvist"},
    {"Requested SSL level failed", "det kom ikke i stand noen sikker forbindelse (TLS)"},
    {"SSL connect error", "feil da en sikker forbindelse (TLS) skulle opprettes"},
    {"SSL peer certificate or SSH remote key was not OK", "tjenerens sertifikat kan ikke godtas"},
    {"Saksbro failed {count} times while it processed this; put aside so that other work continues",
     "Saksbro feilet {count} ganger mens dette ble behandlet; satt til side så alt annet går "
     "videre"},
    {"Saksbro stopped before the answer came", "Saksbro stoppet før svaret kom"},
    {"Server returned nothing (no headers, no data)", "tjeneren svarte ingenting"},
    {"Timeout was reached", "det tok for lang tid"},
    {"Transferred a partial file", "bare en del av svaret kom"},
    {"a header's name has a character that HTTP forbids",
     "navnet på et hode har et tegn som HTTP ikke tillater"},
    {"a link refers to case {case}, which is not in this store. Was a backup restored?",
     "en lenke gjelder sak {case}, som ikke finnes i dette lageret. Ble en sikkerhetskopi lagt "
     "tilbake?"},
    {"another process", "en annen prosess"},
    {"another worker holds the claim", "en annen prosess har oppgaven nå"},
    {"cancelled: saksbro is stopping", "avbrutt: Saksbro stopper"},
    {"expected \"internal\" or \"everyone\"", "ventet «internal» eller «everyone»"},
    {"expected \"none\", \"waiting\" or \"over\"", "ventet «none», «waiting» eller «over»"},
    {"expected \"told\", \"seen\" or \"informed\"", "ventet «told», «seen» eller «informed»"},
    {"expected JSON, got a web page", "ventet JSON, fikk en nettside"},
    {"expected JSON, got nothing", "ventet JSON, fikk ingenting"},
    {"expected a list", "ventet en liste"},
    {"expected a phrase", "ventet en setning"},
    {"expected a text", "ventet en tekst"},
    {"expected a whole number", "ventet et helt tall"},
    {"expected an object", "ventet et objekt"},
    {"expected true or false", "ventet true eller false"},
    {"has a line break or a NUL in it", "har et linjeskift eller en NUL i seg"},
    {"has version {version}, and this program reads {ours}",
     "har versjon {version}, og dette programmet leser {ours}"},
    {"header '{header}' has a line break or a NUL in it",
     "hodet «{header}» har et linjeskift eller en NUL i seg"},
    {"in doubt, and not found {count} s later; Saksbro looks it up again before it creates it once "
     "more",
     "uvisst, og ikke funnet {count} s etter; Saksbro leter igjen før den opprettes på nytt"},
    {"is missing", "mangler"},
    {"is not JSON", "er ikke JSON"},
    {"it failed {count} times: {why}", "det gikk galt {count} ganger: {why}"},
    {"lease expired; reclaimed", "reservasjonen gikk ut; oppgaven er tatt tilbake"},
    {"more than {count} deliveries came from one sender within an hour: do two programs answer "
     "each other? Saksbro accepts this one when the hour is over; saksbro redrive parked:{seq} "
     "accepts it now",
     "det kom flere enn {count} meldinger fra én avsender innen en time: svarer to programmer "
     "hverandre? Saksbro tar inn denne når timen er over; saksbro redrive parked:{seq} tar den inn "
     "nå"},
    {"no configuration names this address, and it has a user or a password in it",
     "adressen står ikke i konfigurasjonen, og den har en bruker eller et passord i seg"},
    {"no configuration names this address, and it is neither http nor https",
     "adressen står ikke i konfigurasjonen, og den er verken http eller https"},
    {"no configuration names this address, and it leads to {address}, which is not a public one",
     "adressen står ikke i konfigurasjonen, og den fører til {address}, som ikke er åpen for alle"},
    {"no configuration names this address: the header '{header}' must not be sent there",
     "adressen står ikke i konfigurasjonen: hodet «{header}» må ikke sendes dit"},
    {"no fact has this name", "ingen hendelse heter slik"},
    {"no memory for a connection", "ikke minne nok til en forbindelse"},
    {"no success in {count} days; the last reason: {why}",
     "ikke fått til på {count} dager; siste grunn: {why}"},
    {"no valid JSON at line {line}, byte {byte}", "ikke gyldig JSON i linje {line}, byte {byte}"},
    {"no valid UTF-8 at line {line}, byte {byte}", "ikke gyldig UTF-8 i linje {line}, byte {byte}"},
    {"nobody is named", "ingen er oppgitt"},
    {"only.{why}", "only.{why}"},
    {"process {pid}", "prosess {pid}"},
    {"refused together with others: {why}", "avvist sammen med andre: {why}"},
    {"the address has a line break or a NUL in it",
     "adressen har et linjeskift eller en NUL i seg"},
    {"the address has letters beyond ASCII before the @ (SMTPUTF8), which Saksbro cannot send to",
     "adressen har andre tegn enn ASCII foran @ (SMTPUTF8), og dit kan ikke Saksbro sende"},
    {"the answer is larger than {count} bytes", "svaret er større enn {count} byte"},
    {"the answers are larger than 24 MB together", "svarene er på mer enn 24 MB til sammen"},
    {"the command has a line break or a NUL in it",
     "kommandoen har et linjeskift eller en NUL i seg"},
    {"the connector failed on it: this is a bug in Saksbro, see the log",
     "konnektoren feilet på den: en feil i Saksbro, se loggen"},
    {"the conversation did not end after {count} calls",
     "samtalen var ikke ferdig etter {count} kall"},
    {"the mail has more than {count} parts", "e-posten har flere enn {count} deler"},
    {"the mail has no recipient", "e-posten har ingen mottaker"},
    {"the mail is larger than {count} bytes", "e-posten er større enn {count} byte"},
    {"the mail server closed the connection", "e-posttjeneren brøt forbindelsen"},
    {"the mail's header is larger than {count} bytes",
     "hodet i e-posten er større enn {count} byte"},
    {"the mail's parts are nested deeper than {count} levels",
     "delene i e-posten ligger i hverandre i mer enn {count} nivåer"},
    {"the method is not valid in HTTP", "metoden er ikke gyldig i HTTP"},
    {"the name has a line break or a NUL in it", "navnet har et linjeskift eller en NUL i seg"},
    {"the number is too large or too small", "tallet er for stort eller for lite"},
    {"the per-ticket write limit is used up", "kvoten for skriving til én sak er brukt opp"},
    {"the poll did not end after {count} calls", "avlesningen var ikke ferdig etter {count} kall"},
    {"the process died {count} times while it handled this; put aside so that other work continues",
     "prosessen døde {count} ganger mens den behandlet dette; satt til side så alt annet går "
     "videre"},
    {"the process died {count} times while it worked on a poll of this system; it is polled again "
     "after saksbro redrive --system {system}",
     "prosessen døde {count} ganger mens den arbeidet med en avlesning av dette systemet; det "
     "leses av igjen etter saksbro redrive --system {system}"},
    {"the ticket has no number yet", "saken har ikke noe nummer ennå"},
    {"the worker's lease expired", "reservasjonen til prosessen som hadde oppgaven, gikk ut"},
    {"this is not a mail address", "dette er ingen e-postadresse"},
    {"this is not a mail message", "dette er ingen e-post"},
    {"this is not a message id", "dette er ingen id for en melding"},
    {"unknown kind of memory \"{verb}\"", "ukjent slags minne «{verb}»"},
    {"unknown kind of phrase", "ukjent slags setning"},
    {"unknown verb \"{verb}\"", "ukjent verb «{verb}»"},
    {"unknown verb \"{verb}\"; known verbs: redrive, hasten, unpark, announce, compare and let in",
     "ukjent verb «{verb}»; kjente er redrive, hasten, unpark, announce, compare og let in"},
    {"v is missing: the record's version", "v mangler: postens versjon"},
    {"{call} got no complete answer: {why}", "{call} fikk ikke noe helt svar: {why}"},
    {"{call} is in doubt: {why}", "{call} er uvisst: {why}"},
    {"{call} was answered {code}", "{call} ble besvart med {code}"},
    {"{call} was answered {code} by a page that is not JSON: in doubt, it may have been carried "
     "out",
     "{call} ble besvart med {code} og en side som ikke er JSON: uvisst, det kan være utført"},
    {"{call} was answered {code}: in doubt, it may have been carried out",
     "{call} ble besvart med {code}: uvisst, det kan være utført"},
    {"{call} was answered {code}: redirects are not followed; is the address in the configuration "
     "right?",
     "{call} ble besvart med {code}: videresendinger følges ikke; er adressen i konfigurasjonen "
     "riktig?"},
    {"{call} was answered {code}: the system refuses the credentials; a person must check them",
     "{call} ble besvart med {code}: påloggingen blir avvist; en person må se på den"},
    {"{call} was not sent: {why}", "{call} ble ikke sendt: {why}"},
    {"{header}: {what}", "{header}: {what}"},
    {"{path} already exists: choose another name, or use --force to replace it",
     "{path} finnes allerede: velg et annet navn, eller bruk --force for å erstatte den"},
    {"{path} has schema version {version}, and this program knows {known}: the next start of the "
     "service brings it up to date",
     "{path} har skjema {version}, og dette programmet kjenner {known}: neste start av tjenesten "
     "oppdaterer det"},
    {"{path} has schema version {version}, and this program knows {known}: use the newer program "
     "that wrote it",
     "{path} har skjema {version}, og dette programmet kjenner {known}: bruk det nyere "
     "programmet som skrev det"},
    {"{path} is in use by {holder}: stop that one first, or give this one a store of its own",
     "{path} er i bruk av {holder}: stans den først, eller gi denne et eget lager"},
    {"{path} is the store itself: give its copy another name",
     "{path} er selve lageret: gi kopien et annet navn"},
    {"{path}: there is no store to copy", "{path}: det finnes ikke noe lager å kopiere"},
    {"{path}: there is no store yet; `saksbro serve` creates it",
     "{path}: det finnes ikke noe lager ennå; `saksbro serve` lager det"},
    {"{path}: there is no such file", "{path}: det finnes ingen slik fil"},
    {"{what}: {said}", "{what}: {said}"},
    {"{where}: {why}", "{where}: {why}"},
});

static_assert(in_order(kReasons));

}  // namespace

std::span<const Translation> sentences_of_the_way() { return kReasons; }

}  // namespace saksbro::core
