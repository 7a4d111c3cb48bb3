// All connections of a listener in one thread (epoll, edge-triggered): a silent or slow one costs
// memory and no thread. Whole requests go to the workers, which answer them and give the
// connection back.
#pragma once

#include <httplib.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "bridge/net/connection.h"
#include "bridge/net/tls_identity.h"

namespace saksbro::net {

// A file of the kernel's, closed with its owner.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor();
  [[nodiscard]] int number() const { return number_; }
  void close();

 private:
  int number_;
};

class ReadingLoop {
 public:
  // Takes the listening socket over. `house` and `identity` (null: no TLS) must outlive this.
  ReadingLoop(ListenerShared& house, TlsIdentity* identity, int listening);
  ~ReadingLoop();

  void run() noexcept;  // until close() and the last connection's end
  // From any thread: no new connections, ends the silent ones; the others get until `by`.
  void close(LoopClock::time_point by);

 private:
  using Time = LoopClock::time_point;
  using Stage = Connection::Stage;
  struct Slot {
    std::unique_ptr<Connection> connection;
    bool counted = true;   // by admission; one that is told 503 is not
    bool lent = false;     // to a worker
    bool stirred = false;  // the socket moved while it was lent, or more is there at once
    std::size_t held = 0;  // of held_bytes_
  };
  using Seats = std::unordered_map<int, Slot>;

  [[nodiscard]] int wait_ms(Time now) const;
  void accept_some(Time now);
  void welcome(int socket, const Caller& caller, Time now);
  void turn_away(int socket, const Caller& caller, const std::string& reason, Time now);
  void seat(int socket, std::unique_ptr<Connection> connection, bool counted, Time now);
  void make_room(const Caller& caller, Time now);
  void end_first(const std::function<bool(const Connection&)>& may_go, std::size_t most);
  void pause_accepting(Time now);
  void go_on_accepting();
  void move(int socket, Time now);
  void settle(int socket, Slot& seat, Time now);
  void account(Slot& seat, Time now);
  void lend(int socket, Slot& seat);
  void give_back(int socket);  // the worker's
  void take_back(Time now);
  void give_turns(Time now);
  void look_at_deadlines(Time now);
  void look_at_files(Time now);
  void wind_up(Time now);
  void remove(int socket);
  void watch(int descriptor, std::uint32_t events);

  ListenerShared& house_;
  TlsIdentity* identity_;
  Descriptor listening_;
  Descriptor epoll_;
  Descriptor bell_;  // rung by close() and give_back()
  httplib::ThreadPool workers_;
  std::atomic<int> waiting_ = 0;  // connections that are lent, and no worker has them yet
  Admission admission_;
  Seats seats_;
  std::size_t turned_away_ = 0;  // seats that are not counted
  std::size_t held_bytes_ = 0;
  std::string scratch_;
  std::vector<int> unfinished_;
  Time next_deadline_ = Time::max();
  Time next_look_at_files_{};
  Time accept_again_ = Time::max();  // max: it is not paused
  bool winding_up_ = false;

  std::mutex mutex_;  // of what follows
  std::vector<int> given_back_;
  Time close_by_ = Time::max();
};

}  // namespace saksbro::net
