// Files of mails: where they lie in one that came, and how they stand in one that is sent.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bridge/codec/digest.h"
#include "bridge/codec/mime/mime.h"

namespace saksbro::codec {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::vector<std::string> places_in(const std::string& mail) {
  std::vector<std::string> places;
  const auto read = read_mail(mail, "test");
  if (!read) return {read.error().text()};
  for (const MimeFile& file : read->files) {
    places.push_back(file.section + " " + file.name + " " + file.type + " " + file.encoding + " " +
                     std::to_string(file.size));
  }
  return places;
}

// As dovecot 2.3.19 numbers them:
// connectors/mail/testcases/mail-tells-its-files-and-where-they-lie. Of a mail in the mail a line
// end counts as one.
TEST(MimeFiles, AreKnownByTheNumberThatImapGivesTheirPart) {
  const std::string mail =
      "From: a@b.no\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\n"
      "Content-Type: multipart/related; boundary=r\r\n\r\n--r\r\n"
      "Content-Type: text/html\r\n\r\n<p>Se</p>\r\n--r\r\n"
      "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAECAw==\r\n--r--\r\n"
      "--m\r\nContent-Type: text/csv; name=\"a.csv\"\r\n"
      "Content-Transfer-Encoding: quoted-printable\r\n\r\n=C3=A6;=\r\n1\r\n--m\r\n"
      "Content-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\nhei\r\n--m--\r\n";
  EXPECT_THAT(places_in(mail), ElementsAre("1.2 vedlegg.png image/png base64 4",
                                           "2 a.csv text/csv quoted-printable 4",
                                           "3 message.eml message/rfc822  15"));
}

TEST(MimeFiles, OfAMailThatIsOneFileIsItsFirstPart) {
  EXPECT_THAT(places_in("From: a@b.no\r\nContent-Type: application/pdf\r\n"
                        "Content-Disposition: attachment; filename=a.pdf\r\n\r\n%PDF"),
              ElementsAre("1 a.pdf application/pdf  4"));
}

OutgoingMail mail_to_send() {
  OutgoingMail mail;
  mail.from = {"Saksportalen", "saker@kommune.no"};
  mail.to = {{"", "drift@operator.no"}};
  mail.subject = "Vedlegg";
  mail.text = "Se vedlegg.\n\n[SAK-1/2]";
  mail.message_id = "saksbro.1@kommune.no";
  return mail;
}

// The message as it stands on the wire, each blob being its hash's text.
std::string whole(const std::vector<BodyPart>& parts) {
  std::string all;
  for (const BodyPart& part : parts)
    all += part.text + (part.blob ? to_base64(part.blob->sha256) + "\r\n" : "");
  return all;
}

TEST(MimeFiles, AreReadAsTheyWereSent) {
  const std::string norwegian = "Måling «æøå» med et langt navn som ikke får plass på en linje.pdf";
  const std::vector<OutgoingFile> files{
      {"logg.txt", "text/plain", {"logg", 4}},
      {norwegian, "application/pdf", {"pdf-bytes", 9}},
      {"gammel.eml", "message/rfc822", {"mail", 4}},
      {"rart", "x\r\nBcc: per@kommune.no", {"x", 1}},
  };
  const auto parts = write_mail(mail_to_send(), files);
  ASSERT_TRUE(parts) << parts.error().text();
  EXPECT_EQ(parts->size(), 5U);
  const std::string message = whole(*parts);
  EXPECT_THAT(message, Not(HasSubstr("Bcc")));
  const auto read = read_mail(message, "test");
  ASSERT_TRUE(read) << read.error().text();
  EXPECT_EQ(read->text, "Se vedlegg.\n\n[SAK-1/2]");
  EXPECT_THAT(places_in(message), ElementsAre("2 logg.txt text/plain base64 4",
                                              "3 " + norwegian + " application/pdf base64 9",
                                              "4 gammel.eml application/octet-stream base64 4",
                                              "5 rart application/octet-stream base64 1"));
  for (std::size_t at = 0, end = 0; end != message.npos; at = end + 2) {
    end = message.find("\r\n", at);
    EXPECT_LE(std::min(end, message.size()) - at, 100U) << message.substr(at, 100);
  }
}

TEST(MimeFiles, NoneAtAllLeaveAMailAsItIs) {
  const auto parts = write_mail(mail_to_send(), {});
  ASSERT_TRUE(parts);
  EXPECT_EQ(whole(*parts), *write_mail(mail_to_send()));
}

}  // namespace
}  // namespace saksbro::codec
