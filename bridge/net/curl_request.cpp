#include "bridge/net/curl_request.h"

#include <algorithm>
#include <string_view>

#include "bridge/net/header_text.h"

namespace saksbro::net {
namespace {

constexpr const char* user_agent = "saksbro/0.1";
constexpr long slow_bytes_per_second = 1000;
constexpr long slow_seconds = 20;
constexpr long slow_seconds_of_files = 300;

void set_timeouts(CURL* handle, const ClientLimits& limits) {
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.connect.count()));
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(limits.total.count()));
  // Else libcurl waits for a name service that does not answer, however long ago the deadline was.
  curl_easy_setopt(handle, CURLOPT_QUICK_EXIT, 1L);
  curl_easy_setopt(handle, CURLOPT_LOW_SPEED_LIMIT, slow_bytes_per_second);
  curl_easy_setopt(handle, CURLOPT_LOW_SPEED_TIME, slow_seconds);
  // Looks at an announced length only; the callback counts the bytes that really come.
  curl_easy_setopt(handle, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(limits.answer_bytes));
}

void set_http_trust(CURL* handle) {
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  // A redirect is an answer: following it would hand our credentials to another host.
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  curl_easy_setopt(handle, CURLOPT_PROXY, "");  // none from the environment
}

void set_connection(CURL* handle, Repeat repeat) {
  // HTTP/2 may resend a request that the server has seen.
  curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  // libcurl sends a POST again, silently, when a *reused* connection dies before the answer. A
  // connection of its own is the only way to have a write on the wire at most once.
  const long alone = repeat == Repeat::never ? 1L : 0L;
  curl_easy_setopt(handle, CURLOPT_FRESH_CONNECT, alone);
  curl_easy_setopt(handle, CURLOPT_FORBID_REUSE, alone);
}

void set_body(CURL* handle, const Call& call) {
  const bool writes = call.method == "POST" || call.method == "PUT" || call.method == "PATCH";
  if (call.method == "HEAD") {
    curl_easy_setopt(handle, CURLOPT_NOBODY, 1L);
  } else if (writes || !call.body.empty()) {
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(call.body.size()));
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, call.body.c_str());
  } else {
    curl_easy_setopt(handle, CURLOPT_HTTPGET, 1L);
  }
  curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, call.method.c_str());
}

void append(HeaderLines& lines, const std::string& line) {
  if (curl_slist* longer = curl_slist_append(lines.get(), line.c_str())) {
    static_cast<void>(lines.release());
    lines.reset(longer);
  }
}

}  // namespace

std::optional<Phrase> unsendable(const Call& call) {
  if (!is_token(call.method)) return Phrase("the method is not valid in HTTP", {});
  if (breaks_line(call.url)) return Phrase("the address has a line break or a NUL in it", {});
  for (const auto& [name, value] : call.headers) {
    if (!is_token(name)) return Phrase("a header's name has a character that HTTP forbids", {});
    if (breaks_line(value))
      return Phrase("header '{header}' has a line break or a NUL in it", {{"header", name}});
  }
  return std::nullopt;
}

HeaderLines header_lines(const Call& call) {
  HeaderLines lines;
  append(lines, "Expect:");
  if (!call.headers.contains("content-type")) append(lines, "Content-Type:");
  for (const auto& [name, value] : call.headers) {
    // "name;" is curl's way to send a header without a value; "name:" would take it out.
    append(lines, value.empty() ? name + ";" : name + ": " + value);
  }
  return lines;
}

void prepare(CURL* handle, const ClientLimits& limits, const Call& call, curl_slist* lines) {
  curl_easy_reset(handle);  // keeps the open connections
  set_timeouts(handle, limits);
  set_http_trust(handle);
  set_connection(handle, call.repeat);
  curl_easy_setopt(handle, CURLOPT_USERAGENT, user_agent);
  curl_easy_setopt(handle, CURLOPT_URL, call.url.c_str());
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, lines);
  set_body(handle, call);
}

// A file's bytes have 64 kB/s at least; a transfer that stands still ends long before that.
std::chrono::milliseconds time_for(const ClientLimits& limits, std::uint64_t bytes) {
  constexpr std::uint64_t kBytesPerMillisecond = 64;
  return limits.total + std::chrono::milliseconds(bytes / kBytesPerMillisecond);
}

void send_files(CURL* handle, const ClientLimits& limits, const Call& call, OutgoingBody& body) {
  const std::uint64_t out = call.parts.empty() ? 0 : body.size();
  const std::uint64_t in = call.download ? call.download->bytes_most : 0;
  if (out + in == 0) return;
  // While the other side stores a large file, no byte moves.
  curl_easy_setopt(handle, CURLOPT_LOW_SPEED_TIME, slow_seconds_of_files);
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS,
                   static_cast<long>(time_for(limits, out + in).count()));
  // What comes is counted; as JSON it is half as long again.
  if (call.download) curl_easy_setopt(handle, CURLOPT_MAXFILESIZE_LARGE, curl_off_t{0});
  if (call.parts.empty()) return;
  curl_easy_setopt(handle, CURLOPT_POSTFIELDS, nullptr);
  curl_easy_setopt(handle, CURLOPT_POST, 1L);
  curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, call.method.c_str());
  curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(out));
  curl_easy_setopt(handle, CURLOPT_READFUNCTION, &OutgoingBody::on_read);
  curl_easy_setopt(handle, CURLOPT_READDATA, &body);
}

}  // namespace saksbro::net
