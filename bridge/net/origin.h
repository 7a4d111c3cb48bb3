// Where a call goes to (scheme, host and port), and what may go to a place that no configuration
// names.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "bridge/contract/call.h"

namespace saksbro::net {

// "https://redmine.example:443", as libcurl understands the url: another reading of it could be led
// astray by "https://redmine.example@other". Nothing for what is no url.
[[nodiscard]] std::optional<std::string> origin_of(const std::string& url);

class Origins {
 public:
  // What is no url names no origin.
  explicit Origins(const std::vector<std::string>& urls);

  [[nodiscard]] bool name(const std::string& url) const;

 private:
  std::set<std::string> origins_;
};

// Why a call must not go to a place that no configuration names: it speaks another protocol than
// HTTP, or something in it could be a credential.
[[nodiscard]] std::optional<Phrase> unfit_for_strangers(const Call& call);

}  // namespace saksbro::net
