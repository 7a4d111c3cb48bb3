// Columns and tables in place of looks into JSON and into keys. A step of the schema (schema.cpp).
#pragma once

namespace saksbro::store {

// outbox.marker    of a create: what its ticket bears
// outbox_compares  looks that a comparison of everything asked for, by their slot
// case_values      a value that the process keeps, as the case's state has it; what the core kept
//                  for itself among them before (records/older_memory.h) is not asked for
// inbox_tickets    the tickets that a delivery's decision names, without '#'
//
// A record that is no JSON is left out: it is refused where it is read.
// Facts of an older program are thinned bit by bit (thinning.h).
inline constexpr const char* kColumnsSchema = R"sql(
ALTER TABLE outbox ADD COLUMN marker TEXT NOT NULL DEFAULT '';
UPDATE outbox SET marker = coalesce(json_extract(issued, '$.command.action.marker'), '')
  WHERE verb = 'create' AND json_valid(issued);
CREATE INDEX outbox_creates ON outbox (marker) WHERE verb = 'create';
CREATE INDEX outbox_compares ON outbox (system)
  WHERE slot = 'read/compare' AND state IN ('waiting', 'sending');

CREATE TABLE case_values (
  name        TEXT NOT NULL,
  case_number TEXT NOT NULL REFERENCES cases (number),
  value       TEXT NOT NULL,
  PRIMARY KEY (name, case_number)
) STRICT, WITHOUT ROWID;
INSERT INTO case_values (name, case_number, value)
  SELECT kept.key, cases.number, kept.value FROM cases,
    json_each(iif(json_valid(cases.state), cases.state, '{}'), '$.values') AS kept
  WHERE kept.type = 'text' AND kept.key <> 'origin'
    AND substr(kept.key, 1, instr(kept.key, '/')) NOT IN ('written/', 'told/', 'echo/', 'ours/',
      'loop/', 'cut/', 'from/', 'unheard/', 'number/', 'asked/', 'adopt/', 'pending/');

CREATE TABLE inbox_tickets (
  seq    INTEGER NOT NULL,
  ticket TEXT NOT NULL,
  PRIMARY KEY (seq, ticket)
) STRICT, WITHOUT ROWID;
CREATE INDEX inbox_tickets_by_ticket ON inbox_tickets (ticket, seq);
INSERT OR IGNORE INTO inbox_tickets (seq, ticket)
  SELECT inbox.seq, ltrim(json_extract(phrase.value, '$.args.ticket'), '#') FROM inbox,
    json_each(iif(json_valid(inbox.because), inbox.because, '[]')) AS phrase
  WHERE inbox.handled_at IS NOT NULL AND phrase.type = 'object'
    AND json_type(phrase.value, '$.args.ticket') = 'text'
    AND json_extract(phrase.value, '$.args.ticket') <> '';

INSERT INTO memory (owner, key, at, value)
  SELECT 'store', 'facts to thin', 0, '0' WHERE EXISTS (SELECT 1 FROM facts);
)sql";

}  // namespace saksbro::store
