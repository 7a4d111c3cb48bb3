#include "connectors/http_alert/http_alert.h"

#include <utility>

#include "bridge/codec/json.h"
#include "bridge/codec/settle.h"

namespace saksbro::http_alert {
namespace {

using codec::Json;

class HttpAlert final : public RemoteSystem {
 public:
  HttpAlert(SystemName name, std::string url, Secret token)
      : name_(std::move(name)), url_(std::move(url)), token_(std::move(token)) {}

  [[nodiscard]] Abilities abilities() const override { return {{}, {}, false}; }

  [[nodiscard]] Accepted<DeliveryId> accept(const Arrival&) const override {
    return fail(name_.text(), "an alert channel receives nothing");
  }

  [[nodiscard]] Result<std::vector<Observation>> normalise(const Delivery&) const override {
    return fail(name_.text(), Phrase("an alert channel has no tickets to report", {}));
  }

  [[nodiscard]] PollStep poll(const Cursor& cursor, Transcript) const override {
    return Page{{}, cursor, false};
  }

  [[nodiscard]] Step perform(const Command& command, Transcript so_far) const override {
    const auto* alert = std::get_if<RaiseAlert>(&command.action);
    if (alert == nullptr) {
      return Outcome(Rejected{Phrase(
          "{system} is an alert channel: it has no tickets, so \"{verb}\" cannot be done there",
          {{"system", name_}, {"verb", verb(command.action)}})});
    }
    // No look before a second try: there is nothing to look at, and an alert twice is better than
    // none. Who receives it can tell by the Idempotency-Key that it is the same one.
    if (so_far.empty()) return post(command.key, *alert);
    return settled(so_far.back());
  }

 private:
  [[nodiscard]] Call post(const IdempotencyKey& key, const RaiseAlert& alert) const {
    Headers headers{{"content-type", "application/json"}, {"idempotency-key", key.text()}};
    if (!token_.empty()) headers.emplace("authorization", "Bearer " + token_.reveal());
    const Json body = {{"title", alert.title},       {"text", alert.text},
                       {"severity", alert.severity}, {"case", alert.case_number},
                       {"link", alert.link},         {"key", key.text()}};
    return Call{"POST", url_, std::move(headers), codec::write_json(body), Repeat::never};
  }

  [[nodiscard]] static Outcome settled(const Exchange& exchange) {
    if (auto early = codec::settle_early(exchange)) return *std::move(early);
    const int status = std::get<Answer>(exchange.fate).status;
    if (status >= 200 && status < 300) return Delivered{};
    return Rejected{
        Phrase("{call} was answered {code}: the gateway does not take this alert",
               {{"call", codec::describe(exchange.call)}, {"code", std::to_string(status)}})};
  }

  SystemName name_;
  std::string url_;
  Secret token_;
};

}  // namespace

Configured configure(const SystemName& name, const Setting& settings) {
  SettingsReader reader(settings);
  (void)reader.text_or("connector", "http_alert");
  std::string url = reader.url("url");
  const auto token = reader.secret_if_given("token");
  const Setting* given = settings.find("token");
  // A variable that somebody forgot to set must not turn into alerts without credentials.
  if (token && token->empty() && std::holds_alternative<Secret>(given->value))
    reader.error(*given, "the token is empty");
  if (Errors errors = reader.finish(); !errors.empty()) return tl::unexpected(std::move(errors));
  return std::make_unique<HttpAlert>(name, std::move(url), token.value_or(Secret()));
}

}  // namespace saksbro::http_alert
