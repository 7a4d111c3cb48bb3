// One file of a ticket, brought into the spool by one GET.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "connectors/tracker/conversation.h"

namespace saksbro::tracker {

// What differs between trackers.
struct FileSource {
  std::string path;  // of the tracker, where the file is
  Download::Form form = Download::Form::raw;
  std::string member{};  // of that form
  bool exact = false;    // the size that the tracker lists is that of the bytes which it gives
  std::string root{};    // what the path is appended to, where it is not that of other calls
  // 404 and 403 are believed only when the tracker serves something else to the same user: nothing
  // when it does, else how the command ends (or the look that has to be made).
  std::function<std::optional<Step>()> others_answer;
};

[[nodiscard]] Step fetch_file(Conversation& conversation, const FetchFile& action,
                              const FileSource& source);

// The refusals, for who fetches in another way.
[[nodiscard]] Outcome file_is_gone(const FetchFile& action);
[[nodiscard]] Outcome file_is_hidden(const FetchFile& action);
// Larger than it may be, or of another size than its tracker lists: `came` bytes.
[[nodiscard]] Outcome file_has_another_size(const FetchFile& action, std::uint64_t came);

}  // namespace saksbro::tracker
