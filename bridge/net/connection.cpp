#include "bridge/net/connection.h"

#include <algorithm>
#include <utility>

namespace saksbro::net {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t turn_bytes = 256U * 1024U;  // of one connection before others have their turn
// Closing with bytes unread resets the connection, and a sender that reads only when it has sent
// all never sees the answer (RFC 9112, 9.6). So what it still sends is read and thrown away: as
// long as something comes within this time, for limits.linger and these bytes at most.
constexpr auto goodbye = 500ms;
constexpr std::size_t rest_bytes_max = 8U * 1024U * 1024U;

const std::size_t* count_of(const Moved& moved) { return std::get_if<std::size_t>(&moved); }
bool is_gone(const Moved& moved) { return std::holds_alternative<PeerGone>(moved); }

}  // namespace

Instant time_of_day() {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

Connection::Connection(std::unique_ptr<Channel> channel, Caller caller, const ListenerShared& house,
                       Time now)
    : channel_(std::move(channel)),
      caller_(std::move(caller)),
      house_(house),
      parser_(house.limits),
      came_(now),
      deadline_(now + house.limits.header) {}

void Connection::advance(std::string& scratch, Time now) {
  unfinished_ = false;
  if (stage_ == Stage::greeting) greet(now);
  if (stage_ == Stage::answering) write(now);
  if (stage_ == Stage::silent || stage_ == Stage::reading) read(scratch, now);
  if (stage_ == Stage::answering) write(now);  // a refusal
  if (stage_ == Stage::leaving) leave(scratch, now);
}

void Connection::greet(Time now) {
  const Moved moved = channel_->greet();
  if (is_gone(moved)) {
    house_.watch.refused("handshake");
    stage_ = Stage::over;
  } else if (count_of(moved) != nullptr) {
    stage_ = Stage::silent;
    deadline_ = now + house_.limits.header;
  }
}

void Connection::read(std::string& scratch, Time now) {
  for (std::size_t turn = 0; turn < turn_bytes;) {
    const Moved moved = channel_->read(scratch.data(), scratch.size());
    const std::size_t* count = count_of(moved);
    if (count == nullptr) {
      if (is_gone(moved)) stage_ = Stage::over;
      return;
    }
    turn += *count;
    understand(std::string_view(scratch).substr(0, *count), now);
    if (stage_ != Stage::reading) return;
  }
  unfinished_ = true;
}

void Connection::understand(std::string_view bytes, Time now) {
  // The first request's time has run since the greeting; a later one's begins with it.
  if (stage_ == Stage::silent && requests_ > 0) deadline_ = now + house_.limits.header;
  stage_ = Stage::reading;
  const bool had_head = parser_.has_head();
  if (auto refused = parser_.feed(bytes)) {
    house_.watch.refused(std::to_string(refused->status));
    refuse(*refused, now);
    return;
  }
  if (!had_head && parser_.has_head()) deadline_ = now + house_.limits.body;
  if (parser_.take_expectation()) {
    constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    const Moved moved = channel_->write(go_on);
    const std::size_t* count = count_of(moved);
    if (count == nullptr || *count != go_on.size()) stage_ = Stage::over;  // it does not read
  }
  if (parser_.whole() && stage_ == Stage::reading) stage_ = Stage::asked;
}

void Connection::refuse(const Refusal& refusal, Time now) {
  const Told told = parser_.asks_for_head_only() ? Told::head_only : Told::whole;
  out_ = refusal_text(refusal, told, time_of_day());
  written_ = 0;
  kept_ = false;
  may_send_on_ = true;
  parser_.forget();
  stage_ = Stage::answering;
  deadline_ = now + house_.limits.write;
}

void Connection::expire(Time now) {
  if (stage_ == Stage::reading) {
    house_.watch.refused("408");
    refuse({408, "the request came too slowly"}, now);
  } else {
    stage_ = Stage::over;
  }
}

void Connection::write(Time now) {
  while (written_ < out_.size()) {
    const Moved moved = channel_->write(std::string_view(out_).substr(written_));
    const std::size_t* count = count_of(moved);
    if (count == nullptr) {
      if (is_gone(moved)) stage_ = Stage::over;
      return;
    }
    written_ += *count;
  }
  out_ = {};
  written_ = 0;
  if (kept_) return await_request(now);
  channel_->end_writing();
  stage_ = Stage::leaving;
  leave_by_ = now + (house_.closing ? 0ms : house_.limits.linger);
  deadline_ = std::min(now + goodbye, leave_by_);
}

void Connection::await_request(Time now) {
  stage_ = Stage::silent;
  deadline_ = now + house_.limits.idle;
}

void Connection::leave(std::string& scratch, Time now) {
  for (std::size_t turn = 0; thrown_away_ < rest_bytes_max;) {
    const Moved moved = channel_->read(scratch.data(), scratch.size());
    const std::size_t* count = count_of(moved);
    if (count == nullptr) {
      // Whoever was answered has no reason to send on: what is not there yet is not waited for.
      if (is_gone(moved) || !may_send_on_) stage_ = Stage::over;
      return;
    }
    may_send_on_ = true;
    thrown_away_ += *count;
    turn += *count;
    deadline_ = std::min(now + goodbye, leave_by_);
    if (turn >= turn_bytes) {
      unfinished_ = true;
      return;
    }
  }
  stage_ = Stage::over;
}

void Connection::answer() noexcept {
  WholeRequest request = parser_.take();
  const std::string method = request.head.method;
  const bool may_be_followed = request.may_be_followed;
  ++requests_;
  const Response response = ask(std::move(request));
  // What came before it was answered is not understood as a request: a smuggled one looks like it.
  kept_ = may_be_followed && requests_ < house_.limits.requests_per_connection && !house_.closing &&
          !channel_->has_more();
  out_ = answer_text(response, method,
                     {kept_, std::chrono::floor<std::chrono::seconds>(house_.limits.idle)},
                     time_of_day());
  stage_ = Stage::answering;
  const Time now = LoopClock::now();
  deadline_ = now + house_.limits.write;
  write(now);
}

bool Connection::awaits_head() const {
  const bool reads = stage_ == Stage::silent || stage_ == Stage::reading;
  return stage_ == Stage::greeting || (reads && requests_ == 0 && !parser_.has_head());
}

bool Connection::read_on(std::chrono::milliseconds within) {
  if (!is_kept() || !channel_->stirs(within)) return false;
  thread_local std::string scratch(turn_bytes / 4, '\0');
  advance(scratch, LoopClock::now());
  return stage_ == Stage::asked;
}

Response Connection::ask(WholeRequest request) const {
  try {
    return house_.handler(arrival_of(std::move(request)));
  } catch (...) {
    // A handler's broken promise; its text may tell secrets.
    return {.status = 500, .body = error_body("internal error"), .headers = {}};
  }
}

Arrival Connection::arrival_of(WholeRequest request) const {
  Arrival arrival;
  arrival.method = std::move(request.head.method);
  arrival.path = request.head.target.substr(0, request.head.target.find_first_of("?#"));
  arrival.target = std::move(request.head.target);
  for (auto& [name, value] : request.head.fields) {
    const auto [known, added] = arrival.headers.emplace(name, value);
    if (!added) known->second += ", " + value;
  }
  arrival.body = std::move(request.body);
  arrival.peer = caller_.address;
  arrival.client_subject = channel_->client_subject();
  arrival.at = time_of_day();
  return arrival;
}

}  // namespace saksbro::net
