#include "bridge/codec/settle.h"

#include <algorithm>

#include "bridge/codec/rate_limit.h"
#include "bridge/codec/rfc3339.h"
#include "bridge/contract/settings.h"

namespace saksbro::codec {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds kLongestWait = std::chrono::hours(1);
// Before a look can tell whether a write got through, it must have ended over there: soon when the
// connection broke, but as long as a call may take when it was we who stopped waiting.
constexpr seconds kSettled{5};
constexpr seconds kStillRunning{60};

std::optional<std::string> header(const Answer& answer, const std::string& name) {
  const auto found = answer.headers.find(name);
  if (found == answer.headers.end()) return std::nullopt;
  return found->second;
}

bool is_write(const Call& call) { return call.repeat == Repeat::never; }

Phrase::Args told(const Exchange& exchange, const Answer& answer) {
  return {{"call", describe(exchange.call)}, {"code", std::to_string(answer.status)}};
}

// A date is the server's own: what counts is how far it lies from the server's own `Date`.
std::optional<milliseconds> asked_wait(const Exchange& exchange, const Answer& answer) {
  if (const auto asked = header(answer, "retry-after")) {
    if (const auto count = parse_whole_number(*asked))
      return seconds(std::clamp(*count, 0LL, 86'400LL));
    if (const auto date = parse_http_date(*asked)) return *date - answered_at(exchange);
    return std::nullopt;
  }
  if (answer.status != 429) return std::nullopt;
  const auto reset = wait_until_reset(answer.headers, answered_at(exchange));
  return reset && *reset > milliseconds(0) ? reset : std::nullopt;  // over by now: by the schedule
}

std::optional<Instant> not_before(const Exchange& exchange, const Answer& answer) {
  const auto wait = asked_wait(exchange, answer);
  if (!wait) return std::nullopt;
  return exchange.at + std::clamp(*wait, milliseconds(0), kLongestWait);
}

RetryLater without_answer(const Exchange& exchange, const NotSent& fate) {
  return RetryLater(
      Phrase("{call} was not sent: {why}", {{"call", describe(exchange.call)}, {"why", fate.why}}));
}

RetryLater without_answer(const Exchange& exchange, const InDoubt& fate) {
  if (!is_write(exchange.call)) {
    return RetryLater(Phrase("{call} got no complete answer: {why}",
                             {{"call", describe(exchange.call)}, {"why", fate.why}}));
  }
  const Instant look_at = exchange.at + (fate.may_still_run ? kStillRunning : kSettled);
  return RetryLater(
      Phrase("{call} is in doubt: {why}", {{"call", describe(exchange.call)}, {"why", fate.why}}),
      look_at);
}

bool asks_for_patience(int status) {
  return status == 408 || status == 409 || status == 425 || status == 429 ||
         (status >= 500 && status < 600);
}

bool refuses_the_credentials(const Call& call, int status) {
  return status == 401 || (status == 403 && !is_write(call));
}

std::optional<RetryLater> later(const Exchange& exchange, const Answer& answer) {
  if (asks_for_patience(answer.status)) {
    const bool in_doubt = is_write(exchange.call) && answer.status >= 500;
    const auto asked = not_before(exchange, answer);
    const auto args = told(exchange, answer);
    return RetryLater{
        in_doubt
            ? Phrase("{call} was answered {code}: in doubt, it may have been carried out", args)
            : Phrase("{call} was answered {code}", args),
        in_doubt ? std::max(asked.value_or(exchange.at), exchange.at + kSettled) : asked,
        Scope::command};
  }
  if (refuses_the_credentials(exchange.call, answer.status)) {
    return RetryLater{Phrase("{call} was answered {code}: the system refuses the credentials; a "
                             "person must check them",
                             told(exchange, answer)),
                      std::nullopt, Scope::system};
  }
  return std::nullopt;
}

bool redirects(int status) { return status >= 300 && status < 400; }

Phrase redirected(const Exchange& exchange, const Answer& answer) {
  return {
      "{call} was answered {code}: redirects are not followed; is the address in the "
      "configuration right?",
      told(exchange, answer)};
}

}  // namespace

std::optional<Outcome> settle_early(const Exchange& exchange) {
  if (auto later = postpone_early(exchange)) return std::move(*later);
  return std::nullopt;
}

std::optional<RetryLater> answered_by_a_page(const Exchange& exchange) {
  const auto* answer = std::get_if<Answer>(&exchange.fate);
  if (answer == nullptr || !is_write(exchange.call) || answer->status / 100 != 2)
    return std::nullopt;
  const auto first = answer->body.find_first_not_of(" \t\r\n");
  if (first == std::string::npos || answer->body[first] == '{' || answer->body[first] == '[')
    return std::nullopt;
  return RetryLater{
      Phrase("{call} was answered {code} by a page that is not JSON: in doubt, it may "
             "have been carried out",
             told(exchange, *answer)),
      exchange.at + kSettled, Scope::command};
}

std::optional<RetryLater> postpone_early(const Exchange& exchange) {
  if (const auto* fate = std::get_if<NotSent>(&exchange.fate)) {
    return without_answer(exchange, *fate);
  }
  if (const auto* fate = std::get_if<InDoubt>(&exchange.fate)) {
    return without_answer(exchange, *fate);
  }
  const Answer& answer = std::get<Answer>(exchange.fate);
  // A page for maintenance, or a wrong address: either way the whole system waits, and nothing is
  // lost.
  if (redirects(answer.status)) {
    return RetryLater{redirected(exchange, answer), std::nullopt, Scope::system};
  }
  return later(exchange, answer);
}

std::string describe(const Call& call) {
  std::string_view url = call.url;
  url = url.substr(0, url.find_first_of("?#"));
  const auto scheme = url.find("://");
  if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  const auto path = url.find('/');
  return call.method + ' ' + (path == std::string_view::npos ? "/" : std::string(url.substr(path)));
}

Instant answered_at(const Exchange& exchange) {
  const auto* answer = std::get_if<Answer>(&exchange.fate);
  const auto date = answer == nullptr ? std::nullopt : header(*answer, "date");
  const auto parsed = date ? parse_http_date(*date) : std::nullopt;
  return parsed.value_or(exchange.at);
}

}  // namespace saksbro::codec
