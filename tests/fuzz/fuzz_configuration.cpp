// Configurations. The first part is saksbro.yaml, the second the desk's mapping, the third the
// process, the fourth the house; a part that is left out is as it stands in tests/load/right.
//
// What must hold: it is read or refused, each error with file, line and column; what is read
// without an error is proved, and connectors take or refuse its settings.
#include <fstream>
#include <map>
#include <sstream>

#include "bridge/core/proof/proof.h"
#include "bridge/load/configuration.h"
#include "connectors/registry.h"
#include "tests/fuzz/parts.h"

namespace saksbro::load {
namespace {

using fuzz::require;
using Files = std::map<std::string, std::string>;

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// Run in the project's own folder.
const Files& right_files() {
  static const Files kFiles = [] {
    Files files;
    for (const char* name : {"saksbro.yaml", "desk.yaml", "process.yaml", "house.yaml",
                             "operator.yaml", "token.txt"}) {
      files[name] = content_of(std::string("tests/load/right/") + name);
      require(!files[name].empty(), std::string("tests/load/right/") + name + " is there");
    }
    return files;
  }();
  return kFiles;
}

bool has_place(const std::string& where) {
  const auto column = where.rfind(':');
  const auto line = column == where.npos || column == 0 ? where.npos : where.rfind(':', column - 1);
  return line != where.npos && parse_whole_number(where.substr(column + 1)).value_or(0) > 0 &&
         parse_whole_number(where.substr(line + 1, column - line - 1)).value_or(0) > 0;
}

void check(const Errors& errors) {
  for (const Error& error : errors) {
    require(has_place(error.where), "an error has its place: " + error.text());
    require(!error.what.empty(), "an error says what is wrong");
  }
}

void try_files(const Files& files) {
  const auto read = [&](const std::string& path) -> Result<std::string> {
    const auto file = files.find(path.starts_with("./") ? path.substr(2) : path);
    if (file == files.end()) return fail(path, "cannot be read");
    return file->second;
  };
  const auto variable = [](const std::string&) {
    return std::optional<std::string>("a-secret-of-more-than-32-characters");
  };
  Loaded loaded = load_configuration("saksbro.yaml", read, variable);
  check(loaded.errors);
  bool refused = !loaded.errors.empty();
  for (const SystemConfiguration& system : loaded.configuration.systems) {
    const auto connector = connectors().find(system.connector);
    if (connector == connectors().end()) continue;  // bridge/cli says so
    const auto made = connector->second(system.name, system.settings);
    if (!made) check(made.error());
    refused = refused || !made;
  }
  if (!refused) check(core::prove(loaded.configuration.mapping));
}

}  // namespace
}  // namespace saksbro::load

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace saksbro;
  fuzz::Parts parts(data, size);
  load::Files files = load::right_files();
  for (const char* name : {"saksbro.yaml", "desk.yaml", "process.yaml", "house.yaml"}) {
    const std::string_view part = parts.next();
    if (!part.empty()) files[name] = part;
  }
  load::try_files(files);
  return 0;
}
