// A secret that nothing prints by accident: streams, fmt (bridge/run/web/secret_format.h) and JSON
// show
// "***".
#pragma once

#include <iosfwd>
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

  template <class Char, class Traits>
  friend std::basic_ostream<Char, Traits>& operator<<(std::basic_ostream<Char, Traits>& out,
                                                      const Secret&) {
    return out << kShown;
  }
  // How nlohmann::json writes it.
  template <class Json>
  friend void to_json(Json& json, const Secret&) {
    json = kShown;
  }

  static constexpr const char* kShown = "***";

 private:
  std::string value_;
};

}  // namespace saksbro
