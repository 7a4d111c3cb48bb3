#include "connectors/rt/put_ticket.h"

namespace saksbro::rt {

Phrase rt_says(const std::string& said) {
  return said.empty() ? Phrase() : Phrase(". RT says: {said}", {{"said", said}});
}

StepOr<Put> put_ticket(Conversation& conversation, const RemoteKey& key, const std::string& etag,
                       const Json& body) {
  const auto put = conversation.write("PUT", "/ticket/" + key.text(), body, etag);
  if (!put) return tl::unexpected(put.error());
  if (put->status != 200) return ended(refusal(*put, "ModifyTicket"));
  auto after = need_ticket(conversation, key);
  if (!after) return tl::unexpected(after.error());
  return Put{std::move(*after), said(*put)};
}

}  // namespace saksbro::rt
