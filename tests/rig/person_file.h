// A file as a person of a test adds it to a ticket, or finds it there.
#pragma once

#include <string>
#include <vector>

namespace saksbro::rig {

struct PersonFile {
  std::string name;
  std::string type;
  std::string bytes;
};

}  // namespace saksbro::rig
