// An answer of another party waits a moment for the status that it may explain
// (bridge/core/decide/pending_answers.h).
#pragma once

#include "tests/core/play.h"

namespace saksbro::core {

// What Saksbro makes of the last words there, when no status has followed them.
inline const Decision& sees_a_moment_later(Play& play, const SystemName& at) {
  play.sees(at);
  play.pass(std::chrono::seconds(30));
  play.timer("pending/" + at.text());
  play.forget_commands();  // the look, which is what comes now
  return play.sees(at);
}

}  // namespace saksbro::core
