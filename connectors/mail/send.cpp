#include "connectors/mail/send.h"

#include <utility>

#include "bridge/codec/imap.h"

namespace saksbro::mail {
namespace {

StepOr<std::vector<BodyPart>> written(Conversation& conversation, codec::OutgoingMail& mail,
                                      const std::vector<OutgoingFile>& files) {
  const auto now = conversation.greet();
  if (!now) return tl::unexpected(now.error());
  mail.date = *now;
  auto message = codec::write_mail(mail, files);
  if (!message) return ended(Rejected{message.error().told()});
  return std::move(*message);
}

StepOr<bool> lies_in_mailbox(Conversation& conversation, const std::string& message_id) {
  const auto found = conversation.ask("UID SEARCH HEADER Message-ID \"<" + message_id + ">\"");
  if (!found) return tl::unexpected(found.error());
  return !codec::read_search((*found)->body).empty();
}

}  // namespace

Step send_in_thread(Conversation& conversation, codec::OutgoingMail mail, const Delivered& done,
                    int attempt, const std::vector<OutgoingFile>& files) {
  if (conversation.settings().reading && attempt > 1) {
    const auto sent = lies_in_mailbox(conversation, mail.message_id);
    if (!sent) return sent.error();
    if (*sent) return Outcome{done};
  }
  std::vector<std::string> envelope;
  for (const codec::Mailbox& one : mail.to) envelope.push_back(one.address);
  if (conversation.settings().reading) envelope.push_back(mail.from.address);
  const auto message = written(conversation, mail, files);
  if (!message) return message.error();
  const auto failure = conversation.submit(*message, envelope);
  if (!failure) return failure.error();
  if (*failure) return **failure;
  return Outcome{done};
}

Step send_to_each(Conversation& conversation, codec::OutgoingMail mail) {
  const auto message = written(conversation, mail, {});
  if (!message) return message.error();
  std::size_t refused = 0;
  Phrase why;
  std::optional<Outcome> later;
  for (const codec::Mailbox& one : mail.to) {
    const auto failure = conversation.submit(*message, {one.address});
    if (!failure) return failure.error();
    if (!*failure) continue;
    if (const auto* rejected = std::get_if<Rejected>(&**failure)) {
      ++refused;
      if (why.empty()) why = rejected->why;
    } else if (!later) {
      later = **failure;
    }
  }
  // Who was told already gets the same Message-ID again: twice is better than not at all.
  if (later) return *later;
  if (refused == 0) return Outcome{Delivered{}};
  if (mail.to.size() == 1) return Outcome{Rejected{why}};
  return Outcome{Rejected{
      Phrase("the server refused {count} of {all} recipients, and accepted the others: {why}",
             {{"count", std::to_string(refused)},
              {"all", std::to_string(mail.to.size())},
              {"why", why}})}};
}

}  // namespace saksbro::mail
