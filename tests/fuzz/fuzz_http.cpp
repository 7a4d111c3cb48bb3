// HTTP framing. The input is what a sender writes.
//
// What must hold: the pieces do not matter; what is let in fits the limits, has one length only,
// and written out again is read as the same request; a connection that is kept has nothing left
// over.
#include <algorithm>

#include "bridge/net/request_parser.h"
#include "tests/fuzz/parts.h"

namespace saksbro::net {
namespace {

using fuzz::require;

const ServerLimits& limits() {
  static const ServerLimits kLimits{
      .body_bytes = 4096, .body_bytes_at = {{"/large", 16'384}}, .header_bytes = 2048};
  return kLimits;
}

struct Read {
  std::optional<Refusal> refused;
  std::optional<WholeRequest> request;
};

Read read(std::string_view bytes, std::size_t piece) {
  RequestParser parser(limits());
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    if (auto refused = parser.feed(bytes.substr(at, piece))) return {std::move(refused), {}};
    require(parser.held_bytes() <= 2048 + 16'384 + 8, "no more is held than the limits allow");
    static_cast<void>(parser.take_expectation());
  }
  if (!parser.whole()) return {};
  Read read{{}, parser.take()};
  require(!parser.begun(), "nothing of a request is left once it is taken");
  return read;
}

std::string written(const WholeRequest& request) {
  const RequestHead& head = request.head;
  std::string text = head.method + " " + head.target + " " + head.version + "\r\n";
  for (const Field& field : head.fields) text += field.name + ": " + field.value + "\r\n";
  return text + "content-length: " + std::to_string(request.body.size()) + "\r\n\r\n" +
         request.body;
}

bool same(const WholeRequest& one, const WholeRequest& other) {
  const auto equal = [](const Field& a, const Field& b) {
    return a.name == b.name && a.value == b.value;
  };
  return one.head.method == other.head.method && one.head.target == other.head.target &&
         one.head.version == other.head.version && one.body == other.body &&
         std::ranges::equal(one.head.fields, other.head.fields, equal);
}

bool same(const Read& one, const Read& other) {
  if (one.refused != other.refused || one.request.has_value() != other.request.has_value())
    return false;
  return !one.request || (same(*one.request, *other.request) &&
                          one.request->may_be_followed == other.request->may_be_followed);
}

void check(const WholeRequest& request, std::string_view bytes) {
  const RequestHead& head = request.head;
  const bool large = head.target.substr(0, head.target.find_first_of("?#")) == "/large";
  require(request.body.size() <= (large ? 16'384U : 4096U), "a body is within its limit");
  require(head.chunked || request.body.size() == head.content_length, "the body has its length");
  require(!head.chunked || head.content_length == 0, "a request has one length only");
  require(head.target.starts_with('/'), "a target is a path");
  for (const Field& field : head.fields) {
    require(field.name != "transfer-encoding" && field.name != "content-length",
            "what frames the body is not handed on");
    require(field.value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos,
            "no value holds a line end or a NUL");
  }
  const bool all = bytes.ends_with(head.chunked ? "0\r\n\r\n" : request.body);
  require(!request.may_be_followed || all, "a kept connection has nothing left over");
  const Read again = read(written(request), 65'536);
  if (again.refused) {
    require(again.refused->status == 431, "written again it is let in: " + again.refused->why);
    return;  // a long head became longer by its length
  }
  require(again.request && same(*again.request, request), "written again it is the same request");
}

}  // namespace
}  // namespace saksbro::net

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace saksbro;
  if (size > 32'768) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const net::Read whole = net::read(bytes, 65'536);
  fuzz::require(net::same(whole, net::read(bytes, 1)), "the pieces of a request do not matter");
  fuzz::require(net::same(whole, net::read(bytes, 7)), "the pieces of a request do not matter");
  if (whole.request) net::check(*whole.request, bytes);
  return 0;
}
