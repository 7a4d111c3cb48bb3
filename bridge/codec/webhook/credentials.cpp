// Schemes in which the sender shows the secret itself. They are only as good as the TLS around
// them.
#include "bridge/codec/webhook/checks.h"
#include "bridge/contract/ascii.h"

namespace saksbro::codec {
namespace {

// What follows "Bearer " or "Basic ", whose case does not count (RFC 9110, 11.1).
Accepted<std::string> authorization(const WebhookGuard& guard, const Arrival& arrival,
                                    std::string_view scheme) {
  const auto given = header(guard, arrival, "authorization");
  if (!given) return given;
  const std::size_t blank = given->find(' ');
  const std::string name = lower(given->substr(0, blank));
  if (blank == given->npos || name != scheme) {
    return refused(guard, Reason::malformed,
                   "the header \"authorization\" is no " + std::string(scheme) + " one");
  }
  const std::size_t begin = given->find_first_not_of(' ', blank);
  return begin == given->npos ? "" : given->substr(begin);
}

}  // namespace

Accepted<void> check_header(const WebhookGuard& guard, const SecretInHeader& token,
                            const Arrival& arrival) {
  const auto given = header(guard, arrival, token.header);
  if (!given) return tl::unexpected(given.error());
  const bool known = any_secret(
      guard, [&](const Secret& secret) { return equal_in_constant_time(secret.reveal(), *given); });
  if (known) return {};
  return refused(guard, Reason::signature, "the token in \"" + token.header + "\" is wrong");
}

Accepted<void> check_bearer(const WebhookGuard& guard, const Arrival& arrival) {
  const auto given = authorization(guard, arrival, "bearer");
  if (!given) return tl::unexpected(given.error());
  const bool known = any_secret(
      guard, [&](const Secret& secret) { return equal_in_constant_time(secret.reveal(), *given); });
  if (known) return {};
  return refused(guard, Reason::signature, "the token in \"authorization\" is wrong");
}

Accepted<void> check_password(const WebhookGuard& guard, const UserAndPassword& user,
                              const Arrival& arrival) {
  const auto given = authorization(guard, arrival, "basic");
  if (!given) return tl::unexpected(given.error());
  const auto pair = from_base64(*given);
  if (!pair) {
    return refused(guard, Reason::malformed, "the credentials in \"authorization\" are not base64");
  }
  const bool known = any_secret(guard, [&](const Secret& secret) {
    return equal_in_constant_time(user.user + ":" + secret.reveal(), *pair);
  });
  if (known) return {};
  return refused(guard, Reason::signature, "the user or the password is wrong");
}

}  // namespace saksbro::codec
