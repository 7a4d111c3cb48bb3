#include <algorithm>
#include <array>

#include "bridge/load/yaml_file.h"

namespace saksbro::load {
namespace {

// Where a secret is, as the configuration says it: the kind and its name or path.
struct Reference {
  std::string kind;
  std::string name;
};

constexpr std::array<std::string_view, 3> kKinds{"env", "file", "credential"};

std::optional<Reference> reference_in(const Setting& setting) {
  const auto* map = std::get_if<Setting::Map>(&setting.value);
  if (map == nullptr || map->size() != 1) return std::nullopt;
  const auto& [kind, named] = map->front();
  const auto* name = std::get_if<Setting::Text>(&named.value);
  const bool known = std::find(kKinds.begin(), kKinds.end(), kind) != kKinds.end();
  if (!known || name == nullptr) return std::nullopt;
  return Reference{kind, *name};
}

class Resolver {
 public:
  Resolver(const std::string& folder, const ReadVariable& variable, const ReadFile& read,
           Errors& errors)
      : folder_(folder), variable_(variable), read_(read), errors_(errors) {}

  void resolve(Setting& setting) {
    if (const auto reference = reference_in(setting)) {
      setting.value = secret_of(setting, *reference);
    } else if (auto* list = std::get_if<Setting::List>(&setting.value)) {
      for (Setting& item : *list) resolve(item);
    } else if (auto* map = std::get_if<Setting::Map>(&setting.value)) {
      for (auto& [key, value] : *map) resolve(value);
    }
  }

  [[nodiscard]] std::vector<std::string> files() const { return files_; }

 private:
  Secret secret_of(const Setting& setting, const Reference& reference) {
    auto text = text_of(setting, reference);
    if (!text) return {};
    while (text->ends_with('\n') || text->ends_with('\r')) text->pop_back();
    if (text->empty()) error(setting, "the secret in " + reference.name + " is empty");
    return Secret(*std::move(text));
  }

  std::optional<std::string> text_of(const Setting& setting, const Reference& reference) {
    if (reference.kind == "credential") return credential(setting, reference.name);
    if (reference.kind == "file") {
      const bool absolute = reference.name.starts_with('/');
      files_.push_back(absolute ? reference.name : folder_ + "/" + reference.name);
      return content_of(setting, files_.back());
    }
    auto value = variable_(reference.name);
    if (!value) error(setting, "the environment variable " + reference.name + " is not set");
    return value;
  }

  std::optional<std::string> credential(const Setting& setting, const std::string& name) {
    if (name.empty() || name.find('/') != name.npos || name.front() == '.') {
      error(setting,
            "\"" + name +
                "\" is not the name of a systemd credential: expected a file name without a path");
      return std::nullopt;
    }
    const auto directory = variable_("CREDENTIALS_DIRECTORY");
    if (directory) return content_of(setting, *directory + "/" + name);
    error(setting,
          "no systemd credentials are available ($CREDENTIALS_DIRECTORY is not set): "
          "write LoadCredential=" +
              name + ":PATH into the unit");
    return std::nullopt;
  }

  std::optional<std::string> content_of(const Setting& setting, const std::string& path) {
    auto content = read_(path);
    if (content) return *std::move(content);
    error(setting, content.error().text());
    return std::nullopt;
  }

  void error(const Setting& at, const std::string& what) {
    errors_.push_back({at.where, at.path + ": " + what});
  }

  const std::string& folder_;
  const ReadVariable& variable_;
  const ReadFile& read_;
  Errors& errors_;
  std::vector<std::string> files_;
};

}  // namespace

std::vector<std::string> resolve_secrets(Setting& tree, const std::string& folder,
                                         const ReadVariable& variable, const ReadFile& read,
                                         Errors& errors) {
  Resolver resolver(folder, variable, read, errors);
  resolver.resolve(tree);
  return resolver.files();
}

}  // namespace saksbro::load
