// The connections a listener has open, so that a stop can end those that would hold it up.
#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>

namespace saksbro::net {

// Thread-safe. A socket is added before and removed after all use of it, and closed only then: so
// none is shut whose number has gone to another connection.
class OpenConnections {
 public:
  // False: there are too many, or the listener is stopping.
  [[nodiscard]] bool add(int socket, std::size_t count_max);
  void begin(int socket);  // its request is being read
  void remove(int socket);

  // Ends those whose request has not begun at once, waits for the others, ends them when the time
  // is up; from now on none is added.
  void drain(std::chrono::milliseconds within);

 private:
  enum class Stage { silent, under_way };
  void shut(Stage stage);

  std::mutex mutex_;
  std::condition_variable removed_;
  std::map<int, Stage> open_;
  bool stopping_ = false;
};

}  // namespace saksbro::net
