// The conversation with the mail servers about one command or poll, written as if the calls were
// made on the spot (tracker/step_or.h).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "connectors/mail/mail_system.h"
#include "connectors/tracker/step_or.h"

namespace saksbro::mail {

using tracker::ended;
using tracker::StepOr;

class Conversation {
 public:
  Conversation(const MailSettings& settings, Transcript so_far)
      : settings_(settings), so_far_(so_far) {}

  // Would the server take a mail from us now? A look, and the time that the mail is dated with.
  [[nodiscard]] StepOr<Instant> greet();

  // Asks the mailbox one IMAP command. Needs settings().reading.
  [[nodiscard]] StepOr<const Answer*> ask(const std::string& command);

  // Brings one part of a mail into the spool; the answer's status is 404 where it is not there.
  [[nodiscard]] StepOr<const Answer*> bring(const std::string& command, const Download& download);

  // Hands a message over, to all of `to` or to none. How it failed; nothing when it was taken.
  [[nodiscard]] StepOr<std::optional<Outcome>> submit(const std::vector<BodyPart>& message,
                                                      const std::vector<std::string>& to);

  [[nodiscard]] const MailSettings& settings() const { return settings_; }

 private:
  const MailSettings& settings_;
  tracker::Replay so_far_;
};

// How a mail ended that a server was asked to take; nothing when it was taken. Of a reply's text
// nothing is told that looks like an address.
[[nodiscard]] std::optional<Outcome> failure_of(const Exchange& exchange);

}  // namespace saksbro::mail
