#include "bridge/core/decide/file_hops.h"

#include <algorithm>

#include "bridge/core/model/shown_number.h"
#include "bridge/core/text/media_type.h"
#include "bridge/core/text/text.h"

namespace saksbro::core {
namespace {

bool same_file(const SeenFile& one, const SeenFile& other) {
  return one.name == other.name && one.size == other.size;
}

// One of the case's files that has been sent there, or came from there, looks like this one. Many
// trackers do not tell which comment brought a file.
bool is_known_there(const DecisionBuilder& b, const SystemName& at, const SeenFile& file) {
  for (const auto& [name, ticket] : b.state().tickets) {
    for (const auto& [id, one] : ticket.files) {
      if (name != at && same_file(one, file) && file_copy(b, name, id).sent_to.contains(at))
        return true;
    }
  }
  return false;
}

// Those that a comment of ours brought are known (leave_own_files). Where the tracker does not tell
// which comment brought a file, its name and size do.
bool is_ours(const DecisionBuilder& b, const SystemName& at, const SeenFile& file) {
  return file.entry.empty() && is_known_there(b, at, file);
}

// Under whatever name.
bool has_the_bytes(const DecisionBuilder& b, const SystemName& to, const BlobRef& blob) {
  for (const auto& [name, ticket] : b.state().tickets) {
    for (const auto& [id, one] : ticket.files) {
      const FileCopy& copy = file_copy(b, name, id);
      if (copy.blob == blob && (name == to || copy.sent_to.contains(to))) return true;
    }
  }
  return false;
}

// One that we brought there before looks like it: of a store that is lost, after a restore.
bool was_brought_before(const DecisionBuilder& b, const SystemName& to, const SeenFile& file) {
  for (const auto& [id, one] : b.state().tickets.at(to).files) {
    if (same_file(one, file) && file_copy(b, to, id).left) return true;
  }
  return false;
}

bool allows_type(const FileRule& rule, const std::string& media_type) {
  return rule.types.empty() ||
         std::any_of(rule.types.begin(), rule.types.end(), [&](const std::string& one) {
           return one.ends_with("/*") ? media_type.starts_with(one.substr(0, one.size() - 1))
                                      : media_type == one;
         });
}

// What a sender calls a file decides nothing that its bytes tell otherwise: a page that is called a
// picture is none, and a picture whose sender did not know is one.
bool fits_type(const FileRule& rule, const SeenFile& file, const FileCopy& copy) {
  if (rule.types.empty()) return true;
  const std::string declared = bare_media_type(file.media_type);
  if (!copy.blob) return says_no_type(declared) || allows_type(rule, declared);
  const std::string seen = bare_media_type(copy.looks_like);
  if (says_no_type(declared)) return allows_type(rule, seen);
  return allows_type(rule, declared) && (allows_type(rule, seen) || may_be_type(declared, seen));
}

}  // namespace

const FileCopy& file_copy(const DecisionBuilder& b, const SystemName& at, const std::string& id) {
  static const FileCopy kNothing;
  const auto& files = memory_of(b.state().memory, at).files;
  const auto found = files.find(id);
  return found == files.end() ? kNothing : found->second;
}

bool is_case_with(const DecisionBuilder& b, const SystemName& system) {
  bool of_a_party = false;
  for (const auto& [name, party] : b.process().parties) {
    const auto& all = party.systems;
    if (all.size() < 2 || std::find(all.begin(), all.end(), system) == all.end()) continue;
    if (b.resolve(name) == system) return true;
    of_a_party = true;
  }
  return !of_a_party;
}

const FileRule* file_rule(const DecisionBuilder& b, const SystemName& from, const SystemName& to) {
  const SystemMapping* system = b.mapping().system(to);
  if (system == nullptr || from == to) return nullptr;
  for (const FileRule& rule : system->files) {
    if (b.resolve(rule.from) == from) return &rule;
  }
  return nullptr;
}

bool is_kept_inside(const DecisionBuilder& b, const FileRule& rule, const SystemName& to,
                    const SeenFile& file) {
  return file.internal && (b.mapping().known_system(to).external || !rule.internal_too);
}

bool is_wanted(const DecisionBuilder& b, const FileHop& hop, const std::string& id,
               const SeenFile& file) {
  const FileCopy& copy = file_copy(b, hop.from, id);
  if (copy.left || copy.sent_to.contains(hop.to) || copy.kept_from.contains(hop.to)) return false;
  return !is_kept_inside(b, hop.rule, hop.to, file) && !is_ours(b, hop.from, file);
}

bool is_taken(const FileRule& rule, const SeenFile& file, const FileCopy& copy) {
  return (copy.blob ? copy.blob->size : file.size) <= rule.bytes_most &&
         fits_type(rule, file, copy);
}

bool is_there_already(const DecisionBuilder& b, const FileHop& hop, const SeenFile& file,
                      const BlobRef& blob) {
  return has_the_bytes(b, hop.to, blob) || was_brought_before(b, hop.to, file);
}

std::vector<std::string> in_order_of_coming(const std::map<std::string, SeenFile>& files) {
  std::vector<std::string> ids;
  for (const auto& [id, file] : files) ids.push_back(id);
  std::stable_sort(ids.begin(), ids.end(), [](const std::string& one, const std::string& other) {
    return one.size() < other.size();
  });
  return ids;
}

std::optional<Phrase> why_not_now(const DecisionBuilder& b, const FilesUnderWay& way,
                                  const SystemName& to, const std::string& id) {
  const auto source = b.state().tickets.find(way.from);
  if (source == b.state().tickets.end() || source->second.gone)
    return Phrase("their ticket does not exist any more", {});
  if (source->second.confidential || b.withholds(to))
    return Phrase("a ticket of the case is confidential", {});
  const auto file = source->second.files.find(id);
  if (file == source->second.files.end()) return Phrase("deleted from their ticket", {});
  if (file->second.internal && !way.internal) return Phrase("internal now", {});
  const FileRule* rule = file_rule(b, way.from, to);
  if (rule == nullptr || is_kept_inside(b, *rule, to, file->second))
    return Phrase("the mapping does not copy them there any more", {});
  if (!is_case_with(b, to)) return Phrase("the case is with another supplier now", {});
  return std::nullopt;
}

DecisionBuilder::Values words_about_files(const DecisionBuilder& b, const FileHop& hop,
                                          const std::vector<std::string>& ids,
                                          const SystemName& reader) {
  const Language language = b.language_of(reader);
  std::string names;
  for (const std::string& id : ids)
    names += (names.empty() ? "" : ", ") + hop.source.files.at(id).name;
  const std::string& title = b.mapping().known_system(hop.from).title.in(language);
  const auto number = shown_number(b.mapping(), b.state(), hop.from);
  return {{"from", (title.empty() ? hop.from.text() : title) +
                       (number && !number->empty() ? " (" + *number + ")" : "")},
          {"files", names},
          {"link", hop.source.url}};
}

}  // namespace saksbro::core
