// Where the bytes of files lie between their two trackers. net writes and reads them while they are
// on the wire; who makes the spool says where that is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "bridge/contract/blob.h"
#include "bridge/contract/error.h"

namespace saksbro::net {

// A file that comes in. Destroyed without keep(), it leaves nothing behind. For one thread.
class SpoolWriter {
 public:
  SpoolWriter() = default;
  SpoolWriter(const SpoolWriter&) = delete;
  SpoolWriter& operator=(const SpoolWriter&) = delete;
  virtual ~SpoolWriter() = default;

  // The next bytes. An error (a full disk, the spool's limit) ends it.
  [[nodiscard]] virtual Result<void> write(std::string_view bytes) = 0;
  // It is whole: on the disk, under its hash, when this returns.
  [[nodiscard]] virtual Result<BlobRef> keep() = 0;
};

// A file that goes out, from its beginning. For one thread.
class SpoolReader {
 public:
  SpoolReader() = default;
  SpoolReader(const SpoolReader&) = delete;
  SpoolReader& operator=(const SpoolReader&) = delete;
  virtual ~SpoolReader() = default;

  // At most `size` bytes to `to`; 0: all have been read.
  [[nodiscard]] virtual Result<std::size_t> read(char* to, std::size_t size) = 0;
};

// Thread-safe.
class Spool {
 public:
  Spool() = default;
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;
  virtual ~Spool() = default;

  // Room for so many bytes is the file's from now on, whoever comes later; what it needs beyond is
  // taken as it comes. An error when there is no such room.
  [[nodiscard]] virtual Result<std::unique_ptr<SpoolWriter>> begin(std::uint64_t bytes) = 0;
  // An error when it is not there, or has another size.
  [[nodiscard]] virtual Result<std::unique_ptr<SpoolReader>> open(const BlobRef& blob) = 0;
};

}  // namespace saksbro::net
