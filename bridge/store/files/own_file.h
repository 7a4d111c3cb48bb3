// Our files beside the store, opened so that nobody can lead us to a file of somebody else's: `ln
// -s /etc/shadow saksbro.db.lock` would have root write into it.
#pragma once

#include <string>

#include "bridge/contract/error.h"

namespace saksbro::store {

// Opened for reading and writing, made if it is missing; the descriptor is the caller's. Refused
// are symbolic links, what is no ordinary file, what has a second name, and what belongs to another
// than this user or the folder's owner. A new file is for its owner alone, and belongs to the
// folder's owner when root makes it.
[[nodiscard]] Result<int> open_own_file(const std::string& path);

// The same for a file that another (SQLite) opens by its name: nothing is there, or what may be.
[[nodiscard]] Result<void> look_at_own_file(const std::string& path);

// Nobody else may rename, replace or remove files there: others and the group may not write, or
// may only handle their own (as in /tmp).
[[nodiscard]] Result<void> look_at_folder_of(const std::string& path);

// Those that are missing, for us alone whatever the umask.
[[nodiscard]] Result<void> make_folders_of(const std::string& path);

// Whose a new file is when root makes it: a backup stays root's, what the service needs does not.
enum class NewOwner { this_user, of_folder };

// A new and empty file; an error when anything has that name.
[[nodiscard]] Result<int> make_own_file(const std::string& path, NewOwner owner);

// When root has made `path` in the place of `before`: its owner is that one's, or the folder's.
[[nodiscard]] Result<void> give_to_owner(const std::string& path, const std::string& before);

}  // namespace saksbro::store
