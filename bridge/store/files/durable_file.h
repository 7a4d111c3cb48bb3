// Files that must be whole or not there at all, whenever the power goes.
#pragma once

#include <string>

#include "bridge/contract/error.h"

namespace saksbro::store {

// What the system says about the last call on `path`.
[[nodiscard]] Error system_error(const std::string& path);

// Its bytes are on the disk; its name perhaps not.
[[nodiscard]] Result<void> sync_file(const std::string& path);
// The names in its folder are on the disk.
[[nodiscard]] Result<void> sync_folder_of(const std::string& path);
// Bytes of `from` as a new file, as make_own_file() makes it, on the disk; replaces what is there.
[[nodiscard]] Result<void> copy_to_own_file(const std::string& from, const std::string& to);
// `from` gets the name `to` at once, in the same folder; false: something has that name already,
// and `replace` does not allow that.
[[nodiscard]] Result<bool> give_name(const std::string& from, const std::string& to, bool replace);

}  // namespace saksbro::store
