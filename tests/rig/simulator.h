// A simulator of a tracker (tests/sim), each request held against the vendor's specification.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/rig/folder.h"
#include "tests/rig/process.h"

namespace saksbro::rig {

class Simulator {
 public:
  // tests/sim/<name> with `options`, held against each of `specifications` in tests/sim/specs.
  Simulator(const std::string& name, const std::vector<std::string>& specifications,
            const std::vector<std::string>& options = {});

  [[nodiscard]] const std::string& url() const { return url_; }
  // Below /_sim/.
  [[nodiscard]] nlohmann::json look(const std::string& path) const;
  nlohmann::json order(const std::string& path, const nlohmann::json& what) const;
  // What did not fit the specification, and exceptions of the simulator: empty lists, if all is
  // well.
  [[nodiscard]] nlohmann::json violations() const;
  [[nodiscard]] nlohmann::json failures() const;

 private:
  Folder folder_;
  std::string url_;
  Process process_;
};

}  // namespace saksbro::rig
