// The conversation with the mail servers about one command or poll, written as if the calls were
// made on the spot (see connectors/redmine/talk.h): `if (!x) return x.error();` is where it waits.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "connectors/mail/mail_system.h"

namespace saksbro::mail {

template <class T>
using Told = tl::expected<T, Step>;

class Talk {
 public:
  Talk(const MailSettings& settings, Transcript so_far) : settings_(settings), so_far_(so_far) {}

  // Would the server take a mail from us now? A look, and the time that the mail is dated with.
  [[nodiscard]] Told<Instant> greet();

  // Asks the mailbox one IMAP command. Needs settings().reading.
  [[nodiscard]] Told<const Answer*> ask(const std::string& command);

  // Hands a message over, to all of `to` or to none. How it failed; nothing when it was taken.
  [[nodiscard]] Told<std::optional<Outcome>> submit(const std::string& message,
                                                    const std::vector<std::string>& to);

  [[nodiscard]] const MailSettings& settings() const { return settings_; }

 private:
  // The next exchange of the transcript; nothing when the call has yet to be made.
  [[nodiscard]] const Exchange* next();

  const MailSettings& settings_;
  Transcript so_far_;
  std::size_t used_ = 0;
};

[[nodiscard]] inline tl::unexpected<Step> ended(Outcome outcome) {
  return tl::unexpected<Step>(Step{std::move(outcome)});
}

// How a mail ended that a server was asked to take; nothing when it was taken. Of a reply's text
// nothing is told that looks like an address.
[[nodiscard]] std::optional<Outcome> failure_of(const Exchange& exchange);

}  // namespace saksbro::mail
