#include "bridge/store/sqlite/norwegian_tokenizer.h"

#include <SQLiteCpp/Exception.h>

#include <exception>
#include <new>
#include <string>
#include <string_view>

#include "bridge/search/norwegian.h"
#include "bridge/store/sqlite/relevance.h"

// Source: https://sqlite.org/fts5.html#extending_fts5
namespace saksbro::store {
namespace {

using Say = int (*)(void*, int, const char*, int, int, int);

struct Listener {  // FTS5, while it is told the tokens of one text
  Say say;
  void* context;

  [[nodiscard]] int token(int flags, std::string_view token, std::size_t begin,
                          std::size_t end) const {
    return say(context, flags, token.data(), static_cast<int>(token.size()),
               static_cast<int>(begin), static_cast<int>(end));
  }
};

int tell_document(const search::NorwegianReader& reader, std::string_view text,
                  const Listener& listener) {
  for (const search::Word& word : reader.words_in(text)) {
    if (const int wrong = listener.token(0, word.plain, word.begin, word.end)) return wrong;
    for (const std::string* stem : {&word.stem, &word.english}) {
      if (*stem == word.plain || (stem == &word.english && *stem == word.stem)) continue;
      if (const int wrong = listener.token(FTS5_TOKEN_COLOCATED, *stem, word.begin, word.end)) {
        return wrong;
      }
    }
  }
  return SQLITE_OK;
}

int tell_query(std::string_view text, const Listener& listener) {
  int flags = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    if (end > begin) {
      const std::string_view word = text.substr(begin, end - begin);
      if (const int wrong = listener.token(flags, word, begin, end)) return wrong;
      flags = FTS5_TOKEN_COLOCATED;
    }
    begin = end + 1;
  }
  return SQLITE_OK;
}

// The four below are called by C: nothing may be thrown through it.
int create(void*, const char**, int, Fts5Tokenizer** made) {
  auto* reader = new (std::nothrow) search::NorwegianReader;
  if (reader == nullptr) return SQLITE_NOMEM;
  *made = reinterpret_cast<Fts5Tokenizer*>(reader);
  return SQLITE_OK;
}

void destroy(Fts5Tokenizer* tokenizer) {
  delete reinterpret_cast<search::NorwegianReader*>(tokenizer);
}

int tokenize(Fts5Tokenizer* tokenizer, void* context, int why, const char* text, int size,
             Say say) {
  try {
    const std::string_view all{text == nullptr ? "" : text, static_cast<std::size_t>(size)};
    const Listener listener{say, context};
    if ((why & FTS5_TOKENIZE_QUERY) != 0) return tell_query(all, listener);
    return tell_document(*reinterpret_cast<const search::NorwegianReader*>(tokenizer), all,
                         listener);
  } catch (const std::exception&) {
    return SQLITE_NOMEM;
  }
}

fts5_api* api_of(sqlite3* database) {
  fts5_api* api = nullptr;
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(database, "SELECT fts5(?1)", -1, &statement, nullptr) == SQLITE_OK) {
    sqlite3_bind_pointer(statement, 1, static_cast<void*>(&api), "fts5_api_ptr", nullptr);
    sqlite3_step(statement);
  }
  sqlite3_finalize(statement);
  if (api == nullptr) {
    throw SQLite::Exception("this SQLite library has no FTS5: known solutions need it",
                            SQLITE_ERROR);
  }
  return api;
}

}  // namespace

void add_norwegian(sqlite3* database) {
  fts5_api* api = api_of(database);
  fts5_tokenizer functions{create, destroy, tokenize};
  int wrong = api->xCreateTokenizer(api, "norwegian", nullptr, &functions, nullptr);
  if (wrong == SQLITE_OK) {
    wrong = api->xCreateFunction(api, "relevance", nullptr, relevance, nullptr);
  }
  if (wrong != SQLITE_OK) throw SQLite::Exception(database, wrong);
}

}  // namespace saksbro::store
