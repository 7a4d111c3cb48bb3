// Mails as we write and read them (docs/libraries.md 7, rows 62 and 63).
#include "bridge/codec/mime/mime.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <random>
#include <thread>

#include "bridge/codec/rfc3339.h"

namespace saksbro::codec {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::ResultOf;
using testing::SizeIs;

OutgoingMail sample() {
  OutgoingMail mail;
  mail.from = {"Saksportalen", "saker@kommune.no"};
  mail.to = {{"Kåre Ås", "kare@kommune.no"}, {"", "per@kommune.no"}};
  mail.subject = "Sak SAK-2026-00017 er løst";
  mail.text = "Hei.\n\nSaken er løst = ferdig. \n.punktum\nFrom oss\n";
  mail.message_id = "saksbro.1.2@kommune.no";
  mail.references = {"first@outlook.no", "second@outlook.no"};
  mail.date = *parse_rfc3339("2026-11-25T09:05:07Z");
  return mail;
}

TEST(WriteMail, WritesTheseBytes) {
  OutgoingMail mail = sample();
  mail.reply_to = "saker+k1.abc@kommune.no";
  EXPECT_EQ(*write_mail(mail),
            "Date: Wed, 25 Nov 2026 09:05:07 +0000\r\n"
            "From: Saksportalen <saker@kommune.no>\r\n"
            "To: =?UTF-8?B?S8OlcmUgw4Vz?= <kare@kommune.no>, <per@kommune.no>\r\n"
            "Reply-To: <saker+k1.abc@kommune.no>\r\n"
            "Subject: =?UTF-8?B?U2FrIFNBSy0yMDI2LTAwMDE3IGVyIGzDuHN0?=\r\n"
            "Message-ID: <saksbro.1.2@kommune.no>\r\n"
            "In-Reply-To: <second@outlook.no>\r\n"
            "References: <first@outlook.no> <second@outlook.no>\r\n"
            "Auto-Submitted: auto-generated\r\n"
            "X-Auto-Response-Suppress: OOF, AutoReply, DR, RN, NRN\r\n"
            "MIME-Version: 1.0\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n"
            "Content-Transfer-Encoding: quoted-printable\r\n"
            "\r\n"
            "Hei.\r\n"
            "\r\n"
            "Saken er l=C3=B8st =3D ferdig.=20\r\n"
            "=2Epunktum\r\n"
            "=46rom oss\r\n");
}

struct Refused {
  std::string why;
  void (*spoil)(OutgoingMail&);
};

TEST(WriteMail, RefusesWhatWouldBecomeAHeaderOfItsOwn) {
  const std::vector<Refused> rows = {
      {"mail: Subject: has a line break or a NUL in it",
       [](OutgoingMail& mail) { mail.subject = "Sak\r\nBcc: alle@kommune.no"; }},
      {"mail: Subject: has a line break or a NUL in it",
       [](OutgoingMail& mail) { mail.subject = "Sak\nX: y"; }},
      {"mail: Subject: has a line break or a NUL in it",
       [](OutgoingMail& mail) { mail.subject = std::string("a\0b", 3); }},
      {"mail: From: the name has a line break or a NUL in it",
       [](OutgoingMail& mail) { mail.from.name = "Sak\rX: y"; }},
      {"mail: To: this is not a mail address",
       [](OutgoingMail& mail) { mail.to.back().address = "per@kommune.no>\r\nX: <y@z"; }},
      {"mail: To: this is not a mail address",
       [](OutgoingMail& mail) { mail.to.back().address = "per@kommune.no, ola@kommune.no"; }},
      {"mail: To: the address has letters beyond ASCII before the @ (SMTPUTF8), which Saksbro "
       "cannot "
       "send to",
       [](OutgoingMail& mail) { mail.to.back().address = "kåre@kommune.no"; }},
      {"mail: To: nobody is named", [](OutgoingMail& mail) { mail.to.clear(); }},
      {"mail: Reply-To: this is not a mail address",
       [](OutgoingMail& mail) { mail.reply_to = "saker"; }},
      {"mail: Message-ID: this is not a message id",
       [](OutgoingMail& mail) { mail.message_id = "a@b>\r\nX: <c"; }},
      {"mail: References: this is not a message id",
       [](OutgoingMail& mail) { mail.references.emplace_back("a b@c"); }},
  };
  for (const Refused& row : rows) {
    OutgoingMail mail = sample();
    row.spoil(mail);
    const auto written = write_mail(mail);
    ASSERT_FALSE(written) << row.why;
    EXPECT_EQ(written.error().text(), row.why);
  }
}

std::vector<std::string> lines_of(const std::string& message) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < message.size();) {
    const auto end = message.find("\r\n", at);
    lines.push_back(message.substr(at, end - at));
    at = end + 2;
  }
  return lines;
}

std::string random_text(std::mt19937& numbers, bool one_line) {
  static const std::vector<std::string> kPieces = {
      "æ",          "ø",    "å",    "Å",     "😀",
      "a",          "Z",    " ",    "  ",    "=",
      "=?UTF-8?B?", "?=",   ".",    "From ", "\t",
      "<",          ">",    "\"",   "@",     ":",
      ",",          "--",   "€",    "lang",  std::string(120, 'x'),
      "\n",         "\n\n", "-- \n"};
  std::string text;
  for (auto left = std::uniform_int_distribution<>(0, 40)(numbers); left > 0; --left) {
    const auto piece = std::uniform_int_distribution<std::size_t>(0, kPieces.size() - 1)(numbers);
    if (one_line && (kPieces[piece].find('\n') != std::string::npos || kPieces[piece] == "\t"))
      continue;
    text += kPieces[piece];
  }
  return text;
}

std::string without_blanks_at_end(std::string text) {
  const auto end = text.find_last_not_of(" \t\n");
  text.erase(end == std::string::npos ? 0 : end + 1);
  return text;
}

TEST(Mail, IsReadAsItWasWrittenWhateverTheTextsAre) {
  std::mt19937 numbers(20261125);
  for (int i = 0; i < 2000; ++i) {
    OutgoingMail mail = sample();
    mail.subject = random_text(numbers, true);
    mail.text = random_text(numbers, false);
    mail.to.front().name = random_text(numbers, true);
    const auto written = write_mail(mail);
    ASSERT_TRUE(written) << written.error().text();
    EXPECT_THAT(lines_of(*written), Each(SizeIs(testing::Le(998U))));
    EXPECT_EQ(
        written->find_first_not_of("\r\n\t !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRST"
                                   "UVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"),
        std::string::npos);
    const auto read = read_mail(*written, "test");
    ASSERT_TRUE(read) << read.error().text();
    EXPECT_EQ(read->subject, mail.subject) << *written;
    EXPECT_EQ(read->text, without_blanks_at_end(mail.text)) << *written;
    EXPECT_EQ(read->from, mail.from);
    EXPECT_EQ(read->message_id, mail.message_id);
    EXPECT_EQ(read->references, mail.references);
    EXPECT_THAT(read->in_reply_to, ElementsAre("second@outlook.no"));
    EXPECT_EQ(read->date, mail.date);
    EXPECT_EQ(read->header("auto-submitted"), "auto-generated");
    EXPECT_THAT(read->recipients, ElementsAre("kare@kommune.no", "per@kommune.no"));
  }
}

std::string message(const std::string& head, const std::string& body) {
  return "From: Kari <kari@kommune.no>\r\n" + head + "\r\n" + body;
}

struct Reading {
  std::string name;
  std::string bytes;
  std::string text;
};

TEST(ReadMail, ShowsTheTextThatAReaderWouldSee) {
  const std::string alternative =
      "--b\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\nL\xF8st\r\n"
      "--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>L\xC3\xB8st i HTML</p>\r\n--b--\r\n";
  const std::vector<Reading> rows = {
      {"Latin-1", message("Content-Type: text/plain; charset=iso-8859-1\r\n", "\xE6\xF8\xE5\r\n"),
       "æøå"},
      {"Windows-1252", message("Content-Type: text/plain; charset=windows-1252\r\n", "\x80\r\n"),
       "€"},
      {"no charset", message("", "\xC3\xA6\r\n"), "æ"},
      {"wrong charset", message("Content-Type: text/plain; charset=utf-8\r\n", "\xE6 b\r\n"),
       "æ b"},
      {"base64",
       message("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n",
               "w6bDuMOl\r\n"),
       "æøå"},
      {"only HTML",
       message("Content-Type: text/html; charset=utf-8\r\n",
               "<style>p{}</style><p>Hei &aring;</p><p>to<br>linjer</p>"),
       "Hei å\n\nto\nlinjer"},
      {"plain before HTML",
       message("Content-Type: multipart/alternative; boundary=b\r\n", alternative), "Løst"},
      {"HTML where the plain text is empty",
       message("Content-Type: multipart/alternative; boundary=b\r\n",
               "--b\r\nContent-Type: text/plain\r\n\r\n \r\n--b\r\nContent-Type: "
               "text/html\r\n\r\n<b>Hei</b>\r\n--b--\r\n"),
       "Hei"},
      {"an attachment is no text",
       message("Content-Type: multipart/mixed; boundary=m\r\n",
               "--m\r\nContent-Type: text/plain\r\n\r\nHei\r\n--m\r\nContent-Type: "
               "text/plain; name=logg.txt\r\nContent-Disposition: attachment; "
               "filename=logg.txt\r\n\r\n/sak solved\r\n--m--\r\n"),
       "Hei"},
      {"a mail in the mail is no text",
       message("Content-Type: multipart/mixed; boundary=m\r\n",
               "--m\r\nContent-Type: text/plain\r\n\r\nSe under\r\n--m\r\nContent-Type: "
               "message/rfc822\r\n\r\nSubject: x\r\n\r\n/sak solved\r\n--m--\r\n"),
       "Se under"},
      {"control characters", message("", "a\x1b[31m \x7f\r\n"), "a\uFFFD[31m \uFFFD"},
      {"an end that is missing",
       message("Content-Type: multipart/mixed; boundary=m\r\n", "--m\r\n\r\nHei"), "Hei"},
  };
  for (const Reading& row : rows) {
    const auto read = read_mail(row.bytes, "test");
    ASSERT_TRUE(read) << row.name << ": " << read.error().text();
    EXPECT_EQ(read->text, row.text) << row.name;
  }
}

TEST(ReadMail, JoinsTheWordsOfASubjectHoweverTheyWereCut) {
  const auto subject = [](const std::string& words) {
    return read_mail("Subject: " + words + "\r\n\r\nHei", "test")->subject;
  };
  EXPECT_EQ(subject("=?utf-8?B?w6Y=?= =?utf-8?B?w7g=?="), "æø");
  EXPECT_EQ(subject("=?utf-8?B?w6Y?=\r\n =?utf-8?B?w7g?= b"), "æø b");
  EXPECT_EQ(subject("=?utf-8?B?ww==?= =?utf-8?B?pg==?="), "æ");
  EXPECT_EQ(subject("=?iso-8859-1?Q?=E6_b?= =?utf-8?B?w7g=?="), "æ bø");
  EXPECT_EQ(subject("Sv: =?utf-8?B?w6Y=?= og =?utf-8?B?w7g=?="), "Sv: æ og ø");
  EXPECT_EQ(
      read_mail("From: =?utf-8?B?w6Y=?= =?utf-8?B?w7g=?= <a@b.no>\r\n\r\nHei", "test")->from.name,
      "æø");
}

TEST(ReadMail, IsNotFoundInNothing) {
  EXPECT_EQ(read_mail("", "test").error().text(), "test: this is not a mail message");
}

TEST(ReadMail, KnowsTheAuthorOnlyWhenThereIsOne) {
  const auto author = [](const std::string& head) {
    return read_mail(head + "\r\nHei", "test")->from;
  };
  EXPECT_EQ(author("From: =?iso-8859-1?Q?K=E5re?= <Kare.AAS@Kommune.NO>\r\n"),
            (Mailbox{"Kåre", "kare.aas@kommune.no"}));
  EXPECT_EQ(author("Subject: x\r\n").address, "");
  EXPECT_EQ(author("From: a@b.no, c@d.no\r\n").address, "");
  EXPECT_EQ(author("From: a@b.no\r\nFrom: c@d.no\r\n").address, "");
  EXPECT_EQ(author("From: \"kari@kommune.no\" <ond@annet.no>\r\n").address, "ond@annet.no");
  EXPECT_EQ(author("From: no address at all\r\n").address, "");
}

TEST(ReadMail, NamesItsAttachmentsAndKeepsTheOrderOfItsHeaders) {
  const auto read =
      read_mail(message("Authentication-Results: mx.kommune.no;\r\n\tdmarc=pass\r\n"
                        "Authentication-Results: mx.annet.no; dmarc=fail\r\n"
                        "Content-Type: multipart/mixed; boundary=m\r\n",
                        "--m\r\nContent-Type: image/png\r\nContent-Disposition: inline; "
                        "filename*=utf-8''skjerm%C3%A5.png\r\n\r\nx\r\n--m--\r\n"),
                "test");
  ASSERT_TRUE(read);
  EXPECT_THAT(read->attachments, ElementsAre("skjermå.png"));
  EXPECT_EQ(read->header("authentication-results"), "mx.kommune.no; dmarc=pass");
  EXPECT_EQ(read->headers.at(2).second, "mx.annet.no; dmarc=fail");
}

std::string nested(int depth) {
  std::string bytes = "From: a@b.no\r\n";
  for (int i = 0; i < depth; ++i) {
    const std::string name = "b" + std::to_string(i);
    bytes += "Content-Type: multipart/mixed; boundary=" + name + "\r\n\r\n--" + name + "\r\n";
  }
  return bytes + "Content-Type: text/plain\r\n\r\nHei\r\n";
}

TEST(ReadMail, RefusesMoreThanTheLimits) {
  std::string many = message("Content-Type: multipart/mixed; boundary=m\r\n", "");
  for (int i = 0; i < 101; ++i) many += "--m\r\nContent-Type: text/plain\r\n\r\nx\r\n";
  std::string bare = message("Content-Type: multipart/mixed; boundary=m\r\n", "");
  for (int i = 0; i < 101; ++i) bare += "--m\r\n\r\nx\r\n";
  const std::vector<std::pair<std::string, std::string>> rows = {
      {message("", std::string(25U * 1024U * 1024U, 'x')),
       "the mail is larger than 26214400 bytes"},
      {message("X: " + std::string(70'000, 'x') + "\r\n", "Hei"),
       "the mail's header is larger than 65536 bytes"},
      {many, "the mail has more than 100 parts"},
      {bare, "the mail has more than 100 parts"},
      {nested(11), "the mail's parts are nested deeper than 10 levels"},
      {nested(5000), "the mail has more than 100 parts"},
  };
  for (const auto& [bytes, why] : rows) {
    const auto read = read_mail(bytes, "mail: a mail");
    ASSERT_FALSE(read) << why;
    EXPECT_EQ(read.error().text(), "mail: a mail: " + why);
  }
  EXPECT_TRUE(read_mail(nested(9), "test"));
}

TEST(ReadMail, TakesAnyBytes) {
  std::mt19937 numbers(7);
  const std::string whole =
      message("Subject: =?UTF-8?B?U2Fr?=\r\nContent-Type: multipart/alternative; boundary=b\r\n",
              "--b\r\nContent-Type: text/plain; charset=x-unknown\r\nContent-Transfer-Encoding: "
              "quoted-printable\r\n\r\nL=F8st =\r\n--b\r\nContent-Type: "
              "text/html\r\n\r\n<p>&#xD800;<\r\n--b--");
  for (int i = 0; i < 5000; ++i) {
    std::string bytes = whole;
    for (int changes = 0; changes < 6; ++changes) {
      const auto at = std::uniform_int_distribution<std::size_t>(0, bytes.size() - 1)(numbers);
      bytes[at] = static_cast<char>(std::uniform_int_distribution<>(0, 255)(numbers));
    }
    bytes.resize(std::uniform_int_distribution<std::size_t>(1, bytes.size())(numbers));
    const auto read = read_mail(bytes, "test");
    if (!read) continue;
    EXPECT_EQ(read->text.find('\r'), std::string::npos);
  }
}

TEST(ReadMail, MayBeCalledByAnyThread) {
  const std::string bytes =
      "From: =?iso-8859-1?Q?K=E5re?= <a@b.no>\r\nSubject: =?windows-1252?Q?=80?=\r\n"
      "Content-Type: text/plain; charset=iso-8859-15\r\n\r\n\xA4 \xE6\r\n";
  std::vector<std::thread> threads;
  std::atomic<int> right = 0;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 200; ++round) {
        const auto read = read_mail(bytes, "test");
        if (read && read->text == "€ æ" && read->subject == "€" && read->from.name == "Kåre")
          ++right;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(right, 800);
}

TEST(ReadMail, TakesTimeByTheLengthOfItsHtml) {
  std::string html;
  for (int i = 0; i < 400'000; ++i) html += "<a";
  const auto read = read_mail(message("Content-Type: text/html\r\n", html), "test");
  ASSERT_TRUE(read);
  EXPECT_THAT(read->text, SizeIs(testing::Le(256U * 1024U)));
}

TEST(MailAddress, OfADomainBeyondAsciiIsWrittenAsEveryServerTakesIt) {
  EXPECT_EQ(international_address("Per@Blåbær.example.no"), "per@xn--blbr-roah.example.no");
  EXPECT_EQ(international_address("per@xn--blbr-roah.example.no"), "per@xn--blbr-roah.example.no");
  EXPECT_EQ(international_address("per@straße.example"), "per@xn--strae-oqa.example");
  EXPECT_EQ(international_address("Kåre@UDE.example.no"), "kåre@ude.example.no");
  EXPECT_EQ(international_address("kari@kommune.no"), "kari@kommune.no");
  for (const char* wrong : {"", "å", "å@", "@å.no", "a b@å.no", "å..b@c.no", "å b@c.no", "a@å_.no",
                            "\xE5@c.no", "a@\xE5.no", "a\u202Eb@c.no", "a@b@å.no"}) {
    EXPECT_EQ(international_address(wrong), std::nullopt) << wrong;
  }
}

TEST(ReadMail, ShowsTheAddressOfASenderInWhateverLetters) {
  const auto author = [](const std::string& head) {
    return read_mail(head + "\r\n\r\nHei", "test")->from;
  };
  EXPECT_EQ(author("From: Per Hansen <per@blåbær.example.no>"),
            (Mailbox{"Per Hansen", "per@xn--blbr-roah.example.no"}));
  EXPECT_EQ(author("From: Per Hansen <kåre@ude.example.no>"),
            (Mailbox{"Per Hansen", "kåre@ude.example.no"}));
}

TEST(MailAddress, IsANameAtADomain) {
  EXPECT_EQ(mail_address(" Kari.Nordmann+x@Kommune.NO "), "kari.nordmann+x@kommune.no");
  for (const char* wrong :
       {"", "kari", "@kommune.no", "kari@", "a b@c.no", "a@b@c.no", "a..b@c.no", ".a@c.no",
        "a@c..no", "\"a\"@c.no", "a@[127.0.0.1]", "a<b@c.no", "å@c.no", "a@c.no\r\nX: y"}) {
    EXPECT_EQ(mail_address(wrong), std::nullopt) << wrong;
  }
  EXPECT_EQ(mail_address(std::string(65, 'a') + "@c.no"), std::nullopt);
  EXPECT_EQ(mailbox_from("\"Saker, oss\" <saker@c.no>"), (Mailbox{"Saker, oss", "saker@c.no"}));
  EXPECT_EQ(mailbox_from("saker@c.no"), (Mailbox{"", "saker@c.no"}));
  EXPECT_EQ(mailbox_from("Saker <saker>"), std::nullopt);
}

}  // namespace
}  // namespace saksbro::codec
