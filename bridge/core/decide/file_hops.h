// Which files of a ticket may go onto another one, by the mapping's rules and by what the case
// knows of them. Internal to core.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bridge/core/decision/decision_builder.h"

namespace saksbro::core {

// One way that files go: from a ticket onto another.
struct FileHop {
  SystemName from;
  SystemName to;
  const FileRule& rule;
  const TicketView& source;
};

// What the case remembers of a file; nothing, when it remembers nothing.
[[nodiscard]] const FileCopy& file_copy(const DecisionBuilder& b, const SystemName& at,
                                        const std::string& id);

// The case may be with one of several systems: the others get nothing more.
[[nodiscard]] bool is_case_with(const DecisionBuilder& b, const SystemName& system);

// The rule by which files go from there to `to`; none: none speaks of it.
[[nodiscard]] const FileRule* file_rule(const DecisionBuilder& b, const SystemName& from,
                                        const SystemName& to);

// An internal file that must not go there.
[[nodiscard]] bool is_kept_inside(const DecisionBuilder& b, const FileRule& rule,
                                  const SystemName& to, const SeenFile& file);

// It is to go there, and nothing has been done about that yet.
[[nodiscard]] bool is_wanted(const DecisionBuilder& b, const FileHop& hop, const std::string& id,
                             const SeenFile& file);

// The size and the type allow it. Before the bytes are known, the sender's word counts.
[[nodiscard]] bool is_taken(const FileRule& rule, const SeenFile& file, const FileCopy& copy);

// The same file is on that ticket already, by whatever way.
[[nodiscard]] bool is_there_already(const DecisionBuilder& b, const FileHop& hop,
                                    const SeenFile& file, const BlobRef& blob);

// As they came: trackers count their files ("9" comes before "10").
[[nodiscard]] std::vector<std::string> in_order_of_coming(
    const std::map<std::string, SeenFile>& files);

// Why that file must not go to `to` in the comment that was decided; none: it may.
[[nodiscard]] std::optional<Phrase> why_not_now(const DecisionBuilder& b, const FilesUnderWay& way,
                                                const SystemName& to, const std::string& id);

// Whom the files are from, their names, and where they are: {from} {files} {link}.
[[nodiscard]] DecisionBuilder::Values words_about_files(const DecisionBuilder& b,
                                                        const FileHop& hop,
                                                        const std::vector<std::string>& ids,
                                                        const SystemName& reader);

}  // namespace saksbro::core
