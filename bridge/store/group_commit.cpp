#include "bridge/store/group_commit.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace saksbro::store {
namespace {

struct Waiting {  // one receiver that stands in receive(); lives on its stack
  const Delivery& delivery;
  std::optional<Result<Received>> answer;
  std::condition_variable answered;
};

using Batch = std::vector<Waiting*>;

Result<std::vector<Received>> write(Store& store, const Batch& batch,
                                    const std::function<void()>& before_commit) {
  auto transaction = store.begin();
  if (!transaction) return tl::unexpected(transaction.error());
  std::vector<Received> arrived;
  for (const Waiting* one : batch) {
    const Result<Received> received = (*transaction)->inbox().receive(one->delivery);
    if (!received) return tl::unexpected(received.error());
    arrived.push_back(*received);
  }
  before_commit();
  const Result<void> committed = (*transaction)->commit();
  if (!committed) return tl::unexpected(committed.error());
  return arrived;
}

}  // namespace

class GroupCommit::Batches {
 public:
  Batches(Store& store, std::function<void()> before_commit)
      : store_(store),
        before_commit_(std::move(before_commit)),
        writer_([this]() noexcept { run(); }) {}
  ~Batches() {
    {
      const std::lock_guard guard{mutex_};
      ending_ = true;
    }
    work_.notify_one();
    writer_.join();
  }

  Result<Received> receive(const Delivery& delivery) {
    Waiting mine{delivery, std::nullopt, {}};
    std::unique_lock guard{mutex_};
    queue_.push_back(&mine);
    work_.notify_one();
    mine.answered.wait(guard, [&] { return mine.answer.has_value(); });
    return *mine.answer;
  }

 private:
  // While one batch is synced to disk, the next one gathers: nobody waits for a timer.
  void run() {
    std::unique_lock guard{mutex_};
    while (true) {
      work_.wait(guard, [&] { return ending_ || !queue_.empty(); });
      if (queue_.empty()) return;
      const Batch batch = std::exchange(queue_, {});
      guard.unlock();
      const Result<std::vector<Received>> written = write(store_, batch, before_commit_);
      guard.lock();
      answer(batch, written);
    }
  }

  // Under the mutex: a receiver that is told may be gone the moment it is let go.
  static void answer(const Batch& batch, const Result<std::vector<Received>>& written) {
    for (std::size_t i = 0; i < batch.size(); ++i) {
      batch[i]->answer = written ? Result<Received>{(*written)[i]}
                                 : Result<Received>{tl::unexpected(written.error())};
      batch[i]->answered.notify_one();
    }
  }

  Store& store_;
  const std::function<void()> before_commit_;
  std::mutex mutex_;
  std::condition_variable work_;
  Batch queue_;
  bool ending_ = false;
  std::thread writer_;  // last: it starts when all else is there
};

GroupCommit::GroupCommit(Store& store, std::function<void()> before_commit)
    : batches_(std::make_unique<Batches>(store, std::move(before_commit))) {}
GroupCommit::~GroupCommit() = default;

Result<Received> GroupCommit::receive(const Delivery& delivery) {
  return batches_->receive(delivery);
}

}  // namespace saksbro::store
