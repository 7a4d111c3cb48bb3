// What the core remembers of a case for itself, beside the values that people read. `slot`:
// "status", or "fields/" and the field's name.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "bridge/contract/blob.h"
#include "bridge/contract/ids.h"
#include "bridge/contract/ticket.h"
#include "bridge/contract/time.h"
#include "bridge/core/model/names.h"

namespace saksbro::core {

// What a change or a write of a field is about.
[[nodiscard]] inline std::string field_slot(const std::string& field) { return "fields/" + field; }

// Our last write that a ticket has shown, by the ticket's own clock.
struct LastWrite {
  Instant at{};
  IdempotencyKey command;
  std::string before;
  std::string value;

  friend bool operator==(const LastWrite&, const LastWrite&) = default;
};

// A status that a person set before it counted, and that still stands there.
struct Unheard {
  std::string word;  // as the ticket shows it
  Signal signal;
  Role role;
  Person by;

  friend bool operator==(const Unheard&, const Unheard&) = default;
};

// The look at a ticket that people say the case has there already. One look is tried.
struct Adoption {
  IdempotencyKey look;
  bool over = false;

  friend bool operator==(const Adoption&, const Adoption&) = default;
};

// The answers on a ticket: see pending_answers.h.
enum class HeldAnswers {
  none,
  waiting,
  over,  // the time is: whatever the next look shows is heard
};

// A file of a ticket on its way to other tickets.
struct FileCopy {
  std::optional<IdempotencyKey> fetch;  // asked for, and not here yet (or refused: left)
  std::optional<BlobRef> blob;          // in the spool since `at`
  Instant at{};
  bool left = false;                 // it goes nowhere: refused, or older than the case's part here
  std::set<SystemName> sent_to;      // or told of there
  std::string looks_like{};          // what media type the blob looks like; empty: not known
  std::set<SystemName> kept_from{};  // it goes nowhere there: it is older than the mapping's rule

  friend bool operator==(const FileCopy&, const FileCopy&) = default;
};

// What a comment that brings or names files was decided on, until it is there: see file_guard.h.
struct FilesUnderWay {
  SystemName from;
  std::map<std::string, std::string> files;  // Attachment::id -> its name
  bool internal = false;                     // the comment is
  Instant decided{};
  int looks = 0;  // that were made because it had waited for so long

  friend bool operator==(const FilesUnderWay&, const FilesUnderWay&) = default;
};

// The look at a ticket before files go from it that were decided on long ago.
struct SourceLook {
  std::optional<IdempotencyKey> command;  // under way
  int count = 0;                          // since a comment of its files has arrived

  friend bool operator==(const SourceLook&, const SourceLook&) = default;
};

// Of one ticket, or of the place where it will be.
struct TicketMemory {
  std::map<std::string, std::string> sent;  // by field: what was sent last, so that it is sent once
  std::string note;                         // the fingerprint of the case note that was sent last
  std::string note_refusal;                 // what people were told of it
  std::map<std::string, LastWrite> writes;  // by slot
  std::map<std::string, std::vector<Instant>> undone;  // by slot: when our writes were, the last
  std::map<std::string, std::string> cut;              // by slot: left alone, at this value
  std::optional<Unheard> unheard;
  std::string number;  // that a party without a tracker calls it by
  HeldAnswers answers = HeldAnswers::none;
  std::optional<Adoption> adoption;
  std::vector<std::string> unknown_statuses;         // that people were told of, the last ones
  std::map<std::string, std::string> refused_words;  // by field: the last that no list has
  std::map<std::string, FileCopy> files{};           // by Attachment::id
  std::map<IdempotencyKey, FilesUnderWay>
      files_under_way{};  // by the comment that brings them here
  SourceLook look{};
  Instant files_from{};  // files that were there then go nowhere: no rule spoke of them

  friend bool operator==(const TicketMemory&, const TicketMemory&) = default;
};

struct ToldVersion {
  std::string version;
  std::string when;  // as people write a time

  friend bool operator==(const ToldVersion&, const ToldVersion&) = default;
};

struct Memory {
  std::string origin;  // the ticket that the case began with: "desk.17"
  std::map<SystemName, TicketMemory> tickets;
  // By reference, "[SAK-2026-00017/3]": the entries that carry it and are ours.
  std::map<std::string, std::vector<std::string>> echoes;
  std::map<IdempotencyKey, std::string> refusals;  // what people were told of each
  std::optional<ToldVersion> told_version;         // the last one
  std::map<std::string, SystemName> sources;       // value -> whose people gave it last
  std::set<std::string> asked;                     // questions without an answer
  std::set<std::string> file_rules{};              // of the mapping, that the case knows

  friend bool operator==(const Memory&, const Memory&) = default;
};

// --- what there is to remember, as facts have it (Remembered)

struct OriginKept {
  static constexpr const char* kName = "OriginKept";
  std::string origin;
  friend bool operator==(const OriginKept&, const OriginKept&) = default;
};
struct FieldSent {  // `text` empty: it is sent again
  static constexpr const char* kName = "FieldSent";
  SystemName at;
  std::string field;
  std::string text;
  friend bool operator==(const FieldSent&, const FieldSent&) = default;
};
struct NoteSent {
  static constexpr const char* kName = "NoteSent";
  SystemName at;
  std::string print;
  friend bool operator==(const NoteSent&, const NoteSent&) = default;
};
struct WriteSeen {
  static constexpr const char* kName = "WriteSeen";
  SystemName at;
  std::string slot;
  LastWrite write;
  friend bool operator==(const WriteSeen&, const WriteSeen&) = default;
};
struct EchoKept {
  static constexpr const char* kName = "EchoKept";
  std::string reference;
  std::string entry;
  friend bool operator==(const EchoKept&, const EchoKept&) = default;
};
struct RefusalTold {
  static constexpr const char* kName = "RefusalTold";
  IdempotencyKey command;
  std::string why;
  friend bool operator==(const RefusalTold&, const RefusalTold&) = default;
};
struct NoteRefusalTold {  // each new text of a case note is a command of its own
  static constexpr const char* kName = "NoteRefusalTold";
  SystemName at;
  std::string why;
  friend bool operator==(const NoteRefusalTold&, const NoteRefusalTold&) = default;
};
struct UnknownStatusTold {
  static constexpr const char* kName = "UnknownStatusTold";
  SystemName at;
  std::string status;
  friend bool operator==(const UnknownStatusTold&, const UnknownStatusTold&) = default;
};
struct RefusedWordTold {
  static constexpr const char* kName = "RefusedWordTold";
  SystemName at;
  std::string field;
  std::string word;
  friend bool operator==(const RefusedWordTold&, const RefusedWordTold&) = default;
};
struct VersionTold {  // `when` empty: the case waits for it again
  static constexpr const char* kName = "VersionTold";
  std::string version;
  std::string when;
  friend bool operator==(const VersionTold&, const VersionTold&) = default;
};
struct ValueSourced {
  static constexpr const char* kName = "ValueSourced";
  std::string value;
  SystemName at;
  friend bool operator==(const ValueSourced&, const ValueSourced&) = default;
};
struct StatusUnheard {  // none: it has been heard, or replaced
  static constexpr const char* kName = "StatusUnheard";
  SystemName at;
  std::optional<Unheard> status;
  friend bool operator==(const StatusUnheard&, const StatusUnheard&) = default;
};
struct NumberTold {
  static constexpr const char* kName = "NumberTold";
  SystemName at;
  std::string number;
  friend bool operator==(const NumberTold&, const NumberTold&) = default;
};
struct QuestionAsked {
  static constexpr const char* kName = "QuestionAsked";
  std::string question;
  friend bool operator==(const QuestionAsked&, const QuestionAsked&) = default;
};
struct QuestionAnswered {
  static constexpr const char* kName = "QuestionAnswered";
  std::string question;
  friend bool operator==(const QuestionAnswered&, const QuestionAnswered&) = default;
};
struct AdoptionTried {
  static constexpr const char* kName = "AdoptionTried";
  SystemName at;
  Adoption adoption;
  friend bool operator==(const AdoptionTried&, const AdoptionTried&) = default;
};
struct AnswersHeld {
  static constexpr const char* kName = "AnswersHeld";
  SystemName at;
  HeldAnswers answers = HeldAnswers::none;
  friend bool operator==(const AnswersHeld&, const AnswersHeld&) = default;
};

struct FileAsked {
  static constexpr const char* kName = "FileAsked";
  SystemName at;
  std::string file;  // Attachment::id
  IdempotencyKey command;
  friend bool operator==(const FileAsked&, const FileAsked&) = default;
};
struct FileFetched {
  static constexpr const char* kName = "FileFetched";
  SystemName at;
  std::string file;
  BlobRef blob;
  Instant when{};
  std::string looks_like{};
  friend bool operator==(const FileFetched&, const FileFetched&) = default;
};
struct FileLeft {
  static constexpr const char* kName = "FileLeft";
  SystemName at;
  std::string file;
  friend bool operator==(const FileLeft&, const FileLeft&) = default;
};
struct FileSent {
  static constexpr const char* kName = "FileSent";
  SystemName at;
  std::string file;
  SystemName to;
  friend bool operator==(const FileSent&, const FileSent&) = default;
};

struct FileKept {  // it does not go there
  static constexpr const char* kName = "FileKept";
  SystemName at;
  std::string file;
  SystemName to;
  friend bool operator==(const FileKept&, const FileKept&) = default;
};
struct FilesIssued {  // the comment that brings them to `at` is on its way
  static constexpr const char* kName = "FilesIssued";
  SystemName at;
  IdempotencyKey command;
  FilesUnderWay files;
  friend bool operator==(const FilesIssued&, const FilesIssued&) = default;
};
struct FilesEnded {  // that comment is there, or will not be
  static constexpr const char* kName = "FilesEnded";
  SystemName at;
  IdempotencyKey command;
  bool there = false;
  friend bool operator==(const FilesEnded&, const FilesEnded&) = default;
};
struct FilesForgotten {  // they are in the spool no more
  static constexpr const char* kName = "FilesForgotten";
  SystemName at;
  std::set<std::string> files;
  friend bool operator==(const FilesForgotten&, const FilesForgotten&) = default;
};
struct SourceLooked {
  static constexpr const char* kName = "SourceLooked";
  SystemName at;
  SourceLook look;
  friend bool operator==(const SourceLooked&, const SourceLooked&) = default;
};
struct FilesFrom {  // see TicketMemory::files_from
  static constexpr const char* kName = "FilesFrom";
  SystemName at;
  Instant when{};
  friend bool operator==(const FilesFrom&, const FilesFrom&) = default;
};
struct FileRulesKnown {
  static constexpr const char* kName = "FileRulesKnown";
  std::set<std::string> rules;
  friend bool operator==(const FileRulesKnown&, const FileRulesKnown&) = default;
};

using Memo =
    std::variant<OriginKept, FieldSent, NoteSent, WriteSeen, EchoKept, RefusalTold, NoteRefusalTold,
                 UnknownStatusTold, RefusedWordTold, VersionTold, ValueSourced, StatusUnheard,
                 NumberTold, QuestionAsked, QuestionAnswered, AdoptionTried, AnswersHeld, FileAsked,
                 FileFetched, FileLeft, FileSent, FileKept, FilesIssued, FilesEnded, FilesForgotten,
                 SourceLooked, FilesFrom, FileRulesKnown>;

// "FieldSent": as it is stored.
[[nodiscard]] const char* name_of(const Memo& memo);

// Total: any memo fits any memory.
void remember(Memory& memory, const Memo& memo);

// Our write of the attribute was undone at that time.
void remember_undone(TicketMemory& ticket, const std::string& slot, Instant at);

// What is remembered of that ticket; nothing, when nothing is.
[[nodiscard]] const TicketMemory& memory_of(const Memory& memory, const SystemName& at);

}  // namespace saksbro::core
