#include "connectors/mail/mailbox.h"

#include <algorithm>

#include "bridge/codec/settle.h"

namespace saksbro::mail {
namespace {

// "UID SEARCH HEADER ..." -> "SEARCH": for logs, without what is asked for.
std::string word_of(const std::string& command) {
  const std::string rest = command.substr(4);
  return rest.substr(0, rest.find(' '));
}

}  // namespace

Headers access_headers(const Access& access) {
  Headers headers;
  if (!access.user.empty()) {
    headers["user"] = access.user;
    headers["password"] = access.password.reveal();
  }
  if (!access.tls) headers["tls"] = "none";
  if (!access.certificates.empty()) headers["ca"] = access.certificates;
  return headers;
}

Call mailbox_call(const MailSettings& settings, const std::string& command) {
  return {word_of(command), settings.reading->url, access_headers(settings.access), command,
          Repeat::harmless};
}

std::optional<RetryLater> mailbox_failure(const Exchange& exchange) {
  if (auto later = codec::postpone_early(exchange)) return later;
  const auto& answer = std::get<Answer>(exchange.fate);
  const std::string call = codec::describe(exchange.call);
  if (answer.status == 404)
    return RetryLater{
        Phrase("{call}: the mailbox has no such folder", {{"call", call}}), {}, Scope::system};
  if (answer.status != 200)
    return RetryLater{Phrase("{call} was answered {code}",
                             {{"call", call}, {"code", std::to_string(answer.status)}}),
                      {},
                      Scope::system};
  const auto validity = answer.headers.find("uidvalidity");
  if (validity == answer.headers.end() || validity->second.empty())
    return RetryLater{
        Phrase("{call}: the server gave no UIDVALIDITY for the folder", {{"call", call}}),
        {},
        Scope::system};
  return std::nullopt;
}

}  // namespace saksbro::mail
