// HTTP/1.1 by hand, over loopback: a fake decides what happens to each byte and to the connection.
// Never throws over what a client sends: a request that cannot be read is none.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "bridge/contract/call.h"

namespace saksbro::fakes {

struct Request {
  std::string method;
  std::string path;                          // decoded, without the query
  std::map<std::string, std::string> query;  // decoded; the first of a name
  Headers headers;
  std::string body;
};

[[nodiscard]] std::string percent_decoded(std::string_view text);
// As it goes on the wire, with its Content-Length and Date.
[[nodiscard]] std::string written(const Answer& answer, Instant now);

class SocketServer;

// One client's connection; belongs to the thread that serves it.
class Connection {
 public:
  Connection(int socket, SocketServer& server) : socket_(socket), server_(server) {}

  // The request line of what comes next, which stays unread; nothing when the client has gone.
  [[nodiscard]] std::optional<Request> peek();
  [[nodiscard]] std::optional<Request> read();
  bool read_some(std::size_t bytes);  // and forgets them
  [[nodiscard]] std::optional<std::string> read_line();
  bool write(std::string_view bytes);
  // The client sees "connection reset by peer". Nothing may be done with it after.
  void reset();
  // False: the server stops.
  [[nodiscard]] bool pause(std::chrono::milliseconds time);

 private:
  bool fill();

  int socket_;
  SocketServer& server_;
  std::string unread_;
};

// Serves each connection on a thread of its own, on 127.0.0.1.
class SocketServer {
 public:
  using Serve = std::function<void(Connection&)>;  // returns: the connection is closed
  explicit SocketServer(Serve serve);
  SocketServer(const SocketServer&) = delete;
  SocketServer& operator=(const SocketServer&) = delete;
  ~SocketServer();

  [[nodiscard]] int port() const { return port_; }
  // Connections are refused, and those that are open end; the port stays ours.
  void close();
  void open();

 private:
  friend class Connection;
  struct Client {
    int socket = -1;
    std::atomic<bool> ended = false;
    std::thread thread;
  };
  void bind(int port);
  void accept_all(int listener);
  void serve(Client& client);
  void forget_ended();
  bool pause(std::chrono::milliseconds time);

  Serve serve_;
  int port_ = 0;
  int listener_ = -1;
  std::mutex mutex_;
  std::condition_variable stop_;
  bool closed_ = true;
  std::list<Client> clients_;
  std::thread accepting_;
};

}  // namespace saksbro::fakes
