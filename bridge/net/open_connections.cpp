#include "bridge/net/open_connections.h"

#include <sys/socket.h>

namespace saksbro::net {

bool OpenConnections::add(int socket, std::size_t count_max) {
  const std::scoped_lock lock(mutex_);
  if (stopping_ || open_.size() >= count_max) return false;
  open_[socket] = Stage::silent;
  return true;
}

void OpenConnections::begin(int socket) {
  const std::scoped_lock lock(mutex_);
  if (const auto found = open_.find(socket); found != open_.end()) {
    found->second = Stage::under_way;
  }
}

void OpenConnections::remove(int socket) {
  const std::scoped_lock lock(mutex_);
  open_.erase(socket);
  removed_.notify_all();
}

void OpenConnections::drain(std::chrono::milliseconds within) {
  const auto until = std::chrono::steady_clock::now() + within;
  std::unique_lock lock(mutex_);
  stopping_ = true;
  shut(Stage::silent);
  removed_.wait_until(lock, until, [&] { return open_.empty(); });
  shut(Stage::silent);
  shut(Stage::under_way);
}

void OpenConnections::shut(Stage stage) {
  for (const auto& [socket, at] : open_) {
    if (at == stage) ::shutdown(socket, SHUT_RDWR);
  }
}

}  // namespace saksbro::net
