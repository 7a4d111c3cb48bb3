// Teaches FTS5 to read Norwegian: the tokenizer "norwegian" and the ranking function "relevance".
#pragma once

#include <sqlite3.h>

namespace saksbro::store {

// In a document, each word and, at the same place, its stem. In a query, each quoted string is a
// list of words that NorwegianReader has read already: any of them will do. Throws
// SQLite::Exception, as all of connection.h.
void add_norwegian(sqlite3* database);

}  // namespace saksbro::store
