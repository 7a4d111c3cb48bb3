#include "connectors/rt/conversation.h"

namespace saksbro::rt {

// RT's answer to correspond and comment can hold raw Latin-1 bytes.
tracker::Dialect dialect_of(const RtSettings& settings) {
  return {"RT",
          settings.url + "/REST/2.0",
          {{"accept", "application/json"}, {"authorization", "token " + settings.token.reveal()}},
          [](const Reply& reply) { return refusal(reply, "ShowTicket"); },
          codec::Bytes::latin1_allowed};
}

std::string said(const Reply& reply) {
  if (const auto message = codec::text_at(reply.body, "message")) return *message;
  return reply.body.is_array() ? tracker::joined_texts(reply.body) : "";
}

Outcome refusal(const Reply& reply, const std::string& right) {
  const std::string why = said(reply);
  const Phrase::Args args{{"call", reply.call},
                          {"status", std::to_string(reply.status)},
                          {"said", why},
                          {"right", right}};
  // 400 "Permission Denied" is also what RT says to a reply to a ticket that is not there.
  const bool forbidden = reply.status == 403 || why.find("ermission") != std::string::npos;
  if (why.empty())
    return Rejected(forbidden
                        ? Phrase("{call}: RT answered {status}. Has the bridge's user the right "
                                 "{right} in this queue?",
                                 args)
                        : Phrase("{call}: RT answered {status}", args));
  return Rejected(forbidden
                      ? Phrase("{call}: RT answered {status}: {said}. Has the bridge's user the "
                               "right {right} in this queue?",
                               args)
                      : Phrase("{call}: RT answered {status}: {said}", args));
}

}  // namespace saksbro::rt
