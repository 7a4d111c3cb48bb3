#include "bridge/core/model/memory.h"

#include <algorithm>
#include <charconv>

#include "bridge/core/model/overloaded.h"

namespace saksbro::core {
namespace {

// A comment of ours is quoted soon or not at all: so many of the last ones are known again.
constexpr std::size_t kEchoesMost = 200;
// The case note is one reference, and in some trackers each new text of it is a new entry.
constexpr std::size_t kEntriesMost = 50;
// More than a loop needs to be seen.
constexpr std::size_t kUndoneMost = 10;
constexpr std::size_t kUnknownStatusesMost = 50;

template <class T>
void keep_last(std::vector<T>& all, std::size_t most) {
  if (all.size() > most) all.erase(all.begin(), all.end() - static_cast<std::ptrdiff_t>(most));
}

// "[SAK-2026-00017/3]": the third comment of the case.
int place_of(std::string_view reference) {
  int place = 0;
  const std::size_t slash = reference.rfind('/');
  std::from_chars(reference.data() + slash + 1, reference.data() + reference.size(), place);
  return place;
}

// The case note's has no place: it is the same as long as the ticket lives.
void forget_old_echoes(Memory& memory) {
  if (memory.echoes.size() <= kEchoesMost) return;
  auto oldest = memory.echoes.end();
  for (auto one = memory.echoes.begin(); one != memory.echoes.end(); ++one) {
    const int place = place_of(one->first);
    if (place > 0 && (oldest == memory.echoes.end() || place < place_of(oldest->first)))
      oldest = one;
  }
  if (oldest != memory.echoes.end()) memory.echoes.erase(oldest);
}

void keep_echo(Memory& memory, const EchoKept& echo) {
  std::vector<std::string>& entries = memory.echoes[echo.reference];
  std::erase(entries, echo.entry);
  entries.push_back(echo.entry);
  keep_last(entries, kEntriesMost);
  forget_old_echoes(memory);
}

void keep_unknown_status(TicketMemory& ticket, const std::string& status) {
  std::erase(ticket.unknown_statuses, status);
  ticket.unknown_statuses.push_back(status);
  keep_last(ticket.unknown_statuses, kUnknownStatusesMost);
}

void keep_version(Memory& memory, const VersionTold& told) {
  if (!told.when.empty()) {
    memory.told_version = ToldVersion{told.version, told.when};
  } else if (memory.told_version && memory.told_version->version == told.version) {
    memory.told_version.reset();
  }
}

FileCopy& file_of(Memory& memory, const auto& memo) {
  return memory.tickets[memo.at].files[memo.file];
}

void keep_fetched(FileCopy& file, const FileFetched& fetched) {
  file.fetch.reset();
  file.left = false;
  file.blob = fetched.blob;
  file.at = fetched.when;
  file.looks_like = fetched.looks_like;
}

void keep_issued(Memory& memory, const FilesIssued& issued) {
  memory.tickets[issued.at].files_under_way[issued.command] = issued.files;
  for (const auto& [file, name] : issued.files.files)
    memory.tickets[issued.files.from].files[file].sent_to.insert(issued.at);
}

void keep_ended(Memory& memory, const FilesEnded& ended) {
  auto& under_way = memory.tickets[ended.at].files_under_way;
  const auto found = under_way.find(ended.command);
  if (found == under_way.end()) return;
  TicketMemory& source = memory.tickets[found->second.from];
  for (const auto& [file, name] : found->second.files) {
    if (!ended.there) source.files[file].sent_to.erase(ended.at);
  }
  if (ended.there) source.look.count = 0;
  under_way.erase(found);
}

void forget_blobs(Memory& memory, const FilesForgotten& forgotten) {
  for (const std::string& file : forgotten.files)
    memory.tickets[forgotten.at].files[file].blob.reset();
}

}  // namespace

const char* name_of(const Memo& memo) {
  return std::visit([](const auto& one) { return one.kName; }, memo);
}

void remember(Memory& memory, const Memo& memo) {
  std::visit(
      Overloaded{
          [&](const OriginKept& m) { memory.origin = m.origin; },
          [&](const FieldSent& m) { memory.tickets[m.at].sent[m.field] = m.text; },
          [&](const NoteSent& m) { memory.tickets[m.at].note = m.print; },
          [&](const WriteSeen& m) { memory.tickets[m.at].writes[m.slot] = m.write; },
          [&](const EchoKept& m) { keep_echo(memory, m); },
          [&](const RefusalTold& m) { memory.refusals[m.command] = m.why; },
          [&](const NoteRefusalTold& m) { memory.tickets[m.at].note_refusal = m.why; },
          [&](const UnknownStatusTold& m) { keep_unknown_status(memory.tickets[m.at], m.status); },
          [&](const RefusedWordTold& m) { memory.tickets[m.at].refused_words[m.field] = m.word; },
          [&](const VersionTold& m) { keep_version(memory, m); },
          [&](const ValueSourced& m) { memory.sources[m.value] = m.at; },
          [&](const StatusUnheard& m) { memory.tickets[m.at].unheard = m.status; },
          [&](const NumberTold& m) { memory.tickets[m.at].number = m.number; },
          [&](const QuestionAsked& m) { memory.asked.insert(m.question); },
          [&](const QuestionAnswered& m) { memory.asked.erase(m.question); },
          [&](const AdoptionTried& m) { memory.tickets[m.at].adoption = m.adoption; },
          [&](const AnswersHeld& m) { memory.tickets[m.at].answers = m.answers; },
          [&](const FileAsked& m) { file_of(memory, m).fetch = m.command; },
          [&](const FileFetched& m) { keep_fetched(file_of(memory, m), m); },
          [&](const FileLeft& m) { file_of(memory, m).left = true; },
          [&](const FileSent& m) { file_of(memory, m).sent_to.insert(m.to); },
          [&](const FileKept& m) { file_of(memory, m).kept_from.insert(m.to); },
          [&](const FilesIssued& m) { keep_issued(memory, m); },
          [&](const FilesEnded& m) { keep_ended(memory, m); },
          [&](const FilesForgotten& m) { forget_blobs(memory, m); },
          [&](const SourceLooked& m) { memory.tickets[m.at].look = m.look; },
          [&](const FilesFrom& m) { memory.tickets[m.at].files_from = m.when; },
          [&](const FileRulesKnown& m) { memory.file_rules = m.rules; },
      },
      memo);
}

void remember_undone(TicketMemory& ticket, const std::string& slot, Instant at) {
  std::vector<Instant>& times = ticket.undone[slot];
  times.push_back(at);
  keep_last(times, kUndoneMost);
}

const TicketMemory& memory_of(const Memory& memory, const SystemName& at) {
  static const TicketMemory kNothing;
  const auto found = memory.tickets.find(at);
  return found == memory.tickets.end() ? kNothing : found->second;
}

}  // namespace saksbro::core
