#include "bridge/net/request_head.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "bridge/contract/ascii.h"
#include "bridge/net/header_text.h"

namespace saksbro::net {
namespace {

constexpr std::size_t lines_max = 100;
constexpr std::size_t line_bytes_max = 8000;

using Refused = std::optional<Refusal>;

bool has_control(std::string_view text) {
  return std::ranges::any_of(text,
                             [](char c) { return (c >= 0 && c < 0x20 && c != '\t') || c == 0x7f; });
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::optional<std::size_t> length_of(std::string_view digits) {
  constexpr std::size_t digits_max = 12;
  if (digits.empty() || digits.size() > digits_max || !std::ranges::all_of(digits, is_digit)) {
    return std::nullopt;
  }
  std::size_t length = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), length);
  return length;
}

bool is_host_mark(char c) {
  constexpr std::string_view marks = "-._~!$&'()*+,;=:[]%";
  return is_ascii_alnum(c) || marks.find(c) != std::string_view::npos;
}

// Without a user's name in it: http has none (RFC 9110, 4.2.4).
bool is_host(std::string_view text) { return std::ranges::all_of(text, is_host_mark); }

// What proxies send: "http://saksbro.example.no:8443/hooks/desk" (RFC 9112, 3.2.2). What it names
// counts, whatever Host says.
Refused read_absolute_target(RequestHead& head) {
  const auto authority_at = head.target.find("://") + 3;
  const auto path_at = std::min(head.target.find_first_of("/?", authority_at), head.target.size());
  const std::string host = head.target.substr(authority_at, path_at - authority_at);
  if (host.empty() || !is_host(host)) return Refusal{400, "bad target"};
  const std::string path = head.target.substr(path_at);
  head.target = (path.starts_with('/') ? "" : "/") + path;
  head.fields.push_back({"host", host});
  return std::nullopt;
}

Refused read_target(RequestHead& head) {
  if (head.target.find(' ') != std::string::npos) return Refusal{400, "bad target"};
  if (head.target.starts_with('/')) return std::nullopt;
  if (head.target == "*" && head.method == "OPTIONS") return std::nullopt;
  const std::string scheme = lower(head.target.substr(0, head.target.find("://")));
  if (scheme == "http" || scheme == "https") return read_absolute_target(head);
  return Refusal{400, "bad target"};
}

Refused read_request_line(std::string_view line, RequestHead& head) {
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) return Refusal{400, "bad request line"};
  head.method = line.substr(0, first);
  head.target = line.substr(first + 1, last - first - 1);
  head.version = line.substr(last + 1);
  if (!is_token(head.method)) return Refusal{400, "bad method"};
  if (head.version != "HTTP/1.1" && head.version != "HTTP/1.0") {
    return Refusal{505, "only HTTP/1.1 is supported"};
  }
  return read_target(head);
}

// What speaks of this connection and not of the request, what is never acted on, and what some
// servers take for their own word about the peer.
bool is_dropped(std::string_view name) {
  constexpr std::array<std::string_view, 8> names = {"range",      "accept-encoding", "keep-alive",
                                                     "upgrade",    "remote_addr",     "remote_port",
                                                     "local_addr", "local_port"};
  return std::ranges::find(names, name) != names.end();
}

// "Connection: keep-alive" and nothing else lets another request follow.
bool asks_to_keep(std::string_view value) { return lower(value) == "keep-alive"; }

// What a reader in front of us may have read as a request without a body.
bool has_unusual_body(const RequestHead& head) {
  return (head.chunked || head.content_length > 0) && head.method != "POST" &&
         head.method != "PUT" && head.method != "PATCH";
}

struct Framing {
  int lengths = 0;
  int encodings = 0;
  int hosts = 0;
};

// Of the request in absolute form its own host is there already.
Refused read_host(const Field& field, Framing& seen, RequestHead& head) {
  if (++seen.hosts > 1 || !is_host(field.value)) return Refusal{400, "bad Host"};
  if (head.fields.empty() || head.fields.front().name != "host") head.fields.push_back(field);
  return std::nullopt;
}

Refused read_framing(const Field& field, Framing& seen, RequestHead& head) {
  if (field.name == "content-length") {
    const auto length = length_of(field.value);
    if (++seen.lengths > 1 || !length) return Refusal{400, "bad Content-Length"};
    head.content_length = *length;
  } else if (field.name == "transfer-encoding") {
    if (++seen.encodings > 1 || lower(field.value) != "chunked") {
      return Refusal{400, "bad Transfer-Encoding"};
    }
    head.chunked = true;
  } else if (field.name == "content-encoding") {
    if (lower(field.value) != "identity")
      return Refusal{415, "content encodings are not supported"};
  } else if (field.name == "connection") {
    head.keeps_connection = head.keeps_connection && asks_to_keep(field.value);
  } else if (field.name == "host") {
    return read_host(field, seen, head);
  } else if (field.name == "expect") {
    if (head.version == "HTTP/1.0") return std::nullopt;  // it knows no 100 (RFC 9110, 10.1.1)
    if (lower(field.value) != "100-continue") return Refusal{417, "unknown expectation"};
    head.expects_continue = true;
  } else if (!is_dropped(field.name)) {
    head.fields.push_back(field);
  }
  return std::nullopt;
}

Refused read_field(std::string_view line, Framing& seen, RequestHead& head) {
  const auto colon = line.find(':');
  // A name is a token: that refuses folded lines and a space before the colon too.
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) {
    return Refusal{400, "bad header line"};
  }
  return read_framing({lower(line.substr(0, colon)), std::string(trimmed(line.substr(colon + 1)))},
                      seen, head);
}

Refused read_lines(std::string_view text, RequestHead& head) {
  Framing seen;
  for (std::size_t count = 0; !text.empty(); ++count) {
    const auto end = text.find("\r\n");
    if (count > lines_max) return Refusal{431, "too many header lines"};
    if (end == std::string_view::npos) return Refusal{400, "bad line end"};
    const std::string_view line = text.substr(0, end);
    if (line.size() > line_bytes_max) return Refusal{431, "a header line is too long"};
    if (has_control(line)) return Refusal{400, "control character in the head"};
    auto refused = count == 0 ? read_request_line(line, head) : read_field(line, seen, head);
    if (refused) return refused;
    text.remove_prefix(end + 2);
  }
  if (seen.encodings > 0 && (seen.lengths > 0 || head.version == "HTTP/1.0")) {
    return Refusal{400, "ambiguous body length"};
  }
  if (head.version == "HTTP/1.1" && seen.hosts == 0) return Refusal{400, "Host is missing"};
  if (head.version == "HTTP/1.0" || has_unusual_body(head)) head.keeps_connection = false;
  return std::nullopt;
}

}  // namespace

tl::expected<RequestHead, Refusal> parse_request_head(std::string_view text) {
  RequestHead head;
  if (auto refused = read_lines(text, head)) return tl::unexpected(std::move(*refused));
  if (head.method.empty()) return tl::unexpected(Refusal{400, "bad request line"});
  return head;
}

}  // namespace saksbro::net
