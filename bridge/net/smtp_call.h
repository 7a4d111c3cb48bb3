// One mail handed to a server, or the question whether it would take one.
#pragma once

#include <curl/curl.h>

#include <string>
#include <string_view>

#include "bridge/contract/call.h"
#include "bridge/net/client.h"
#include "bridge/net/outgoing_body.h"
#include "bridge/net/pulse.h"

namespace saksbro::net {

// What the two sides said to each other, as far as it decides what became of the mail.
class SmtpTalk {
 public:
  void sent(std::string_view command);
  void heard(std::string_view line);

  // The refused command's name ("RCPT"), and the whole reply; status 0: nothing is refused.
  [[nodiscard]] const Answer& refusal() const { return refusal_; }
  [[nodiscard]] const Answer& last() const { return last_; }

 private:
  std::string command_;  // greeting: empty
  bool goodbye_ = false;
  Answer last_;
  Answer refusal_;
  bool ended_ = true;
};

// Fates: a mail is sent whole or not at all. Before the last byte of it is handed to the socket it
// is NotSent; after that, and without a reply, InDoubt; a refusal (4xx, 5xx) is an Answer in every
// phase.
[[nodiscard]] Fate submit(CURL* handle, const ClientLimits& limits, const Call& call,
                          OutgoingBody& body, const Pulse& pulse);

}  // namespace saksbro::net
