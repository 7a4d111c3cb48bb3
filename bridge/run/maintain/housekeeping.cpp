#include "bridge/run/maintain/housekeeping.h"

#include "bridge/run/observe/log.h"

namespace saksbro::run {
namespace {

// A commit each: so many rows are some milliseconds.
constexpr int kBatch = 200;
// What is free inside is used again first; beyond this it goes back to the disk (pages of 4 KiB).
constexpr std::int64_t kFreeKept = 2'048;
constexpr int kPagesBack = 256;
// The spool's files are kept for days: to read its folder at each round would be waste.
constexpr std::chrono::minutes kFilesEvery{10};

}  // namespace

Result<void> Housekeeping::look_at_the_disk() {
  const bool was_full = full_;
  const auto there = store_.upkeep().keep_reserve(settings_.reserve);
  full_ = store_.upkeep().full();
  metrics_.set("saksbro_store_full", "", full_ ? 1 : 0);
  if (full_ && !was_full) log::error("store.full", {{"received", "nothing new"}});
  if (!full_ && was_full) log::info("store.has_room", {});
  const bool missing = !there || !*there;
  if (missing && !told_no_room_)
    log::warn("store.no_reserve", {{"why", there ? "too little room" : there.error().what}});
  told_no_room_ = missing;
  return {};
}

Result<std::set<std::string>> Housekeeping::files_needed() {
  auto reader = store_.reader();
  if (!reader) return tl::unexpected(reader.error());
  return (*reader)->outbox().files_needed();
}

// What a command that is not done is to bring stays, however long that waits.
void Housekeeping::look_after_files() {
  const Instant now = clock_.now();
  if (spool_ == nullptr || now - files_looked_at_ < kFilesEvery) return;
  files_looked_at_ = now;
  const auto needed = files_needed();
  if (!needed) return log::warn("spool.not_cleaned", {{"why", needed.error().text()}});
  const std::uint64_t freed = spool_->clear(now - settings_.files, *needed);
  if (freed > 0) log::info("spool.cleaned", {{"bytes", static_cast<std::int64_t>(freed)}});
}

Result<bool> Housekeeping::round() {
  look_after_files();
  if (spool_ != nullptr)
    metrics_.set("saksbro_spool_bytes", "", static_cast<double>(spool_->bytes()));
  if (auto looked = look_at_the_disk(); !looked) return tl::unexpected(looked.error());
  const auto gone = store_.upkeep().forget(settings_.keep, clock_.now(), kBatch);
  if (!gone) return tl::unexpected(gone.error());
  const auto count = [&](const char* kind, int rows) {
    if (rows > 0) metrics_.count("saksbro_forgotten_total", label("kind", kind), rows);
  };
  count("bodies", gone->bodies);
  count("ids", gone->ids);
  count("commands", gone->commands);
  count("decisions", gone->decisions);
  const auto free = store_.upkeep().give_back(free_pages_ > kFreeKept ? kPagesBack : 0);
  if (!free) return tl::unexpected(free.error());
  free_pages_ = *free;
  return gone->more || free_pages_ > kFreeKept;
}

}  // namespace saksbro::run
