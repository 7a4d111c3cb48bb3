#include "bridge/net/reading_loop.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include "bridge/net/tls_channel.h"

namespace saksbro::net {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t scratch_bytes = 64U * 1024U;
// That hear 503 and are listened to until they have read it; to further ones it is only sent.
constexpr std::size_t turned_away_max = 512;
constexpr auto head_comes_within = 1s;  // where there is no room
constexpr std::size_t cleared_at_once = 16;
constexpr int accepts_a_turn = 64;
constexpr auto deadlines_apart = 20ms;
constexpr auto files_apart = 1s;
constexpr auto accept_pause = 100ms;
constexpr auto worker_stays = 1ms;

// One connection was lost, not the listener.
bool is_of_the_caller(int error) {
  return error == ECONNABORTED || error == EPROTO || error == EINTR || error == EPERM ||
         error == ENETDOWN || error == EHOSTUNREACH || error == ENETUNREACH;
}

}  // namespace

Descriptor::~Descriptor() { close(); }

void Descriptor::close() {
  if (number_ >= 0) ::close(std::exchange(number_, -1));
}

ReadingLoop::ReadingLoop(ListenerShared& house, TlsIdentity* identity, int listening)
    : house_(house),
      identity_(identity),
      listening_(listening),
      epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      bell_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      workers_(static_cast<std::size_t>(std::max(1, house.limits.workers))),
      admission_(house.limits),
      scratch_(scratch_bytes, '\0') {
  watch(bell_.number(), EPOLLIN);
  watch(listening_.number(), EPOLLIN);
}

ReadingLoop::~ReadingLoop() { workers_.shutdown(); }

void ReadingLoop::watch(int descriptor, std::uint32_t events) {
  epoll_event wanted{};
  wanted.events = events;
  wanted.data.fd = descriptor;
  ::epoll_ctl(epoll_.number(), EPOLL_CTL_ADD, descriptor, &wanted);
}

void ReadingLoop::close(Time by) {
  const std::scoped_lock lock(mutex_);
  house_.closing = true;
  close_by_ = by;
  ::eventfd_write(bell_.number(), 1);
}

void ReadingLoop::run() noexcept {
  while (!winding_up_ || !seats_.empty()) {
    std::array<epoll_event, 256> events;
    const int count =
        ::epoll_wait(epoll_.number(), events.data(), events.size(), wait_ms(LoopClock::now()));
    const Time now = LoopClock::now();
    take_back(now);
    for (int i = 0; i < count; ++i) {
      const int descriptor = events.at(static_cast<std::size_t>(i)).data.fd;
      if (descriptor == listening_.number()) {
        accept_some(now);
      } else if (descriptor != bell_.number()) {
        move(descriptor, now);
      }
    }
    give_turns(now);
    look_at_deadlines(now);
    look_at_files(now);
    if (accept_again_ <= now) go_on_accepting();
    if (house_.closing) wind_up(now);
  }
}

int ReadingLoop::wait_ms(Time now) const {
  if (!unfinished_.empty()) return 0;
  Time until = std::min(next_deadline_, accept_again_);
  if (identity_ != nullptr) until = std::min(until, next_look_at_files_);
  if (until == Time::max()) return -1;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - now);
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 60'000));
}

// ---------------------------------------------------------------- who comes in

void ReadingLoop::accept_some(Time now) {
  for (int i = 0; i < accepts_a_turn && !winding_up_; ++i) {
    sockaddr_storage from{};
    socklen_t size = sizeof from;
    const int socket = ::accept4(listening_.number(), reinterpret_cast<sockaddr*>(&from), &size,
                                 SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (socket >= 0) {
      welcome(socket, caller_of(from), now);
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      return;
    } else if (!is_of_the_caller(errno)) {
      return pause_accepting(now);  // no files or no memory: asking again at once would spin
    }
  }
}

void ReadingLoop::welcome(int socket, const Caller& caller, Time now) {
  if (admission_.full() || admission_.full_for(caller)) make_room(caller, now);
  if (const auto reason = admission_.enter(caller, socket)) {
    return turn_away(socket, caller, *reason, now);
  }
  auto channel =
      identity_ == nullptr ? plain_channel(socket) : tls_channel(socket, identity_->context());
  if (!channel) return admission_.leave(caller);
  seat(socket, std::make_unique<Connection>(std::move(channel), caller, house_, now), true, now);
}

// In the clear it is told to come again; a TLS handshake would cost what is short.
void ReadingLoop::turn_away(int socket, const Caller& caller, const std::string& reason, Time now) {
  house_.watch.shed(reason);
  auto channel = plain_channel(socket);
  if (identity_ != nullptr || reason == "files") return;
  const Refusal refusal{503, "too many connections"};
  if (turned_away_ >= turned_away_max) {
    const auto text = refusal_text(refusal, Told::whole, time_of_day());
    // What it has sent is read first: closing with bytes unread resets the connection.
    static_cast<void>(channel->read(scratch_.data(), scratch_.size()));
    static_cast<void>(channel->write(text));
    return channel->end_writing();
  }
  auto connection = std::make_unique<Connection>(std::move(channel), caller, house_, now);
  connection->refuse(refusal, now);
  seat(socket, std::move(connection), false, now);
}

void ReadingLoop::seat(int socket, std::unique_ptr<Connection> connection, bool counted, Time now) {
  if (!counted) ++turned_away_;
  seats_[socket] = {std::move(connection), counted, false, false, 0};
  watch(socket, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET);
  move(socket, now);
}

// Before anybody is turned away go those who came a while ago and have sent no head since: senders
// of webhooks do it at once. Then connections that are kept for their senders' comfort; then the
// newcomers that have been silent longest. When one network has too many, its own.
void ReadingLoop::make_room(const Caller& caller, Time now) {
  const bool own = admission_.full_for(caller);
  const auto counts = [&](const Connection& one) {
    return !own || one.caller().network == caller.network;
  };
  const std::size_t before = seats_.size();
  end_first(
      [&](const Connection& one) {
        return counts(one) && one.awaits_head() && one.came() + head_comes_within <= now;
      },
      cleared_at_once);
  if (seats_.size() < before) return;
  end_first([&](const Connection& one) { return counts(one) && one.is_kept(); }, 1);
  if (seats_.size() < before) return;
  end_first([&](const Connection& one) { return counts(one) && one.awaits_head(); }, 1);
}

// The oldest of those that may go.
void ReadingLoop::end_first(const std::function<bool(const Connection&)>& may_go,
                            std::size_t most) {
  std::vector<std::pair<Time, int>> going;
  for (const auto& [socket, seat] : seats_) {
    const Connection& one = *seat.connection;
    if (!seat.lent && seat.counted && may_go(one))
      going.emplace_back(one.is_kept() ? one.deadline() : one.came(), socket);
  }
  const auto end = going.begin() + static_cast<std::ptrdiff_t>(std::min(most, going.size()));
  std::partial_sort(going.begin(), end, going.end());
  for (auto one = going.begin(); one != end; ++one) {
    if (!seats_.at(one->second).connection->is_kept()) house_.watch.shed("silent");
    remove(one->second);
  }
}

void ReadingLoop::pause_accepting(Time now) {
  house_.watch.shed("files");
  ::epoll_ctl(epoll_.number(), EPOLL_CTL_DEL, listening_.number(), nullptr);
  accept_again_ = now + accept_pause;
}

void ReadingLoop::go_on_accepting() {
  accept_again_ = Time::max();
  if (!winding_up_) watch(listening_.number(), EPOLLIN);
}

// ---------------------------------------------------------------- who is inside

void ReadingLoop::move(int socket, Time now) {
  const auto found = seats_.find(socket);
  if (found == seats_.end()) return;  // ended earlier in this round
  Slot& seat = found->second;
  if (seat.lent) {
    seat.stirred = true;
    return;
  }
  seat.stirred = false;
  seat.connection->advance(scratch_, now);
  account(seat, now);
  settle(socket, seat, now);
}

void ReadingLoop::account(Slot& seat, Time now) {
  const auto count = [&] {
    const std::size_t held = seat.connection->held_bytes();
    held_bytes_ = held_bytes_ - seat.held + held;
    seat.held = held;
  };
  count();
  if (held_bytes_ <= house_.limits.buffered_bytes) return;
  const Stage stage = seat.connection->stage();
  if (stage != Stage::reading && stage != Stage::asked) return;
  house_.watch.shed("memory");
  seat.connection->refuse({503, "too many requests in progress"}, now);
  seat.connection->advance(scratch_, now);
  count();
}

void ReadingLoop::settle(int socket, Slot& seat, Time now) {
  const Connection& connection = *seat.connection;
  if (connection.stage() == Stage::over) return remove(socket);
  if (connection.stage() == Stage::asked) return lend(socket, seat);
  if (connection.unfinished()) unfinished_.push_back(socket);
  next_deadline_ = std::min(next_deadline_, std::max(connection.deadline(), now + deadlines_apart));
}

void ReadingLoop::lend(int socket, Slot& seat) {
  seat.lent = true;
  ++waiting_;
  workers_.enqueue([this, socket, connection = seat.connection.get()] {
    --waiting_;
    connection->answer();
    // A sender that has more to say mostly says it at once: as long as nobody waits for a worker,
    // this spares it the way through the loop.
    while (waiting_ == 0 && connection->read_on(worker_stays)) connection->answer();
    give_back(socket);
  });
}

void ReadingLoop::give_back(int socket) {
  const std::scoped_lock lock(mutex_);
  given_back_.push_back(socket);
  if (given_back_.size() > 1) return;  // the bell rings already
  ::eventfd_write(bell_.number(), 1);
}

void ReadingLoop::take_back(Time now) {
  std::vector<int> back;
  {
    const std::scoped_lock lock(mutex_);
    eventfd_t rung = 0;
    ::eventfd_read(bell_.number(), &rung);
    back.swap(given_back_);
  }
  for (const int socket : back) {
    Slot& seat = seats_.at(socket);
    seat.lent = false;
    // A kept connection on which nothing has stirred has nothing to read.
    if (seat.connection->is_kept() && !seat.stirred) {
      account(seat, now);
      settle(socket, seat, now);
    } else {
      move(socket, now);
    }
  }
}

void ReadingLoop::give_turns(Time now) {
  std::vector<int> turns;
  turns.swap(unfinished_);
  for (const int socket : turns) move(socket, now);
}

void ReadingLoop::look_at_deadlines(Time now) {
  if (now < next_deadline_) return;
  next_deadline_ = Time::max();
  std::vector<int> late;
  for (const auto& [socket, seat] : seats_) {
    if (seat.lent) continue;
    const Time deadline = seat.connection->deadline();
    if (deadline <= now) {
      late.push_back(socket);
    } else {
      next_deadline_ = std::min(next_deadline_, std::max(deadline, now + deadlines_apart));
    }
  }
  for (const int socket : late) {
    seats_.at(socket).connection->expire(now);
    move(socket, now);
  }
}

void ReadingLoop::look_at_files(Time now) {
  if (identity_ == nullptr || now < next_look_at_files_) return;
  next_look_at_files_ = now + files_apart;
  if (auto taken = identity_->refresh(); !taken) house_.watch.certificate_kept(taken.error());
}

void ReadingLoop::wind_up(Time now) {
  if (!std::exchange(winding_up_, true)) listening_.close();
  Time by = Time::max();
  {
    const std::scoped_lock lock(mutex_);
    by = close_by_;
  }
  std::vector<int> ending;
  for (const auto& [socket, seat] : seats_) {
    if (seat.lent) continue;
    const Stage stage = seat.connection->stage();
    const bool has_begun = stage == Stage::reading || stage == Stage::answering;
    if (!has_begun || by <= now) ending.push_back(socket);
  }
  for (const int socket : ending) remove(socket);
  if (!seats_.empty())
    next_deadline_ = std::min(next_deadline_, std::max(by, now + deadlines_apart));
}

void ReadingLoop::remove(int socket) {
  const auto found = seats_.find(socket);
  held_bytes_ -= found->second.held;
  if (found->second.counted) {
    admission_.leave(found->second.connection->caller());
  } else {
    --turned_away_;
  }
  seats_.erase(found);  // closes the socket, which leaves the epoll with it
}

}  // namespace saksbro::net
