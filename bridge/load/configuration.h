// config/saksbro.yaml and the mappings that it names, as checked values. Every error of a run at
// once.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bridge/contract/error.h"
#include "bridge/contract/settings.h"
#include "bridge/core/model/limits.h"
#include "bridge/core/model/mapping.h"
#include "bridge/core/report/report.h"
#include "bridge/load/files.h"
#include "bridge/load/listeners.h"
#include "bridge/load/upkeep.h"
#include "bridge/load/yaml_file.h"
#include "bridge/rehearse/scenario.h"

namespace saksbro::load {

struct SystemConfiguration {
  SystemName name;
  std::string connector;
  Setting settings;  // what is the connector's own
  core::DeliveryPolicy delivery{};
  std::int64_t fingerprint = 0;  // of its settings and its mapping
  // When all open cases' tickets are compared each night, since midnight; none: never.
  std::optional<std::chrono::minutes> compare{};
};

// Links by which people act without an account.
struct LinksConfiguration {
  std::string url;              // where the webhook listener is reached from outside
  std::vector<Secret> secrets;  // the first signs, all are accepted
};

struct Configuration {
  std::string store;                       // path of the embedded store's file
  std::optional<core::Language> language;  // of the whole instance; none: it says nothing
  std::vector<std::string> secret_files;   // of { file: PATH }
  Listeners listen;
  UpkeepConfiguration upkeep;
  FilesConfiguration files;
  std::optional<LinksConfiguration> links;
  std::vector<SystemConfiguration> systems;  // trackers and alert channels
  core::Mapping mapping;
  std::vector<rehearse::Scenario> scenarios;  // of the process owner
  core::ReportTerms report;                   // no `waiting`: the configuration has no `report:`
  Errors warnings;                            // of what works, and should be written another way
};

// With errors, `configuration` holds what could be read, so that connectors can be checked as well.
struct Loaded {
  Configuration configuration;
  Errors errors;
};

// Each error once, in the order in which people read: `first` is the file that they begin with.
[[nodiscard]] Errors in_order(const Errors& errors, const std::string& first);

// The addresses (scheme://...) of all systems, as they stand there.
[[nodiscard]] std::vector<std::string> urls_in(const Configuration& configuration);

[[nodiscard]] Loaded load_configuration(const std::string& path, const ReadFile& read,
                                        const ReadVariable& variable);

}  // namespace saksbro::load
