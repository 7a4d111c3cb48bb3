// Why trackers refuse; their own words are arguments.
#include <array>

#include "bridge/core/sentences.h"

namespace saksbro::core {
namespace {

constexpr auto kSentences = std::to_array<Translation>({
    {"RT leaves #{ticket} at \"{from}\" instead of \"{to}\", and says nothing about it",
     "RT lar #{ticket} stå på «{from}» i stedet for «{to}», og sier ikke hvorfor"},
    {"RT leaves #{ticket} at \"{from}\" instead of \"{to}\": {said}",
     "RT lar #{ticket} stå på «{from}» i stedet for «{to}»: «{said}»"},
    {"RT leaves #{ticket} at \"{from}\" instead of \"{to}\": {said}. Has the bridge's user the "
     "right ModifyTicket in this queue?",
     "RT lar #{ticket} stå på «{from}» i stedet for «{to}»: «{said}». Har Saksbros bruker "
     "rettigheten ModifyTicket i denne køen?"},
    {"Redmine answered 2xx, but the case note of #{ticket} (journal {journal}) is not as it was "
     "written: may this user edit own notes, and set notes as private, in this project?",
     "Redmine svarte 2xx, men saksnotatet i #{ticket} (journal {journal}) er ikke slik det ble "
     "skrevet: kan denne brukeren endre egne notater, og gjøre notater private, i dette "
     "prosjektet?"},
    {"Redmine does not allow \"{from}\" -> \"{to}\" for this user; allowed now: nothing",
     "Redmine lar ikke denne brukeren flytte fra «{from}» til «{to}»; tillatt nå: ingenting"},
    {"Redmine does not allow \"{from}\" -> \"{to}\" for this user; allowed now: {allowed}",
     "Redmine lar ikke denne brukeren flytte fra «{from}» til «{to}»; tillatt nå: {allowed}"},
    {"Redmine has no status \"{word}\"; it has: {known}",
     "Redmine har ingen status «{word}»; den har: {known}"},
    {"Redmine has no status \"{word}\"; it has: {known}; did you mean \"{near}\"?",
     "Redmine har ingen status «{word}»; den har: {known}. Mente du «{near}»?"},
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
    {"{call}: RT answered {status}", "{call}: RT svarte {status}"},
    {"{call}: RT answered {status}. Has the bridge's user the right {right} in this queue?",
     "{call}: RT svarte {status}. Har Saksbros bruker rettigheten {right} i denne køen?"},
    {"{call}: RT answered {status}: {said}", "{call}: RT svarte {status}: «{said}»"},
    {"{call}: RT answered {status}: {said}. Has the bridge's user the right {right} in this queue?",
     "{call}: RT svarte {status}: «{said}». Har Saksbros bruker rettigheten {right} i denne køen?"},
    {"{call}: Redmine answered {status}", "{call}: Redmine svarte {status}"},
    {"{call}: Redmine forbids it to this user (403)",
     "{call}: Redmine nekter denne brukeren det (403)"},
    {"{call}: Redmine has no such thing (404)", "{call}: Redmine har ikke noe slikt (404)"},
    {"{call}: Redmine refuses: {said}", "{call}: Redmine avviser det: «{said}»"},
    {"{told}, but the note is not there: may this user add notes (and view private ones) in this "
     "project?",
     "{told}, men notatet er ikke der: kan denne brukeren skrive notater (og se private) i dette "
     "prosjektet?"},
});

static_assert(in_order(kSentences));

}  // namespace

std::span<const Translation> sentences_of_trackers() { return kSentences; }

}  // namespace saksbro::core
