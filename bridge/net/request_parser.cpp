#include "bridge/net/request_parser.h"

#include <algorithm>
#include <utility>

namespace saksbro::net {
namespace {

using Refused = std::optional<Refusal>;
constexpr std::string_view head_end = "\r\n\r\n";

}  // namespace

Refused RequestParser::feed(std::string_view bytes) {
  if (at_ == At::head) {
    if (auto refused = feed_head(bytes)) return refused;
  }
  if (at_ == At::plain || at_ == At::chunked) {
    if (auto refused = feed_body(bytes)) return refused;
  }
  if (at_ == At::end && !bytes.empty()) followed_ = true;
  return std::nullopt;
}

Refused RequestParser::feed_head(std::string_view& bytes) {
  const std::size_t known = wire_.size();
  const std::size_t most = limits_.header_bytes + head_end.size();
  wire_.append(bytes.substr(0, most - known));
  const std::size_t from = known < head_end.size() ? 0 : known - head_end.size() + 1;
  const std::size_t end = wire_.find(head_end, from);
  if (end == std::string::npos) {
    if (wire_.size() >= most) return Refusal{431, "the head is too large"};
    bytes = {};
    return std::nullopt;
  }
  auto head = parse_request_head(std::string_view(wire_).substr(0, end + 2));
  if (!head) return std::move(head.error());
  bytes.remove_prefix(end + head_end.size() - known);
  head_ = std::move(*head);
  wire_ = {};
  return begin_body();
}

std::size_t RequestParser::body_bytes_max() const {
  const std::string path = head_.target.substr(0, head_.target.find_first_of("?#"));
  const auto found = limits_.body_bytes_at.find(path);
  return found == limits_.body_bytes_at.end() ? limits_.body_bytes : found->second;
}

Refused RequestParser::begin_body() {
  const std::size_t most = body_bytes_max();
  if (head_.content_length > most) return Refusal{413, "the body is too large"};
  expects_ = head_.expects_continue;
  if (head_.chunked) {
    chunks_.emplace(most);
    at_ = At::chunked;
  } else {
    at_ = head_.content_length == 0 ? At::end : At::plain;
    body_.reserve(head_.content_length);  // pages that nothing is written to cost no memory
  }
  return std::nullopt;
}

Refused RequestParser::feed_body(std::string_view& bytes) {
  if (at_ == At::plain) {
    const std::size_t count = std::min(bytes.size(), head_.content_length - body_.size());
    body_.append(bytes.substr(0, count));
    bytes.remove_prefix(count);
    if (body_.size() == head_.content_length) at_ = At::end;
    return std::nullopt;
  }
  if (auto refused = chunks_->feed(bytes, body_)) return refused;
  if (chunks_->whole()) at_ = At::end;
  return std::nullopt;
}

bool RequestParser::take_expectation() { return std::exchange(expects_, false); }

bool RequestParser::asks_for_head_only() const {
  return head_.method == "HEAD" || wire_.starts_with("HEAD ");
}

WholeRequest RequestParser::take() {
  const bool odd_chunks = chunks_ && chunks_->has_extensions();
  WholeRequest request{std::move(head_), std::move(body_), false};
  request.may_be_followed = request.head.keeps_connection && !odd_chunks && !followed_;
  forget();
  return request;
}

void RequestParser::forget() {
  at_ = At::head;
  wire_ = {};
  head_ = {};
  body_ = {};
  chunks_.reset();
  expects_ = false;
  followed_ = false;
}

}  // namespace saksbro::net
