#include "connectors/mail/send.h"
#include "connectors/mail/subject.h"
#include "connectors/mail/thread.h"
#include "connectors/mail/verbs.h"

namespace saksbro::mail {
namespace {

std::string with_link(const std::string& text, const std::string& link) {
  return link.empty() ? text : text + "\n\n" + link;
}

std::string alert_subject(const RaiseAlert& alert) {
  const std::string& severity =
      alert.severity_title.empty() ? alert.severity : alert.severity_title;
  std::string subject = severity.empty() ? "" : "[" + severity + "] ";
  subject += alert.title;
  if (!alert.case_number.empty()) subject += " (" + alert.case_number + ")";
  return subject;
}

codec::OutgoingMail mail_of(const MailSettings& settings, const std::string& subject,
                            const std::string& text, std::string_view cause) {
  codec::OutgoingMail mail;
  mail.from = settings.from;
  mail.subject = one_line(subject);
  mail.text = text;
  mail.message_id = own_message_id(settings, cause);
  return mail;
}

}  // namespace

// The reference, not the command's key: a notice that may have gone out already has the same one.
Step send_notice(Conversation& conversation, const SendNotice& action) {
  const auto to = codec::mailbox_from(action.to);
  if (!to) return Outcome{Rejected{"the recipient of the notice is not a mail address"}};
  codec::OutgoingMail mail =
      mail_of(conversation.settings(), action.title, with_link(action.text, action.link),
              "notice/" + action.reference);
  mail.to = {*to};
  return send_to_each(conversation, std::move(mail));
}

Step raise_alert(Conversation& conversation, const RaiseAlert& action,
                 const IdempotencyKey& cause) {
  const MailSettings& settings = conversation.settings();
  if (settings.to.empty()) {
    return Outcome{
        Rejected{Phrase("{system} has no recipients for an alert: the setting \"to\" names them",
                        {{"system", settings.name}})}};
  }
  codec::OutgoingMail mail =
      mail_of(settings, alert_subject(action), with_link(action.text, action.link), cause.text());
  mail.to = settings.to;
  return send_to_each(conversation, std::move(mail));
}

}  // namespace saksbro::mail
