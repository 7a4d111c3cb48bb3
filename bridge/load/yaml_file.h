// A YAML file as a tree of settings with positions. What YAML allows and people do not mean is an
// error: duplicate keys, aliases, tags, a second document, bytes that are not UTF-8
// (docs/libraries.md 5).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "bridge/contract/error.h"
#include "bridge/contract/settings.h"

namespace saksbro::load {

// Reads a whole file; the error names it and says why.
using ReadFile = std::function<Result<std::string>(const std::string& path)>;

// `name` stands in every position: "mappings/m1.yaml:3:12". Errors go to `errors`; nothing: no
// tree.
[[nodiscard]] std::optional<Setting> parse_yaml(const std::string& name, const std::string& text,
                                                Errors& errors);

// Replaces each { env: NAME }, { file: PATH } and { credential: NAME } in the tree by the secret
// that it names. Paths are relative to `folder`; a credential is a file that systemd has put into
// $CREDENTIALS_DIRECTORY. A secret's trailing line end is not part of it. Gives the
// paths of the files.
using ReadVariable = std::function<std::optional<std::string>(const std::string& name)>;
std::vector<std::string> resolve_secrets(Setting& tree, const std::string& folder,
                                         const ReadVariable& variable, const ReadFile& read,
                                         Errors& errors);

}  // namespace saksbro::load
