// A connector that throws, in each of its functions: an error value, and the log says what it
// threw.
#include "bridge/run/calls/guarded_system.h"

#include <gtest/gtest.h>

#include <functional>
#include <stdexcept>

#include "tests/store/temporary_folder.h"

namespace saksbro::run {
namespace {

constexpr const char* kFault = "the connector failed on it: this is a bug in Saksbro, see the log";

class Throwing final : public RemoteSystem {
 public:
  explicit Throwing(std::function<void()> thrower) : throw_(std::move(thrower)) {}
  [[nodiscard]] Abilities abilities() const override { return {}; }
  [[nodiscard]] Accepted<DeliveryId> accept(const Arrival&) const override {
    throw_();
    return DeliveryId{"d1"};
  }
  [[nodiscard]] Result<std::vector<Observation>> normalise(const Delivery&) const override {
    throw_();
    return std::vector<Observation>{};
  }
  [[nodiscard]] PollStep poll(const Cursor&, Transcript) const override {
    throw_();
    return Page{};
  }
  [[nodiscard]] Step perform(const Command&, Transcript) const override {
    throw_();
    return Outcome{Delivered{}};
  }

 private:
  std::function<void()> throw_;
};

struct Thrown {
  const char* name;
  std::function<void()> thrower;
};
void PrintTo(const Thrown& thrown, std::ostream* out) { *out << thrown.name; }

class GuardedSystemThat : public testing::TestWithParam<Thrown> {
 protected:
  store::TemporaryFolder folder;
  const std::string path = folder.file("in-hand");
  store::CrashJournal in_hand{path};
  const SystemName name{"desk"};
  const Throwing system{GetParam().thrower};
  const GuardedSystem guarded{name, system, in_hand};
  const store::WorkItem item{store::Work::command, 7};
};

TEST_P(GuardedSystemThat, GivesAnErrorOfEachFunctionAndLeavesNothingInHand) {
  Arrival arrival;
  arrival.peer = "192.0.2.7";
  const auto accepted = guarded.accept(arrival);
  ASSERT_FALSE(accepted);
  EXPECT_EQ(accepted.error().text(), std::string("desk: 192.0.2.7: ") + kFault);
  const auto seen =
      guarded.normalise(item, {name, DeliveryId{"d1"}, DeliveryKind::webhook, Instant{}, "body"});
  ASSERT_FALSE(seen);
  EXPECT_EQ(seen.error().text(), std::string("desk: d1: ") + kFault);
  const auto polled = guarded.poll(item, {}, {});
  ASSERT_FALSE(polled);
  EXPECT_EQ(polled.error().text(), std::string("desk: poll: ") + kFault);
  const auto performed =
      guarded.perform(item, {IdempotencyKey{"k1"}, name, ReadTicket{RemoteKey{"17"}}, 1}, {});
  ASSERT_FALSE(performed);
  EXPECT_EQ(performed.error().text(), std::string("desk: k1: ") + kFault);
  EXPECT_TRUE(store::CrashJournal(path).take_left().empty());
}

INSTANTIATE_TEST_SUITE_P(
    Throws, GuardedSystemThat,
    testing::Values(Thrown{"AnException", [] { throw std::runtime_error("a fault of ours"); }},
                    Thrown{"SomethingElse", [] { throw 42; }}),
    [](const auto& one) { return one.param.name; });

}  // namespace
}  // namespace saksbro::run
