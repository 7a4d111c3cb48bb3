#include "bridge/run/files/virus_scan.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace saksbro::run {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kSlice{100};
constexpr std::size_t kStep = 65536;
constexpr std::size_t kWordsMost = 300;

class File {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  [[nodiscard]] int get() const { return descriptor_; }
  [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }
  void shut() { ::close(std::exchange(descriptor_, -1)); }

 private:
  int descriptor_;
};

// Until when, and whether at all.
class Patience {
 public:
  Patience(std::chrono::milliseconds longest, const std::function<bool()>& goes_on)
      : until_(Clock::now() + longest), goes_on_(goes_on) {}

  [[nodiscard]] bool over() const { return Clock::now() >= until_ || !goes_on_(); }

  // For a short while, until something can be done with it.
  static void pause(int descriptor, short event) {
    pollfd entry{.fd = descriptor, .events = event, .revents = 0};
    static_cast<void>(::poll(&entry, 1, static_cast<int>(kSlice.count())));
  }

  // False: it is over.
  [[nodiscard]] bool wait(int descriptor, short event) const {
    for (;;) {
      pollfd entry{.fd = descriptor, .events = event, .revents = 0};
      if (::poll(&entry, 1, static_cast<int>(kSlice.count())) > 0) return true;
      if (over()) return false;
    }
  }

 private:
  Clock::time_point until_;
  const std::function<bool()>& goes_on_;
};

Scanned no_answer(const std::string& what) {
  return {false, false, what + ": " + std::strerror(errno)};
}

std::string first_line(std::string_view text) {
  const auto end = text.find_first_of(std::string_view("\r\n\0", 3));
  return std::string(text.substr(0, std::min(end, kWordsMost)));
}

bool send_all(int socket, std::string_view bytes, const Patience& patience) {
  while (!bytes.empty()) {
    const ssize_t count = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno == EAGAIN && patience.wait(socket, POLLOUT)) continue;
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

// A chunk: its length in four bytes, network order; one of no length ends the stream.
bool send_chunk(int socket, std::string_view bytes, const Patience& patience) {
  const auto size = static_cast<std::uint32_t>(bytes.size());
  const std::array<char, 4> length{static_cast<char>(size >> 24U), static_cast<char>(size >> 16U),
                                   static_cast<char>(size >> 8U), static_cast<char>(size)};
  return send_all(socket, {length.data(), length.size()}, patience) &&
         send_all(socket, bytes, patience);
}

bool send_file(int socket, int file, const Patience& patience) {
  std::array<char, kStep> bytes{};
  for (;;) {
    const ssize_t count = ::read(file, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    if (patience.over()) return false;
    if (!send_chunk(socket, {bytes.data(), static_cast<std::size_t>(count)}, patience))
      return false;
    if (count == 0) return true;
  }
}

// "stream: OK", "stream: Eicar-Test-Signature FOUND", "INSTREAM size limit exceeded. ERROR"
Scanned understood(const std::string& answer) {
  if (answer.ends_with(" FOUND")) {
    const auto colon = answer.find(": ");
    const std::size_t from = colon == std::string::npos ? 0 : colon + 2;
    return {true, false,
            answer.substr(from, answer.size() - from - std::string_view(" FOUND").size())};
  }
  if (answer.ends_with(": OK")) return {true, true, ""};
  return {false, false, answer.empty() ? "clamd closed the connection" : answer};
}

// clamd takes so many at once, and the next one when it is done with one of those.
bool connect_to(int socket, const std::string& path, const Patience& patience) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  while (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
    if (errno != EAGAIN && errno != EINTR) return false;
    if (patience.over()) return false;
    Patience::pause(-1, 0);
  }
  return true;
}

std::string read_answer(int socket, const Patience& patience) {
  std::string answer;
  std::array<char, 512> bytes{};
  while (answer.find('\0') == std::string::npos && answer.size() < kWordsMost) {
    const ssize_t count = ::recv(socket, bytes.data(), bytes.size(), 0);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno == EAGAIN && patience.wait(socket, POLLIN)) continue;
    if (count <= 0) break;
    answer.append(bytes.data(), static_cast<std::size_t>(count));
  }
  return first_line(answer);
}

Scanned ask(const Clamd& clamd, const std::string& path, const Patience& patience) {
  const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) return no_answer(path);
  const File socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (clamd.socket.size() >= sizeof(sockaddr_un::sun_path))
    return {false, false, clamd.socket + ": the path is too long for a socket"};
  if (!connect_to(socket.get(), clamd.socket, patience)) return no_answer(clamd.socket);
  // Beyond its StreamMaxLength clamd answers amid the stream, and closes.
  const bool sent = send_all(socket.get(), std::string_view("zINSTREAM\0", 10), patience) &&
                    send_file(socket.get(), file.get(), patience);
  if (!sent && patience.over()) return {false, false, "clamd took too long"};
  const std::string answer = read_answer(socket.get(), patience);
  if (answer.empty() && patience.over()) return {false, false, "clamd took too long"};
  if (!sent && answer.empty()) return no_answer(clamd.socket);
  return understood(answer);
}

// A process that we started, alone in a group with all that it starts itself.
class Child {
 public:
  explicit Child(pid_t id) : id_(id) {}
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() { static_cast<void>(end()); }

  // It is not waited for: until end() its group keeps its number.
  [[nodiscard]] bool has_ended() const {
    siginfo_t seen{};
    return ::waitid(P_PID, static_cast<id_t>(id_), &seen, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           seen.si_pid == id_;
  }

  // Ends what is left of its group. How it ended itself; none: by a signal.
  std::optional<int> end() {
    if (id_ <= 0) return std::nullopt;
    const pid_t id = std::exchange(id_, 0);
    ::kill(-id, SIGKILL);
    int status = 0;
    while (::waitpid(id, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? std::optional(WEXITSTATUS(status)) : std::nullopt;
  }

 private:
  pid_t id_;
};

// What there is now. False: there will be no more.
bool read_some(int from, std::string& words) {
  std::array<char, 512> bytes{};
  for (;;) {
    const ssize_t count = ::read(from, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return count < 0 && errno == EAGAIN;
    if (words.size() < kWordsMost) words.append(bytes.data(), static_cast<std::size_t>(count));
  }
}

// What it says is read as it comes: a full pipe would stop it. Not to the pipe's end: what it has
// left running may hold that open. False: it was not done in time.
bool follow(const Child& child, int from, std::string& words, const Patience& patience) {
  for (bool open = true;;) {
    const bool ended = child.has_ended();
    open = open && read_some(from, words);
    if (ended) return true;
    if (patience.over()) return false;
    Patience::pause(open ? from : -1, POLLIN);
  }
}

// Ours holds secrets.
std::vector<std::string> plain_environment() {
  const char* path = std::getenv("PATH");
  return {std::string("PATH=") + (path == nullptr ? "/usr/bin:/bin" : path), "LC_ALL=C.UTF-8"};
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> all;
  for (std::string& text : texts) all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

// In a group of its own, and without the signals that we ignore.
class SpawnAttributes {
 public:
  SpawnAttributes() {
    posix_spawnattr_init(&attributes_);
    sigset_t usual{};
    sigemptyset(&usual);
    posix_spawnattr_setsigmask(&attributes_, &usual);
    sigaddset(&usual, SIGPIPE);
    posix_spawnattr_setsigdefault(&attributes_, &usual);
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setflags(
        &attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  }
  SpawnAttributes(const SpawnAttributes&) = delete;
  SpawnAttributes& operator=(const SpawnAttributes&) = delete;
  ~SpawnAttributes() { posix_spawnattr_destroy(&attributes_); }
  [[nodiscard]] const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_{};
};

// Its number; what it says goes into `to`. An error: errno.
tl::expected<pid_t, int> start(std::vector<std::string> words, int to) {
  const std::vector<char*> arguments = pointers_to(words);
  std::vector<std::string> variables = plain_environment();
  const std::vector<char*> environment = pointers_to(variables);
  const SpawnAttributes attributes;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, to, 1);
  posix_spawn_file_actions_adddup2(&actions, to, 2);
  pid_t child = 0;
  const int failed = posix_spawnp(&child, arguments.front(), &actions, attributes.get(),
                                  arguments.data(), environment.data());
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) return tl::unexpected(failed);
  return child;
}

Scanned ask(const ScanCommand& command, const std::string& path, const Patience& patience) {
  const std::string& name = command.words.front();
  std::array<int, 2> ends{-1, -1};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return no_answer(name);
  const File from(ends[0]);
  File to(ends[1]);
  if (::fcntl(from.get(), F_SETFL, O_NONBLOCK) != 0) return no_answer(name);
  std::vector<std::string> words = command.words;
  words.push_back(path);
  const auto started = start(std::move(words), to.get());
  if (!started) return {false, false, name + ": " + std::strerror(started.error())};
  Child child(*started);
  to.shut();
  std::string said;
  if (!follow(child, from.get(), said, patience)) return {false, false, name + " took too long"};
  const auto status = child.end();
  said = first_line(said);
  if (!status) return {false, false, name + " crashed"};
  if (*status == 0) return {true, true, ""};
  if (*status == 1) return {true, false, said};
  return {false, false, name + " ended with " + std::to_string(*status) + ": " + said};
}

}  // namespace

Scanned scan(const ScanBy& by, const std::string& path, std::chrono::milliseconds longest,
             const std::function<bool()>& goes_on) {
  const Patience patience(longest, goes_on);
  return std::visit([&](const auto& one) { return ask(one, path, patience); }, by);
}

}  // namespace saksbro::run
