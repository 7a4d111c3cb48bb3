#include "bridge/core/decide/files.h"

#include <algorithm>

#include "bridge/core/model/shown_number.h"
#include "bridge/core/sync/echo.h"
#include "bridge/core/text/text.h"

namespace saksbro::core {
namespace {

// The spool keeps a file for some days. After this long it is fetched anew, so that it is surely
// there when it is sent.
constexpr std::chrono::hours kFresh{24};
constexpr std::size_t kFilesMost = 20;  // in one comment

// One way that files go: from a ticket onto another.
struct Hop {
  SystemName from;
  SystemName to;
  const FileRule& rule;
  const TicketView& source;
};

// What a look at a hop found.
struct Found {
  std::vector<std::string> ready;    // by id: in the spool
  std::vector<std::string> by_link;  // cannot be copied
  bool waiting = false;              // for others of the same ticket
};

const FileCopy& copy_of(const DecisionBuilder& b, const SystemName& at, const std::string& id) {
  static const FileCopy kNothing;
  const auto& files = memory_of(b.state().memory, at).files;
  const auto found = files.find(id);
  return found == files.end() ? kNothing : found->second;
}

bool same_file(const SeenFile& one, const SeenFile& other) {
  return one.name == other.name && one.size == other.size;
}

// One of the case's files that has been sent there, or came from there, looks like this one. Many
// trackers do not tell which comment brought a file.
bool is_known_there(const DecisionBuilder& b, const SystemName& at, const SeenFile& file) {
  for (const auto& [name, ticket] : b.state().tickets) {
    for (const auto& [id, one] : ticket.files) {
      if (name != at && same_file(one, file) && copy_of(b, name, id).sent_to.contains(at))
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

// The same bytes are on the other ticket already, under whatever name.
bool is_there_already(const DecisionBuilder& b, const SystemName& to, const BlobRef& blob) {
  for (const auto& [name, ticket] : b.state().tickets) {
    for (const auto& [id, one] : ticket.files) {
      const FileCopy& copy = copy_of(b, name, id);
      if (copy.blob == blob && (name == to || copy.sent_to.contains(to))) return true;
    }
  }
  return false;
}

// One that we brought there before looks like it: of a store that is lost, after a restore.
bool was_brought_before(const DecisionBuilder& b, const SystemName& to, const SeenFile& file) {
  for (const auto& [id, one] : b.state().tickets.at(to).files) {
    if (same_file(one, file) && copy_of(b, to, id).left) return true;
  }
  return false;
}

// The case may be with one of several systems: the others get nothing more.
bool is_with(const DecisionBuilder& b, const SystemName& system) {
  bool of_a_party = false;
  for (const auto& [name, party] : b.process().parties) {
    const auto& all = party.systems;
    if (all.size() < 2 || std::find(all.begin(), all.end(), system) == all.end()) continue;
    if (b.resolve(name) == system) return true;
    of_a_party = true;
  }
  return !of_a_party;
}

bool fits_type(const FileRule& rule, const std::string& media_type) {
  const std::string type = lower(media_type.substr(0, media_type.find(';')));
  return rule.types.empty() ||
         std::any_of(rule.types.begin(), rule.types.end(), [&](const std::string& one) {
           return one.ends_with("/*") ? type.starts_with(one.substr(0, one.size() - 1))
                                      : type == one;
         });
}

bool is_wanted(const DecisionBuilder& b, const Hop& hop, const std::string& id,
               const SeenFile& file) {
  const FileCopy& copy = copy_of(b, hop.from, id);
  if (copy.left || copy.sent_to.contains(hop.to)) return false;
  const bool outside = b.mapping().known_system(hop.to).external;
  if (file.internal && (outside || !hop.rule.internal_too)) return false;
  return !is_ours(b, hop.from, file);
}

bool is_fresh(const DecisionBuilder& b, const FileCopy& copy) {
  return copy.blob && b.around().now - copy.at < kFresh;
}

void ask_for(DecisionBuilder& b, const Hop& hop, const std::string& id, const SeenFile& file) {
  const IdempotencyKey command = b.fetch(
      hop.from, {hop.source.key, id, file.name, file.place, hop.rule.bytes_most}, hop.rule.where);
  b.remember(FileAsked{hop.from, id, command});
}

// As they came: trackers count their files ("9" comes before "10").
std::vector<std::string> in_order(const std::map<std::string, SeenFile>& files) {
  std::vector<std::string> ids;
  for (const auto& [id, file] : files) ids.push_back(id);
  std::stable_sort(ids.begin(), ids.end(), [](const std::string& one, const std::string& other) {
    return one.size() < other.size();
  });
  return ids;
}

Found look_at(DecisionBuilder& b, const Hop& hop) {
  Found found;
  for (const std::string& id : in_order(hop.source.files)) {
    const SeenFile& file = hop.source.files.at(id);
    if (!is_wanted(b, hop, id, file)) continue;
    const FileCopy copy = copy_of(b, hop.from, id);
    const std::uint64_t size = copy.blob ? copy.blob->size : file.size;
    if (size > hop.rule.bytes_most || !fits_type(hop.rule, file.media_type)) {
      found.by_link.push_back(id);
    } else if (copy.fetch) {
      found.waiting = true;
    } else if (!is_fresh(b, copy)) {
      ask_for(b, hop, id, file);
      found.waiting = true;
    } else if (is_there_already(b, hop.to, *copy.blob) || was_brought_before(b, hop.to, file)) {
      b.because("File \"{file}\" of {from} is on the ticket of {system} already.",
                {{"file", file.name}, {"from", hop.from}, {"system", hop.to}}, hop.rule.where);
      b.remember(FileSent{hop.from, id, hop.to});
    } else {
      found.ready.push_back(id);
    }
  }
  return found;
}

DecisionBuilder::Values words_about(const DecisionBuilder& b, const Hop& hop,
                                    const std::vector<std::string>& ids) {
  const Language language = b.language_of(hop.to);
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

void remember_sent(DecisionBuilder& b, const Hop& hop, const std::vector<std::string>& ids) {
  for (const std::string& id : ids) b.remember(FileSent{hop.from, id, hop.to});
}

// Public and internal ones in comments of their own.
void send(DecisionBuilder& b, const Hop& hop, const std::vector<std::string>& ready,
          bool internal) {
  std::vector<std::string> ids;
  std::vector<OutgoingFile> files;
  for (const std::string& id : ready) {
    const SeenFile& file = hop.source.files.at(id);
    if (file.internal != internal || ids.size() == kFilesMost) continue;
    ids.push_back(id);
    files.push_back({file.name, file.media_type, *copy_of(b, hop.from, id).blob});
  }
  if (ids.empty()) return;
  const auto values = words_about(b, hop, ids);
  remember_sent(b, hop, ids);
  b.say(hop.to, b.text(b.mapping().texts.files, hop.to, values),
        internal ? Visibility::internal : Visibility::everyone, hop.rule.where, std::move(files));
}

void tell_by_link(DecisionBuilder& b, const Hop& hop, const std::vector<std::string>& ids) {
  if (ids.empty()) return;
  const bool internal = std::any_of(ids.begin(), ids.end(), [&](const std::string& id) {
    return hop.source.files.at(id).internal;
  });
  const auto values = words_about(b, hop, ids);
  remember_sent(b, hop, ids);
  b.say(hop.to, b.text(b.mapping().texts.files_by_link, hop.to, values),
        internal ? Visibility::internal : Visibility::everyone, hop.rule.where);
}

// What its ticket does not have any more need not be fetched.
void forget_removed(DecisionBuilder& b, const SystemName& at) {
  std::vector<std::string> removed;
  const auto& shown = b.state().tickets.at(at).files;
  for (const auto& [id, copy] : memory_of(b.state().memory, at).files) {
    if (copy.fetch && !shown.contains(id)) removed.push_back(id);
  }
  for (const std::string& id : removed) {
    b.withdraw(at, "file/" + id);
    if (copy_of(b, at, id).left) continue;
    b.because("File {file} of {system} was removed before it was fetched.",
              {{"file", id}, {"system", at}});
    b.remember(FileLeft{at, id});
  }
}

void go(DecisionBuilder& b, const SystemName& to, const FileRule& rule) {
  const auto from = b.resolve(rule.from);
  if (!from || *from == to) return;
  const auto source = b.state().tickets.find(*from);
  if (source == b.state().tickets.end() || source->second.gone || source->second.files.empty())
    return;
  if (source->second.confidential) return;
  const TicketView view = source->second;  // the facts below change the state
  const Hop hop{*from, to, rule, view};
  const Found found = look_at(b, hop);
  tell_by_link(b, hop, found.by_link);
  if (found.waiting) return;
  send(b, hop, found.ready, false);
  send(b, hop, found.ready, true);
}

}  // namespace

void sync_files(DecisionBuilder& b) {
  if (b.state().process.empty() || b.state().closed) return;
  std::vector<SystemName> places;  // facts change the state below
  for (const auto& [name, ticket] : b.state().tickets) places.push_back(name);
  for (const SystemName& name : places) forget_removed(b, name);
  for (const auto& [name, system] : b.mapping().systems) {
    if (system.files.empty()) continue;
    const auto ticket = b.state().tickets.find(name);
    if (ticket == b.state().tickets.end() || ticket->second.gone || b.withholds(name)) continue;
    if (!is_with(b, name)) continue;
    for (const FileRule& rule : system.files) go(b, name, rule);
  }
}

void file_settled(DecisionBuilder& b, const CommandResult& settled) {
  const auto files = memory_of(b.state().memory, b.at()).files;
  for (const auto& [id, copy] : files) {
    if (copy.fetch != settled.command) continue;
    if (settled.delivered && settled.file) {
      b.remember(FileFetched{b.at(), id, *settled.file, b.around().now});
    } else {
      b.remember(FileLeft{b.at(), id});
    }
  }
}

void leave_own_files(DecisionBuilder& b, const Ticket& ticket) {
  for (const Attachment& one : ticket.attachments) {
    if (one.entry.empty() || copy_of(b, b.at(), one.id).left) continue;
    const auto comment = std::find_if(ticket.comments.begin(), ticket.comments.end(),
                                      [&](const Comment& other) { return other.id == one.entry; });
    if (comment != ticket.comments.end() && own_reference(b.state(), one.entry, comment->text))
      b.remember(FileLeft{b.at(), one.id});
  }
}

void leave_files(DecisionBuilder& b, const Ticket& ticket) {
  for (const Attachment& one : ticket.attachments) b.remember(FileLeft{b.at(), one.id});
}

}  // namespace saksbro::core
