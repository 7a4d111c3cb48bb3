#include "bridge/store/sqlite/sqlite_look.h"

#include "bridge/store/files/crash_journal.h"
#include "bridge/store/sqlite/connection.h"
#include "bridge/store/sqlite/schema.h"
#include "bridge/store/sqlite/sqlite_reader.h"

namespace saksbro::store {
namespace {

tl::unexpected<Error> only_a_look() { return fail("store", "the store is open for reading only"); }

class NoUpkeep final : public Maintenance {
 public:
  Result<Forgotten> forget(const Keep&, Instant, int) override { return only_a_look(); }
  Result<std::int64_t> give_back(int) override { return only_a_look(); }
  [[nodiscard]] bool full() const override { return false; }
  Result<bool> keep_reserve(std::uintmax_t) override { return only_a_look(); }
};

class LookedAtStore final : public Store {
 public:
  LookedAtStore(const std::string& path, Instant epoch) : readers_(path), epoch_(epoch) {}

  Result<std::unique_ptr<Transaction>> begin() override { return only_a_look(); }
  Result<std::unique_ptr<Reader>> reader() override { return read_sqlite(readers_); }
  Result<int> release_claims(Instant) override { return only_a_look(); }
  Result<void> keep_solutions(const SolutionSource&) override { return only_a_look(); }
  Instant epoch() const override { return epoch_; }
  Maintenance& upkeep() override { return upkeep_; }
  CrashJournal& in_hand() override { return in_hand_; }

 private:
  ReadConnections readers_;
  NoUpkeep upkeep_;
  CrashJournal in_hand_{""};
  Instant epoch_;
};

Result<void> must_be_known(int version, const std::string& path) {
  const int known = migrations().back().to;
  if (version == known) return {};
  if (version == 0) return tl::unexpected(no_store_yet(path));
  const Phrase::Args args{
      {"path", path}, {"version", std::to_string(version)}, {"known", std::to_string(known)}};
  if (version > known)
    return fail("store", Phrase("{path} has schema version {version}, and this program knows "
                                "{known}: use the newer program that wrote it",
                                args));
  return fail("store",
              Phrase("{path} has schema version {version}, and this program knows {known}: "
                     "the next start of the service brings it up to date",
                     args));
}

}  // namespace

Error no_store_yet(const std::string& path) {
  return fail("store",
              Phrase("{path}: there is no store yet; `saksbro serve` creates it", {{"path", path}}))
      .value();
}

Result<std::unique_ptr<Store>> look_at_sqlite(const std::string& path) {
  Connection connection(path, Connection::Access::read);
  if (auto known = must_be_known(schema_version(connection), path); !known)
    return tl::unexpected(known.error());
  Query query = connection.query("SELECT value FROM meta WHERE name = 'epoch'");
  const Instant epoch = query.next() ? query.instant(0) : Instant{};
  return std::make_unique<LookedAtStore>(path, epoch);
}

}  // namespace saksbro::store
