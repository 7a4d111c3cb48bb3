#include "connectors/mail/trust.h"

#include <algorithm>
#include <array>
#include <vector>

#include "bridge/contract/ascii.h"
#include "connectors/mail/thread.h"

namespace saksbro::mail {
namespace {

// In lower case, comments (which may nest) and quotes taken out. What is unbalanced says nothing.
std::string plain(const std::string& header) {
  std::string text;
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < header.size(); ++i) {
    const char c = header[i];
    if (c == '\\') {
      ++i;
    } else if (c == '"' && depth == 0) {
      quoted = !quoted;
    } else if (!quoted && c == '(') {
      ++depth;
    } else if (!quoted && c == ')') {
      --depth;
    } else if (quoted && (c == ';' || c == '=' || c == ' ')) {
      text += '_';  // no separator: it stands within a value
    } else if (depth == 0) {
      text += c;
    }
    if (depth < 0) return "";
  }
  return quoted || depth != 0 ? "" : lower(std::move(text));
}

std::vector<std::string> split(const std::string& text, std::string_view between) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find_first_of(between, at), text.size());
    if (end > at) parts.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

std::string value_of(const std::vector<std::string>& words, std::string_view name) {
  for (const std::string& word : words) {
    if (word.starts_with(name)) return word.substr(name.size());
  }
  return "";
}

// "kommune.no" signs for "kommune.no" and "post.kommune.no"; "no" for nobody.
bool aligned(const std::string& signer, const std::string& domain) {
  if (signer.find('.') == std::string::npos) return false;
  return signer == domain || domain.ends_with("." + signer);
}

// One method's result: "dkim=pass header.d=kommune.no".
bool vouches(const std::string& result, const std::string& domain) {
  const auto words = split(result, " \t");
  if (words.empty()) return false;
  if (words.front() == "dmarc=pass") {
    const std::string from = value_of(words, "header.from=");
    return from.empty() || from == domain;
  }
  if (words.front() != "dkim=pass") return false;
  std::string signer = value_of(words, "header.d=");
  if (signer.empty()) {
    const std::string identity = value_of(words, "header.i=");
    signer = identity.substr(identity.rfind('@') + 1);
  }
  return aligned(signer, domain);
}

// Our own address may be a list that hands its mails on to the mailbox: "List-Id:
// <saker.kommune.no>", "List-Post: <mailto:saker@kommune.no>". And whoever answers a mail of ours
// is no list.
std::optional<std::string> sent_to_a_list(const MailSettings& settings,
                                          const codec::IncomingMail& mail) {
  const std::string& own = settings.from.address;
  const std::string own_list = "<" + codec::local_part_of(own) + "." + codec::domain_of(own) + ">";
  if (lower(mail.header("list-post")).find("mailto:" + own) != std::string::npos ||
      lower(mail.header("list-id")).find(own_list) != std::string::npos)
    return std::nullopt;
  const auto ours = [&](const std::string& id) { return is_own(settings, id); };
  if (std::any_of(mail.in_reply_to.begin(), mail.in_reply_to.end(), ours)) return std::nullopt;
  if (!mail.header("list-id").empty()) return "List-Id";
  if (!mail.header("list-unsubscribe").empty()) return "List-Unsubscribe";
  return std::nullopt;
}

}  // namespace

bool vouched_for(const Reading& reading, const codec::IncomingMail& mail) {
  const std::string domain = codec::domain_of(mail.from.address);
  const auto parts = split(plain(mail.header("authentication-results")), ";");
  if (domain.empty() || parts.empty()) return false;
  const auto server = split(parts.front(), " \t");  // "mx.kommune.no 1": a version may follow
  if (server.empty() || server.front() != lower(reading.authserv)) return false;
  return std::any_of(parts.begin() + 1, parts.end(),
                     [&](const std::string& result) { return vouches(result, domain); });
}

codec::Mailbox to_be_answered(const Reading& reading, const codec::IncomingMail& mail) {
  const bool form = std::find(reading.forms.begin(), reading.forms.end(), mail.from.address) !=
                    reading.forms.end();
  return form && mail.reply_to.size() == 1 ? mail.reply_to.front() : mail.from;
}

std::optional<Phrase> written_by_program(const MailSettings& settings,
                                         const codec::IncomingMail& mail) {
  static constexpr std::array<std::string_view, 4> kBulk{"bulk", "junk", "list", "auto_reply"};
  const std::string submitted = lower(mail.header("auto-submitted"));
  if (!submitted.empty() && !submitted.starts_with("no"))
    return Phrase("a program wrote it (Auto-Submitted)", {});
  const std::string precedence = lower(mail.header("precedence"));
  if (std::find(kBulk.begin(), kBulk.end(), precedence) != kBulk.end())
    return Phrase("it was sent to many recipients ({header})",
                  {{"header", "Precedence: " + precedence}});
  if (auto list = sent_to_a_list(settings, mail))
    return Phrase("it was sent to many recipients ({header})", {{"header", *list}});
  const std::string path = mail.header("return-path");
  if (path == "<>")
    return Phrase("it accepts no answer (empty Return-Path): it is a bounce, or a program sent it",
                  {});
  if (mail.from.address == settings.from.address)
    return Phrase("its sender is Saksbro's own address", {});
  return std::nullopt;
}

}  // namespace saksbro::mail
