// What every implementation of the store must do, whatever it is made of. The sentences are in
// *_conformance_test.cpp; an implementation is one row in conformance.cpp.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <memory>
#include <ostream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "bridge/store/store.h"

namespace saksbro::store {

using namespace std::chrono_literals;

inline constexpr Instant kNoon{std::chrono::hours{500'000}};
inline const SystemName kDesk{"desk"};
inline const SystemName kOperator{"operator"};
inline const CaseNumber kFirst{"SAK-2026-00001"};
inline const CaseNumber kSecond{"SAK-2026-00002"};

// The value, or the test ends with the error.
template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().text());
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

// Where a store lives while it is closed. A fresh one for each test.
class Home {
 public:
  Home() = default;
  Home(const Home&) = delete;
  Home& operator=(const Home&) = delete;
  virtual ~Home() = default;
  [[nodiscard]] virtual std::unique_ptr<Store> open(Instant now) = 0;
};

struct Kind {
  const char* name;
  std::function<std::unique_ptr<Home>()> make;
};
std::ostream& operator<<(std::ostream& out, const Kind& kind);
[[nodiscard]] std::vector<Kind> every_kind();

class Conformance : public testing::TestWithParam<Kind> {
 protected:
  Conformance() : home_(GetParam().make()), store_(home_->open(kNoon)) {}

  [[nodiscard]] Store& store() { return *store_; }
  void reopen(Instant now = kNoon) {
    store_.reset();
    store_ = home_->open(now);
  }

  // The process dies while it has this in hand, and the next one starts.
  void dies_of(const WorkItem& item);

  // One committed transaction; gives what `work` gives.
  template <class Work>
  auto write(const Work& work) {
    auto transaction = must(store_->begin());
    if constexpr (std::is_void_v<decltype(work(*transaction))>) {
      work(*transaction);
      must(transaction->commit());
    } else {
      auto value = work(*transaction);
      must(transaction->commit());
      return value;
    }
  }
  [[nodiscard]] std::unique_ptr<Reader> look() { return must(store_->reader()); }

  // --- short words for what most tests need
  Received receive(const std::string& id, const SystemName& from = kDesk);
  void append(const CaseNumber& number, const std::vector<core::Fact>& facts);
  void open_case(const CaseNumber& number) {
    append(number, {core::CaseOpened{core::ProcessId{"M.1"}}});
  }
  void link(const CaseNumber& number, const std::string& key, const SystemName& at = kDesk) {
    append(number, {core::TicketLinked{at, RemoteKey{key}, "#" + key, "http://" + key}});
  }

  struct Queued {  // a command for a case's ticket at the desk
    std::string key;
    Action action;
    std::string slot;
    CaseNumber number = kFirst;
    SystemName to = kDesk;
  };
  void queue(const Queued& command);
  std::vector<OutboxRow> claim(Instant now = kNoon, int most = 100, const SystemName& at = kDesk,
                               Together together = Together::fields);
  std::vector<std::string> claimed(Instant now = kNoon, int most = 100);  // their keys
  OutboxRow claim_one(Instant now = kNoon);
  OutboxRow row(const std::string& key);
  OutboxState state(const std::string& key) { return row(key).state; }
  bool done(const OutboxRow& row);
  bool later(const OutboxRow& row, Instant next_at,
             std::optional<Instant> not_before = std::nullopt);
  bool dead(const OutboxRow& row);

 private:
  std::unique_ptr<Home> home_;
  std::unique_ptr<Store> store_;
};

[[nodiscard]] inline Action create() { return CreateTicket{"title", "text", {}, "marker"}; }
[[nodiscard]] inline Action status(const std::string& word, const std::string& ticket = "17") {
  return SetStatus{RemoteKey{ticket}, word, {}};
}
[[nodiscard]] inline Action read(const std::string& ticket = "17") {
  return ReadTicket{RemoteKey{ticket}};
}

#define SAKSBRO_EVERY_STORE(suite)                                        \
  INSTANTIATE_TEST_SUITE_P(Every, suite, testing::ValuesIn(every_kind()), \
                           [](const auto& kind) { return kind.param.name; })

}  // namespace saksbro::store
