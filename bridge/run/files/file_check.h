// What is looked at in a file before it goes to another ticket: whether it is what its name says,
// whether it is a program, and what a virus scanner says. Thread-safe.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bridge/contract/blob.h"
#include "bridge/contract/phrase.h"
#include "bridge/run/files/file_spool.h"
#include "bridge/run/files/virus_scan.h"

namespace saksbro::run {

struct FileCheckSettings {
  bool programs = false;          // programs and scripts may pass
  std::optional<ScanBy> scanner;  // none: no file is scanned
};

struct FileVerdict {
  enum class Kind { good, refused, not_known } kind = Kind::good;
  Phrase why{};  // not known: the scanner did not answer, and may later
};

class FileCheck {
 public:
  // The spool must outlive it.
  FileCheck(FileCheckSettings settings, FileSpool& spool)
      : settings_(std::move(settings)), spool_(spool) {}

  // A file in which a virus was found is removed from the spool.
  [[nodiscard]] FileVerdict look(const BlobRef& blob, const std::string& name) const;

 private:
  FileCheckSettings settings_;
  FileSpool& spool_;
};

// Why a file of that name and that content is not copied; none: it may be. `media_type` is what the
// bytes look like (libmagic), "application/octet-stream" when they look like nothing.
[[nodiscard]] std::optional<Phrase> unfit_file(const std::string& name,
                                               const std::string& media_type, bool programs);

}  // namespace saksbro::run
