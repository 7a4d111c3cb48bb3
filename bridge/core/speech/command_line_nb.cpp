// Why the command line refuses an order.
#include <array>

#include "bridge/core/speech/sentences.h"

namespace saksbro::core {
namespace {

constexpr auto kOrders = std::to_array<Translation>({
    {"\"{typed}\" is no date; write it as 2026-11-23",
     "«{typed}» er ingen dato; skriv den slik: 2026-11-23"},
    {"\"{typed}\" is no dead letter: expected {kind}NUMBER as `outbox` shows it",
     "«{typed}» er ikke noe nummer: skriv {kind}NUMMER slik `saksbro outbox` viser det"},
    {"\"{typed}\" names several cases: {cases}; say which",
     "«{typed}» er flere saker: {cases}; si hvilken"},
    {"`{command}` needs a verb: {verbs}; `{command} --help` describes them",
     "`{command}` trenger et verb: {verbs}. `{command} --help` beskriver dem"},
    {"cannot be written: {why}", "kan ikke skrives: {why}"},
    {"case {case} is gone", "sak {case} er borte"},
    {"command {number} is no dead letter: it is tried anyway; `saksbro outbox` lists them",
     "oppgave {number} er ikke blant dem som ikke lot seg gjøre: den prøves uansett; `saksbro "
     "outbox` viser dem"},
    {"expected a time span like 10m, 2h or 3d, not \"{typed}\"",
     "venter et tidsrom som 10m, 2h eller 3d, ikke «{typed}»"},
    {"no case and no ticket of a case is called \"{typed}\"",
     "ingen sak hos Saksbro eller i et saksystem heter «{typed}»"},
    {"no delivery {number} has been put aside; `saksbro outbox` lists those that have",
     "ingen melding {number} er satt til side. `saksbro outbox` viser dem som er det"},
    {"no process is called \"{name}\"; there is none",
     "ingen prosess heter «{name}»; det finnes ingen"},
    {"no process is called \"{name}\"{meant}; there is {known}",
     "ingen prosess heter «{name}»; det finnes {known}{meant}"},
    {"no system is called \"{name}\"{meant}", "ikke noe system heter «{name}»{meant}"},
    {"say which: a case or ticket number, id:NUMBER, --system NAME, --verb, --reason, "
     "--older-than, or --all",
     "si hvilke: et saksnummer, id:NUMMER, --system NAVN, --verb, --reason, --older-than eller "
     "--all"},
    {"say which: the FILE that `saksbro backup` made, or --in-place",
     "si hvilken: filen som `saksbro backup` laget, eller --in-place"},
    {"there is no dead letter {number}; `saksbro outbox` lists them",
     "oppgave {number} er ikke blant dem som ikke lot seg gjøre; `saksbro outbox` viser dem"},
    {"there is no verb \"{typed}\"; `saksbro --help` lists them",
     "det finnes ikke noe verb «{typed}»; `saksbro --help` viser dem"},
    {"there is no verb \"{typed}\"{meant}", "det finnes ikke noe verb «{typed}»{meant}"},
});

static_assert(in_order(kOrders));

}  // namespace

std::span<const Translation> sentences_of_the_command_line() { return kOrders; }

}  // namespace saksbro::core
