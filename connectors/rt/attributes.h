// Names of a ticket's fields as RT wants them written.
#pragma once

#include <map>
#include <string>

#include "bridge/codec/json.h"

namespace saksbro::rt {

using FieldValues = std::map<std::string, std::string>;

// What of `wanted` a ticket with these fields does not have yet.
[[nodiscard]] FieldValues still_wanted(const FieldValues& wanted, const FieldValues& has);

// The body of a PUT or POST. owner, priority and requestor are attributes, the rest custom fields.
// A value is written as one ("a, b" can be that), or, in the second form, as several.
enum class Values { one, several };
[[nodiscard]] codec::Json written(const FieldValues& fields, Values values);

// Has one of them a value like "a, b"? A list must be written as one, but only RT knows which
// fields are lists.
[[nodiscard]] bool some_may_be_lists(const FieldValues& fields);

// `"Alvorlighet" is "A" instead of "B"; ...`
[[nodiscard]] Phrase differences(const FieldValues& wanted, const FieldValues& has);

}  // namespace saksbro::rt
