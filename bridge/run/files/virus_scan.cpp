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
#include <utility>

namespace saksbro::run {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kAtMost{120};
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

Scanned no_answer(const std::string& what) {
  return {false, false, what + ": " + std::strerror(errno)};
}

std::string first_line(std::string_view text) {
  const auto end = text.find_first_of(std::string_view("\r\n\0", 3));
  return std::string(text.substr(0, std::min(end, kWordsMost)));
}

bool send_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

// A chunk: its length in four bytes, network order; one of no length ends the stream.
bool send_chunk(int socket, std::string_view bytes) {
  const auto size = static_cast<std::uint32_t>(bytes.size());
  const std::array<char, 4> length{static_cast<char>(size >> 24U), static_cast<char>(size >> 16U),
                                   static_cast<char>(size >> 8U), static_cast<char>(size)};
  return send_all(socket, {length.data(), length.size()}) && send_all(socket, bytes);
}

bool send_file(int socket, int file) {
  std::array<char, kStep> bytes{};
  for (;;) {
    const ssize_t count = ::read(file, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    if (!send_chunk(socket, {bytes.data(), static_cast<std::size_t>(count)})) return false;
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

void limit_time(int socket) {
  const timeval limit{kAtMost.count(), 0};
  setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
  setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
}

std::string read_answer(int socket) {
  std::string answer;
  std::array<char, 512> bytes{};
  while (answer.find('\0') == std::string::npos && answer.size() < kWordsMost) {
    const ssize_t count = ::recv(socket, bytes.data(), bytes.size(), 0);
    if (count <= 0) break;
    answer.append(bytes.data(), static_cast<std::size_t>(count));
  }
  return first_line(answer);
}

Scanned ask(const Clamd& clamd, const std::string& path) {
  const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) return no_answer(path);
  const File socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (clamd.socket.size() >= sizeof(address.sun_path))
    return {false, false, clamd.socket + ": the path is too long for a socket"};
  std::memcpy(address.sun_path, clamd.socket.c_str(), clamd.socket.size() + 1);
  limit_time(socket.get());
  if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0)
    return no_answer(clamd.socket);
  // Beyond its StreamMaxLength clamd answers amid the stream, and closes.
  const bool sent = send_all(socket.get(), std::string_view("zINSTREAM\0", 10)) &&
                    send_file(socket.get(), file.get());
  const std::string answer = read_answer(socket.get());
  if (!sent && answer.empty()) return no_answer(clamd.socket);
  return understood(answer);
}

// What it says is read to its end: a full pipe would stop it.
std::string read_output(const File& from, Clock::time_point until) {
  std::string words;
  std::array<char, 512> bytes{};
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
    pollfd entry{.fd = from.get(), .events = POLLIN, .revents = 0};
    if (left.count() <= 0 || ::poll(&entry, 1, static_cast<int>(left.count())) <= 0) return words;
    const ssize_t count = ::read(from.get(), bytes.data(), bytes.size());
    if (count <= 0) return words;
    if (words.size() < kWordsMost) words.append(bytes.data(), static_cast<std::size_t>(count));
  }
}

// How it ended; none: it had to be killed.
std::optional<int> wait_for(pid_t child, Clock::time_point until) {
  for (int status = 0;;) {
    const pid_t ended = ::waitpid(child, &status, WNOHANG);
    if (ended == child)
      return WIFEXITED(status) ? std::optional(WEXITSTATUS(status)) : std::nullopt;
    if (Clock::now() >= until) {
      ::kill(child, SIGKILL);
      ::waitpid(child, &status, 0);
      return std::nullopt;
    }
    constexpr int kPauseMilliseconds = 10;
    ::poll(nullptr, 0, kPauseMilliseconds);
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

Scanned ask(const ScanCommand& command, const std::string& path) {
  std::array<int, 2> ends{-1, -1};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return no_answer(command.words.front());
  const File from(ends[0]);
  File to(ends[1]);
  std::vector<std::string> words = command.words;
  words.push_back(path);
  const std::vector<char*> arguments = pointers_to(words);
  std::vector<std::string> variables = plain_environment();
  const std::vector<char*> environment = pointers_to(variables);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, to.get(), 1);
  posix_spawn_file_actions_adddup2(&actions, to.get(), 2);
  pid_t child = 0;
  const int failed = posix_spawnp(&child, arguments.front(), &actions, nullptr, arguments.data(),
                                  environment.data());
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) return {false, false, words.front() + ": " + std::strerror(failed)};
  to.shut();
  const auto until = Clock::now() + kAtMost;
  const std::string said = first_line(read_output(from, until));
  const auto status = wait_for(child, until);
  if (!status) return {false, false, words.front() + " took too long, or crashed"};
  if (*status == 0) return {true, true, ""};
  if (*status == 1) return {true, false, said};
  return {false, false, words.front() + " ended with " + std::to_string(*status) + ": " + said};
}

}  // namespace

Scanned scan(const ScanBy& by, const std::string& path) {
  return std::visit([&](const auto& one) { return ask(one, path); }, by);
}

}  // namespace saksbro::run
