// Puts one request after another together from bytes as they come, under hard limits. Pure, so
// that a table or a fuzzer can try it without a socket.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bridge/net/chunked_body.h"
#include "bridge/net/http_server.h"
#include "bridge/net/request_head.h"

namespace saksbro::net {

struct WholeRequest {
  RequestHead head;
  std::string body;
  // Its bounds are beyond doubt for every reader, its sender wants to go on, and nothing came
  // after it: only then may the connection be kept.
  bool may_be_followed = false;
};

class RequestParser {
 public:
  explicit RequestParser(const ServerLimits& limits) : limits_(limits) {}  // must outlive this

  // Why the request is refused, if it is. What comes after a whole request is kept apart and never
  // understood as another: see may_be_followed.
  [[nodiscard]] std::optional<Refusal> feed(std::string_view bytes);

  [[nodiscard]] bool begun() const { return at_ != At::head || !wire_.empty(); }
  [[nodiscard]] bool has_head() const { return at_ != At::head; }
  [[nodiscard]] bool whole() const { return at_ == At::end; }
  // Whatever it is answered has no body; known also of a head that is refused.
  [[nodiscard]] bool asks_for_head_only() const;
  [[nodiscard]] bool take_expectation();  // true once, if the sender waits for "100 Continue"
  [[nodiscard]] std::size_t held_bytes() const { return wire_.size() + body_.size(); }

  void forget();  // what it holds of a request

  // Of a whole request; the next one begins afterwards.
  [[nodiscard]] WholeRequest take();

 private:
  enum class At { head, plain, chunked, end };
  [[nodiscard]] std::optional<Refusal> feed_head(std::string_view& bytes);
  [[nodiscard]] std::optional<Refusal> begin_body();
  [[nodiscard]] std::optional<Refusal> feed_body(std::string_view& bytes);
  [[nodiscard]] std::size_t body_bytes_max() const;

  const ServerLimits& limits_;
  At at_ = At::head;
  std::string wire_;  // of the head
  RequestHead head_;
  std::string body_;
  std::optional<ChunkedBody> chunks_;
  bool expects_ = false;
  bool followed_ = false;
};

}  // namespace saksbro::net
