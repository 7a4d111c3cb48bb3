#include "connectors/mail/send.h"
#include "connectors/mail/thread.h"
#include "connectors/mail/verbs.h"

namespace saksbro::mail {
namespace {

// Whom a further mail goes to, and what it answers.
struct Opening {
  std::vector<codec::Mailbox> to;
  std::string subject;
};

// Nothing is read: then only what the configuration says is known of a thread, and only of ours.
Told<Opening> configured(const MailSettings& settings, const RemoteKey& thread) {
  if (thread_of_own(settings, thread.text()) != thread || settings.to.empty()) {
    return ended(Rejected{"nobody knows whom thread " + number_of(thread) +
                          " goes to: the setting \"to\" names recipients, or \"imap\" a mailbox "
                          "to look them up in"});
  }
  return Opening{settings.to, ""};
}

}  // namespace

Step add_comment(Talk& talk, const AddComment& action, const IdempotencyKey& cause, int attempt) {
  const MailSettings& settings = talk.settings();
  if (action.visibility == Visibility::internal) {
    return Outcome{Rejected{"a mail is read by those it is sent to: " + settings.name.text() +
                            " has no internal comments"}};
  }
  const auto opening = configured(settings, action.ticket);
  if (!opening) return opening.error();
  codec::OutgoingMail mail;
  mail.from = settings.from;
  mail.to = opening->to;
  mail.subject =
      one_line("Re: " + (opening->subject.empty() ? action.reference : opening->subject));
  mail.text = action.text;
  mail.message_id = own_message_id(settings, cause.text(), action.ticket);
  mail.references = {action.ticket.text()};
  mail.reply_to = tagged_address(settings, action.ticket);
  (void)attempt;
  return send_in_thread(talk, std::move(mail), Delivered{action.ticket, ""});
}

}  // namespace saksbro::mail
