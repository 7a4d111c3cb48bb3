#include "tests/chaos/driver/weather.h"

namespace saksbro::chaos {
namespace {

using fakes::Fault;

constexpr Fault kLostAnswers[] = {Fault::apply_then_500, Fault::apply_then_502,
                                  Fault::apply_then_504, Fault::apply_then_reset,
                                  Fault::cut_body_after};
constexpr Fault kRefusals[] = {Fault::reset_before_read, Fault::reset_in_request, Fault::too_many,
                               Fault::unavailable, Fault::html_200};

std::string value_for(Fault fault) {
  if (fault == Fault::cut_body_after) return "5";
  if (fault == Fault::reset_in_request) return "30";
  return fault == Fault::too_many ? "2" : "";
}

}  // namespace

void Weather::change() {
  reopen();
  for (const auto& [name, tracker] : town_.systems) {
    change(*tracker);
    if (dice(20) != 1) continue;
    tracker->close();
    closed_.insert(name);
  }
}

// A conversation has about four calls: so one in six goes wrong, more in bad weather.
void Weather::change(fakes::FakeTracker& tracker) {
  tracker.faults.clear();
  tracker.state.stale_search(std::chrono::milliseconds{dice(3) == 1 ? 2'000 : 0});
  const double chance = dice(3) == 1 ? 0.15 : 0.03;
  for (const Fault fault : kLostAnswers) {
    for (const char* method : {"POST", "PUT"}) {
      tracker.faults.add({.fault = fault,
                          .method = method,
                          .times = -1,
                          .chance = chance / 2,
                          .value = value_for(fault)});
    }
  }
  for (const Fault fault : kRefusals) {
    tracker.faults.add(
        {.fault = fault, .times = -1, .chance = chance / 10, .value = value_for(fault)});
  }
  if (dice(4) == 1) tracker.faults.add({.fault = Fault::apply_then_hang, .method = "POST"});
  if (dice(4) == 1) tracker.faults.add({.fault = Fault::unauthorized});
  tracker.faults.add({.fault = Fault::webhook_before_response, .method = "POST", .chance = 0.2});
  tracker.hooks.fail({.lost = dice(3) == 1 ? 0.3 : 0.0, .copies = dice(4), .reorder = dice(4)});
}

void Weather::reopen() {
  for (const std::string& name : closed_) town_.system(name).open();
  closed_.clear();
}

void Weather::clear() {
  reopen();
  for (const auto& [name, tracker] : town_.systems) {
    tracker->faults.clear();
    tracker->state.stale_search(std::chrono::milliseconds{0});
    tracker->hooks.fail({});
  }
}

int Weather::answers_lost() const {
  int count = 0;
  for (const auto& [name, tracker] : town_.systems) {
    for (const Fault fault : kLostAnswers) count += tracker->faults.drawn(fault);
    count += tracker->faults.drawn(Fault::apply_then_hang);
  }
  return count;
}

}  // namespace saksbro::chaos
