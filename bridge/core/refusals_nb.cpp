// Why trackers refuse, and what connectors do not read; their own words are arguments.
#include <array>

#include "bridge/core/sentences.h"

namespace saksbro::core {
namespace {

constexpr auto kRefusals = std::to_array<Translation>({
    {"\"{field}\" is \"{value}\" instead of \"{wanted}\"",
     "«{field}» er «{value}» i stedet for «{wanted}»"},
    {"\"{field}\" is not ours to change", "«{field}» er ikke Saksbros å endre"},
    {"#{ticket} has no field \"{field}\" (note_field){near}: is it applied to this queue, and has "
     "the bridge's user the right SeeCustomField for it?",
     "#{ticket} har ikke noe felt «{field}» (note_field){near}: er feltet i bruk i denne køen, og "
     "har Saksbros bruker rettigheten SeeCustomField for det?"},
    {"#{ticket} has no field \"{field}\"{near} (or the bridge's user lacks the right "
     "SeeCustomField for it)",
     "#{ticket} har ikke noe felt «{field}»{near} (eller Saksbros bruker mangler rettigheten "
     "SeeCustomField for det)"},
    {"#{ticket} has the text as a {type} (transaction {transaction}) instead of a {wanted}: a "
     "person must look at it",
     "#{ticket} har teksten som {type} (transaksjon {transaction}) i stedet for {wanted}: en "
     "person må se på det"},
    {"#{ticket} is gone: {why}", "#{ticket} er borte: {why}"},
    {"#{ticket} was opened, but RT did not store all: {fields}. A redrive takes the ticket as it "
     "is",
     "#{ticket} ble opprettet, men RT lagret ikke alt: {fields}. Et nytt forsøk (redrive) tar "
     "saken slik den er"},
    {"#{ticket} was opened, but without its marker: is there a custom field \"{field}\" in the "
     "queue \"{queue}\", and has the bridge's user the rights SeeCustomField and "
     "ModifyCustomField? Delete #{ticket} before this is redriven, else there will be two",
     "#{ticket} ble opprettet, men uten merket sitt: finnes det et felt «{field}» i køen "
     "«{queue}», og har Saksbros bruker rettighetene SeeCustomField og ModifyCustomField? Slett "
     "#{ticket} før dette prøves igjen (redrive), ellers blir det to"},
    {". RT says: {said}", ". RT sier: «{said}»"},
    {"It could not be taken out (that needs \"Edit own notes\"): a person must delete it now.",
     "Den lot seg ikke fjerne (det krever «Edit own notes»): en person må slette den nå."},
    {"RT did not store all in #{ticket}: {fields}{said}",
     "RT lagret ikke alt i #{ticket}: {fields}{said}"},
    {"RT did not store all in #{ticket}: {fields}{said}. Has the bridge's user the rights "
     "ModifyCustomField and ModifyTicket in this queue?",
     "RT lagret ikke alt i #{ticket}: {fields}{said}. Har Saksbros bruker rettighetene "
     "ModifyCustomField og ModifyTicket i denne køen?"},
    {"RT did not store the case note of #{ticket} in the field \"{field}\"{said}. Is it a field of "
     "the type \"Fill in one text area\", and has the bridge's user the right ModifyCustomField?",
     "RT lagret ikke saksnotatet til #{ticket} i feltet «{field}»{said}. Er det et felt av typen "
     "«Fill in one text area», og har Saksbros bruker rettigheten ModifyCustomField?"},
    {"RT has no such ticket any more", "RT har ikke saken lenger"},
    {"RT has nowhere to keep the case note: make a custom field for it (\"Fill in one text area\", "
     "applies to tickets, in the queue \"{queue}\") and name it as note_field of system {system}",
     "RT har ikke noe sted for saksnotatet: lag et felt for det («Fill in one text area», for "
     "saker, i køen «{queue}») og oppgi det som note_field for systemet {system}"},
    {"RT leaves #{ticket} at \"{from}\" instead of \"{to}\", and says nothing about it",
     "RT lar #{ticket} stå på «{from}» i stedet for «{to}», og sier ikke hvorfor"},
    {"RT leaves #{ticket} at \"{from}\" instead of \"{to}\": {said}",
     "RT lar #{ticket} stå på «{from}» i stedet for «{to}»: «{said}»"},
    {"RT leaves #{ticket} at \"{from}\" instead of \"{to}\": {said}. Has the bridge's user the "
     "right ModifyTicket in this queue?",
     "RT lar #{ticket} stå på «{from}» i stedet for «{to}»: «{said}». Har Saksbros bruker "
     "rettigheten ModifyTicket i denne køen?"},
    {"Redmine answered 2xx, but does not show the value of {fields}: is the field enabled for "
     "tracker \"{tracker}\" and project \"{project}\", and may this user edit it there?",
     "Redmine svarte 2xx, men viser ikke verdien av {fields}: er feltet slått på for sakstypen "
     "«{tracker}» og prosjektet «{project}», og kan denne brukeren endre det der?"},
    {"Redmine answered 2xx, but the case note of #{ticket} (journal {journal}) is not as it was "
     "written: may this user edit own notes, and set notes as private, in this project?",
     "Redmine svarte 2xx, men saksnotatet i #{ticket} (journal {journal}) er ikke slik det ble "
     "skrevet: kan denne brukeren endre egne notater, og gjøre notater private, i dette "
     "prosjektet?"},
    {"Redmine answered {code} to the move to \"{to}\", but left the status at \"{from}\"",
     "Redmine svarte {code} på flyttingen til «{to}», men lot statusen stå på «{from}»"},
    {"Redmine does not allow \"{from}\" -> \"{to}\" for this user; allowed now: nothing",
     "Redmine lar ikke denne brukeren flytte fra «{from}» til «{to}»; tillatt nå: ingenting"},
    {"Redmine does not allow \"{from}\" -> \"{to}\" for this user; allowed now: {allowed}",
     "Redmine lar ikke denne brukeren flytte fra «{from}» til «{to}»; tillatt nå: {allowed}"},
    {"Redmine has no group \"{name}\" (people.groups)",
     "Redmine har ingen gruppe «{name}» (people.groups)"},
    {"Redmine has no priority \"{name}\"; it has: {known}{near}",
     "Redmine har ingen prioritet «{name}»; den har: {known}{near}"},
    {"Redmine has no status \"{word}\"; it has: {known}",
     "Redmine har ingen status «{word}»; den har: {known}"},
    {"Redmine has no status \"{word}\"; it has: {known}; did you mean \"{near}\"?",
     "Redmine har ingen status «{word}»; den har: {known}. Mente du «{near}»?"},
    {"Redmine has no such issue any more", "Redmine har ikke saken lenger"},
    {"Redmine has no tracker \"{name}\"; it has: {known}{near}",
     "Redmine har ingen sakstype «{name}»; den har: {known}{near}"},
    {"Redmine opened #{ticket}, but did not store {fields}: enable the field for tracker "
     "\"{tracker}\" and project \"{project}\", for this user's role too. The next attempt takes "
     "#{ticket} as it is then",
     "Redmine opprettet #{ticket}, men lagret ikke {fields}: slå på feltet for sakstypen "
     "«{tracker}» og prosjektet «{project}», også for rollen til denne brukeren. Neste forsøk tar "
     "#{ticket} slik den er da"},
    {"Redmine opened #{ticket}, but did not store {fields}: enable the field for tracker "
     "\"{tracker}\" and project \"{project}\", for this user's role too. Then delete #{ticket}, as "
     "nothing would find it again",
     "Redmine opprettet #{ticket}, men lagret ikke {fields}: slå på feltet for sakstypen "
     "«{tracker}» og prosjektet «{project}», også for rollen til denne brukeren. Slett så "
     "#{ticket}, for ingen ville finne den igjen"},
    {"The text has been taken out again.", "Teksten er fjernet igjen."},
    {"a mail has no fields", "en e-post har ingen felter"},
    {"a mail has no status", "en e-post har ingen status"},
    {"a mail is read by those it is sent to: {system} has no internal comments",
     "en e-post leses av dem den sendes til: {system} har ingen interne kommentarer"},
    {"a mail that was sent cannot be edited, so no note can be kept true",
     "en e-post som er sendt, kan ikke endres, så ikke noe notat kan holdes ved like"},
    {"a program wrote it (Auto-Submitted)", "et program skrev den (Auto-Submitted)"},
    {"a thread of mails is not read again: each mail tells of itself",
     "en e-posttråd leses ikke på nytt: hver e-post forteller om seg selv"},
    {"an alert channel has no tickets to tell of",
     "en varslingskanal har ingen saker å fortelle om"},
    {"an earlier attempt may have opened a ticket, and Redmine cannot look it up: make field "
     "{field} usable as a filter, and visible",
     "et tidligere forsøk kan ha opprettet en sak, og Redmine kan ikke slå den opp: gjør feltet "
     "{field} synlig, og la det brukes som filter"},
    {"an internal note was PUBLIC in #{ticket} (journal {journal}), and may have been mailed: "
     "Redmine ignores private_notes from a user without the permission \"Set notes as private\". "
     "{then} Give the role of the bridge's user that permission",
     "et internt notat sto OFFENTLIG i #{ticket} (journal {journal}), og kan være sendt som "
     "e-post: Redmine overser private_notes fra en bruker uten tillatelsen «Set notes as private». "
     "{then} Gi rollen til Saksbros bruker den tillatelsen"},
    {"deleted in RT", "slettet i RT"},
    {"expected a snapshot: issue with status and journals, statuses, read_at",
     "ventet et øyeblikksbilde: issue med status og journals, statuses, read_at"},
    {"expected a ticket with id, Status, Created, LastUpdated, and read_at and revision",
     "ventet en sak med id, Status, Created, LastUpdated, og read_at og revision"},
    {"expected a webhook of Redmine 7, or of the plug-in redmine_webhook, with an issue and its id",
     "ventet en webhook fra Redmine 7 eller fra tillegget redmine_webhook, med en sak og dens id"},
    {"expected an issue of a list, with id and updated_on, or a version",
     "ventet en sak fra en liste, med id og updated_on, eller en versjon"},
    {"expected the message of connectors/rt/webhook-scrip.pl",
     "ventet meldingen fra connectors/rt/webhook-scrip.pl"},
    {"expected the ticket's number as \"id\"", "ventet sakens nummer som «id»"},
    {"field \"{field}\" is not in custom_fields of system {system}, which has {known}{near}",
     "feltet «{field}» står ikke i custom_fields for systemet {system}, som har {known}{near}"},
    {"it bears our own address as its sender", "den har Saksbros egen adresse som avsender"},
    {"it wants no answer (empty Return-Path): a bounce, or a program's",
     "den vil ikke ha svar (tom Return-Path): en returmelding, eller fra et program"},
    {"it went to many ({header})", "den gikk til mange ({header})"},
    {"its first mail is not in the folder that is read",
     "den første e-posten ligger ikke i mappen som leses"},
    {"left alone: {why}", "latt være: {why}"},
    {"merged into #{ticket}", "slått sammen med #{ticket}"},
    {"moved to a queue that the bridge's user may not see",
     "flyttet til en kø som Saksbros bruker ikke kan se"},
    {"moved to the queue \"{queue}\"", "flyttet til køen «{queue}»"},
    {"nobody knows whom thread {thread} goes to: {why}",
     "ingen vet hvem tråden {thread} går til: {why}"},
    {"nobody vouches for the sender of thread {thread}: an answer might go to somebody who never "
     "wrote",
     "ingen går god for avsenderen av tråden {thread}: et svar kunne gå til en som aldri har "
     "skrevet"},
    {"not read: {why}", "ikke lest: {why}"},
    {"only webhooks, polls and answers come from Redmine",
     "bare webhooker, avlesninger og svar kommer fra Redmine"},
    {"several tickets carry the marker {marker}: {tickets}; clear the field in all but one",
     "flere saker bærer merket {marker}: {tickets}; tøm feltet i alle unntatt én"},
    {"the bridge's user may not see the ticket any more",
     "Saksbros bruker kan ikke se saken lenger"},
    {"the issue is no longer visible to the bridge's user",
     "saken er ikke lenger synlig for Saksbros bruker"},
    {"the mail has no recipient: neither the field \"to\" nor the setting \"to\" names an address",
     "e-posten har ingen mottaker: verken feltet «to» eller innstillingen «to» oppgir en adresse"},
    {"the mail server answered {command} with {said}",
     "e-posttjeneren svarte på {command} med {said}"},
    {"the mail server greeted with {said}", "e-posttjeneren hilste med {said}"},
    {"the notice's recipient is no address of mail", "meldingens mottaker er ingen e-postadresse"},
    {"the setting \"imap\" names a mailbox to look that up in",
     "innstillingen «imap» kan oppgi en postkasse å slå det opp i"},
    {"this is no record of a mail", "dette er ingen post om en e-post"},
    {"{before}; {next}", "{before}; {next}"},
    {"{call} was answered by something that is not {tracker}'s JSON",
     "{call} ble besvart med noe som ikke er {tracker}s JSON"},
    {"{call} was answered without a list", "{call} ble besvart uten en liste"},
    {"{call} was answered without a list of tickets",
     "{call} ble besvart uten en liste over saker"},
    {"{call} was answered without that issue", "{call} ble besvart uten den saken"},
    {"{call} was answered without that user", "{call} ble besvart uten den brukeren"},
    {"{call} was answered without the new issue's id", "{call} ble besvart uten den nye sakens id"},
    {"{call} was answered without the ticket's number", "{call} ble besvart uten sakens nummer"},
    {"{call} was answered {code} without a list of issues",
     "{call} ble besvart med {code}, uten en liste over saker"},
    {"{call} was answered {code} without a list of issues: is there a project \"{project}\" for "
     "this key?",
     "{call} ble besvart med {code}, uten en liste over saker: finnes det et prosjekt «{project}» "
     "for denne nøkkelen?"},
    {"{call} was answered {code} without a list of members (people: project_roles): is the "
     "bridge's user a member of that project?",
     "{call} ble besvart med {code}, uten en liste over medlemmer (people: project_roles): er "
     "Saksbros bruker medlem av prosjektet?"},
    {"{call} was answered {code} without a list of tickets",
     "{call} ble besvart med {code}, uten en liste over saker"},
    {"{call} was answered {code} without a list of versions",
     "{call} ble besvart med {code}, uten en liste over versjoner"},
    {"{call} was answered {code} without a list: is the url of this system right?",
     "{call} ble besvart med {code}, uten en liste: er url for dette systemet riktig?"},
    {"{call} was answered {code} without groups (people.groups): is the key in people.key an "
     "administrator's? Redmine shows groups to nobody else",
     "{call} ble besvart med {code}, uten grupper (people.groups): er nøkkelen i people.key en "
     "administrators? Redmine viser ikke grupper til andre"},
    {"{call} was answered {code} without that ticket",
     "{call} ble besvart med {code}, uten den saken"},
    {"{call} was answered {code}, and RT shows no queue \"{queue}\" to the bridge's user either",
     "{call} ble besvart med {code}, og RT viser heller ingen kø «{queue}» til Saksbros bruker"},
    {"{call} was answered {code}: the gateway does not take this alert",
     "{call} ble besvart med {code}: mottakeren tar ikke imot varselet"},
    {"{call}: RT answered {status}", "{call}: RT svarte {status}"},
    {"{call}: RT answered {status}, but the text is not in the history: has the bridge's user the "
     "right ShowTicketComments in this queue?",
     "{call}: RT svarte {status}, men teksten står ikke i historikken: har Saksbros bruker "
     "rettigheten ShowTicketComments i denne køen?"},
    {"{call}: RT answered {status}. Has the bridge's user the right {right} in this queue?",
     "{call}: RT svarte {status}. Har Saksbros bruker rettigheten {right} i denne køen?"},
    {"{call}: RT answered {status}: {said}", "{call}: RT svarte {status}: «{said}»"},
    {"{call}: RT answered {status}: {said}. Has the bridge's user the right {right} in this queue?",
     "{call}: RT svarte {status}: «{said}». Har Saksbros bruker rettigheten {right} i denne køen?"},
    {"{call}: RT does not show the group \"{group}\" (people.groups) to the bridge's user: is "
     "there such a group, and has that user the right SeeGroup on it?",
     "{call}: RT viser ikke gruppen «{group}» (people.groups) til Saksbros bruker: finnes gruppen, "
     "og har brukeren rettigheten SeeGroup på den?"},
    {"{call}: RT gave tickets older than asked for. It reads times in the zone of the bridge's "
     "user: set that user's Timezone to UTC",
     "{call}: RT ga eldre saker enn det ble spurt om. RT leser klokkeslett i tidssonen til "
     "Saksbros bruker: sett Timezone til UTC for den brukeren"},
    {"{call}: RT's pages do not move on", "{call}: sidene fra RT kommer ikke videre"},
    {"{call}: Redmine answered {status}", "{call}: Redmine svarte {status}"},
    {"{call}: Redmine forbids it to this user (403)",
     "{call}: Redmine nekter denne brukeren det (403)"},
    {"{call}: Redmine has no such thing (404)", "{call}: Redmine har ikke noe slikt (404)"},
    {"{call}: Redmine refuses: {said}", "{call}: Redmine avviser det: «{said}»"},
    {"{call}: somebody deleted the note at the same moment",
     "{call}: noen slettet notatet i samme øyeblikk"},
    {"{call}: somebody else changed the ticket at the same moment",
     "{call}: noen andre endret saken i samme øyeblikk"},
    {"{call}: the folder told no UIDVALIDITY", "{call}: mappen oppga ingen UIDVALIDITY"},
    {"{call}: the mailbox has no such folder", "{call}: postkassen har ingen slik mappe"},
    {"{count} of {all} recipients were refused, the others were told: {why}",
     "{count} av {all} mottakere ble avvist, de andre fikk beskjed: {why}"},
    {"{replied}: a person must look at user and password",
     "{replied}: en person må se på bruker og passord"},
    {"{replied}: that is no reply of SMTP", "{replied}: det er ikke noe svar i SMTP"},
    {"{system} has no recipients for an alert: the setting \"to\" names them",
     "{system} har ingen mottakere for et varsel: innstillingen «to» oppgir dem"},
    {"{system} is an alert channel: it has no tickets, so \"{verb}\" cannot be done there",
     "{system} er en varslingskanal: den har ingen saker, så «{verb}» kan ikke gjøres der"},
    {"{system} speaks by e-mail: {why}", "{system} går på e-post: {why}"},
    {"{tickets} all carry the marker \"{marker}\": empty it in those that are copies, then redrive",
     "{tickets} bærer alle merket «{marker}»: tøm det i dem som er kopier, og prøv igjen "
     "(redrive)"},
    {"{tickets} may carry the marker \"{marker}\", but RT does not show it to the bridge's user "
     "there (was the ticket moved to another queue?): a person must look before one more is opened",
     "{tickets} kan bære merket «{marker}», men RT viser det ikke til Saksbros bruker der (ble "
     "saken flyttet til en annen kø?): en person må se etter før det opprettes én til"},
    {"{told}, but the note is not there: may this user add notes (and view private ones) in this "
     "project?",
     "{told}, men notatet er ikke der: kan denne brukeren skrive notater (og se private) i dette "
     "prosjektet?"},
    {"{tracker} has no way to do \"{verb}\"", "{tracker} har ingen måte å gjøre «{verb}» på"},
    {"{tracker} is a tracker, and sends no notices",
     "{tracker} er et saksystem, og sender ingen meldinger"},
    {"{tracker} is a tracker, not an alert channel",
     "{tracker} er et saksystem, ingen varslingskanal"},
    {"{why}. To keep the case note true, the role of the bridge's user needs \"Edit own notes\"",
     "{why}. For å holde saksnotatet ved like trenger rollen til Saksbros bruker «Edit own notes»"},
});

static_assert(in_order(kRefusals));

}  // namespace

std::span<const Translation> sentences_of_trackers() { return kRefusals; }

}  // namespace saksbro::core
