#include "connectors/mail/conversation.h"

#include <algorithm>

#include "bridge/codec/settle.h"
#include "connectors/mail/mailbox.h"

namespace saksbro::mail {
namespace {

Call noop(const MailSettings& settings) {
  return {"NOOP", settings.smtp, access_headers(settings.access), "", Repeat::harmless};
}

// One text goes as the body, as ever.
Call mail(const MailSettings& settings, const std::vector<BodyPart>& message,
          const std::vector<std::string>& to) {
  Call call{"MAIL", settings.smtp, access_headers(settings.access), "", Repeat::never};
  if (message.size() == 1 && !message.front().blob) {
    call.body = message.front().text;
  } else {
    call.parts = message;
  }
  call.headers["from"] = settings.from.address;
  std::string& all = call.headers["to"];
  for (const std::string& one : to) all += (all.empty() ? "" : " ") + one;
  return call;
}

// Reply texts quote addresses, and reasons are logged: words with an @ in them are left out.
std::string without_addresses(const std::string& text) {
  std::string shown;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string word = text.substr(at, end - at);
    if (!shown.empty()) shown += ' ';
    shown += word.find('@') == std::string::npos ? word : "(address)";
    at = end + 1;
  }
  return shown;
}

std::string command_of(const Answer& answer) {
  const auto found = answer.headers.find("smtp-command");
  return found == answer.headers.end() ? "" : found->second;
}

// "250 queued", without addresses.
std::string reply_of(const Answer& answer) {
  const std::string text = without_addresses(answer.body);
  return std::to_string(answer.status) + (text.empty() ? "" : " " + text);
}

Phrase replied(const Answer& answer) {
  const std::string command = command_of(answer);
  if (command.empty()) return {"the mail server greeted with {said}", {{"said", reply_of(answer)}}};
  return {"the mail server answered {command} with {said}",
          {{"command", command}, {"said", reply_of(answer)}}};
}

bool refuses_credentials(const Answer& answer) {
  return command_of(answer) == "AUTH" || answer.status == 530 || answer.status == 534 ||
         answer.status == 535 || answer.status == 538;
}

// RCPT and DATA speak of this mail; what is refused before them is refused to every mail, except
// for a mail that is too large (MAIL tells its size).
bool speaks_of_this_mail(const Answer& answer) {
  const std::string command = command_of(answer);
  return command == "RCPT" || command == "DATA" || (command == "MAIL" && answer.status == 552);
}

}  // namespace

std::optional<Outcome> failure_of(const Exchange& exchange) {
  const auto* answer = std::get_if<Answer>(&exchange.fate);
  if (answer == nullptr) return codec::settle_early(exchange);
  if (answer->status >= 200 && answer->status < 300) return std::nullopt;
  if (answer->status < 400 || answer->status > 599)
    return RetryLater{
        Phrase("{replied}: that is not an SMTP reply", {{"replied", replied(*answer)}}),
        {},
        Scope::system};
  if (refuses_credentials(*answer)) {
    return RetryLater{
        Phrase("{replied}: a person must check user and password", {{"replied", replied(*answer)}}),
        {},
        Scope::system};
  }
  if (!speaks_of_this_mail(*answer)) return RetryLater{replied(*answer), {}, Scope::system};
  if (answer->status < 500) return RetryLater{replied(*answer), {}, Scope::command};
  return Rejected{replied(*answer)};
}

StepOr<Instant> Conversation::greet() {
  const Exchange* exchange = so_far_.next();
  if (exchange == nullptr) return tracker::wants(noop(settings_));
  if (auto failure = failure_of(*exchange)) return ended(std::move(*failure));
  return exchange->at;
}

StepOr<const Answer*> Conversation::ask(const std::string& command) {
  const Exchange* exchange = so_far_.next();
  if (exchange == nullptr) return tracker::wants(mailbox_call(settings_, command));
  if (auto later = mailbox_failure(*exchange)) return ended(std::move(*later));
  return &std::get<Answer>(exchange->fate);
}

StepOr<const Answer*> Conversation::bring(const std::string& command, const Download& download) {
  const Exchange* exchange = so_far_.next();
  if (exchange == nullptr) {
    Call call = mailbox_call(settings_, command);
    call.download = download;
    return tracker::wants(std::move(call));
  }
  const auto* answer = std::get_if<Answer>(&exchange->fate);
  // Told by the folder, so it is the mail that is not there.
  const bool missing =
      answer != nullptr && answer->status == 404 && answer->headers.contains("uidvalidity");
  if (!missing) {
    if (auto later = mailbox_failure(*exchange)) return ended(std::move(*later));
  }
  return answer;
}

StepOr<std::optional<Outcome>> Conversation::submit(const std::vector<BodyPart>& message,
                                                    const std::vector<std::string>& to) {
  const Exchange* exchange = so_far_.next();
  if (exchange == nullptr) return tracker::wants(mail(settings_, message, to));
  return failure_of(*exchange);
}

}  // namespace saksbro::mail
