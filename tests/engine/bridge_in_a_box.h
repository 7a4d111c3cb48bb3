// Engine, dispatchers and pollers over a real store in a temporary folder, fake trackers and a set
// clock; every thread's work is one function call here.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>

#include "bridge/run/dispatch/dispatcher.h"
#include "bridge/run/engine/engine.h"
#include "bridge/run/poll/poller.h"
#include "bridge/run/web/links.h"
#include "bridge/store/sqlite/sqlite_store.h"
#include "tests/engine/fake_system.h"
#include "tests/store/temporary_folder.h"

namespace saksbro::run {

[[nodiscard]] const core::Mapping& shipped_mapping();

class Box {
 public:
  explicit Box(const core::Limits& limits = {}, const core::Mapping& mapping = shipped_mapping(),
               std::vector<std::string> names = {"desk", "operator", "vakt"});

  // A new engine, as after a restart.
  void restart();
  [[nodiscard]] Result<bool> handle_next() { return engine_->handle_next(); }
  void handle_all();                                   // all that is in the inbox
  void poll(const std::string& system);                // one page
  [[nodiscard]] bool send(const std::string& system);  // one command that is due
  void settle();                                       // until nothing is left to do

  void deliver(const std::string& system, const std::string& id, const std::string& body);
  [[nodiscard]] Dispatcher& dispatcher(const std::string& system) {
    return *dispatchers_.at(system);
  }
  [[nodiscard]] Traffic& traffic(const std::string& system) { return *traffics_.at(system); }
  [[nodiscard]] Poller& poller(const std::string& system) { return *pollers_.at(system); }
  [[nodiscard]] store::Store& store() { return *store_; }
  [[nodiscard]] std::unique_ptr<store::Reader> reader();
  [[nodiscard]] std::vector<store::OutboxRow> outbox(bool only_open = true);
  [[nodiscard]] std::vector<store::InboxRow> inbox();
  [[nodiscard]] core::Case only_case();

  store::TemporaryFolder folder;
  SetClock clock;
  FakeTrackers trackers{clock};
  Metrics metrics;
  Wake wake;
  Wake stopping;
  std::set<SystemName> woken;  // the systems for which the engine said that there is work
  Systems systems;
  const SignedLinks links{{"https://saksbro.example.no", {Secret(std::string(32, 'x'))}}};

 private:
  const core::Mapping& mapping_;
  const std::vector<std::string> names_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<Engine> engine_;
  std::map<std::string, std::unique_ptr<Traffic>> traffics_;
  std::map<std::string, std::unique_ptr<Dispatcher>> dispatchers_;
  std::map<std::string, std::unique_ptr<Poller>> pollers_;
};

template <class T>
T need(Result<T> result) {
  if (!result) {
    ADD_FAILURE() << result.error().text();
    return T{};
  }
  return std::move(*result);
}

}  // namespace saksbro::run
