// One connection from its greeting to its end: reads a request, is lent to a worker that answers
// it, writes, and begins again or leaves. Never waits.
//
// The loop owns it. While its stage is `asked` the loop has lent it to one worker, which calls
// answer(), may read_on(), and gives it back; neither touches it meanwhile otherwise.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <string>

#include "bridge/net/admission.h"
#include "bridge/net/answer_text.h"
#include "bridge/net/channel.h"
#include "bridge/net/request_parser.h"

namespace saksbro::net {

using LoopClock = std::chrono::steady_clock;

[[nodiscard]] Instant time_of_day();  // for what is told; deadlines go by LoopClock

// What all connections of a listener share; outlives them.
struct ListenerShared {
  ServerLimits limits;
  Handler handler;
  Watch watch;
  std::atomic<bool> closing = false;
};

class Connection {
 public:
  enum class Stage {
    greeting,   // TLS's handshake
    silent,     // no byte of a request yet
    reading,    // a request
    asked,      // a whole request waits for its answer
    answering,  // the answer is being written
    leaving,    // all is written; what still comes is thrown away
    over
  };
  using Time = LoopClock::time_point;

  Connection(std::unique_ptr<Channel> channel, Caller caller, const ListenerShared& house,
             Time now);

  // Goes as far as the socket lets it, but for a while only: see unfinished(). `scratch` is shared.
  void advance(std::string& scratch, Time now);
  void refuse(const Refusal& refusal, Time now);  // the last thing that it hears
  void expire(Time now);                          // its deadline has passed
  void answer() noexcept;                         // the worker's
  // The worker's, after answer(): reads on where the connection is kept, waiting at most that long
  // for it to stir. True: another whole request is there.
  [[nodiscard]] bool read_on(std::chrono::milliseconds within);

  [[nodiscard]] Stage stage() const { return stage_; }
  [[nodiscard]] Time deadline() const { return deadline_; }
  [[nodiscard]] bool unfinished() const { return unfinished_; }  // more may be there at once
  [[nodiscard]] bool is_kept() const { return stage_ == Stage::silent && requests_ > 0; }
  // A newcomer of whom no whole head has come yet.
  [[nodiscard]] bool awaits_head() const;
  [[nodiscard]] Time came() const { return came_; }
  [[nodiscard]] std::size_t held_bytes() const { return parser_.held_bytes() + out_.size(); }
  [[nodiscard]] const Caller& caller() const { return caller_; }

 private:
  void greet(Time now);
  void read(std::string& scratch, Time now);
  void understand(std::string_view bytes, Time now);
  void write(Time now);
  void leave(std::string& scratch, Time now);
  void await_request(Time now);
  [[nodiscard]] Arrival arrival_of(WholeRequest request) const;
  [[nodiscard]] Response ask(WholeRequest request) const;

  std::unique_ptr<Channel> channel_;
  Caller caller_;
  const ListenerShared& house_;
  RequestParser parser_;
  Stage stage_ = Stage::greeting;
  Time came_;
  Time deadline_;
  Time leave_by_{};
  std::string out_;
  std::size_t written_ = 0;
  std::size_t requests_ = 0;
  bool kept_ = false;         // after the answer under way
  bool may_send_on_ = false;  // its sender, which was refused meanwhile
  std::size_t thrown_away_ = 0;
  bool unfinished_ = false;
};

}  // namespace saksbro::net
