// What somebody wrote in a transaction: RT keeps a mail as its parts.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "bridge/codec/json.h"

namespace saksbro::rt {

// The texts of a snapshot (history.h), by transaction. Outlived by it.
class Texts {
 public:
  explicit Texts(const codec::Json& texts);

  // By the rules that hold for every mail (bridge/codec/mime/mime_parts.h), with the names of
  // attached mails below.
  [[nodiscard]] std::string of(const std::string& transaction) const;

 private:
  std::map<std::string, std::vector<const codec::Json*>> by_transaction_;
};

}  // namespace saksbro::rt
