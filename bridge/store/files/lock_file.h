// Only one service works on a store: the lock that it holds, and whose it is when it is refused.
#pragma once

#include <string>

#include "bridge/contract/error.h"

namespace saksbro::store {

// The kernel lets go of it when the process ends, however it ends; the file itself stays.
class LockFile {
 public:
  [[nodiscard]] static Result<LockFile> take(const std::string& store_path);

  LockFile(LockFile&& other) noexcept;
  LockFile& operator=(LockFile&& other) noexcept;
  ~LockFile();

 private:
  explicit LockFile(int descriptor) : descriptor_(descriptor) {}

  int descriptor_;
};

}  // namespace saksbro::store
