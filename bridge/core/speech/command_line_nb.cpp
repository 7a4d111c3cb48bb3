// Why the command line refuses an order.
#include <array>

#include "bridge/core/speech/sentences.h"

namespace saksbro::core {
namespace {

constexpr auto kOrders = std::to_array<Translation>({
    {"\"{typed}\" is not a date; write it as 2026-11-23",
     "«{typed}» er ingen dato; skriv den slik: 2026-11-23"},
    {"\"{typed}\" is not a dead letter: expected {kind}NUMBER as `outbox` shows it",
     "«{typed}» er ikke noe nummer: skriv {kind}NUMMER slik `saksbro outbox` viser det"},
    {"\"{typed}\" names several cases: {cases}; choose one of them",
     "«{typed}» er flere saker: {cases}; velg en av dem"},
    {"`{command}` needs a verb: {verbs}; `{command} --help` describes them",
     "`{command}` trenger et verb: {verbs}. `{command} --help` beskriver dem"},
    {"cannot be written: {why}", "kan ikke skrives: {why}"},
    {"case {case} is gone", "sak {case} er borte"},
    {"command {number} is not a dead letter: it is retried anyway; `saksbro outbox` lists them",
     "oppgave {number} er ikke blant dem som ikke lot seg gjøre: den prøves uansett; `saksbro "
     "outbox` viser dem"},
    {"expected a time span like 10m, 2h or 3d, not \"{typed}\"",
     "venter et tidsrom som 10m, 2h eller 3d, ikke «{typed}»"},
    {"no case and no ticket of a case has the number \"{typed}\"",
     "ingen sak hos Saksbro eller i et saksystem heter «{typed}»"},
    {"no delivery {number} is parked; `saksbro outbox` lists those that are",
     "ingen melding {number} er satt til side. `saksbro outbox` viser dem som er det"},
    {"no process is called \"{name}\"; there is none",
     "ingen prosess heter «{name}»; det finnes ingen"},
    {"no process is called \"{name}\"{meant}; there is {known}",
     "ingen prosess heter «{name}»; det finnes {known}{meant}"},
    {"specify the FILE that `saksbro backup` wrote, or --in-place",
     "oppgi filen som `saksbro backup` skrev, eller --in-place"},
    {"specify what to retry: a case or ticket number, id:NUMBER, --system NAME, --verb, --reason, "
     "--older-than, or --all",
     "oppgi hva som skal prøves igjen: et saksnummer, id:NUMMER, --system NAVN, --verb, --reason, "
     "--older-than eller --all"},
    {"there is no dead letter {number}; `saksbro outbox` lists them",
     "oppgave {number} er ikke blant dem som ikke lot seg gjøre; `saksbro outbox` viser dem"},
    {"unknown system \"{name}\"{meant}", "ukjent system «{name}»{meant}"},
    {"unknown verb \"{typed}\"; `saksbro --help` lists them",
     "ukjent verb «{typed}»; `saksbro --help` viser dem"},
    {"unknown verb \"{typed}\"{meant}", "ukjent verb «{typed}»{meant}"},
});

static_assert(in_order(kOrders));

}  // namespace

std::span<const Translation> sentences_of_the_command_line() { return kOrders; }

}  // namespace saksbro::core
