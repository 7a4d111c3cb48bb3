// What is looked at in a file before it goes to another ticket: whether it is what its name says,
// whether it is a program, and what a virus scanner says. Thread-safe.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
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
  std::chrono::milliseconds scan_longest{120'000};
};

struct FileVerdict {
  enum class Kind { good, refused, not_known } kind = Kind::good;
  Phrase why{};              // not known: the scanner did not answer, and may later
  std::string looks_like{};  // the media type; "application/octet-stream": none that is known
};

class FileCheck {
 public:
  // The spool must outlive it.
  FileCheck(FileCheckSettings settings, FileSpool& spool)
      : settings_(std::move(settings)), spool_(spool) {}

  // A file in which a virus was found is removed from the spool. `alive` is called some times a
  // second, on the caller's thread, while a scanner works; false: the answer is not wanted any
  // more.
  [[nodiscard]] FileVerdict look(const BlobRef& blob, const std::string& name,
                                 const std::function<bool()>& alive = {}) const;

  // Ends scans that are under way, and begins none: for a stop.
  void cancel() { cancelled_ = true; }

 private:
  FileCheckSettings settings_;
  FileSpool& spool_;
  std::atomic<bool> cancelled_{false};
};

// Why a file of that name and that content is not copied; none: it may be. `media_type` is what the
// bytes look like (libmagic), "application/octet-stream" when they look like nothing.
[[nodiscard]] std::optional<Phrase> unfit_file(const std::string& name,
                                               const std::string& media_type, bool programs);

}  // namespace saksbro::run
