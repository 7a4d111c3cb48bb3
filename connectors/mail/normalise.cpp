#include "bridge/codec/mime/mime_parts.h"
#include "bridge/contract/own_words.h"
#include "connectors/mail/files.h"
#include "connectors/mail/lines.h"
#include "connectors/mail/mail_system.h"
#include "connectors/mail/record.h"
#include "connectors/mail/subject.h"
#include "connectors/mail/thread.h"
#include "connectors/mail/trust.h"

namespace saksbro::mail {
namespace {

// The field that a create's marker comes back in; a mapping says "marker: marker".
constexpr const char* kMarkerField = "marker";

Observation opened_state(const MailSettings& settings, const Opened& opened, Instant at) {
  Ticket ticket;
  ticket.key = opened.thread;
  ticket.number = number_of(opened.thread);
  ticket.title = opened.title;
  ticket.text = opened.text;
  ticket.author = {settings.from.address, settings.from.name};
  ticket.fields[kMarkerField] = opened.marker;
  ticket.created = at;
  ticket.updated = at;
  ticket.read_at = at;
  return TicketState{std::move(ticket)};
}

// By the mails of ours that it answers, the nearest first; else by the address that only our own
// mails gave away; else by the first mail of the thread. Never by its subject.
RemoteKey thread_of(const MailSettings& settings, const Came& came) {
  const codec::IncomingMail& mail = came.mail;
  std::vector<std::string> answered = mail.in_reply_to;
  answered.insert(answered.end(), mail.references.rbegin(), mail.references.rend());
  for (const std::string& id : answered) {
    if (auto thread = thread_answered(settings, id, answered)) return *thread;
  }
  std::vector<std::string> recipients = mail.recipients;
  for (const char* header : {"delivered-to", "envelope-to", "x-original-to"})
    recipients.push_back(mail.header(header));
  for (const std::string& recipient : recipients) {
    if (auto thread = thread_of_tagged(settings, recipient)) return *thread;
  }
  if (!mail.references.empty()) return key_of(mail.references.front());
  if (!mail.in_reply_to.empty()) return key_of(mail.in_reply_to.front());
  return key_of(mail.message_id.empty() ? id_of(came) : mail.message_id);
}

// A command in it would be no quotation's: each line becomes one.
std::string as_quotation(const std::string& text) {
  std::string quoted = "> ";
  for (const char c : text) {
    quoted += c;
    if (c == '\n') quoted += "> ";
  }
  return quoted;
}

Person author_of(const codec::Mailbox& from, bool believed) {
  if (believed) return {from.address, from.name.empty() ? from.address : from.name};
  return {"", "unverified: " + (from.address.empty() ? "?" : from.address)};
}

// A form writes for somebody else: whom it names is to be answered, and has no role by that.
Person author_of(const codec::Mailbox& from, const codec::Mailbox& answered, bool believed) {
  const Person author = author_of(from, believed);
  if (!believed || answered == from) return author;
  return {answered.address + " via " + from.address,
          answered.name.empty() ? answered.address : answered.name};
}

// Where somebody wants answers to go elsewhere, who reads the ticket must know it.
std::string with_reply_to(std::string text, const codec::IncomingMail& mail,
                          const codec::Mailbox& answered) {
  std::string elsewhere;
  for (const codec::Mailbox& one : mail.reply_to) {
    if (one.address == answered.address) continue;
    elsewhere += elsewhere.empty() ? "" : ", ";
    elsewhere += one.name.empty() ? one.address : one.name + " <" + one.address + ">";
  }
  if (elsewhere.empty()) return text;
  return text + (text.empty() ? "" : "\n\n") + "Reply-To: " + elsewhere;
}

Comment comment_of(const Came& came, const Person& author, const std::string& text) {
  return {id_of(came), came.place.uid, author, came.place.received, Visibility::everyone, text};
}

// Its place, its time and its title.
Ticket ticket_without_words(const MailSettings& settings, const Came& came) {
  Ticket ticket;
  ticket.key = thread_of(settings, came);
  ticket.number = number_of(ticket.key);
  ticket.title = without_prefixes(came.mail.subject);
  ticket.created = ticket.updated = ticket.read_at = came.place.received;
  ticket.revision = (std::uint64_t{came.place.validity} << 32U) | came.place.uid;
  return ticket;
}

Ticket ticket_of(const MailSettings& settings, const Came& came) {
  const codec::IncomingMail& mail = came.mail;
  const bool believed =
      settings.reading->anyone ? !mail.from.address.empty() : vouched_for(*settings.reading, mail);
  Ticket ticket = ticket_without_words(settings, came);
  const codec::Mailbox answered = believed ? to_be_answered(*settings.reading, mail) : mail.from;
  ticket.author = author_of(mail.from, answered, believed);
  const bool begins = ticket.key == key_of(mail.message_id.empty() ? id_of(came) : mail.message_id);
  // What somebody forwards is what his mail is about.
  std::string own = begins || is_forward(mail.subject) ? mail.text : without_quoted_tail(mail.text);
  if (!believed) own = as_quotation(own);
  if (believed) ticket.fields = told_lines(mail.subject, own);
  if (begins) own = with_reply_to(std::move(own), mail, answered);
  ticket.text = codec::with_attachment_names(std::move(own), mail.attachments);
  ticket.attachments = attachments_of(came, ticket, begins ? "" : id_of(came));
  if (!begins) {
    ticket.comments.push_back(comment_of(came, ticket.author, ticket.text));
    return ticket;
  }
  ticket.fields["sender"] = believed ? answered.address : "";
  ticket.fields["sender.name"] = ticket.author.name;
  ticket.fields["sender.domain"] = codec::domain_of(ticket.fields["sender"]);
  return ticket;
}

}  // namespace

Result<std::vector<Observation>> MailSystem::normalise(const Delivery& delivery) const {
  const std::string where = settings_.name.text() + ": " + delivery.id.text();
  const auto record = codec::parse_json(delivery.body, where);
  if (!record) return tl::unexpected(record.error());
  if (record->contains("opened"))
    return std::vector{opened_state(settings_, read_opened(*record), delivery.received_at)};
  if (!record->contains("mail") || !settings_.reading)
    return fail(where, Phrase("this is not a record of a mail", {}));
  const Came came = read_came(*record);
  if (!came.skipped.empty()) return fail(where, Phrase("not read: {why}", {{"why", came.skipped}}));
  // Our own mail, which we sent to ourselves as well.
  if (is_own(settings_, came.mail.message_id)) return std::vector<Observation>{};
  if (const auto why = written_by_program(settings_, came.mail))
    return fail(where, Phrase("ignored: {why}", {{"why", *why}}));
  return std::vector<Observation>{TicketState{ticket_of(settings_, came)}};
}

}  // namespace saksbro::mail
