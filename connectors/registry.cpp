#include "connectors/registry.h"

#include "connectors/every_connector.h"  // written by config/cmake/connectors.cmake

namespace saksbro {

const std::map<std::string, Configure>& connectors() {
  // A line each, as connectors/new adds them.
  // clang-format off
  static const std::map<std::string, Configure> kConnectors{
      {"gitlab", gitlab::configure},
      {"http_alert", http_alert::configure},
      {"jira", jira::configure},
      {"mail", mail::configure},
      {"redmine", redmine::configure},
      {"rt", rt::configure},
  };
  // clang-format on
  return kConnectors;
}

}  // namespace saksbro
