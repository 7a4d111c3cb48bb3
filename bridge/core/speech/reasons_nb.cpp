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
    {"Server returned nothing (no headers, no data)", "tjeneren svarte ingenting"},
    {"Timeout was reached", "det tok for lang tid"},
    {"Transferred a partial file", "bare en del av svaret kom"},
    {"a header's name has a character that HTTP forbids",
     "navnet på et hode har et tegn som HTTP ikke tillater"},
    {"a link speaks of case {case}, which is not in this store. Was a backup restored?",
     "en lenke gjelder sak {case}, som ikke finnes i dette lageret. Ble en sikkerhetskopi lagt "
     "tilbake?"},
    {"as much as may be written to one ticket now has been written",
     "det er skrevet så mye til denne ene saken som det kan skrives nå"},
    {"cancelled: saksbro is stopping", "avbrutt: Saksbro stopper"},
    {"expected JSON, got a web page", "ventet JSON, fikk en nettside"},
    {"expected JSON, got nothing", "ventet JSON, fikk ingenting"},
    {"expected an object", "ventet et objekt"},
    {"has a line break or a NUL in it", "har et linjeskift eller en NUL i seg"},
    {"header '{header}' has a line break or a NUL in it",
     "hodet «{header}» har et linjeskift eller en NUL i seg"},
    {"in doubt, and not found {count} s later; it is looked for again before it is created once "
     "more",
     "uvisst, og ikke funnet {count} s etter; det letes igjen før den opprettes på nytt"},
    {"is not JSON", "er ikke JSON"},
    {"it failed {count} times: {why}", "det gikk galt {count} ganger: {why}"},
    {"more than {count} came from one sender within an hour: two programs that answer each other? "
     "It is taken in by itself when the hour is over; saksbro redrive parked:{seq} takes it in now",
     "flere enn {count} kom fra én avsender innen en time: to programmer som svarer hverandre? Den "
     "tas inn av seg selv når timen er over; saksbro redrive parked:{seq} tar den inn nå"},
    {"no configuration names this address, and it has a user or a password in it",
     "adressen står ikke i konfigurasjonen, og den har en bruker eller et passord i seg"},
    {"no configuration names this address, and it is none of http or https",
     "adressen står ikke i konfigurasjonen, og den er verken http eller https"},
    {"no configuration names this address, and it leads to {address}, which is not a public one",
     "adressen står ikke i konfigurasjonen, og den fører til {address}, som ikke er åpen for alle"},
    {"no configuration names this address: the header '{header}' must not go there",
     "adressen står ikke i konfigurasjonen: hodet «{header}» må ikke sendes dit"},
    {"no memory for a connection", "ikke minne nok til en forbindelse"},
    {"no sign of life; taken from its worker", "ikke noe livstegn; tatt fra den som hadde den"},
    {"no success in {count} days; the last reason: {why}",
     "ikke fått til på {count} dager; siste grunn: {why}"},
    {"no valid JSON at line {line}, byte {byte}", "ikke gyldig JSON i linje {line}, byte {byte}"},
    {"no valid UTF-8 at line {line}, byte {byte}", "ikke gyldig UTF-8 i linje {line}, byte {byte}"},
    {"nobody is named", "ingen er oppgitt"},
    {"refused together with others: {why}", "avvist sammen med andre: {why}"},
    {"somebody else has the command by now", "en annen prosess har oppgaven nå"},
    {"the address has a line break or a NUL in it",
     "adressen har et linjeskift eller en NUL i seg"},
    {"the address has letters beyond ASCII before the @ (SMTPUTF8), which Saksbro cannot send to",
     "adressen har andre tegn enn ASCII foran @ (SMTPUTF8), og dit kan ikke Saksbro sende"},
    {"the answer is larger than {count} bytes", "svaret er større enn {count} byte"},
    {"the answers have more than 24 MB together", "svarene er på mer enn 24 MB til sammen"},
    {"the bridge failed {count} times while it worked on this; put aside so that all else goes on",
     "Saksbro feilet {count} ganger i arbeidet med dette; satt til side så alt annet går videre"},
    {"the bridge stopped before the answer came", "Saksbro stoppet før svaret kom"},
    {"the command has a line break or a NUL in it",
     "kommandoen har et linjeskift eller en NUL i seg"},
    {"the connector failed on it: a fault of ours, see the log",
     "konnektoren feilet på den: en feil i Saksbro, se loggen"},
    {"the conversation did not end after {count} calls",
     "samtalen var ikke ferdig etter {count} kall"},
    {"the mail has a head of more than {count} bytes",
     "e-posten har et hode på mer enn {count} byte"},
    {"the mail has more than {count} bytes", "e-posten er på mer enn {count} byte"},
    {"the mail has more than {count} parts", "e-posten har flere enn {count} deler"},
    {"the mail has no recipient", "e-posten har ingen mottaker"},
    {"the mail has parts within parts, deeper than {count}",
     "e-posten har deler i deler, dypere enn {count}"},
    {"the mail server ended the talk", "e-posttjeneren brøt samtalen"},
    {"the method is no word that HTTP knows", "metoden er ikke noe ord som HTTP kjenner"},
    {"the name has a line break or a NUL in it", "navnet har et linjeskift eller en NUL i seg"},
    {"the poll did not end after {count} calls", "avlesningen var ikke ferdig etter {count} kall"},
    {"the process died {count} times while it handled this; put aside so that all else goes on",
     "prosessen døde {count} ganger mens den behandlet dette; satt til side så alt annet går "
     "videre"},
    {"the process died {count} times while it worked on a poll of this system; it is polled again "
     "after saksbro redrive --system {system}",
     "prosessen døde {count} ganger mens den arbeidet med en avlesning av dette systemet; det "
     "leses "
     "av igjen etter saksbro redrive --system {system}"},
    {"the ticket has no number yet", "saken har ikke noe nummer ennå"},
    {"the worker gave no sign of life", "den som arbeidet med det, ga ikke livstegn"},
    {"these bytes are no mail", "dette er ingen e-post"},
    {"this is no address of mail", "dette er ingen e-postadresse"},
    {"this is no id of a message", "dette er ingen id for en melding"},
    {"v is missing: the record's version", "v mangler: postens versjon"},
    {"{call} got no whole answer: {why}", "{call} fikk ikke noe helt svar: {why}"},
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
    {"{call} was answered {code}: the credentials are refused; a person must look at them",
     "{call} ble besvart med {code}: påloggingen blir avvist; en person må se på den"},
    {"{call} was not sent: {why}", "{call} ble ikke sendt: {why}"},
    {"{header}: {what}", "{header}: {what}"},
    {"{what}: {said}", "{what}: {said}"},
    {"{where}: {why}", "{where}: {why}"},
});

static_assert(in_order(kReasons));

}  // namespace

std::span<const Translation> sentences_of_the_way() { return kReasons; }

}  // namespace saksbro::core
