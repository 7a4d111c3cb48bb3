#include "bridge/core/decide/files.h"

#include <algorithm>

#include "bridge/core/decide/file_hops.h"
#include "bridge/core/decide/files_unsent.h"
#include "bridge/core/sync/echo.h"
#include "bridge/core/text/media_type.h"

namespace saksbro::core {
namespace {

// What the spool has for longer may have been sent, and be gone: it is fetched anew.
constexpr std::chrono::hours kFresh{1};
// So long the files of one ticket wait for each other.
constexpr std::chrono::minutes kPatience{10};
constexpr std::size_t kFilesMost = 20;  // in one comment
constexpr const char* kFilesTimer = "files";

// What a look at a hop found.
struct Found {
  std::vector<std::string> ready;    // by id: in the spool
  std::vector<std::string> by_link;  // cannot be copied
  bool waiting = false;              // for others of the same ticket
  Instant ready_since = Instant::max();
};

bool is_fresh(const DecisionBuilder& b, const FileCopy& copy) {
  return copy.blob && b.around().now - copy.at < kFresh;
}

void ask_for(DecisionBuilder& b, const FileHop& hop, const std::string& id, const SeenFile& file) {
  const IdempotencyKey command =
      b.fetch(hop.from, {hop.source.key, id, file.name, file.place, hop.rule.bytes_most, file.size},
              hop.rule.where);
  b.remember(FileAsked{hop.from, id, command});
}

void look_at_one(DecisionBuilder& b, const FileHop& hop, const std::string& id, Found& found) {
  const SeenFile& file = hop.source.files.at(id);
  const FileCopy copy = file_copy(b, hop.from, id);
  if (!is_taken(hop.rule, file, copy)) {
    found.by_link.push_back(id);
  } else if (copy.fetch) {
    found.waiting = true;
  } else if (!is_fresh(b, copy)) {
    ask_for(b, hop, id, file);
    found.waiting = true;
  } else if (is_there_already(b, hop, file, *copy.blob)) {
    b.because("File \"{file}\" of {from} is on the ticket of {system} already.",
              {{"file", file.name}, {"from", hop.from}, {"system", hop.to}}, hop.rule.where);
    b.remember(FileSent{hop.from, id, hop.to});
  } else {
    found.ready.push_back(id);
    found.ready_since = std::min(found.ready_since, copy.at);
  }
}

Found look_at(DecisionBuilder& b, const FileHop& hop) {
  Found found;
  for (const std::string& id : in_order_of_coming(hop.source.files)) {
    if (is_wanted(b, hop, id, hop.source.files.at(id))) look_at_one(b, hop, id, found);
  }
  return found;
}

void remember_issued(DecisionBuilder& b, const FileHop& hop, const std::vector<std::string>& ids,
                     bool internal, const IdempotencyKey& command) {
  FilesUnderWay way{
      hop.from, {}, internal, b.around().now, memory_of(b.state().memory, hop.from).look.count};
  for (const std::string& id : ids) way.files[id] = hop.source.files.at(id).name;
  b.remember(FilesIssued{hop.to, command, std::move(way)});
}

OutgoingFile outgoing(const DecisionBuilder& b, const FileHop& hop, const std::string& id) {
  const SeenFile& file = hop.source.files.at(id);
  const FileCopy& copy = file_copy(b, hop.from, id);
  const bool told = !says_no_type(bare_media_type(file.media_type)) || copy.looks_like.empty();
  return {file.name, told ? file.media_type : copy.looks_like, *copy.blob};
}

// Public and internal ones in comments of their own.
void send(DecisionBuilder& b, const FileHop& hop, const std::vector<std::string>& ready,
          bool internal) {
  std::vector<std::string> ids;
  std::vector<OutgoingFile> files;
  for (const std::string& id : ready) {
    if (hop.source.files.at(id).internal != internal || ids.size() == kFilesMost) continue;
    ids.push_back(id);
    files.push_back(outgoing(b, hop, id));
  }
  if (ids.empty()) return;
  const std::string text =
      b.text(b.mapping().texts.files, hop.to, words_about_files(b, hop, ids, hop.to));
  remember_issued(
      b, hop, ids, internal,
      b.say_of_files(hop.to, text, internal ? Visibility::internal : Visibility::everyone,
                     hop.rule.where, std::move(files)));
}

void tell_by_link(DecisionBuilder& b, const FileHop& hop, const std::vector<std::string>& ids) {
  if (ids.empty()) return;
  const bool internal = std::any_of(ids.begin(), ids.end(), [&](const std::string& id) {
    return hop.source.files.at(id).internal;
  });
  const std::string text =
      b.text(b.mapping().texts.files_by_link, hop.to, words_about_files(b, hop, ids, hop.to));
  remember_issued(
      b, hop, ids, internal,
      b.say_of_files(hop.to, text, internal ? Visibility::internal : Visibility::everyone,
                     hop.rule.where, {}));
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
    if (file_copy(b, at, id).left) continue;
    b.because("File {file} of {system} was removed before it was fetched.",
              {{"file", id}, {"system", at}});
    b.remember(FileLeft{at, id});
  }
}

// A slow one must not keep the others for long: then those that are there go, and it comes later.
bool waits_for_more(DecisionBuilder& b, const FileHop& hop, const Found& found) {
  if (!found.waiting) return false;
  if (found.ready.empty()) return true;
  const Instant until = found.ready_since + kPatience;
  if (b.around().now < until) {
    if (!b.state().timers.contains(kFilesTimer)) b.fact(TimerSet{kFilesTimer, until});
    return true;
  }
  b.because("Files of {from} have waited for others, and go to {system} without them.",
            {{"from", hop.from}, {"system", hop.to}}, hop.rule.where);
  return false;
}

void go(DecisionBuilder& b, const SystemName& to, const FileRule& rule) {
  const auto from = b.resolve(rule.from);
  if (!from || *from == to) return;
  const auto source = b.state().tickets.find(*from);
  if (source == b.state().tickets.end() || source->second.gone || source->second.files.empty())
    return;
  if (source->second.confidential || memory_of(b.state().memory, *from).look.command) return;
  const TicketView view = source->second;  // the facts below change the state
  const FileHop hop{*from, to, rule, view};
  const Found found = look_at(b, hop);
  tell_by_link(b, hop, found.by_link);
  if (waits_for_more(b, hop, found)) return;
  send(b, hop, found.ready, false);
  send(b, hop, found.ready, true);
}

void stop_files_timer(DecisionBuilder& b) {
  if (b.state().timers.contains(kFilesTimer)) b.fact(TimerStopped{kFilesTimer});
}

void file_came(DecisionBuilder& b, const CommandResult& settled) {
  const auto files = memory_of(b.state().memory, b.at()).files;
  for (const auto& [id, copy] : files) {
    if (copy.fetch != settled.command) continue;
    if (settled.delivered && settled.file) {
      b.remember(FileFetched{b.at(), id, *settled.file, b.around().now, settled.looks_like});
    } else {
      b.remember(FileLeft{b.at(), id});
    }
  }
}

}  // namespace

void sync_files(DecisionBuilder& b) {
  if (b.state().process.empty()) return;
  take_up_file_rules(b);
  if (b.state().closed) {
    stop_files_timer(b);
    return name_unsent_files(b);
  }
  std::vector<SystemName> places;  // facts change the state below
  for (const auto& [name, ticket] : b.state().tickets) places.push_back(name);
  for (const SystemName& name : places) forget_removed(b, name);
  for (const auto& [name, system] : b.mapping().systems) {
    if (system.files.empty()) continue;
    const auto ticket = b.state().tickets.find(name);
    if (ticket == b.state().tickets.end() || ticket->second.gone || b.withholds(name)) continue;
    if (!is_case_with(b, name)) continue;
    for (const FileRule& rule : system.files) go(b, name, rule);
  }
}

bool file_timer_came(DecisionBuilder& b, const std::string& name) {
  if (name != kFilesTimer) return false;
  b.fact(TimerStopped{name});
  b.because("Files have waited for others of their ticket for {count} minutes.",
            {{"count", std::to_string(kPatience.count())}});
  return true;
}

void file_settled(DecisionBuilder& b, const CommandResult& settled) {
  if (settled.verb == "file") return file_came(b, settled);
  if (!settled.delivered) return;
  const TicketMemory& known = memory_of(b.state().memory, b.at());
  if (settled.verb == "comment" && known.files_under_way.contains(settled.command))
    return b.remember(FilesEnded{b.at(), settled.command, true});
  if (settled.verb == "read" && known.look.command == settled.command)
    b.remember(SourceLooked{b.at(), {std::nullopt, known.look.count}});
}

void leave_own_files(DecisionBuilder& b, const Ticket& ticket) {
  const Instant from = memory_of(b.state().memory, b.at()).files_from;
  for (const Attachment& one : ticket.attachments) {
    if (file_copy(b, b.at(), one.id).left) continue;
    const bool older = from != Instant{} && one.at <= from;
    const auto comment = std::find_if(
        ticket.comments.begin(), ticket.comments.end(),
        [&](const Comment& other) { return !one.entry.empty() && other.id == one.entry; });
    const bool own =
        comment != ticket.comments.end() && own_reference(b.state(), one.entry, comment->text);
    if (older || own) b.remember(FileLeft{b.at(), one.id});
  }
}

void leave_files(DecisionBuilder& b, const Ticket& ticket) {
  for (const Attachment& one : ticket.attachments) b.remember(FileLeft{b.at(), one.id});
}

}  // namespace saksbro::core
