// A store on a disk that is full from the beginning: nothing can be written or looked at. (One that
// becomes full in the midst of work: full_disk.h.)
#pragma once

#include <memory>
#include <stdexcept>

#include "bridge/store/store.h"

namespace saksbro::run {

class NoRoom final : public store::Store {
 public:
  Result<std::unique_ptr<store::Transaction>> begin() override {
    return fail("store", "the disk is full");
  }
  Result<std::unique_ptr<store::Reader>> reader() override {
    return fail("store", "the disk is full");
  }
  Result<int> release_claims(Instant) override { return 0; }
  Result<void> keep_solutions(const store::SolutionSource&) override { return {}; }
  [[nodiscard]] Instant epoch() const override { return {}; }
  store::Maintenance& upkeep() override { throw std::logic_error("not asked for"); }
  store::CrashJournal& in_hand() override { throw std::logic_error("not asked for"); }
};

}  // namespace saksbro::run
