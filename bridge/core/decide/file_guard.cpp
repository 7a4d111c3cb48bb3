#include "bridge/core/decide/file_guard.h"

#include <algorithm>

#include "bridge/core/decide/file_hops.h"
#include "bridge/core/model/standing.h"

namespace saksbro::core {
namespace {

// So long a decision is trusted without another look; twice as long after each look that it has
// been given, so that a comment which always waits long goes as well.
constexpr std::chrono::minutes kTrusted{10};
constexpr int kDoublingsMost = 8;

bool is_old(const FilesUnderWay& way, Instant now) {
  return now - way.decided > kTrusted * (1 << std::min(way.looks, kDoublingsMost));
}

// A mail (it has no status) stays as it was sent, and cannot be looked at again.
bool may_change(const Mapping& mapping, const SystemName& source) {
  const SystemMapping* system = mapping.system(source);
  return system != nullptr && !system->status_words.empty();
}

}  // namespace

bool is_guarded(const Issued& issued) {
  const auto* comment = std::get_if<AddComment>(&issued.command.action);
  return comment != nullptr && (issued.slot.starts_with(kFilesSlot) || !comment->files.empty());
}

FilesNow files_now(const Mapping& mapping, const Case& state, const SystemName& to,
                   const IdempotencyKey& command, Instant now) {
  const auto& under_way = memory_of(state.memory, to).files_under_way;
  const auto found = under_way.find(command);
  if (found == under_way.end()) return FilesNow::unknown;
  if (activity_missing_from_mapping(mapping, state)) return FilesNow::unclear;
  const Surroundings around{};
  const DecisionBuilder b(mapping, state, to, around);
  const FilesUnderWay& way = found->second;
  const bool holds = std::all_of(way.files.begin(), way.files.end(), [&](const auto& file) {
    return !why_not_now(b, way, to, file.first);
  });
  if (!holds) return FilesNow::changed;
  return is_old(way, now) && may_change(mapping, way.from) ? FilesNow::look_first
                                                           : FilesNow::may_go;
}

}  // namespace saksbro::core
