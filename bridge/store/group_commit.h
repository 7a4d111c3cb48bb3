// Many deliveries that wait at the same time share one transaction, and so one fsync.
#pragma once

#include <functional>
#include <memory>

#include "bridge/contract/delivery.h"
#include "bridge/contract/error.h"
#include "bridge/store/store.h"

namespace saksbro::store {

// Owns one thread, ended by the destructor after what waits is written. receive() may be called
// from any thread; it blocks until the delivery is on disk (or known to be), and only then says so.
class GroupCommit {
 public:
  // The store must outlive this. `before_commit` is called each time that deliveries are written
  // and not on disk yet.
  explicit GroupCommit(
      Store& store, std::function<void()> before_commit = [] {});
  GroupCommit(const GroupCommit&) = delete;
  GroupCommit& operator=(const GroupCommit&) = delete;
  ~GroupCommit();

  [[nodiscard]] Result<Received> receive(const Delivery& delivery);

 private:
  class Batches;
  std::unique_ptr<Batches> batches_;
};

}  // namespace saksbro::store
