// Stands between saksbro and a tracker, and loses what it is told to lose.
#pragma once

#include <atomic>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace saksbro::rig {

enum class Loss {
  request,  // the tracker never gets it: the connection is reset before
  answer    // the tracker does what it was asked, then the connection is reset
};

class TcpProxy {
 public:
  explicit TcpProxy(int server_port);
  TcpProxy(const TcpProxy&) = delete;
  TcpProxy& operator=(const TcpProxy&) = delete;
  ~TcpProxy();

  [[nodiscard]] std::string url() const;

  // For the next `count` requests of this method ("POST"; "" for any). Others pass.
  void lose(Loss what, const std::string& method, int count = 1);
  [[nodiscard]] int lost() const { return lost_; }

  void down();  // connections are refused from now on, open ones end
  void up();    // again, on the same port

 private:
  struct Order {
    Loss what;
    std::string method;
    int left;
  };
  void accept_all(int listener);
  void relay(int client);
  [[nodiscard]] bool pass_on(int client, int server);
  [[nodiscard]] bool give_back(int client, int server);
  [[nodiscard]] bool due(Loss what, const std::string& bytes);

  int server_port_;
  int port_ = 0;
  int listener_ = -1;
  std::atomic<bool> ending_ = false;
  std::atomic<int> lost_ = 0;
  std::mutex mutex_;
  std::deque<Order> orders_;
  std::vector<std::thread> relaying_;
  std::thread accepting_;
};

}  // namespace saksbro::rig
