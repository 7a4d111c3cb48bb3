#include "connectors/example_tracker/conversation.h"

namespace saksbro::example_tracker {

tracker::Dialect dialect_of(const ExampleTrackerSettings& settings) {
  return {"Example Tracker",
          settings.url + "/api",
          {{"accept", "application/json"}, {"authorization", "Bearer " + settings.token.reveal()}},
          refusal,
          codec::Bytes::utf8};
}

// Its own words are an argument: what is refused for good is shown to people, on the ticket too.
Outcome refusal(const Reply& reply) {
  const std::string said = tracker::joined_texts(codec::at_path(reply.body, "errors"));
  const Phrase::Args args{
      {"call", reply.call}, {"status", std::to_string(reply.status)}, {"said", said}};
  if (said.empty()) return Rejected{Phrase("{call}: Example Tracker answered {status}", args)};
  return Rejected{Phrase("{call}: Example Tracker answered {status}: {said}", args)};
}

}  // namespace saksbro::example_tracker
