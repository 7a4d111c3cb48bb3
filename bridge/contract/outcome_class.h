// What the end of an attempt says about the work itself, and about the system that it was for.
#pragma once

namespace saksbro {

enum class OutcomeClass {
  not_sent,  // surely nothing of it was carried out, and nothing was said: tried by the schedule
  done,
  refused,   // for good
  in_doubt,  // it may have been carried out: looked for before it is tried again
  later      // surely not carried out: the system said "not now"
};

enum class SystemHealth {
  well,     // it answered as it should
  unclear,  // the command's own trouble, or nothing was asked
  ill       // the system's trouble: refused connections, maintenance, credentials
};

[[nodiscard]] constexpr const char* word(OutcomeClass outcome) {
  switch (outcome) {
    case OutcomeClass::not_sent:
      return "not sent";
    case OutcomeClass::done:
      return "done";
    case OutcomeClass::refused:
      return "refused";
    case OutcomeClass::in_doubt:
      return "in doubt";
    case OutcomeClass::later:
      return "later";
  }
  return "unknown";
}

}  // namespace saksbro
