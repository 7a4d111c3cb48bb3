// Real time, the real program, fakes that fail, people at work, and kill -9 all the while. Then
// the weather clears, people finish their cases, and the ledgers are compared.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <mutex>
#include <thread>

#include "tests/chaos/driver/options.h"
#include "tests/chaos/driver/weather.h"
#include "tests/town/verifier.h"
#include "tests/town/walk.h"

namespace saksbro::chaos {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto kConvergeMost = 25min;
constexpr std::size_t kDifferencesShown = 10;

// People at their desks: a thread of its own. They begin new cases until they are told not to.
class People {
 public:
  People(Town& town, std::uint64_t seed, int at_once)
      : town_(town), numbers_(seed), at_once_(at_once), thread_([this] { work(); }) {}
  ~People() { end(); }

  void finish_what_is_begun() { new_cases_ = false; }
  [[nodiscard]] bool done() const { return !new_cases_ && unfinished_ == 0; }
  void end() {
    ending_ = true;
    if (thread_.joinable()) thread_.join();
  }
  [[nodiscard]] const std::vector<Walk>& walks() const { return walks_; }  // after end()

 private:
  void work() {
    while (!ending_) {
      int unfinished = 0;
      for (Walk& walk : walks_) {
        (void)walk.step();
        unfinished += walk.done() ? 0 : 1;
      }
      if (new_cases_ && unfinished < at_once_) {
        const Way way = kWays[numbers_() % std::size(kWays)];
        walks_.emplace_back(town_, way, static_cast<int>(walks_.size()) + 1,
                            static_cast<int>(numbers_() % 4));
        ++unfinished;
      }
      unfinished_ = unfinished;
      std::this_thread::sleep_for(100ms);
    }
  }

  Town& town_;
  std::mt19937_64 numbers_;
  int at_once_;
  std::vector<Walk> walks_;
  std::atomic<bool> new_cases_ = true;
  std::atomic<bool> ending_ = false;
  std::atomic<int> unfinished_ = 1;
  std::thread thread_;  // last
};

class Run {
 public:
  explicit Run(const Options& options)
      : options_(options),
        town_({.seed = options.seed, .poll = "1s"}),
        weather_(town_, options.seed),
        people_(town_, options.seed, options.cases_at_once),
        numbers_(options.seed) {}

  int all() {
    const auto began = Clock::now();
    while (goes_on(began)) one_life();
    const auto seconds = since(began);
    weather_.clear();
    people_.finish_what_is_begun();
    const auto quiet = Clock::now();
    converge(quiet);
    const auto converged = since(quiet);
    people_.end();
    const int ended = town_.saksbro->terminate();
    Verdict verdict = verify(town_, people_.walks());
    if (ended != 0)
      verdict.differences.push_back("the program ended with " + std::to_string(ended));
    tell(verdict, seconds, converged);
    return verdict.good() ? 0 : 1;
  }

 private:
  static double since(Clock::time_point began) {
    return std::chrono::duration<double>(Clock::now() - began).count();
  }

  bool goes_on(Clock::time_point began) const {
    if (options_.kills > 0) return kills_ < options_.kills;
    return since(began) < options_.minutes * 60;
  }

  // From a start to a kill: at a random moment, or at a random place in the program.
  void one_life() {
    const auto life =
        std::chrono::milliseconds{std::uniform_int_distribution{300, 3'000}(numbers_)};
    rig::Values environment;
    if (numbers_() % 2 == 0) {
      environment = {{"SAKSBRO_FAIL", "any:0.005"},
                     {"SAKSBRO_FAIL_SEED", std::to_string(numbers_())}};
    }
    if (numbers_() % 3 == 0) weather_.change();
    try {
      town_.saksbro->start(environment);
    } catch (const std::exception&) {
      ++kills_;  // it died before it was ready
      return;
    }
    const auto until = Clock::now() + life;
    while (town_.saksbro->running() && Clock::now() < until) std::this_thread::sleep_for(10ms);
    (void)town_.saksbro->kill9();
    ++kills_;
  }

  // On a busy machine a start may take longer than the rig waits.
  void start_for_good() {
    for (int tries = 1;; ++tries) {
      try {
        return town_.saksbro->start();
      } catch (const std::exception&) {
        if (tries == 3) throw;
      }
    }
  }

  void converge(Clock::time_point began) {
    start_for_good();
    while (Clock::now() - began < kConvergeMost) {
      if (people_.done() && town_.quiet()) return;
      if (!town_.saksbro->running()) return;  // the verdict will tell
      std::this_thread::sleep_for(200ms);
    }
  }

  void tell(const Verdict& verdict, double seconds, double converged) {
    std::printf("chaos: seed %llu, %.0f s, %d kills, %zu cases of people\n",
                static_cast<unsigned long long>(options_.seed), seconds, kills_,
                people_.walks().size());
    std::printf(
        "       %d deliveries acknowledged, %d tickets and %d comments written, %d files of "
        "people, "
        "%d answers lost\n",
        verdict.acknowledged, verdict.creates, verdict.comments, verdict.files,
        weather_.answers_lost());
    std::printf("       lost %d, twice %d, out of order %d, not converged %d; quiet after %.0f s\n",
                verdict.lost, verdict.twice, verdict.out_of_order, verdict.not_converged,
                converged);
    for (std::size_t i = 0; i < std::min(verdict.differences.size(), kDifferencesShown); ++i)
      std::printf("  %s\n", verdict.differences[i].c_str());
    if (!verdict.good()) explain(verdict.issue);
  }

  void explain(int issue) {
    if (const auto seen = town_.desk().state.find(issue)) {
      const std::string number = seen->fields.at(kCaseNumber);
      std::printf("\nsaksbro explain %s\n%s", number.c_str(),
                  town_.saksbro->verb({"explain", number, "--all"}).output.c_str());
    }
    std::printf("\nsaksbro outbox\n%s\nAgain: tests/chaos/run --minutes %g --seed %llu\n",
                town_.saksbro->verb({"outbox"}).output.c_str(), options_.minutes,
                static_cast<unsigned long long>(options_.seed));
    std::printf("Its log:\n%.20000s\n", tail(town_.saksbro->log()).c_str());
  }

  static std::string tail(const std::string& text) {
    return text.size() > 8'000 ? text.substr(text.size() - 8'000) : text;
  }

  const Options options_;
  Town town_;
  Weather weather_;
  People people_;
  std::mt19937_64 numbers_;
  int kills_ = 0;
};

}  // namespace

int run_chaos(const Options& options) { return Run(options).all(); }

}  // namespace saksbro::chaos
