// A secret that no log prints by accident: it has no stream operator and no formatter.
#pragma once

#include <string>
#include <utility>

namespace saksbro {

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value) : value_(std::move(value)) {}

  // The one way out; a search for "reveal()" shows each use.
  [[nodiscard]] const std::string& reveal() const { return value_; }
  [[nodiscard]] bool empty() const { return value_.empty(); }

 private:
  std::string value_;
};

}  // namespace saksbro
