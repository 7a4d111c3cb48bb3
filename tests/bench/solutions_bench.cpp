// How long a search for known solutions takes, and what they cost when a case is written.
//   solutions_bench [folder] [cases]     100 000 cases unless told otherwise
// Not a test: the figures depend on the machine.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <string>
#include <vector>

#include "bridge/store/sqlite/sqlite_store.h"
#include "tests/bench/norwegian_text.h"

namespace {

using namespace saksbro;
using Clock = std::chrono::steady_clock;

constexpr int kTitle = 6;
constexpr int kText = 60;
constexpr int kSolution = 30;
constexpr int kOrganisations = 40;

// Wall time, and the time that this thread had of a processor: the machine may be busy otherwise.
class Times {
 public:
  template <class Work>
  void take(const Work& work) {
    const auto began = Clock::now();
    const double worked = processor();
    work();
    processor_.push_back(processor() - worked);
    wall_.push_back(std::chrono::duration<double, std::milli>(Clock::now() - began).count());
  }
  void report(const char* what) {
    std::printf("%-44s", what);
    report("wall", wall_);
    report("processor", processor_);
    std::printf("\n");
  }

 private:
  static double processor() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
  }
  static void report(const char* kind, std::vector<double>& taken) {
    std::sort(taken.begin(), taken.end());
    const auto at = [&](double share) {
      return taken[static_cast<std::size_t>(share * static_cast<double>(taken.size() - 1))];
    };
    std::printf("  %s p50 %7.3f p95 %7.3f ms", kind, at(0.5), at(0.95));
  }

  std::vector<double> wall_;
  std::vector<double> processor_;
};

template <class T>
T must(Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "%s\n", result.error().text().c_str());
    std::exit(1);
  }
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

class Bench {
 public:
  explicit Bench(const std::string& path)
      : path_(path), store_(must(store::open_sqlite(path, store::Use::serve, Instant{}))) {
    must(store_->keep_solutions({"løsning", "virksomhet", {core::Status{"LØST"}}}));
  }

  core::Case next_case(bool solved) {
    core::Case one;
    one.number = CaseNumber{"SAK-2026-" + std::to_string(++number_)};
    one.status = core::Status{solved ? "LØST" : "NY"};
    one.values = {{"title", text_.words(kTitle)},
                  {"text", text_.words(kText)},
                  {"løsning", text_.words(kSolution)},
                  {"virksomhet", "bydel " + std::to_string(number_ % kOrganisations)}};
    return one;
  }

  void fill(int cases) {
    const auto began = Clock::now();
    for (int done = 0; done < cases;) {
      auto tx = must(store_->begin());
      for (int i = 0; i < 1000 && done < cases; ++i, ++done)
        must(tx->cases().append(next_case(true), 1, Instant{}, {}));
      must(tx->commit());
    }
    const double seconds = std::chrono::duration<double>(Clock::now() - began).count();
    std::printf("%d solved cases in %.1f s, %.0f MB on disk\n", cases, seconds, megabytes());
  }

  // Within a transaction, as the engine does it; the commit is the disk's.
  void append(const char* what, bool solved) {
    Times times;
    for (int i = 0; i < 300; ++i) {
      const core::Case one = next_case(solved);
      auto tx = must(store_->begin());
      times.take([&] { must(tx->cases().append(one, 1, Instant{}, {})); });
      must(tx->commit());
    }
    times.report(what);
  }

  void ask(const char* what, int words, const std::optional<std::string>& organisation) {
    Times times;
    std::size_t found = 0;
    for (int i = 0; i < 200; ++i) {
      const std::string query = text_.words(words);
      times.take([&] {
        found += must(must(store_->reader())->solutions().asked(query, organisation, 10)).size();
      });
    }
    times.report(what);
    std::printf("%48s%.1f cases each\n", "", static_cast<double>(found) / 200);
  }

  void suggest(const char* what, bool across) {
    Times times;
    for (int i = 0; i < 200; ++i) {
      const std::string ticket = text_.words(kTitle) + "\n" + text_.words(kText);
      const auto look = must(store_->reader());
      times.take([&] { (void)must(look->solutions().similar(ticket, "bydel 7", across, 5)); });
    }
    times.report(what);
  }

 private:
  [[nodiscard]] double megabytes() const {
    return static_cast<double>(std::filesystem::file_size(path_)) / 1e6;
  }

  std::string path_;
  std::unique_ptr<store::Store> store_;
  bench::NorwegianText text_{20261125};
  int number_ = 0;
};

void measure(const std::string& path, int cases) {
  Bench bench{path};
  bench.append("append, no solution, store empty", false);
  bench.append("append, solved, store empty", true);
  bench.fill(cases);
  bench.append("append, no solution, store full", false);
  bench.append("append, solved, store full", true);
  bench.ask("a question of one word", 1, std::nullopt);
  bench.ask("a question of two words", 2, std::nullopt);
  bench.ask("a question of four words, one organisation", 4, "bydel 7");
  bench.suggest("suggest on a new ticket, own organisation", false);
  bench.suggest("suggest on a new ticket, all organisations", true);
}

}  // namespace

int main(int count, char** words) {
  std::string folder = count > 1 ? words[1] : std::filesystem::temp_directory_path().string();
  const int cases = count > 2 ? std::atoi(words[2]) : 100'000;
  folder += "/saksbro-bench-XXXXXX";
  if (mkdtemp(folder.data()) == nullptr) return 1;
  measure(folder + "/solutions.db", cases);
  std::filesystem::remove_all(folder);
  return 0;
}
