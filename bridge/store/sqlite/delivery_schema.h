// What the delivery of commands needs beside the first outbox: doubt, leases, crashes, mass changes
// and outages. A step of the schema (schema.cpp).
#pragma once

namespace saksbro::store {

// in_doubt_at  something of the command may be there since then; whoever was tried before this step
//              counts as in doubt
// found        the ticket that bears the create's marker
// lease_until  of a claim, with `owner` (a process) for people
// crashes      the process died while it had it in hand (in_hand.h); of a command: or the connector
//              threw
// alone        it was refused together with others: it is tried alone
// mass         it comes after all else
inline constexpr const char* kDeliverySchema = R"sql(
ALTER TABLE outbox ADD COLUMN in_doubt_at INTEGER;
ALTER TABLE outbox ADD COLUMN found TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN owner TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN lease_until INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN crashes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN alone INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN mass INTEGER NOT NULL DEFAULT 0;
UPDATE outbox SET in_doubt_at = created_at
  WHERE attempts > 0 AND verb <> 'read' AND state IN ('waiting', 'sending', 'dead');
DROP INDEX outbox_due;
CREATE INDEX outbox_due ON outbox (system, state, mass, id);
CREATE INDEX outbox_of_cause ON outbox (cause);
ALTER TABLE inbox RENAME COLUMN attempts TO crashes;
UPDATE inbox SET crashes = 0 WHERE handled_at IS NULL;

CREATE TABLE outages (
  system    TEXT PRIMARY KEY,
  since     INTEGER NOT NULL,
  why       TEXT NOT NULL,
  parked_at INTEGER
) STRICT, WITHOUT ROWID;
)sql";

}  // namespace saksbro::store
