// How an issue looks at one moment: its state, labels and milestone, and what they mean by the
// configuration.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "bridge/codec/json.h"
#include "connectors/gitlab/gitlab_system.h"

namespace saksbro::gitlab {

struct Look {
  bool closed = false;
  std::vector<std::string> labels;  // the one that was added last is the last
  std::string milestone;
};

[[nodiscard]] Look look_of(const codec::Json& issue);

// By name: a status, and each field that is made of labels or of the milestone.
[[nodiscard]] std::map<std::string, std::string> shown(const GitlabSettings& settings,
                                                       const Look& look);

[[nodiscard]] std::string status_of(const GitlabSettings& settings, const Look& look);
[[nodiscard]] const StatusWord* find_status(const GitlabSettings& settings,
                                            const std::string& name);
// One of `statuses`, or of the scope of one.
[[nodiscard]] bool is_status_label(const GitlabSettings& settings, const std::string& label);
// Of no status and no field.
[[nodiscard]] bool is_plain_label(const GitlabSettings& settings, const std::string& label);

[[nodiscard]] std::vector<std::string> split(const std::string& text);  // "a, b"
[[nodiscard]] std::string joined(const std::vector<std::string>& texts);

}  // namespace saksbro::gitlab
