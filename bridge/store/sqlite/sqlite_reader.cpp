#include "bridge/store/sqlite/sqlite_reader.h"

#include "bridge/store/sqlite/cases.h"
#include "bridge/store/sqlite/inbox.h"
#include "bridge/store/sqlite/outages.h"
#include "bridge/store/sqlite/outbox.h"
#include "bridge/store/sqlite/schema.h"
#include "bridge/store/sqlite/solutions.h"
#include "bridge/store/sqlite/sqlite_error.h"
#include "bridge/store/sqlite/sqlite_recovery.h"

namespace saksbro::store {
namespace {

std::int64_t count(Connection& connection, const char* sql) {
  Query query = connection.query(sql);
  return query.next() ? query.integer(0) : 0;
}

Counts count_all(Connection& connection) {
  Counts counts;
  counts.inbox_waiting = count(
      connection, "SELECT count(*) FROM inbox WHERE handled_at IS NULL AND parked_at IS NULL");
  counts.inbox_parked = count(connection, "SELECT count(*) FROM inbox WHERE parked_at IS NOT NULL");
  counts.outbox_waiting =
      count(connection, "SELECT count(*) FROM outbox WHERE state IN ('waiting', 'sending')");
  counts.outbox_dead = count(connection, "SELECT count(*) FROM outbox WHERE state = 'dead'");
  counts.cases_open = count(connection, "SELECT count(*) FROM cases WHERE closed = 0");
  counts.cases_closed = count(connection, "SELECT count(*) FROM cases WHERE closed = 1");
  counts.unseen = count(connection, "SELECT count(*) FROM unseen");
  Query oldest = connection.query(
      "SELECT received_at FROM inbox WHERE handled_at IS NULL AND parked_at IS NULL "
      "ORDER BY seq LIMIT 1");
  if (oldest.next()) counts.delivery_since = oldest.instant(0);
  Query commands = connection.query(
      "SELECT system, min(created_at) FROM outbox WHERE state IN ('waiting', 'sending') "
      "GROUP BY system");
  while (commands.next()) counts.commands_since[SystemName{commands.text(0)}] = commands.instant(1);
  return counts;
}

class SqliteInboxReader final : public InboxReader {
 public:
  explicit SqliteInboxReader(Connection& connection) : connection_(connection) {}

  Result<std::optional<InboxRow>> next() override {
    return tried([&] { return inbox::next(connection_); });
  }
  Result<std::vector<InboxRow>> list(std::int64_t after, int most) override {
    return tried([&] { return inbox::list(connection_, after, most); });
  }
  Result<std::vector<DecisionRow>> decisions_about(const std::string& ticket) override {
    return tried([&] { return inbox::decisions_about(connection_, ticket); });
  }
  Result<std::vector<ParkedRow>> parked() override {
    return tried([&] { return inbox::list_parked(connection_); });
  }

 private:
  Connection& connection_;
};

class SqliteCaseReader final : public CaseReader {
 public:
  explicit SqliteCaseReader(Connection& connection) : connection_(connection) {}

  Result<std::optional<CaseNumber>> of_ticket(const SystemName& at,
                                              const RemoteKey& ticket) override {
    return tried([&] { return cases::of_ticket(connection_, at, ticket); });
  }
  Result<std::optional<CaseNumber>> of_marker(const SystemName& at,
                                              const std::string& marker) override {
    return tried([&] { return cases::of_marker(connection_, at, marker); });
  }
  Result<std::vector<core::Case>> list() override {
    return tried([&] { return cases::list(connection_); });
  }
  Result<std::optional<core::Case>> find(const CaseNumber& number) override {
    return tried([&] { return cases::load(connection_, number); });
  }
  Result<std::vector<CaseNumber>> named(const std::string& number) override {
    return tried([&] { return cases::named(connection_, number); });
  }
  Result<std::vector<CaseRef>> references(const CaseNumber& number) override {
    return tried([&] { return cases::references(connection_, number); });
  }
  Result<std::vector<FactRow>> facts(const CaseNumber& number) override {
    return tried([&] { return cases::facts(connection_, number); });
  }
  Result<std::vector<OpenTicket>> open_tickets(const SystemName& system, std::int64_t after,
                                               int most) override {
    return tried([&] { return cases::open_tickets(connection_, system, after, most); });
  }
  Result<std::vector<DecisionRow>> decisions(const CaseNumber& number) override {
    return tried([&] { return cases::decisions(connection_, number); });
  }
  Result<std::vector<UnseenWrite>> unseen() override {
    return tried([&] { return cases::unseen(connection_); });
  }

 private:
  Connection& connection_;
};

class SqliteOutboxReader final : public OutboxReader {
 public:
  explicit SqliteOutboxReader(Connection& connection) : connection_(connection) {}

  Result<int> compares_waiting(const SystemName& system) override {
    return tried([&] { return outbox::compares_waiting(connection_, system); });
  }
  Result<std::vector<OutboxRow>> list(const std::optional<CaseNumber>& number,
                                      bool only_open) override {
    return tried([&] { return outbox::list(connection_, number, only_open); });
  }
  Result<bool> has_due(const SystemName& system, Instant now, Load load) override {
    return tried([&] { return outbox::has_due(connection_, system, now, load); });
  }
  Result<std::set<std::string>> files_needed() override {
    return tried([&] { return outbox::files_needed(connection_); });
  }
  Result<std::map<SystemName, std::int64_t>> open_by_system() override {
    return tried([&] { return outbox::open_by_system(connection_); });
  }
  Result<std::vector<OutboxRow>> list_open(std::int64_t after, int most) override {
    return tried([&] { return outbox::list_open(connection_, after, most); });
  }
  Result<std::vector<AttemptRow>> attempts(std::int64_t outbox_id) override {
    return tried([&] { return outbox::attempts(connection_, outbox_id); });
  }

 private:
  Connection& connection_;
};

class SqliteSolutionReader final : public SolutionReader {
 public:
  explicit SqliteSolutionReader(Connection& connection) : connection_(connection) {}

  Result<std::vector<core::SimilarCase>> asked(const std::string& query,
                                               const std::optional<std::string>& organisation,
                                               int most) override {
    return tried([&] { return solutions::asked(connection_, query, organisation, most); });
  }
  Result<std::vector<core::SimilarCase>> similar(const std::string& text,
                                                 const std::string& organisation, bool across,
                                                 int most) override {
    return tried([&] { return solutions::similar(connection_, text, organisation, across, most); });
  }

 private:
  Connection& connection_;
};

class SqliteReader final : public Reader {
 public:
  SqliteReader(ReadConnections& home, std::unique_ptr<Connection> connection)
      : home_(home), connection_(std::move(connection)) {}
  ~SqliteReader() override {
    connection_->roll_back();
    home_.give_back(std::move(connection_));
  }

  InboxReader& inbox() override { return inbox_; }
  CaseReader& cases() override { return cases_; }
  OutboxReader& outbox() override { return outbox_; }
  SolutionReader& solutions() override { return solutions_; }

  Result<std::vector<Outage>> outages() override {
    return tried([&] { return outages::list(*connection_); });
  }
  Result<RecoveryState> recovery() override { return SqliteRecovery(*connection_).state(); }
  Result<Counts> counts() override {
    return tried([&] { return count_all(*connection_); });
  }

 private:
  ReadConnections& home_;
  std::unique_ptr<Connection> connection_;
  SqliteInboxReader inbox_{*connection_};
  SqliteCaseReader cases_{*connection_};
  SqliteOutboxReader outbox_{*connection_};
  SqliteSolutionReader solutions_{*connection_};
};

}  // namespace

std::unique_ptr<Connection> ReadConnections::take() {
  {
    const std::lock_guard guard{mutex_};
    if (!idle_.empty()) {
      std::unique_ptr<Connection> connection = std::move(idle_.back());
      idle_.pop_back();
      return connection;
    }
  }
  return std::make_unique<Connection>(path_, Connection::Access::read);
}

void ReadConnections::give_back(std::unique_ptr<Connection> connection) {
  const std::lock_guard guard{mutex_};
  idle_.push_back(std::move(connection));
}

Result<std::unique_ptr<Reader>> read_sqlite(ReadConnections& connections) {
  return tried([&]() -> std::unique_ptr<Reader> {
    std::unique_ptr<Connection> connection = connections.take();
    connection->execute("BEGIN");
    // BEGIN alone sees nothing yet: the first look fixes the moment.
    [[maybe_unused]] const int version = schema_version(*connection);
    return std::make_unique<SqliteReader>(connections, std::move(connection));
  });
}

}  // namespace saksbro::store
