// Five hundred spoiled configurations (docs/promises.md row 40): each is refused with a place for
// every error, or read as something that check proves. Not one ends the program. SAKSBRO_SEED=N
// repeats a run.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "bridge/core/proof/proof.h"
#include "bridge/load/configuration.h"
#include "connectors/registry.h"

namespace saksbro::load {
namespace {

namespace fs = std::filesystem;
using Files = std::map<std::string, std::string>;

const fs::path kRoot = SAKSBRO_SOURCE;

std::string content_of(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

Files right_files() {
  Files files;
  for (const auto& entry : fs::directory_iterator(kRoot / "tests/load/right"))
    files[entry.path().filename()] = content_of(entry.path());
  return files;
}

// What people get wrong, and what YAML makes of it behind their back.
const std::vector<std::string> kPieces = {
    ": ", "- ",   "\n",   "  ",    "\t",   "{", "}",     "[",     "]",    "\"",  "'",    "#",
    "&a", "*a",   "<<: ", "!!str", "---",  "|", ">",     "?",     "~",    "no",  "0x1F", "010",
    ",",  "\xe6", "æ",    "null",  ".inf", "%", "next:", "løst:", "text", "by:", "do:",  "await:"};

class Spoiler {
 public:
  explicit Spoiler(std::uint32_t seed) : random_(seed) {}

  std::size_t below(std::size_t count) { return random_() % count; }

  void spoil(std::string& text) {
    const std::size_t at = below(text.size());
    switch (below(6)) {
      case 0:
        text[at] = static_cast<char>(below(256));
        break;
      case 1:
        text.erase(at, 1 + below(8));
        break;
      case 2:
        text.insert(at, kPieces[below(kPieces.size())]);
        break;
      case 3:
        text.resize(at + 1);  // as a file that is half written
        break;
      case 4:
        move_a_line(text);
        break;
      default:
        text.insert(at, text.substr(below(text.size()), 1 + below(40)));
    }
    if (text.empty()) text = "\n";
  }

 private:
  void move_a_line(std::string& text) {
    const auto begin = text.find('\n', below(text.size()));
    if (begin == std::string::npos) return;
    const auto end = text.find('\n', begin + 1);
    if (end == std::string::npos) return;
    const std::string line = text.substr(begin, end - begin);
    text.erase(begin, end - begin);
    const auto to = text.find('\n', below(text.size()));
    text.insert(to == std::string::npos ? text.size() : to, line);
  }

  std::mt19937 random_;
};

std::uint32_t seed() {
  const char* given = std::getenv("SAKSBRO_SEED");
  return given == nullptr ? 20261125U
                          : static_cast<std::uint32_t>(std::strtoul(given, nullptr, 10));
}

// As `saksbro check` does.
Errors check(const Files& files) {
  const auto read = [&](const std::string& path) -> Result<std::string> {
    const auto file = files.find(fs::path(path).lexically_normal());
    if (file == files.end()) return fail(path, "cannot be read");
    return file->second;
  };
  const auto variable = [](const std::string&) {
    return std::optional<std::string>("a-secret-of-more-than-32-characters");
  };
  Loaded loaded = load_configuration("saksbro.yaml", read, variable);
  for (const SystemConfiguration& system : loaded.configuration.systems) {
    const auto connector = connectors().find(system.connector);
    if (connector == connectors().end()) {
      loaded.errors.push_back({system.settings.where, "no such connector"});  // bridge/cli's words
      continue;
    }
    const auto made = connector->second(system.name, system.settings);
    if (!made) loaded.errors.insert(loaded.errors.end(), made.error().begin(), made.error().end());
  }
  return loaded.errors.empty() ? core::prove(loaded.configuration.mapping) : loaded.errors;
}

bool has_place(const std::string& where) {
  const auto column = where.rfind(':');
  const auto line = column == where.npos || column == 0 ? where.npos : where.rfind(':', column - 1);
  return line != where.npos && parse_whole_number(where.substr(column + 1)).value_or(0) > 0 &&
         parse_whole_number(where.substr(line + 1, column - line - 1)).value_or(0) > 0;
}

// Promise 40.
TEST(SpoiledConfiguration, IsRefusedWithPlacesOrIsProved) {
  Spoiler spoiler(seed());
  int refused = 0;
  int proved = 0;
  for (int i = 0; i < 500; ++i) {
    Files files = right_files();
    auto file = files.begin();
    std::advance(file, static_cast<std::ptrdiff_t>(spoiler.below(files.size())));
    for (std::size_t changes = 1 + spoiler.below(3); changes > 0; --changes)
      spoiler.spoil(file->second);
    const Errors errors = check(files);
    ++(errors.empty() ? proved : refused);
    for (const Error& error : errors) {
      EXPECT_TRUE(has_place(error.where)) << error.text() << "\nSAKSBRO_SEED=" << seed() << ", "
                                          << i << ", " << file->first << ":\n"
                                          << file->second;
    }
    if (HasFailure()) return;
  }
  // Else the changes would be too wild, or too tame, to try anything.
  EXPECT_GT(refused, 200);
  EXPECT_GT(proved, 20);
}

}  // namespace
}  // namespace saksbro::load
