#include "tests/rig/simulator.h"

#include "tests/rig/eventually.h"
#include "tests/rig/port.h"
#include "tests/rig/rest.h"

namespace saksbro::rig {
namespace {

using namespace std::chrono_literals;

Rest control(const std::string& url) { return {url, {"accept", "application/json"}}; }

std::string at_free_port() { return "http://127.0.0.1:" + std::to_string(free_port()); }

std::string port_in(const std::string& url) { return url.substr(url.rfind(':') + 1); }

std::vector<std::string> command(const std::string& name, const std::string& url,
                                 const std::vector<std::string>& specifications,
                                 const std::vector<std::string>& options) {
  const std::string sim = std::string(SAKSBRO_SOURCE) + "/tests/sim/";
  std::vector<std::string> argv{sim + name, "--port", port_in(url)};
  for (const std::string& specification : specifications) {
    argv.emplace_back("--check");
    argv.push_back(sim + "specs/" + specification);
  }
  argv.insert(argv.end(), options.begin(), options.end());
  return argv;
}

}  // namespace

Simulator::Simulator(const std::string& name, const std::vector<std::string>& specifications,
                     const std::vector<std::string>& options)
    : folder_("sim-" + name),
      url_(at_free_port()),
      process_(Program{.argv = command(name, url_, specifications, options),
                       .output = folder_.path() / "output"}) {
  eventually("the simulator of " + name + " answers", 20s,
             [&] { return look("violations").is_object(); });
}

nlohmann::json Simulator::look(const std::string& path) const {
  return control(url_).get("/_sim/" + path);
}

nlohmann::json Simulator::order(const std::string& path, const nlohmann::json& what) const {
  return control(url_).post("/_sim/" + path, what);
}

nlohmann::json Simulator::violations() const { return look("violations").at("violations"); }

nlohmann::json Simulator::failures() const { return look("failures").at("failures"); }

}  // namespace saksbro::rig
