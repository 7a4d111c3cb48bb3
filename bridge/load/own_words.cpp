// How a process calls what the bridge itself says, and looks for.
#include "bridge/load/mapping_files.h"

namespace saksbro::load {

void read_own_words(const Setting& file, SettingsReader& reader, Mentions& mentions,
                    core::Process& process) {
  const auto word = [&](const char* key, std::vector<Mention>& mentioned) {
    std::string name = reader.text_or(key, "");
    const Setting* at = file.find(key);
    if (at != nullptr && !name.empty()) mentioned.push_back({name, at->where, at->path});
    return name;
  };
  process.registered = core::Signal{word("registered", mentions.said_by_bridge)};
  process.start = core::Signal{word("start", mentions.starts)};
  process.solution = word("solution", mentions.values);
}

}  // namespace saksbro::load
