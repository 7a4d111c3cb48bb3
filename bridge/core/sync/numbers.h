// The number that a party calls its ticket by, where the system between us gives none: a supplier
// that has only mail. It comes from what the party writes, or a person of ours tells it. Internal
// to core.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bridge/core/decision/decision_builder.h"

namespace saksbro::core {

// The first piece of `text` that looks like `pattern`, in which each # stands for one digit or
// more: ("Vår ref. INC0099.", "INC#") -> "INC0099". Empty: none.
[[nodiscard]] std::string like(std::string_view text, std::string_view pattern);

// Takes the number from what a person of that party has written.
void take_number(DecisionBuilder& builder, const Ticket& ticket);

// Is "PARTY.number" the name of such a number? Then it is taken over, and nothing else is to be
// kept.
[[nodiscard]] bool adopts_number(DecisionBuilder& builder, const std::string& name,
                                 const std::string& value);

// A ticket of ours has been opened there. Registered it is when it has a number.
void registered_at(DecisionBuilder& builder, const SystemName& at);

}  // namespace saksbro::core
