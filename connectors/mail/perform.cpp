#include "bridge/codec/fit.h"
#include "connectors/mail/mail_system.h"
#include "connectors/mail/verbs.h"

namespace saksbro::mail {
namespace {

struct Perform {
  Conversation& conversation;
  const Command& command;

  Step operator()(const CreateTicket& action) const {
    return create_ticket(conversation, action, command.key, command.attempt);
  }
  Step operator()(const AddComment& action) const {
    return add_comment(conversation, action, command.key, command.attempt);
  }
  Step operator()(const SendNotice& action) const { return send_notice(conversation, action); }
  Step operator()(const RaiseAlert& action) const {
    return raise_alert(conversation, action, command.key);
  }
  Step operator()(const SetStatus&) const { return refused(Sentence("a mail has no status")); }
  Step operator()(const SetFields&) const { return refused(Sentence("a mail has no fields")); }
  Step operator()(const UpdateTicket&) const { return refused(Sentence("a mail has no status")); }
  Step operator()(const ReadTicket&) const {
    return refused(
        Sentence("a thread of mails is not read again: each mail is a delivery of its own"));
  }
  Step operator()(const FetchFile& action) const {
    if (!conversation.settings().reading)
      return refused(Sentence("the setting \"imap\" names no mailbox to fetch files from"));
    return fetch_file(conversation, action);
  }
  Step operator()(const KeepNote&) const {
    return refused(
        Sentence("a mail that was sent cannot be edited, so no note can be kept up to date"));
  }

  [[nodiscard]] Step refused(const Sentence& why) const {
    return Outcome{
        Rejected{Phrase("{system} uses e-mail: {why}",
                        {{"system", conversation.settings().name}, {"why", Phrase(why, {})}})}};
  }
};

}  // namespace

Abilities MailSystem::abilities() const {
  if (!settings_.reading) return {{}, {}, false};
  Abilities abilities{{}, settings_.reading->poll_every, true, false, settings_.reading->hourly};
  abilities.takes_files = true;
  abilities.gives_files = true;
  if (settings_.reading->hourly == 0) abilities.hourly_per_author.reset();
  return abilities;
}

Accepted<DeliveryId> MailSystem::accept(const Arrival&) const {
  return fail(settings_.name.text(), "mail comes through the mailbox, not by webhooks");
}

Step MailSystem::perform(const Command& command, Transcript so_far) const {
  Conversation conversation(settings_, so_far);
  return std::visit(Perform{conversation, command},
                    codec::with_texts(command.action, codec::clean_text));
}

}  // namespace saksbro::mail
