#include "bridge/net/answer_text.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <utility>

namespace saksbro::net {
namespace {

// By httplib's server these are private; the ones that Saksbro answers with.
constexpr std::array<std::pair<int, std::string_view>, 22> phrases{{
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {409, "Conflict"},
    {410, "Gone"},
    {413, "Payload Too Large"},
    {415, "Unsupported Media Type"},
    {421, "Misdirected Request"},
    {422, "Unprocessable Entity"},
    {429, "Too Many Requests"},
    {500, "Internal Server Error"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
}};

std::string_view phrase_of(int status) {
  const auto* found = std::ranges::find(phrases, status, &std::pair<int, std::string_view>::first);
  return found == phrases.end() ? "Answer" : found->second;
}

bool is_clean(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

bool has_no_body(int status) { return status == 204 || status == 304; }

}  // namespace

std::string error_body(const std::string& why) { return R"({"error":")" + why + "\"}"; }

std::string http_date(Instant now) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 40> text{};
  // Names of days and months are English: this program sets no locale.
  return {text.data(),
          std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts)};
}

std::string answer_text(const Response& response, const std::string& method, Keeping keeping,
                        Instant now) {
  const bool explained = response.status < 400 || !response.body.empty();
  const std::string instead =
      explained ? "" : error_body("status " + std::to_string(response.status));
  const std::string& body = explained ? response.body : instead;
  Headers headers = response.headers;
  headers["Date"] = http_date(now);
  headers["Connection"] = keeping.kept ? "keep-alive" : "close";
  if (keeping.kept) headers["Keep-Alive"] = "timeout=" + std::to_string(keeping.idle.count());
  if (!has_no_body(response.status)) headers["Content-Length"] = std::to_string(body.size());
  if (!body.empty())
    headers["Content-Type"] = explained ? response.content_type : "application/json";
  std::string text = "HTTP/1.1 " + std::to_string(response.status) + ' ';
  text += phrase_of(response.status);
  text += "\r\n";
  for (const auto& [name, value] : headers) {
    if (is_clean(name) && is_clean(value)) text += name + ": " + value + "\r\n";
  }
  text += "\r\n";
  if (method != "HEAD" && !has_no_body(response.status)) text += body;
  return text;
}

std::string refusal_text(const Refusal& refusal, Told told, Instant now) {
  const std::string body = error_body(refusal.why);
  const std::string wait = refusal.status == 503 ? "Retry-After: 5\r\n" : "";
  return "HTTP/1.1 " + std::to_string(refusal.status) + " Refused\r\nDate: " + http_date(now) +
         "\r\nContent-Type: application/json\r\n" + wait +
         "Connection: close\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
         (told == Told::whole ? body : "");
}

}  // namespace saksbro::net
