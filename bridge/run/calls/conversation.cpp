#include "bridge/run/calls/conversation.h"

#include <algorithm>

#include "bridge/run/observe/failpoint.h"

namespace saksbro::run {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds kRenewEvery{5'000};
// What waits for its budget gives its place to others; but once something was written, the look
// that verifies it is worth waiting for.
constexpr milliseconds kBudgetWait{2'000};
constexpr milliseconds kBudgetWaitAfterAWrite{8'000};
constexpr milliseconds kAfterBudget{1'000};

Phrase too_much_came() { return {"the answers are larger than 24 MB together", {}}; }

int seconds_of(milliseconds time) {
  return static_cast<int>(std::chrono::duration_cast<seconds>(time).count());
}

// 2 or more means to a connector that something may be there already: then it looks first.
Command told_to_connector(const store::OutboxRow& row) {
  Command command = row.issued.command;
  command.attempt = row.in_doubt_at ? std::max(2, command.attempt) : 1;
  return command;
}

// What an earlier attempt had done was found there, and nothing was written now.
bool was_adopted(const Command& command, const std::vector<Exchange>& transcript,
                 const Outcome& outcome) {
  const bool wrote = std::any_of(transcript.begin(), transcript.end(), [](const Exchange& made) {
    return made.call.repeat == Repeat::never;
  });
  return command.attempt > 1 && !wrote && std::holds_alternative<Delivered>(outcome);
}

bool answered_well(const Exchange& made) {
  const auto* answer = std::get_if<Answer>(&made.fate);
  return answer != nullptr && answer->status / 100 == 2;
}

}  // namespace

Conversation::Conversation(ConversationParts parts, const store::OutboxRow& row)
    : parts_(parts), row_(row), command_(told_to_connector(row)), renewed_(parts_.clock.ticks()) {}

Conversed Conversation::hold() {
  for (int calls = 0; calls < kCallsMost; ++calls) {
    Result<Step> step =
        parts_.system.perform({store::Work::command, row_.id}, command_, transcript_);
    if (!step) return crashed(step.error());
    if (auto* outcome = std::get_if<Outcome>(&*step)) {
      if (was_adopted(command_, transcript_, *outcome)) failpoint("doubt.adopted");
      return ended(checked(std::move(*outcome)));
    }
    Call call = std::get<Call>(*std::move(step));
    if (auto why = prevented(call)) return *std::move(why);
    const bool write = call.repeat == Repeat::never;
    if (write) failpoint("out.sending");
    Fate fate = parts_.client.send(call, [this] { (void)renew(); });
    if (write) failpoint("out.sent");
    if (!write && command_.attempt > 1) failpoint("doubt.searched");
    parts_.metrics.count("saksbro_calls_total", label("system", command_.to.text()));
    transcript_.push_back({std::move(call), std::move(fate), parts_.clock.now()});
    if (too_much(transcript_))
      return ended(RetryLater{too_much_came(), std::nullopt, Scope::command});
  }
  return ended(RetryLater{Phrase("the conversation did not end after {count} calls",
                                 {{"count", std::to_string(kCallsMost)}}),
                          std::nullopt, Scope::command});
}

// The last gate before bytes leave.
std::optional<Conversed> Conversation::prevented(const Call& call) {
  if (auto kept = files_kept_back(call)) return kept;
  if (call.repeat == Repeat::never && looks_only()) return not_there_yet();
  const bool wrote = codec::judge(RetryLater{}, transcript_).wrote;
  if (!parts_.traffic.spend(call, wrote ? kBudgetWaitAfterAWrite : kBudgetWait))
    return over_budget();
  if (!renew()) return lost();
  return std::nullopt;
}

bool Conversation::is_missing_a_file(const Call& call) const {
  return parts_.spool != nullptr &&
         std::any_of(call.parts.begin(), call.parts.end(), [&](const BodyPart& part) {
           return part.blob && !parts_.spool->has(*part.blob);
         });
}

Result<core::FilesNow> Conversation::files_now() const {
  if (parts_.mapping == nullptr) return core::FilesNow::may_go;
  auto reader = parts_.store.reader();
  if (!reader) return tl::unexpected(reader.error());
  const auto state = (*reader)->cases().find(row_.case_number);
  if (!state) return tl::unexpected(state.error());
  if (!*state) return core::FilesNow::unknown;
  return core::files_now(*parts_.mapping, **state, command_.to, command_.key, parts_.clock.now());
}

// Files, and words about them, that were decided on a while ago: does all of it still hold?
std::optional<Conversed> Conversation::files_kept_back(const Call& call) {
  const bool leaves = call.repeat == Repeat::never || !call.parts.empty();
  if (!leaves || !core::is_guarded(row_.issued)) return std::nullopt;
  const auto now = files_now();
  if (!now) return ended(RetryLater{now.error().told(), std::nullopt, Scope::command});
  switch (*now) {
    case core::FilesNow::look_first:
    case core::FilesNow::changed:
      return held_back();
    case core::FilesNow::unclear:
      return ended(RetryLater{"the mapping has no such activity as the case is at"});
    case core::FilesNow::unknown:
      return ended(Rejected{"Saksbro no longer knows which files these are; attach them by hand"});
    case core::FilesNow::may_go:
      break;
  }
  if (!is_missing_a_file(call)) return std::nullopt;
  if (parts_.mapping != nullptr) return held_back();
  return ended(Rejected{"a file to send is no longer in the spool; attach it by hand"});
}

// What came in is looked at before anybody is told that it is there.
Outcome Conversation::checked(Outcome outcome) {
  auto* done = std::get_if<Delivered>(&outcome);
  const auto* fetch = std::get_if<FetchFile>(&command_.action);
  if (done == nullptr || !done->file || fetch == nullptr || parts_.check == nullptr) return outcome;
  FileVerdict verdict = parts_.check->look(*done->file, fetch->name, [this] { return renew(); });
  if (verdict.kind == FileVerdict::Kind::refused) return Rejected{std::move(verdict.why)};
  if (verdict.kind == FileVerdict::Kind::not_known) return RetryLater{std::move(verdict.why)};
  done->looks_like = std::move(verdict.looks_like);
  return outcome;
}

bool Conversation::renew() {
  const core::Ticks now = parts_.clock.ticks();
  if (now - renewed_ < kRenewEvery) return true;
  auto tx = parts_.store.begin();
  if (!tx) return true;  // a full disk: the fence decides when the outcome is recorded
  const auto ours = (*tx)->outbox().renew(row_, parts_.clock.now());
  if (!ours || !(*tx)->commit()) return true;
  renewed_ = now;
  return *ours;
}

bool Conversation::looks_only() const {
  if (!std::holds_alternative<CreateTicket>(command_.action) || !row_.in_doubt_at) return false;
  return !parts_.doubt.empty() && parts_.clock.now() - *row_.in_doubt_at < parts_.doubt.back();
}

Conversed Conversation::ended(Outcome outcome) const {
  codec::Judgement judged = codec::judge(outcome, transcript_);
  // The system has given the file: whatever is wrong with that, or with us, is not its fault.
  const bool gave = std::holds_alternative<FetchFile>(command_.action) && !transcript_.empty() &&
                    answered_well(transcript_.back());
  if (gave) judged.system = SystemHealth::well;
  return {std::move(outcome), judged, false, false, false, std::nullopt};
}

// The search found nothing, and may lag: nothing is created before the last look.
Conversed Conversation::not_there_yet() const {
  const auto passed = parts_.clock.now() - *row_.in_doubt_at;
  const auto next = std::upper_bound(parts_.doubt.begin(), parts_.doubt.end(), passed);
  const Instant at = *row_.in_doubt_at + (next == parts_.doubt.end() ? parts_.doubt.back() : *next);
  Conversed conversed = ended(RetryLater{Phrase("in doubt, and not found {count} s later; Saksbro "
                                                "looks it up again before it creates it once more",
                                                {{"count", std::to_string(seconds_of(passed))}}),
                                         at, Scope::command});
  conversed.judged.outcome = OutcomeClass::in_doubt;
  conversed.judged.system = transcript_.empty() ? SystemHealth::unclear : SystemHealth::well;
  conversed.next = at;
  return conversed;
}

Conversed Conversation::held_back() const {
  Conversed conversed = ended(RetryLater{"held back", std::nullopt, Scope::command});
  conversed.judged.system = transcript_.empty() ? SystemHealth::unclear : SystemHealth::well;
  conversed.held_back = true;
  return conversed;
}

Conversed Conversation::over_budget() const {
  Conversed conversed =
      ended(RetryLater{"the rate limit for this system is used up", std::nullopt, Scope::command});
  conversed.judged.system = SystemHealth::unclear;
  conversed.next = parts_.clock.now() + kAfterBudget;
  return conversed;
}

Conversed Conversation::crashed(const Error& why) const {
  Conversed conversed = ended(RetryLater{why.phrase, std::nullopt, Scope::command});
  conversed.judged.system = SystemHealth::unclear;
  conversed.crashed = true;
  return conversed;
}

Conversed Conversation::lost() const {
  Conversed conversed =
      ended(RetryLater{"another worker holds the claim", std::nullopt, Scope::command});
  conversed.judged.system = SystemHealth::unclear;
  conversed.lost = true;
  return conversed;
}

}  // namespace saksbro::run
