#include "bridge/codec/imap.h"
#include "connectors/mail/send.h"
#include "connectors/mail/subject.h"
#include "connectors/mail/thread.h"
#include "connectors/mail/trust.h"
#include "connectors/mail/verbs.h"

namespace saksbro::mail {
namespace {

// Whom a further mail goes to, and what it answers.
struct Opening {
  std::vector<codec::Mailbox> to;
  std::string subject;
  std::vector<std::string> references;
};

// Where no mail tells it, what the configuration says: of our own threads only.
StepOr<Opening> configured(const MailSettings& settings, const RemoteKey& thread) {
  if (thread_of_own(settings, thread.text()) != thread || settings.to.empty()) {
    const Phrase why = settings.reading
                           ? Phrase("its first mail is not in the folder that is read", {})
                           : Phrase("the setting \"imap\" names a mailbox to look that up in", {});
    return ended(Rejected{Phrase("the recipient of thread {thread} is unknown: {why}",
                                 {{"thread", number_of(thread)}, {"why", why}})});
  }
  return Opening{settings.to, "", {thread.text()}};
}

// The thread's first mail: our own copy of it, or somebody's.
StepOr<Opening> looked_up(Conversation& conversation, const RemoteKey& thread) {
  const MailSettings& settings = conversation.settings();
  if (!can_be_looked_up(thread)) return configured(settings, thread);
  const auto found = conversation.ask("UID SEARCH HEADER Message-ID \"<" + thread.text() + ">\"");
  if (!found) return tl::unexpected(found.error());
  const auto uids = codec::read_search((*found)->body);
  if (uids.empty()) return configured(settings, thread);
  const auto fetched =
      conversation.ask("UID FETCH " + std::to_string(uids.front()) + " (UID BODY.PEEK[HEADER])");
  if (!fetched) return tl::unexpected(fetched.error());
  const auto heads = codec::read_fetched((*fetched)->body);
  if (heads.empty() || !heads.front().body) return configured(settings, thread);
  const auto first = codec::read_mail(*heads.front().body, "");
  if (!first || first->message_id != thread.text()) return configured(settings, thread);
  Opening opening{{}, without_prefixes(first->subject), first->references};
  opening.references.push_back(thread.text());
  if (thread_of_own(settings, thread.text()) == thread) {
    for (const std::string& one : first->recipients) opening.to.push_back({"", one});
    return opening;
  }
  const bool believed = settings.reading->anyone || vouched_for(*settings.reading, *first);
  if (!believed || first->from.address.empty()) {
    return ended(
        Rejected{Phrase("the sender of thread {thread} is not authenticated: an answer might go to "
                        "somebody who never wrote",
                        {{"thread", number_of(thread)}})});
  }
  opening.to = {to_be_answered(*settings.reading, *first)};
  return opening;
}

}  // namespace

Step add_comment(Conversation& conversation, const AddComment& action, const IdempotencyKey& cause,
                 int attempt) {
  const MailSettings& settings = conversation.settings();
  if (action.visibility == Visibility::internal) {
    return Outcome{
        Rejected{Phrase("a mail is read by those it is sent to: {system} has no internal comments",
                        {{"system", settings.name}})}};
  }
  auto opening = settings.reading ? looked_up(conversation, action.ticket)
                                  : configured(settings, action.ticket);
  if (!opening) return opening.error();
  codec::OutgoingMail mail;
  mail.from = settings.from;
  mail.to = std::move(opening->to);
  mail.subject =
      one_line("Re: " + (opening->subject.empty() ? action.reference : opening->subject));
  mail.text = action.text;
  mail.message_id = own_message_id(settings, cause.text(), action.ticket);
  mail.references = std::move(opening->references);
  mail.reply_to = tagged_address(settings, action.ticket);
  return send_in_thread(conversation, std::move(mail), Delivered{action.ticket, ""}, attempt,
                        action.files);
}

}  // namespace saksbro::mail
