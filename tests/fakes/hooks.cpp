#include "tests/fakes/hooks.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>

namespace saksbro::fakes {
namespace {

using namespace std::chrono_literals;

int connected(int port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const timeval most{10, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &most, sizeof most);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  if (::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) return socket;
  ::close(socket);
  return -1;
}

}  // namespace

int post(int port, const std::string& path, const Hook& hook) {
  std::string request = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n" +
                        "Content-Length: " + std::to_string(hook.body.size()) + "\r\n";
  for (const auto& [name, value] : hook.headers) request += name + ": " + value + "\r\n";
  request += "\r\n" + hook.body;
  const int socket = connected(port);
  if (socket < 0) return 0;
  std::string answer;
  if (::send(socket, request.data(), request.size(), MSG_NOSIGNAL) ==
      static_cast<ssize_t>(request.size())) {
    char bytes[4096];
    for (auto count = ::recv(socket, bytes, sizeof bytes, 0); count > 0;
         count = ::recv(socket, bytes, sizeof bytes, 0))
      answer.append(bytes, static_cast<std::size_t>(count));
  }
  ::close(socket);
  return answer.starts_with("HTTP/1.1 ") ? std::atoi(answer.c_str() + 9) : 0;
}

Hooks::Hooks(std::uint64_t seed) : numbers_(seed), thread_([this] { run(); }) {}

Hooks::~Hooks() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Hooks::send_to(int port, const std::string& path) {
  const std::lock_guard lock(mutex_);
  port_ = port;
  path_ = path;
}

void Hooks::fail(const HookFaults& faults) {
  const std::lock_guard lock(mutex_);
  faults_ = faults;
}

void Hooks::send(Hook hook) {
  {
    const std::lock_guard lock(mutex_);
    if (port_ == 0) return;
    if (std::uniform_real_distribution<double>{0.0, 1.0}(numbers_) < faults_.lost) return;
    waiting_.push_back(std::move(hook));
  }
  changed_.notify_all();
}

void Hooks::wait_until_sent() {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, 30s, [this] { return waiting_.empty() && under_way_ == 0; });
}

std::vector<std::string> Hooks::acknowledged() const {
  const std::lock_guard lock(mutex_);
  return acknowledged_;
}

int Hooks::not_acknowledged() const {
  const std::lock_guard lock(mutex_);
  return not_acknowledged_;
}

// What is gathered for another order waits half a second at most.
void Hooks::run() {
  std::unique_lock lock(mutex_);
  while (!ending_) {
    changed_.wait_for(lock, 500ms, [this] {
      return ending_ || waiting_.size() >= static_cast<std::size_t>(std::max(faults_.reorder, 1));
    });
    if (ending_ || waiting_.empty()) continue;
    std::deque<Hook> batch = std::exchange(waiting_, {});
    if (faults_.reorder > 1) std::shuffle(batch.begin(), batch.end(), numbers_);
    const int copies = faults_.copies;
    ++under_way_;
    lock.unlock();
    for (const Hook& hook : batch) post_copies(hook, copies);
    lock.lock();
    --under_way_;
    changed_.notify_all();
  }
}

void Hooks::post_copies(const Hook& hook, int copies) {
  std::vector<std::thread> all;
  const auto one = [this, &hook, port = port_, path = path_] {
    const int status = post(port, path, hook);
    const std::lock_guard lock(mutex_);
    if (status / 100 == 2) acknowledged_.push_back(hook.body);
    if (status / 100 != 2) ++not_acknowledged_;
  };
  for (int i = 1; i < copies; ++i) all.emplace_back(one);
  one();
  for (std::thread& thread : all) thread.join();
}

}  // namespace saksbro::fakes
