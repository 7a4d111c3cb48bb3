#include "connectors/registry.h"

#include "connectors/every_connector.h"  // written by config/cmake/connectors.cmake

namespace saksbro {

const std::map<std::string, Configure>& connectors() {
  static const std::map<std::string, Configure> kConnectors{
      {"gitlab", gitlab::configure},
      {"http_alert", http_alert::configure},
      {"mail", mail::configure},
      {"redmine", redmine::configure},
      {"rt", rt::configure},
  };
  return kConnectors;
}

}  // namespace saksbro
