#include "connectors/mail/send.h"

#include <algorithm>
#include <utility>

namespace saksbro::mail {
namespace {

constexpr std::size_t kSubjectMost = 200;

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

Told<std::string> written(Talk& talk, codec::OutgoingMail& mail) {
  const auto now = talk.greet();
  if (!now) return tl::unexpected(now.error());
  mail.date = *now;
  auto message = codec::write_mail(mail);
  if (!message) return ended(Rejected{message.error().text()});
  return std::move(*message);
}

}  // namespace

std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
  if (text.size() <= kSubjectMost) return text;
  std::size_t end = kSubjectMost;
  while (end > 0 && continues_character(text[end])) --end;
  return text.substr(0, end) + "…";
}

Step send_in_thread(Talk& talk, codec::OutgoingMail mail, const Delivered& done) {
  std::vector<std::string> envelope;
  for (const codec::Mailbox& one : mail.to) envelope.push_back(one.address);
  if (talk.settings().reading) envelope.push_back(mail.from.address);
  const auto message = written(talk, mail);
  if (!message) return message.error();
  const auto failure = talk.submit(*message, envelope);
  if (!failure) return failure.error();
  if (*failure) return **failure;
  return Outcome{done};
}

Step send_to_each(Talk& talk, codec::OutgoingMail mail) {
  const auto message = written(talk, mail);
  if (!message) return message.error();
  std::size_t refused = 0;
  std::string why;
  std::optional<Outcome> later;
  for (const codec::Mailbox& one : mail.to) {
    const auto failure = talk.submit(*message, {one.address});
    if (!failure) return failure.error();
    if (!*failure) continue;
    if (const auto* rejected = std::get_if<Rejected>(&**failure)) {
      ++refused;
      if (why.empty()) why = rejected->why;
    } else if (!later) {
      later = **failure;
    }
  }
  // Who was told already gets the same Message-ID again: twice is better than not at all.
  if (later) return *later;
  if (refused == 0) return Outcome{Delivered{}};
  if (mail.to.size() == 1) return Outcome{Rejected{why}};
  return Outcome{Rejected{std::to_string(refused) + " of " + std::to_string(mail.to.size()) +
                          " recipients were refused, the others were told: " + why}};
}

}  // namespace saksbro::mail
