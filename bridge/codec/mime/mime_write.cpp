#include <algorithm>
#include <array>
#include <chrono>

#include "bridge/codec/digest.h"
#include "bridge/codec/mime/mime.h"
#include "bridge/codec/mime/mime_lines.h"
#include "bridge/codec/utf8.h"
#include "bridge/contract/ascii.h"

namespace saksbro::codec {
namespace {

constexpr std::size_t kLineBest = 76;
// Bytes of UTF-8 that an encoded word holds: "=?UTF-8?B?" and "?=" around 60 characters of base64.
constexpr std::size_t kWordBytes = 45;
// RFC 5322: no line has more than 998 characters; a longer word can only be written encoded.
constexpr std::size_t kPlainWordMost = 400;

bool breaks_line(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) != text.npos;
}

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

bool printable(char c) { return c >= 0x20 && c < 0x7F; }

// A message id or an address within <>: no blanks, no brackets, ASCII.
bool is_id(std::string_view id) {
  return !id.empty() && id.size() <= 900 && id.find('@') != id.npos &&
         std::all_of(id.begin(), id.end(),
                     [](char c) { return printable(c) && c != ' ' && c != '<' && c != '>'; });
}

bool plain_header(std::string_view text) {
  if (!std::all_of(text.begin(), text.end(), printable) || text.find("=?") != text.npos)
    return false;
  std::size_t word = 0;
  for (const char c : text) {
    word = c == ' ' ? 0 : word + 1;
    if (word > kPlainWordMost) return false;
  }
  // Blanks at the ends, or several, would not survive being folded.
  return !text.starts_with(' ') && !text.ends_with(' ') && text.find("  ") == text.npos;
}

std::vector<std::string> plain_words(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

// "Name: word word", folded before the word that would make a line too long.
std::string header_line(std::string_view name, const std::vector<std::string>& words) {
  std::string line(name);
  line += ':';
  std::size_t column = line.size();
  for (const std::string& word : words) {
    if (column + 1 + word.size() > kLineBest && column > name.size() + 1) {
      line += "\r\n";
      column = 0;
    }
    line += ' ' + word;
    column += 1 + word.size();
  }
  return line + "\r\n";
}

std::vector<std::string> text_words(const std::string& text) {
  const std::string valid = repair_latin1(text);
  return plain_header(valid) ? plain_words(valid) : encoded_words(valid);
}

bool is_atom_text(std::string_view name) {
  return std::all_of(name.begin(), name.end(),
                     [](char c) { return is_ascii_alnum(c) || c == ' ' || c == '-' || c == '_'; });
}

std::vector<std::string> mailbox_words(const Mailbox& mailbox, std::string_view after) {
  std::vector<std::string> words;
  if (!mailbox.name.empty()) {
    const bool plain = is_atom_text(mailbox.name) && plain_header(mailbox.name);
    words = plain ? plain_words(mailbox.name) : encoded_words(repair_latin1(mailbox.name));
  }
  words.push_back("<" + mailbox.address + ">" + std::string(after));
  return words;
}

std::string two(unsigned number) {
  return {static_cast<char>('0' + number / 10 % 10), static_cast<char>('0' + number % 10)};
}

std::string mail_date(Instant instant) {
  static constexpr std::array<const char*, 7> kDays{"Sun", "Mon", "Tue", "Wed",
                                                    "Thu", "Fri", "Sat"};
  static constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(instant - day));
  return std::string(kDays.at(std::chrono::weekday(day).c_encoding())) + ", " +
         two(static_cast<unsigned>(date.day())) + ' ' +
         kMonths.at(static_cast<unsigned>(date.month()) - 1) + ' ' +
         std::to_string(static_cast<int>(date.year())) + ' ' +
         two(static_cast<unsigned>(time.hours().count())) + ':' +
         two(static_cast<unsigned>(time.minutes().count())) + ':' +
         two(static_cast<unsigned>(time.seconds().count())) + " +0000";
}

std::string with_lf(std::string_view text) {
  std::string lines;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool cr = text[i] == '\r';
    if (cr && i + 1 < text.size() && text[i + 1] == '\n') continue;
    lines += cr ? '\n' : text[i];
  }
  return lines;
}

std::string hex(char c) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  return {'=', kDigits[byte >> 4U], kDigits[byte & 0xFU]};
}

// One line of text, without its end.
std::string quoted_line(std::string_view line) {
  std::string written;
  std::size_t column = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    const bool last = i + 1 == line.size();
    const bool blank_at_end = last && (c == ' ' || c == '\t');
    // "From " at a line's start gets a ">" by mailbox files, and "." is SMTP's.
    const bool touchy = i == 0 && (c == '.' || line.starts_with("From "));
    const bool plain = (printable(c) || c == '\t') && c != '=' && !blank_at_end && !touchy;
    const std::size_t size = plain ? 1 : 3;
    if (column + size > kLineBest - 1) {
      written += "=\r\n";
      column = 0;
    }
    if (plain) {
      written += c;
    } else {
      written += hex(c);
    }
    column += size;
  }
  return written;
}

std::string quoted_printable(const std::string& text) {
  std::string written;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    written += quoted_line(std::string_view(text).substr(at, end - at)) + "\r\n";
    at = end + 1;
  }
  return written;
}

std::optional<Error> wrong_in(const OutgoingMail& mail) {
  const auto bad = [](const std::string& header, const Sentence& what) {
    const Phrase why("{header}: {what}", {{"header", header}, {"what", Phrase(what, {})}});
    return Error{"mail", in_english(why), why};
  };
  std::vector<std::pair<std::string, const Mailbox*>> mailboxes{{"From", &mail.from}};
  for (const Mailbox& to : mail.to) mailboxes.emplace_back("To", &to);
  const Mailbox reply_to{"", mail.reply_to};
  if (!mail.reply_to.empty()) mailboxes.emplace_back("Reply-To", &reply_to);
  for (const auto& [header, mailbox] : mailboxes) {
    if (breaks_line(mailbox->name))
      return bad(header, Sentence("the name has a line break or a NUL in it"));
    if (mail_address(mailbox->address)) continue;
    const bool international = international_address(mailbox->address).has_value();
    return bad(header, international ? Sentence("the address has letters beyond ASCII before the @ "
                                                "(SMTPUTF8), which Saksbro cannot send to")
                                     : Sentence("this is not a mail address"));
  }
  if (mail.to.empty()) return bad("To", Sentence("nobody is named"));
  if (breaks_line(mail.subject)) return bad("Subject", Sentence("has a line break or a NUL in it"));
  if (!is_id(mail.message_id)) return bad("Message-ID", Sentence("this is not a message id"));
  for (const std::string& id : mail.references) {
    if (!is_id(id)) return bad("References", Sentence("this is not a message id"));
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::string> encoded_words(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    std::size_t end = std::min(kWordBytes, text.size());
    while (end < text.size() && end > 1 && continues_character(text[end])) --end;
    words.push_back("=?UTF-8?B?" + to_base64(text.substr(0, end)) + "?=");
    text.remove_prefix(end);
  }
  return words;
}

Result<std::string> write_head(const OutgoingMail& mail) {
  if (auto wrong = wrong_in(mail)) return tl::unexpected(std::move(*wrong));
  std::string message = header_line("Date", {mail_date(mail.date)});
  message += header_line("From", mailbox_words(mail.from, ""));
  std::vector<std::string> to;
  for (const Mailbox& one : mail.to) {
    const auto words = mailbox_words(one, &one == &mail.to.back() ? "" : ",");
    to.insert(to.end(), words.begin(), words.end());
  }
  message += header_line("To", to);
  if (!mail.reply_to.empty()) message += header_line("Reply-To", {"<" + mail.reply_to + ">"});
  message += header_line("Subject", text_words(mail.subject));
  message += header_line("Message-ID", {"<" + mail.message_id + ">"});
  if (!mail.references.empty()) {
    message += header_line("In-Reply-To", {"<" + mail.references.back() + ">"});
    std::vector<std::string> ids;
    for (const std::string& id : mail.references) ids.push_back("<" + id + ">");
    message += header_line("References", ids);
  }
  // Exchange does not heed Auto-Submitted. Not "All": that would keep bounces back, too.
  message +=
      "Auto-Submitted: auto-generated\r\n"
      "X-Auto-Response-Suppress: OOF, AutoReply, DR, RN, NRN\r\nMIME-Version: 1.0\r\n";
  return message;
}

std::string written_text(const OutgoingMail& mail) {
  return "Content-Type: text/plain; charset=utf-8\r\n"
         "Content-Transfer-Encoding: quoted-printable\r\n\r\n" +
         quoted_printable(with_lf(repair_latin1(mail.text)));
}

Result<std::string> write_mail(const OutgoingMail& mail) {
  auto head = write_head(mail);
  if (head) *head += written_text(mail);
  return head;
}

}  // namespace saksbro::codec
