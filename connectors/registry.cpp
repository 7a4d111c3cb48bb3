#include "connectors/registry.h"

#include "connectors/http_alert/http_alert.h"
#include "connectors/mail/mail.h"
#include "connectors/redmine/redmine.h"
#include "connectors/rt/rt.h"

namespace saksbro {

const std::map<std::string, Configure>& connectors() {
  static const std::map<std::string, Configure> kConnectors{
      {"http_alert", http_alert::configure},
      {"mail", mail::configure},
      {"redmine", redmine::configure},
      {"rt", rt::configure},
  };
  return kConnectors;
}

}  // namespace saksbro
