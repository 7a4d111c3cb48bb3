// The spool as a folder beside the store: each file is named by the hash of its bytes, is for its
// owner alone, and is on the disk before anybody is told that it is there. Thread-safe.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <set>
#include <string>

#include "bridge/contract/time.h"
#include "bridge/net/spool.h"

namespace saksbro::run {

struct SpoolLimits {
  std::uint64_t bytes_most = 4ULL << 30U;  // of all files together
};

class FileSpool final : public net::Spool {
 public:
  // Makes the folder where there is none, and removes what an earlier process had not finished.
  [[nodiscard]] static Result<std::unique_ptr<FileSpool>> open(const std::string& folder,
                                                               const SpoolLimits& limits);

  [[nodiscard]] Result<std::unique_ptr<net::SpoolWriter>> begin(std::uint64_t bytes) override;
  [[nodiscard]] Result<std::unique_ptr<net::SpoolReader>> open(const BlobRef& blob) override;

  [[nodiscard]] bool has(const BlobRef& blob) const;
  // The file itself, for a program that looks into it. It belongs to the spool.
  [[nodiscard]] std::string path_of(const BlobRef& blob) const;
  void remove(const BlobRef& blob);
  // It has been sent, or is of no use: it goes with the next clearing, unless somebody needs it.
  // Who reads or brings it again takes that back.
  void done_with(const BlobRef& blob) const;
  // Files that nobody has read or written since then, and those that were done with; but none of
  // `needed` (by their hashes). How many bytes that were.
  [[nodiscard]] std::uint64_t clear(Instant then, const std::set<std::string>& needed);
  [[nodiscard]] std::uint64_t bytes() const;  // with the room that is taken for files to come

 private:
  class Writer;
  class Reader;
  FileSpool(std::string folder, const SpoolLimits& limits)
      : folder_(std::move(folder)), limits_(limits) {}
  [[nodiscard]] Result<void> count(std::uint64_t bytes);
  void give_back(std::uint64_t bytes);

  std::string folder_;
  SpoolLimits limits_;
  mutable std::mutex mutex_;
  std::uint64_t bytes_ = 0;  // on the disk, files under way included
  std::uint64_t begun_ = 0;  // names files under way
};

}  // namespace saksbro::run
