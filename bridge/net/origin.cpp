#include "bridge/net/origin.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>

namespace saksbro::net {
namespace {

using Url = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

// Whatever else a header is called, it could hold a token.
constexpr std::array<std::string_view, 4> kHarmless{"accept", "accept-language", "content-type",
                                                    "if-none-match"};

Url parsed(const std::string& url) {
  Url parts(curl_url(), &curl_url_cleanup);
  if (!parts || curl_url_set(parts.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK)
    return {nullptr, &curl_url_cleanup};
  return parts;
}

std::string part_of(const Url& url, CURLUPart which) {
  char* text = nullptr;
  if (!url || curl_url_get(url.get(), which, &text, CURLU_DEFAULT_PORT) != CURLUE_OK) return {};
  const std::unique_ptr<char, decltype(&curl_free)> owned(text, &curl_free);
  std::string part(text);
  std::ranges::transform(part, part.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return part;
}

}  // namespace

std::optional<std::string> origin_of(const std::string& url) {
  const Url parts = parsed(url);
  const std::string host = part_of(parts, CURLUPART_HOST);
  if (host.empty()) return std::nullopt;
  return part_of(parts, CURLUPART_SCHEME) + "://" + host + ":" + part_of(parts, CURLUPART_PORT);
}

Origins::Origins(const std::vector<std::string>& urls) {
  for (const std::string& url : urls) {
    if (auto origin = origin_of(url)) origins_.insert(*std::move(origin));
  }
}

bool Origins::name(const std::string& url) const {
  const auto origin = origin_of(url);
  return origin && origins_.contains(*origin);
}

std::optional<Phrase> unfit_for_strangers(const Call& call) {
  const Url parts = parsed(call.url);
  const std::string scheme = part_of(parts, CURLUPART_SCHEME);
  if (scheme != "http" && scheme != "https")
    return Phrase("no configuration names this address, and it is neither http nor https", {});
  if (!part_of(parts, CURLUPART_USER).empty() || !part_of(parts, CURLUPART_PASSWORD).empty())
    return Phrase("no configuration names this address, and it has a user or a password in it", {});
  for (const auto& [name, value] : call.headers) {
    if (std::find(kHarmless.begin(), kHarmless.end(), name) == kHarmless.end())
      return Phrase(
          "no configuration names this address: the header '{header}' must not be sent there",
          {{"header", name}});
  }
  return std::nullopt;
}

}  // namespace saksbro::net
