// What people can say now, and what they are told when they cannot. Internal to core.
#pragma once

#include <string>

#include "bridge/core/decision/transitions.h"

namespace saksbro::core {

// What a role can say in `at` now: "/sak info ja, /sak info nei". For notes and refusals.
[[nodiscard]] std::string possible_now(const DecisionBuilder& builder, const SystemName& at,
                                       const Role& role);

// A line each, with what it needs and where it leads:
// "/sak løst ‹Løsning›: fører til M.1.2.3 Informerer bruker".
[[nodiscard]] std::string commands_now(const DecisionBuilder& builder, const SystemName& at,
                                       const Role& role);

// "Andre kan nå: Brukerstøtte 1. linje /sak bekreftet, /sak ikke løst"; empty: nobody else can.
[[nodiscard]] std::string commands_of_others(const DecisionBuilder& builder, const SystemName& at,
                                             const Role& role);

// The titles of those who could say that signal now: "Brukerstøtte 2. linje"; empty: nobody.
[[nodiscard]] std::string who_may(const DecisionBuilder& builder, const Signal& signal,
                                  Language language);

}  // namespace saksbro::core
