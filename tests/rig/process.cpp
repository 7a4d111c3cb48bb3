#include "tests/rig/process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <stdexcept>
#include <thread>

#include "tests/rig/folder.h"

extern char** environ;

namespace saksbro::rig {
namespace {

using namespace std::chrono_literals;

std::vector<std::string> whole_environment(const std::map<std::string, std::string>& added) {
  std::vector<std::string> result;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    if (!added.contains(text.substr(0, text.find('=')))) result.push_back(text);
  }
  for (const auto& [name, value] : added) result.push_back(name + "=" + value);
  return result;
}

std::vector<char*> as_c(const std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (const std::string& text : texts) result.push_back(const_cast<char*>(text.c_str()));
  result.push_back(nullptr);
  return result;
}

// posix_spawn's settings: output to a file (a pipe would be held open by grandchildren), a group of
// its own, and no signal ignored: this program may ignore SIGPIPE.
class SpawnSettings {
 public:
  explicit SpawnSettings(const std::string& output) {
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, 1, output.c_str(), O_WRONLY | O_CREAT | O_APPEND,
                                     0644);
    posix_spawn_file_actions_adddup2(&files, 1, 2);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setpgroup(&attributes, 0);
    sigset_t pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    posix_spawnattr_setsigdefault(&attributes, &pipe);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;
  ~SpawnSettings() {
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
  }

  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
};

}  // namespace

Process::Process(const Program& program) {
  const SpawnSettings settings(program.output.string());
  const std::vector<std::string> environment = whole_environment(program.environment);
  const int error =
      ::posix_spawnp(&pid_, program.argv.at(0).c_str(), &settings.files, &settings.attributes,
                     as_c(program.argv).data(), as_c(environment).data());
  if (error != 0) {
    throw std::runtime_error("cannot start " + program.argv.at(0) + ": " + std::strerror(error));
  }
}

Process::~Process() {
  if (running()) kill9();
}

bool Process::reap(int options) {
  if (ended_) return true;
  int status = 0;
  pid_t reaped = 0;
  do {
    reaped = ::waitpid(pid_, &status, options);
  } while (reaped < 0 && errno == EINTR);
  if (reaped != pid_) return false;
  ended_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return true;
}

bool Process::running() { return !reap(WNOHANG); }

std::optional<int> Process::wait(std::chrono::milliseconds within) {
  const auto until = std::chrono::steady_clock::now() + within;
  while (running() && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(5ms);
  return ended_;
}

void Process::signal(int number) {
  if (running()) ::kill(pid_, number);  // not reaped yet, so the id is still its own
}

int Process::kill9() {
  signal(SIGKILL);
  static_cast<void>(reap(0));
  return ended_.value_or(-1);
}

int Process::terminate(std::chrono::milliseconds within) {
  signal(SIGTERM);
  const auto code = wait(within);
  return code ? *code : kill9();
}

Finished run(const std::vector<std::string>& argv, std::chrono::milliseconds within,
             const std::map<std::string, std::string>& environment) {
  const Folder folder("run", WhenFailed::remove);
  const auto output = folder.path() / "output";
  Process process({.argv = argv, .environment = environment, .output = output});
  const auto code = process.wait(within);
  if (!code) throw std::runtime_error(argv.at(0) + " did not end in time:\n" + read_file(output));
  return {*code, read_file(output)};
}

}  // namespace saksbro::rig
