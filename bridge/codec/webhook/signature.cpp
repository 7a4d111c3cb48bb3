#include "bridge/codec/webhook/signature.h"

#include "bridge/codec/webhook/checks.h"

namespace saksbro::codec {
namespace {

Accepted<void> check_subject(const WebhookGuard& guard, const ClientCertificate& certificate,
                             const Arrival& arrival) {
  const std::string& shown = arrival.client_subject;
  if (shown.empty()) return refused(guard, Reason::certificate, "no client certificate was shown");
  const auto& subjects = certificate.subjects;
  if (std::find(subjects.begin(), subjects.end(), shown) != subjects.end()) return {};
  return refused(guard, Reason::certificate,
                 "the client certificate of \"" + shown + "\" is not one of those allowed to send");
}

struct CheckProof {
  const WebhookGuard& guard;
  const Arrival& arrival;

  Accepted<void> operator()(const BodyMac& mac) const { return check_mac(guard, mac, arrival); }
  Accepted<void> operator()(const SecretInHeader& token) const {
    return check_header(guard, token, arrival);
  }
  Accepted<void> operator()(const BearerToken&) const { return check_bearer(guard, arrival); }
  Accepted<void> operator()(const UserAndPassword& user) const {
    return check_password(guard, user, arrival);
  }
  Accepted<void> operator()(const StandardWebhooks&) const {
    return check_standard(guard, arrival);
  }
  Accepted<void> operator()(const ClientCertificate& certificate) const {
    return check_subject(guard, certificate, arrival);
  }
  Accepted<void> operator()(const AddressAlone&) const {
    if (guard.addresses.empty())
      return refused(guard, Reason::other, "no addresses are configured");
    return {};
  }
};

bool needs_secret(const Proof& proof) {
  return !std::holds_alternative<ClientCertificate>(proof) &&
         !std::holds_alternative<AddressAlone>(proof);
}

// Empty: the sender signs no id.
std::string signed_id_header(const Proof& proof) {
  if (std::holds_alternative<StandardWebhooks>(proof)) return "webhook-id";
  const auto* mac = std::get_if<BodyMac>(&proof);
  if (mac == nullptr) return "";
  const bool is_signed =
      std::any_of(mac->signs.begin(), mac->signs.end(),
                  [](const SignedPart& part) { return part.kind == SignedPart::Kind::id; });
  return is_signed ? mac->id_header : "";
}

std::string short_id(const std::string& id) {
  constexpr std::size_t kShort = 100;
  return id.size() <= kShort ? id : "sha256:" + to_hex(sha256(id));
}

}  // namespace

tl::unexpected<Refusal> refused(const WebhookGuard& guard, Reason reason, std::string why) {
  Refusal refusal({"webhook " + guard.path, std::move(why)}, reason);
  // Many programs send a password only when they are asked for it.
  if (std::holds_alternative<UserAndPassword>(guard.proof))
    refusal.challenge = "Basic realm=\"webhooks\", charset=\"UTF-8\"";
  if (std::holds_alternative<BearerToken>(guard.proof))
    refusal.challenge = "Bearer realm=\"webhooks\"";
  return tl::unexpected(std::move(refusal));
}

Accepted<std::string> header(const WebhookGuard& guard, const Arrival& arrival,
                             const std::string& name) {
  const auto found = arrival.headers.find(name);
  if (found == arrival.headers.end() || found->second.empty())
    return refused(guard, Reason::missing, "the header \"" + name + "\" is missing");
  return found->second;
}

Accepted<void> check_time(const WebhookGuard& guard, const Arrival& arrival,
                          const std::string& name, const std::string& timestamp) {
  const auto sent = parse_whole_number(timestamp);
  if (!sent)
    return refused(guard, Reason::malformed, "\"" + name + "\" is not a number of seconds");
  const auto now = std::chrono::floor<std::chrono::seconds>(arrival.at).time_since_epoch().count();
  const auto window = guard.window.count();
  const std::string limit = std::to_string(window) + " s";
  if (*sent < now - window)
    return refused(guard, Reason::timestamp, "sent more than " + limit + " ago");
  if (*sent > now + window)
    return refused(guard, Reason::timestamp, "sent more than " + limit + " in the future");
  return {};
}

Accepted<void> check(const WebhookGuard& guard, const Arrival& arrival) {
  if (needs_secret(guard.proof) && !any_secret(guard, [](const Secret&) { return true; }))
    return refused(guard, Reason::other, "no secret is configured");
  if (!guard.addresses.empty() && !lies_in(arrival.peer, guard.addresses))
    return refused(guard, Reason::address, "this address is not allowed to send here");
  return std::visit(CheckProof{guard, arrival}, guard.proof);
}

Accepted<DeliveryId> accept_signed(const std::optional<WebhookGuard>& guard,
                                   const SystemName& system, const Arrival& arrival) {
  if (!guard) {
    return fail(system.text(), "no webhook is configured for this system, so nothing is authentic");
  }
  if (auto checked = check(*guard, arrival); !checked) {
    return tl::unexpected(std::move(checked.error()));
  }
  const std::string header = signed_id_header(guard->proof);
  // check() has found it, and that it is signed with the body.
  if (!header.empty()) return DeliveryId("id:" + short_id(arrival.headers.at(header)));
  return DeliveryId("sha256:" + to_hex(sha256(arrival.body)));
}

}  // namespace saksbro::codec
