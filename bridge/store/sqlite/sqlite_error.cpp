#include "bridge/store/sqlite/sqlite_error.h"

#include <sqlite3.h>

namespace saksbro::store {

Error explain(int code, const std::string& reason) {
  constexpr int kPrimary = 0xff;
  switch (code & kPrimary) {
    case SQLITE_FULL:
      return {"store",
              "the disk is full: nothing was written; Saksbro continues when space is freed (" +
                  reason + ")"};
    case SQLITE_IOERR:
      return {"store",
              "the disk is full or failing: nothing was written; free space, or check the disk (" +
                  reason + ")"};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return {"store",
              "the file is damaged; stop, and restore the last backup with `saksbro restore FILE`, "
              "which "
              "keeps this one aside (" +
                  reason + ")"};
    case SQLITE_BUSY:
      return {"store", "the store is locked by another program; try again (" + reason + ")"};
    default:
      return {"store", reason};
  }
}

}  // namespace saksbro::store
