#include "connectors/mail/record.h"
#include "connectors/mail/send.h"
#include "connectors/mail/subject.h"
#include "connectors/mail/thread.h"
#include "connectors/mail/verbs.h"

namespace saksbro::mail {
namespace {

constexpr const char* kRecipientField = "to";

// Whom the first mail goes to: the field that names one address, else the configured ones.
std::vector<codec::Mailbox> recipients(const MailSettings& settings, const CreateTicket& action) {
  const auto field = action.fields.find(kRecipientField);
  if (field == action.fields.end() || field->second.empty()) return settings.to;
  if (auto one = codec::mailbox_from(field->second)) return {std::move(*one)};
  return {};
}

// A mail has no fields: what the mapping writes into them stands below the text, unless the text
// says it already.
std::string text_with_fields(const CreateTicket& action) {
  std::string text = action.text;
  bool first = true;
  for (const auto& [name, value] : action.fields) {
    if (name == kRecipientField || value.empty()) continue;
    if (action.text.find(name + ": " + value) != std::string::npos) continue;
    text += (first ? "\n\n" : "\n") + name + ": " + value;
    first = false;
  }
  return text;
}

}  // namespace

Step create_ticket(Conversation& conversation, const CreateTicket& action,
                   const IdempotencyKey& cause, int attempt) {
  const MailSettings& settings = conversation.settings();
  codec::OutgoingMail mail;
  mail.to = recipients(settings, action);
  if (mail.to.empty()) {
    return Outcome{
        Rejected{"the mail has no recipient: neither the field \"to\" nor the setting "
                 "\"to\" names an address"}};
  }
  mail.from = settings.from;
  mail.subject = one_line(action.title);
  mail.text = text_with_fields(action);
  mail.message_id = own_message_id(settings, cause.text());
  const RemoteKey key(mail.message_id);
  mail.reply_to = tagged_address(settings, key);
  const Delivered done{key, write_opened({key, action.title, action.text, action.marker})};
  return send_in_thread(conversation, std::move(mail), done, attempt);
}

}  // namespace saksbro::mail
