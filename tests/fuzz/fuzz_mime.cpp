// Mails as they come. What must hold: what is read is plain text within its limits, the quoted tail
// is a beginning of it, and a mail that answers this one can be written and read again.
#include "bridge/codec/mime/mime.h"
#include "bridge/codec/utf8.h"
#include "bridge/contract/own_words.h"
#include "tests/fuzz/parts.h"

namespace saksbro::codec {
namespace {

using fuzz::is_plain_text;
using fuzz::require;

constexpr MailLimits kLimits{
    .bytes = 32'768, .header_bytes = 8'192, .parts = 20, .depth = 5, .text_bytes = 4'096};

void check(const IncomingMail& mail) {
  require(is_plain_text(mail.text), "a mail's text is plain text");
  require(mail.text.size() <= kLimits.text_bytes + 64, "a mail's text is within its limit");
  require(is_plain_text(mail.subject), "a subject is plain text");
  require(mail.subject.find('\n') == std::string::npos, "a subject is one line");
  require(is_plain_text(mail.from.name) && mail.from.name.find('\n') == std::string::npos,
          "a sender's name is one line of plain text");
  require(
      mail.from.address.empty() || international_address(mail.from.address) == mail.from.address,
      "a sender is an address, or none");
  for (const std::string& one : mail.recipients) {
    require(international_address(one) == one, "each recipient is an address");
  }
  for (const std::string& name : mail.attachments) {
    require(is_plain_text(name) && name.find('\n') == std::string::npos,
            "the name of an attachment is one line of plain text");
  }
  require(mail.attachments.size() <= kLimits.parts, "no more attachments than parts");
  const std::string said = without_quoted_tail(mail.text);
  require(said.size() <= mail.text.size() && is_plain_text(said), "the tail only takes away");
}

void check_reply(const IncomingMail& mail) {
  OutgoingMail reply;
  reply.from = {"Saksportalen", "saker@kommune.no"};
  reply.to = {{mail.from.name, mail.from.address.empty() ? "x@example.no" : mail.from.address}};
  reply.subject = mail.subject;
  reply.text = mail.text;
  reply.message_id = "saksbro.1@kommune.no";
  if (!mail.message_id.empty()) reply.references = {mail.message_id};
  const auto written = write_mail(reply);
  if (!written) return;  // an id that is none: the connector leaves it out
  const auto again = read_mail(*written, "again");
  require(again.has_value(), "what we write can be read");
  require(again->from.address == "saker@kommune.no", "a reply is from us");
  require(again->recipients.size() == 1, "a reply goes to one");
  require(again->subject == reply.subject, "a subject is read as it was written");
}

}  // namespace
}  // namespace saksbro::codec

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace saksbro;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto mail = codec::read_mail(bytes, "fuzz", codec::kLimits);
  if (!mail) return 0;
  fuzz::require(bytes.size() <= codec::kLimits.bytes, "what is too large is refused");
  codec::check(*mail);
  codec::check_reply(*mail);
  return 0;
}
