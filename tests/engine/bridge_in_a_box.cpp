#include "tests/engine/bridge_in_a_box.h"

#include <fstream>
#include <sstream>

#include "bridge/load/configuration.h"
#include "bridge/run/engine/solutions.h"

namespace saksbro::run {
namespace {

core::Mapping load_shipped() {
  const auto read = [](const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return Result<std::string>(text.str());
  };
  auto loaded = load::load_configuration(std::string(SAKSBRO_SOURCE) + "/config/saksbro.yaml", read,
                                         [](const std::string&) { return std::string(32, 'x'); });
  for (const Error& error : loaded.errors) ADD_FAILURE() << error.text();
  core::Mapping mapping = std::move(loaded.configuration.mapping);
  // What these tests count are a process's own commands. Case notes change with almost everything,
  // and are told in tests/core.
  for (auto& [name, system] : mapping.systems) system.note.reset();
  for (core::Process& process : mapping.processes) {
    for (auto& [id, activity] : process.activities) activity.wants.clear();
  }
  return mapping;
}

}  // namespace

const core::Mapping& shipped_mapping() {
  static const core::Mapping kMapping = load_shipped();
  return kMapping;
}

Box::Box(const core::Limits& limits, const core::Mapping& mapping, std::vector<std::string> names)
    : mapping_(mapping), names_(std::move(names)) {
  store_ = need(store::open_sqlite(folder.file("saksbro.db"), store::Use::serve, clock.now()));
  if (const auto kept = store_->keep_solutions(solution_source(mapping_)); !kept)
    ADD_FAILURE() << kept.error().text();
  for (const std::string& name : names_) {
    const SystemName system{name};
    systems.emplace(system, std::make_unique<FakeSystem>(system));
    traffics_[name] =
        std::make_unique<Traffic>(TrafficParts{system, *store_, clock, metrics, stopping, limits});
    Traffic& traffic = *traffics_[name];
    DispatcherParts parts{system, *systems.at(system), *store_, trackers, clock, metrics, wake, {},
                          traffic};
    parts.mapping = &mapping_;
    dispatchers_[name] = std::make_unique<Dispatcher>(std::move(parts));
    pollers_[name] = std::make_unique<Poller>(
        PollerParts{system, *systems.at(system), *store_, trackers, clock, metrics, wake, traffic});
  }
  restart();
}

void Box::restart() {
  (void)need(store_->release_claims(clock.now()));
  engine_ =
      std::make_unique<Engine>(EngineParts{mapping_, systems, *store_, metrics, &links,
                                           [this](const SystemName& at) { woken.insert(at); }});
}

void Box::handle_all() {
  while (need(handle_next())) {
  }
}

void Box::poll(const std::string& system) {
  (void)need(poller(system).poll_page());
  handle_all();
}

bool Box::send(const std::string& system) { return need(dispatcher(system).send_next()); }

void Box::settle() {
  for (bool busy = true; busy;) {
    handle_all();
    busy = false;
    for (const std::string& system : names_) busy = send(system) || busy;
  }
  handle_all();
}

void Box::deliver(const std::string& system, const std::string& id, const std::string& body) {
  auto tx = need(store_->begin());
  (void)need(tx->inbox().receive(
      {SystemName{system}, DeliveryId{id}, DeliveryKind::webhook, clock.now(), body}));
  ASSERT_TRUE(tx->commit());
}

std::unique_ptr<store::Reader> Box::reader() { return need(store_->reader()); }

std::vector<store::OutboxRow> Box::outbox(bool only_open) {
  return need(reader()->outbox().list(std::nullopt, only_open));
}

std::vector<store::InboxRow> Box::inbox() { return need(reader()->inbox().list(0, 10'000)); }

core::Case Box::only_case() {
  const auto cases = need(reader()->cases().list());
  EXPECT_EQ(cases.size(), 1U);
  return cases.empty() ? core::Case{} : cases.front();
}

}  // namespace saksbro::run
