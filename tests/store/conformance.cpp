#include "tests/store/conformance.h"

#include "bridge/store/sqlite/sqlite_store.h"
#include "tests/store/temporary_folder.h"

namespace saksbro::store {
namespace {

class SqliteHome final : public Home {
 public:
  std::unique_ptr<Store> open(Instant now) override {
    return must(open_sqlite(folder_.file("saksbro.db"), Use::serve, now));
  }

 private:
  TemporaryFolder folder_;
};

}  // namespace

std::vector<Kind> every_kind() {
  return {{"Sqlite", [] { return std::make_unique<SqliteHome>(); }}};
}

std::ostream& operator<<(std::ostream& out, const Kind& kind) { return out << kind.name; }

Received Conformance::receive(const std::string& id, const SystemName& from) {
  return write([&](Transaction& tx) {
    return must(
        tx.inbox().receive({from, DeliveryId{id}, DeliveryKind::webhook, kNoon, "body of " + id}));
  });
}

void Conformance::dies_of(const WorkItem& item) {
  EXPECT_THROW(store().in_hand().during(item, []() -> int { throw std::logic_error("deadly"); }),
               std::logic_error);
  reopen();
  must(store().release_claims(kNoon));
}

void Conformance::append(const CaseNumber& number, const std::vector<core::Fact>& facts) {
  write([&](Transaction& tx) {
    core::Case state = must(tx.cases().find(number)).value_or(core::Case{});
    state.number = number;
    for (const core::Fact& fact : facts) state = core::evolve(std::move(state), fact, kNoon);
    must(tx.cases().append(state, 1, kNoon, facts));
  });
}

void Conformance::queue(const Queued& queued) {
  const core::Issued issued{
      {IdempotencyKey{queued.key}, queued.to, queued.action, 1}, queued.slot, "because", "m1:1"};
  write([&](Transaction& tx) {
    const auto number =
        queued.number.empty() ? std::nullopt : std::optional<CaseNumber>{queued.number};
    must(tx.outbox().append(number, 1, kNoon, issued));
  });
}

std::vector<OutboxRow> Conformance::claim(Instant now, int most, const SystemName& at,
                                          Together together) {
  return write([&](Transaction& tx) { return must(tx.outbox().claim(at, now, most, together)); });
}

std::vector<std::string> Conformance::claimed(Instant now, int most) {
  std::vector<std::string> keys;
  for (const OutboxRow& one : claim(now, most)) keys.push_back(one.issued.command.key.text());
  return keys;
}

OutboxRow Conformance::claim_one(Instant now) {
  std::vector<OutboxRow> rows = claim(now, 1);
  if (rows.empty()) throw std::runtime_error("nothing to claim");
  return rows.front();
}

OutboxRow Conformance::row(const std::string& key) {
  for (const OutboxRow& one : must(look()->outbox().list(std::nullopt, false))) {
    if (one.issued.command.key.text() == key) return one;
  }
  throw std::runtime_error("no row " + key);
}

bool Conformance::done(const OutboxRow& row) {
  return write([&](Transaction& tx) { return must(tx.outbox().done(row, kNoon)); });
}
bool Conformance::later(const OutboxRow& row, Instant next_at, std::optional<Instant> not_before) {
  return write([&](Transaction& tx) {
    return must(tx.outbox().later(row, "503", kNoon, next_at, not_before));
  });
}
bool Conformance::dead(const OutboxRow& row) {
  return write([&](Transaction& tx) { return must(tx.outbox().dead(row, "422", kNoon)); });
}

}  // namespace saksbro::store
