// Webhook signatures. The first part is the `webhook:` block ("scheme hmac_sha256" in lines), the
// second the headers ("x-hub-signature-256: sha256=..."), the third the body.
//
// What must hold: whatever a stranger sends, who does not know the secret, is refused, and no error
// tells it.
#include "bridge/codec/webhook/signature.h"
#include "tests/fuzz/parts.h"
#include "tests/fuzz/settings.h"

namespace saksbro::codec {
namespace {

// Random, so that no input of the fuzzer's holds it or has been signed with it.
const char* const kSecret = "whsec_qQ8vXrYH5c1mDk2ZtW0bJfLsNpUe7oGi3aRyTxKzVwE=";

Setting block(std::string_view lines) {
  Setting::Map entries{{"path", fuzz::text("/hooks/x")}, {"secret", fuzz::secret(kSecret)}};
  while (!lines.empty()) {
    std::string_view line = fuzz::cut_off(lines, '\n');
    const std::string key(fuzz::cut_off(line, ' '));
    if (key.empty() || key == "path" || key == "secret") continue;
    const bool lists = key == "addresses" || key == "subjects";
    const Setting value = fuzz::text(std::string(line));
    entries.push_back({key, lists ? fuzz::list({value}) : value});
  }
  return fuzz::map(std::move(entries));
}

Headers headers_in(std::string_view lines) {
  Headers headers;
  while (!lines.empty()) {
    std::string_view line = fuzz::cut_off(lines, '\n');
    const std::string name(fuzz::cut_off(line, ':'));
    headers.emplace(name, line.starts_with(' ') ? line.substr(1) : line);
  }
  return headers;
}

}  // namespace
}  // namespace saksbro::codec

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace saksbro;
  // libFuzzer looks over the shoulder of each comparison: in the end it knows the secret, too.
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  if (input.find(std::string_view(codec::kSecret).substr(6, 20)) != std::string_view::npos)
    return 0;
  fuzz::Parts parts(data, size);
  Errors errors;
  const codec::WebhookGuard guard = codec::read_webhook_guard(codec::block(parts.next()), errors);
  for (const Error& error : errors) {
    fuzz::require(error.text().find(codec::kSecret) == std::string::npos,
                  "no error tells a secret");
  }
  Arrival arrival{"POST", "/hooks/x", codec::headers_in(parts.next()), std::string(parts.next()),
                  "192.0.2.1"};
  arrival.at = Instant{std::chrono::seconds(1'614'265'330)};
  const auto checked = codec::check(guard, arrival);
  // A block with errors starts nothing, and an address list alone asks for no secret.
  if (!errors.empty() || std::holds_alternative<codec::AddressAlone>(guard.proof)) return 0;
  fuzz::require(!checked.has_value(), "nobody gets in without the secret");
  fuzz::require(checked.error().text().find(codec::kSecret) == std::string::npos,
                "no refusal tells a secret");
  return 0;
}
