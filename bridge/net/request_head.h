// Reads a request's head strictly (RFC 9112): what two readers could understand in two ways is
// refused, since request smuggling lives on that. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace saksbro::net {

// Why a request is not let in, as the status that tells its sender.
struct Refusal {
  int status = 400;
  std::string why;
  friend bool operator==(const Refusal&, const Refusal&) = default;
};

struct Field {
  std::string name;   // in lower case
  std::string value;  // as it came
};

struct RequestHead {
  std::string method;
  std::string
      target;  // "/hooks/desk?a=b"; "*" of OPTIONS. The absolute form is brought to this one
  std::string version;
  std::vector<Field> fields;  // without those that frame the body
  std::size_t content_length = 0;
  bool chunked = false;
  bool expects_continue = false;
  // HTTP/1.1, not told to close, and no body where other readers may expect none.
  bool keeps_connection = true;
};

// `head` is the request line and the header lines, each with its CRLF, without the empty line.
[[nodiscard]] tl::expected<RequestHead, Refusal> parse_request_head(std::string_view head);

}  // namespace saksbro::net
