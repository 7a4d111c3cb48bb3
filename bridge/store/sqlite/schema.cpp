#include "bridge/store/sqlite/schema.h"

#include <array>
#include <set>

#include "bridge/store/sqlite/columns_schema.h"
#include "bridge/store/sqlite/delivery_schema.h"

namespace saksbro::store {
namespace {

// Times are milliseconds UTC. Our own values are JSON (bridge/records); what came in is bytes.
constexpr const char* kVersion1 = R"sql(
CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;

CREATE TABLE inbox (
  seq         INTEGER PRIMARY KEY AUTOINCREMENT,
  system      TEXT NOT NULL,
  delivery_id TEXT NOT NULL,
  kind        TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  body        BLOB NOT NULL,
  attempts    INTEGER NOT NULL DEFAULT 0,
  handled_at  INTEGER,
  because     TEXT NOT NULL DEFAULT '',
  parked_at   INTEGER,
  parked_why  TEXT NOT NULL DEFAULT '',
  UNIQUE (system, delivery_id)
) STRICT;
CREATE INDEX inbox_waiting ON inbox (seq) WHERE handled_at IS NULL AND parked_at IS NULL;
CREATE INDEX inbox_parked ON inbox (seq) WHERE parked_at IS NOT NULL;

CREATE TABLE cases (
  seq       INTEGER PRIMARY KEY AUTOINCREMENT,
  number    TEXT NOT NULL UNIQUE,
  process   TEXT NOT NULL,
  closed    INTEGER NOT NULL,
  opened_at INTEGER NOT NULL,
  state     TEXT NOT NULL
) STRICT;
CREATE TABLE series (name TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT;

CREATE TABLE facts (
  seq         INTEGER PRIMARY KEY AUTOINCREMENT,
  case_number TEXT NOT NULL REFERENCES cases (number),
  cause       INTEGER NOT NULL,
  at          INTEGER NOT NULL,
  name        TEXT NOT NULL,
  payload     TEXT NOT NULL
) STRICT;
CREATE INDEX facts_of_case ON facts (case_number, seq);

CREATE TABLE decisions (
  seq         INTEGER PRIMARY KEY AUTOINCREMENT,
  case_number TEXT,
  cause       INTEGER NOT NULL,
  because     TEXT NOT NULL
) STRICT;
CREATE INDEX decisions_of_case ON decisions (case_number, seq);

CREATE TABLE refs (
  seq         INTEGER PRIMARY KEY AUTOINCREMENT,
  system      TEXT NOT NULL,
  key         TEXT NOT NULL,
  number      TEXT NOT NULL,
  url         TEXT NOT NULL,
  case_number TEXT NOT NULL REFERENCES cases (number),
  UNIQUE (system, key)
) STRICT;
CREATE INDEX refs_of_case ON refs (case_number, system, seq);
CREATE INDEX refs_by_number ON refs (number);
CREATE INDEX refs_by_key ON refs (key);

CREATE TABLE markers (
  system      TEXT NOT NULL,
  marker      TEXT NOT NULL,
  case_number TEXT NOT NULL REFERENCES cases (number),
  PRIMARY KEY (system, marker)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  key          TEXT NOT NULL UNIQUE,
  case_number  TEXT,
  system       TEXT NOT NULL,
  lane         TEXT NOT NULL,
  slot         TEXT NOT NULL,
  verb         TEXT NOT NULL,
  issued       TEXT NOT NULL,
  state        TEXT NOT NULL DEFAULT 'waiting',
  cause        INTEGER NOT NULL,
  created_at   INTEGER NOT NULL,
  next_at      INTEGER NOT NULL,
  not_before   INTEGER NOT NULL DEFAULT 0,
  claimed_at   INTEGER,
  withdrawn_at INTEGER,
  attempts     INTEGER NOT NULL DEFAULT 0,
  fence        INTEGER NOT NULL DEFAULT 0,
  last_why     TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX outbox_lane ON outbox (lane, state, id);
CREATE INDEX outbox_due ON outbox (system, state, id);
CREATE INDEX outbox_state ON outbox (state, id);
CREATE INDEX outbox_of_case ON outbox (case_number, id);

CREATE TABLE attempts (
  seq       INTEGER PRIMARY KEY AUTOINCREMENT,
  outbox_id INTEGER NOT NULL REFERENCES outbox (id),
  number    INTEGER NOT NULL,
  at        INTEGER NOT NULL,
  outcome   TEXT NOT NULL,
  why       TEXT NOT NULL
) STRICT;
CREATE INDEX attempts_of_row ON attempts (outbox_id, seq);

CREATE TABLE cursors (
  system   TEXT PRIMARY KEY,
  since    INTEGER NOT NULL,
  position TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE timers (
  case_number TEXT NOT NULL REFERENCES cases (number),
  name        TEXT NOT NULL,
  due         INTEGER NOT NULL,
  PRIMARY KEY (case_number, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX timers_due ON timers (due);
)sql";

// Known solutions. The index holds no text of its own: FTS5 reads it from solved_cases.
// Places within a field are not kept (detail): no query asks for phrases. solution_words has each
// stem of the index, for finding compounds by their beginning or their end. `owner` is the
// organisation as one word: a search for its own cases does not wade through all others'.
constexpr const char* kVersion2 = R"sql(
CREATE TABLE solution_source (
  one          INTEGER PRIMARY KEY CHECK (one = 1),
  reading      INTEGER NOT NULL,
  solution     TEXT NOT NULL,
  organisation TEXT NOT NULL,
  statuses     TEXT NOT NULL,
  cases        INTEGER NOT NULL
) STRICT;
INSERT INTO solution_source VALUES (1, 0, '', '', '', 0);

CREATE TABLE solved_cases (
  id           INTEGER PRIMARY KEY,
  number       TEXT NOT NULL UNIQUE REFERENCES cases (number),
  organisation TEXT NOT NULL,
  owner        TEXT NOT NULL,
  title        TEXT NOT NULL,
  text         TEXT NOT NULL,
  solution     TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE solution_index USING fts5 (
  title, text, solution, owner,
  content = 'solved_cases', content_rowid = 'id', detail = column, tokenize = 'norwegian'
);

CREATE TABLE solution_words (
  word      TEXT PRIMARY KEY,
  backwards TEXT NOT NULL,
  cases     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX solution_words_backwards ON solution_words (backwards, cases);
)sql";

// A long life. Deliveries lose their bodies, then go: so decisions keep what is told of their cause
// (it is in the inbox for some weeks only). seen_at: the last time that the delivery came.
//
// at_head: the row is its lane's oldest that waits, and nothing of the lane is under way. Triggers
// keep it true, so that no code path can forget; a claim then reads heads only, however much waits
// behind them. next_at is in the index so that heads which are not due are passed by cheaply.
//
// A backup is marked in meta (backup_at); a store that was one has a row in `recovery` until it has
// looked at the trackers (docs/adr/0010-recovery.md).
constexpr const char* kVersion4 = R"sql(
ALTER TABLE inbox ADD COLUMN emptied_at INTEGER;
ALTER TABLE inbox ADD COLUMN seen_at INTEGER NOT NULL DEFAULT 0;
UPDATE inbox SET seen_at = received_at;
CREATE INDEX inbox_full ON inbox (handled_at)
  WHERE handled_at IS NOT NULL AND parked_at IS NULL AND emptied_at IS NULL;
CREATE INDEX inbox_emptied ON inbox (seen_at) WHERE emptied_at IS NOT NULL;

ALTER TABLE decisions ADD COLUMN delivery_id TEXT NOT NULL DEFAULT '';
ALTER TABLE decisions ADD COLUMN system TEXT NOT NULL DEFAULT '';
ALTER TABLE decisions ADD COLUMN kind TEXT NOT NULL DEFAULT '';
ALTER TABLE decisions ADD COLUMN at INTEGER NOT NULL DEFAULT 0;
UPDATE decisions SET (delivery_id, system, kind, at) =
  (SELECT delivery_id, system, kind, received_at FROM inbox WHERE inbox.seq = decisions.cause)
  WHERE cause IN (SELECT seq FROM inbox);
CREATE INDEX decisions_by_age ON decisions (at);

ALTER TABLE outbox ADD COLUMN at_head INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN recovered INTEGER NOT NULL DEFAULT 0;
UPDATE outbox SET at_head = 1 WHERE state = 'waiting'
  AND NOT EXISTS (SELECT 1 FROM outbox AS busy WHERE busy.lane = outbox.lane
                  AND busy.state = 'sending')
  AND NOT EXISTS (SELECT 1 FROM outbox AS ahead WHERE ahead.lane = outbox.lane
                  AND ahead.state = 'waiting' AND ahead.id < outbox.id);
CREATE INDEX outbox_heads ON outbox (system, mass, id, next_at) WHERE at_head = 1;
CREATE INDEX outbox_head_of_lane ON outbox (lane) WHERE at_head = 1;
CREATE INDEX outbox_settled ON outbox (created_at) WHERE state IN ('done', 'superseded');
CREATE TRIGGER outbox_row_comes AFTER INSERT ON outbox BEGIN
  UPDATE outbox SET at_head = 1 WHERE id = NEW.id AND state = 'waiting'
    AND NOT EXISTS (SELECT 1 FROM outbox AS busy WHERE busy.lane = NEW.lane
                    AND busy.state = 'sending')
    AND NOT EXISTS (SELECT 1 FROM outbox AS ahead WHERE ahead.lane = NEW.lane
                    AND ahead.state = 'waiting' AND ahead.id < NEW.id);
END;
CREATE TRIGGER outbox_row_moves AFTER UPDATE OF state ON outbox WHEN NEW.state <> OLD.state BEGIN
  UPDATE outbox SET at_head = 0 WHERE lane = NEW.lane AND at_head = 1;
  UPDATE outbox SET at_head = 1
    WHERE id = (SELECT min(id) FROM outbox WHERE lane = NEW.lane AND state = 'waiting')
    AND NOT EXISTS (SELECT 1 FROM outbox AS busy WHERE busy.lane = NEW.lane
                    AND busy.state = 'sending');
END;

CREATE TABLE recovery (
  one       INTEGER PRIMARY KEY CHECK (one = 1),
  stage     INTEGER NOT NULL,
  backup_at INTEGER NOT NULL,
  began_at  INTEGER NOT NULL
) STRICT;
CREATE TABLE recovery_numbers (
  origin  TEXT PRIMARY KEY,
  number  TEXT NOT NULL,
  created INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE recovery_tickets (
  system TEXT NOT NULL,
  key    TEXT NOT NULL,
  PRIMARY KEY (system, key)
) STRICT, WITHOUT ROWID;
)sql";

// Writes that no look at their ticket has shown, and that people have been told of.
constexpr const char* kVersion5 = R"sql(
CREATE TABLE unseen (
  case_number TEXT NOT NULL,
  command     TEXT NOT NULL,
  system      TEXT NOT NULL,
  verb        TEXT NOT NULL,
  since       INTEGER NOT NULL,
  PRIMARY KEY (case_number, command)
) STRICT, WITHOUT ROWID;
)sql";

// How many processes died of a system's poll since a page was kept (in_hand.h).
constexpr const char* kVersion6 = R"sql(
CREATE TABLE polls (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  system  TEXT NOT NULL UNIQUE,
  crashes INTEGER NOT NULL DEFAULT 0
) STRICT;
)sql";

// What is remembered across restarts (memory.h). Before, it was stored among the cursors, under
// names that no system has, and in meta ("settings of desk").
constexpr const char* kVersion7 = R"sql(
CREATE TABLE memory (
  owner TEXT NOT NULL,
  key   TEXT NOT NULL,
  at    INTEGER NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (owner, key)
) STRICT, WITHOUT ROWID;
INSERT INTO memory (owner, key, at, value)
  SELECT substr(system, 1, instr(system, '/') - 1), substr(system, instr(system, '/') + 1),
    since, position FROM cursors
  WHERE substr(system, 1, instr(system, '/')) IN ('authors/', 'compare/', 'epoch/');
DELETE FROM cursors
  WHERE substr(system, 1, instr(system, '/')) IN ('authors/', 'compare/', 'epoch/');
INSERT INTO memory (owner, key, at, value)
  SELECT 'settings', substr(name, 13), 0, CAST(value AS TEXT) FROM meta
  WHERE substr(name, 1, 12) = 'settings of ';
DELETE FROM meta WHERE substr(name, 1, 12) = 'settings of ';
)sql";

constexpr std::array kMigrations{Migration{1, kVersion1},       Migration{2, kVersion2},
                                 Migration{3, kDeliverySchema}, Migration{4, kVersion4},
                                 Migration{5, kVersion5},       Migration{6, kVersion6},
                                 Migration{7, kVersion7},       Migration{8, kColumnsSchema}};

// The version is read again inside the transaction: two programs may open the file at once.
void take(Connection& connection, const Migration& step) {
  connection.execute("BEGIN IMMEDIATE");
  if (schema_version(connection) < step.to) {
    connection.execute(step.sql);
    connection.execute("PRAGMA user_version = " + std::to_string(step.to));
  }
  connection.execute("COMMIT");
}

// Statistics and what SQLite makes for a key of its own accord have names that nobody else may use.
std::set<std::string> objects_of(Connection& connection) {
  std::set<std::string> objects;
  Query query = connection.query(
      "SELECT type || ' ' || name, tbl_name, coalesce(sql, '') FROM sqlite_master "
      "WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'");
  while (query.next()) objects.insert(query.text(0) + "\n" + query.text(1) + "\n" + query.text(2));
  return objects;
}

}  // namespace

std::span<const Migration> migrations() { return kMigrations; }

int schema_version(Connection& connection) {
  Query query = connection.query("PRAGMA user_version");
  return query.next() ? static_cast<int>(query.integer(0)) : 0;
}

Result<void> migrate(Connection& connection, std::span<const Migration> steps,
                     const std::string& path) {
  const int found = schema_version(connection);
  const int known = steps.back().to;
  if (found > known) {
    return fail("store", path + " has schema version " + std::to_string(found) +
                             ", and this program knows " + std::to_string(known) +
                             ": it was written by a newer program; run that one, or restore the "
                             "backup made before it");
  }
  for (const Migration& step : steps) {
    if (step.to > found) take(connection, step);
  }
  return {};
}

std::optional<std::string> foreign_in_schema(Connection& connection, int version) {
  Connection ours(":memory:", Connection::Access::write);
  for (const Migration& step : migrations()) {
    if (step.to <= version) ours.execute(step.sql);
  }
  const std::set<std::string> known = objects_of(ours);
  for (const std::string& found : objects_of(connection)) {
    if (!known.contains(found)) return found.substr(0, found.find('\n'));
  }
  return std::nullopt;
}

}  // namespace saksbro::store
