// Plain sockets for tests: a client that sends exactly these bytes, and a server that misbehaves
// exactly as told.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace saksbro::net {

[[nodiscard]] bool is_whole(const std::string& message);  // by its Content-Length

// One end of a connection on loopback.
class Wire {
 public:
  explicit Wire(int socket) : socket_(socket) {}
  Wire(Wire&& other) noexcept;
  Wire& operator=(Wire&&) = delete;
  ~Wire();

  [[nodiscard]] static Wire to(int port);

  bool send(std::string_view bytes);
  // Until the other side closes or resets, or the time is up.
  [[nodiscard]] std::string read_all(std::chrono::milliseconds within);
  // Head and body (by Content-Length); empty when the other side closed.
  [[nodiscard]] std::string read_request();
  // One line with its end; empty when the other side closed.
  [[nodiscard]] std::string read_line();
  // One answer by its Content-Length; what there is when the other side ends or the time is up.
  [[nodiscard]] std::string read_answer(std::chrono::milliseconds within);
  void end_sending();  // FIN: what comes is still read
  void reset();        // RST: what is unread is lost
  [[nodiscard]] bool open() const { return socket_ >= 0; }
  [[nodiscard]] int socket() const { return socket_; }
  [[nodiscard]] int release() { return std::exchange(socket_, -1); }  // the caller's to close

 private:
  [[nodiscard]] std::string read_until(std::chrono::milliseconds within,
                                       const std::function<bool(const std::string&)>& enough);

  int socket_;
  std::string unread_;  // after the line that was asked for
};

// Runs `behaviour` for each connection in a thread of its own; keeps a ledger of the requests read.
class MisbehavingServer {
 public:
  class Conversation {
   public:
    Conversation(MisbehavingServer& server, Wire& wire) : server_(server), wire_(wire) {}
    std::string read();       // one request, into the ledger
    std::string read_line();  // into the ledger, as one entry
    bool send(std::string_view bytes) { return wire_.send(bytes); }
    void reset() { wire_.reset(); }
    // Waits, unless the server ends meanwhile.
    void wait(std::chrono::milliseconds time);
    [[nodiscard]] bool ending() const { return server_.ending_; }

   private:
    MisbehavingServer& server_;
    Wire& wire_;
  };
  using Behaviour = std::function<void(Conversation&)>;

  explicit MisbehavingServer(Behaviour behaviour);
  ~MisbehavingServer();

  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] std::string url(std::string_view path = "/",
                                std::string_view scheme = "http") const;
  [[nodiscard]] std::vector<std::string> ledger();
  [[nodiscard]] int connections() const { return connections_; }

 private:
  void accept_all();

  Behaviour behaviour_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> ending_ = false;
  std::atomic<int> connections_ = 0;
  std::mutex mutex_;
  std::vector<std::string> ledger_;
  std::vector<std::thread> talking_;
  std::thread accepting_;
};

// A port where nobody listens.
[[nodiscard]] int closed_port();

}  // namespace saksbro::net
