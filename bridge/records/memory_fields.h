// The members of what the core remembers, listed once for both writing and reading: see
// case_fields.h.
#pragma once

#include <concepts>
#include <type_traits>

#include "bridge/core/model/memory.h"
#include "bridge/records/json_writing.h"

namespace saksbro::records {

template <class Self, class T>
concept Of = std::same_as<std::remove_const_t<Self>, T>;

template <Of<Person> Self>
void fields(Self& one, auto&& field) {
  auto& [id, name] = one;
  field("id", id);
  field("name", name);
}

template <Of<core::LastWrite> Self>
void fields(Self& one, auto&& field) {
  auto& [at, command, before, value] = one;
  field("at", at);
  field("command", command);
  field("before", before);
  field("value", value);
}

template <Of<core::Unheard> Self>
void fields(Self& one, auto&& field) {
  auto& [word, signal, role, by] = one;
  field("word", word);
  field("signal", signal);
  field("role", role);
  field("by", by);
}

template <Of<core::Adoption> Self>
void fields(Self& one, auto&& field) {
  auto& [look, over] = one;
  field("look", look);
  field("over", over);
}

template <Of<BlobRef> Self>
void fields(Self& one, auto&& field) {
  auto& [sha256, size] = one;
  field("sha256", sha256);
  field("size", size);
}

template <Of<core::FileCopy> Self>
void fields(Self& one, auto&& field) {
  auto& [fetch, blob, at, left, sent_to, looks_like, kept_from] = one;
  field("fetch", fetch, kAdded);
  field("blob", blob, kAdded);
  field("at", at, kAdded);
  field("left", left, kAdded);
  field("sent_to", sent_to, kAdded);
  field("looks_like", looks_like, kAdded);
  field("kept_from", kept_from, kAdded);
}

template <Of<core::FilesUnderWay> Self>
void fields(Self& one, auto&& field) {
  auto& [from, files, internal, decided, looks] = one;
  field("from", from);
  field("files", files);
  field("internal", internal, kAdded);
  field("decided", decided);
  field("looks", looks, kAdded);
}

template <Of<core::SourceLook> Self>
void fields(Self& one, auto&& field) {
  auto& [command, count] = one;
  field("command", command, kAdded);
  field("count", count, kAdded);
}

// What there is nothing of is not written.
template <Of<core::TicketMemory> Self>
void fields(Self& one, auto&& field) {
  auto& [sent, note, note_refusal, writes, undone, cut, unheard, number, answers, adoption,
         unknown_statuses, refused_words, files, files_under_way, look, files_from] = one;
  field("sent", sent, kAdded);
  field("note", note, kAdded);
  field("note_refusal", note_refusal, kAdded);
  field("writes", writes, kAdded);
  field("undone", undone, kAdded);
  field("cut", cut, kAdded);
  field("unheard", unheard, kAdded);
  field("number", number, kAdded);
  field("answers", answers, kAdded);
  field("adoption", adoption, kAdded);
  field("unknown_statuses", unknown_statuses, kAdded);
  field("refused_words", refused_words, kAdded);
  field("files", files, kAdded);
  field("files_under_way", files_under_way, kAdded);
  field("look", look, kAdded);
  field("files_from", files_from, kAdded);
}

template <Of<core::ToldVersion> Self>
void fields(Self& one, auto&& field) {
  auto& [version, when] = one;
  field("version", version);
  field("when", when);
}

// What there is nothing of is not written.
template <Of<core::Memory> Self>
void fields(Self& one, auto&& field) {
  auto& [origin, tickets, echoes, refusals, told_version, sources, asked, file_rules] = one;
  field("origin", origin, kAdded);
  field("tickets", tickets, kAdded);
  field("echoes", echoes, kAdded);
  field("refusals", refusals, kAdded);
  field("told_version", told_version, kAdded);
  field("sources", sources, kAdded);
  field("asked", asked, kAdded);
  field("file_rules", file_rules, kAdded);
}

template <Of<core::OriginKept> Self>
void fields(Self& one, auto&& field) {
  auto& [origin] = one;
  field("origin", origin);
}

template <Of<core::FieldSent> Self>
void fields(Self& one, auto&& field) {
  auto& [at, name, text] = one;
  field("at", at);
  field("field", name);
  field("text", text);
}

template <Of<core::NoteSent> Self>
void fields(Self& one, auto&& field) {
  auto& [at, print] = one;
  field("at", at);
  field("print", print);
}

template <Of<core::WriteSeen> Self>
void fields(Self& one, auto&& field) {
  auto& [at, slot, write] = one;
  field("at", at);
  field("slot", slot);
  field("write", write);
}

template <Of<core::EchoKept> Self>
void fields(Self& one, auto&& field) {
  auto& [reference, entry] = one;
  field("reference", reference);
  field("entry", entry);
}

template <Of<core::RefusalTold> Self>
void fields(Self& one, auto&& field) {
  auto& [command, why] = one;
  field("command", command);
  field("why", why);
}

template <Of<core::NoteRefusalTold> Self>
void fields(Self& one, auto&& field) {
  auto& [at, why] = one;
  field("at", at);
  field("why", why);
}

template <Of<core::UnknownStatusTold> Self>
void fields(Self& one, auto&& field) {
  auto& [at, status] = one;
  field("at", at);
  field("status", status);
}

template <Of<core::RefusedWordTold> Self>
void fields(Self& one, auto&& field) {
  auto& [at, name, word] = one;
  field("at", at);
  field("field", name);
  field("word", word);
}

template <Of<core::VersionTold> Self>
void fields(Self& one, auto&& field) {
  auto& [version, when] = one;
  field("version", version);
  field("when", when);
}

template <Of<core::ValueSourced> Self>
void fields(Self& one, auto&& field) {
  auto& [value, at] = one;
  field("value", value);
  field("at", at);
}

template <Of<core::StatusUnheard> Self>
void fields(Self& one, auto&& field) {
  auto& [at, status] = one;
  field("at", at);
  field("status", status);
}

template <Of<core::NumberTold> Self>
void fields(Self& one, auto&& field) {
  auto& [at, number] = one;
  field("at", at);
  field("number", number);
}

template <Of<core::QuestionAsked> Self>
void fields(Self& one, auto&& field) {
  auto& [question] = one;
  field("question", question);
}

template <Of<core::QuestionAnswered> Self>
void fields(Self& one, auto&& field) {
  auto& [question] = one;
  field("question", question);
}

template <Of<core::AdoptionTried> Self>
void fields(Self& one, auto&& field) {
  auto& [at, adoption] = one;
  field("at", at);
  field("adoption", adoption);
}

template <Of<core::AnswersHeld> Self>
void fields(Self& one, auto&& field) {
  auto& [at, answers] = one;
  field("at", at);
  field("answers", answers);
}

template <Of<core::FileAsked> Self>
void fields(Self& one, auto&& field) {
  auto& [at, file, command] = one;
  field("at", at);
  field("file", file);
  field("command", command);
}

template <Of<core::FileFetched> Self>
void fields(Self& one, auto&& field) {
  auto& [at, file, blob, when, looks_like] = one;
  field("at", at);
  field("file", file);
  field("blob", blob);
  field("when", when);
  field("looks_like", looks_like, kAdded);
}

template <Of<core::FileLeft> Self>
void fields(Self& one, auto&& field) {
  auto& [at, file] = one;
  field("at", at);
  field("file", file);
}

template <Of<core::FileSent> Self>
void fields(Self& one, auto&& field) {
  auto& [at, file, to] = one;
  field("at", at);
  field("file", file);
  field("to", to);
}

template <Of<core::FileKept> Self>
void fields(Self& one, auto&& field) {
  auto& [at, file, to] = one;
  field("at", at);
  field("file", file);
  field("to", to);
}

template <Of<core::FilesIssued> Self>
void fields(Self& one, auto&& field) {
  auto& [at, command, files] = one;
  field("at", at);
  field("command", command);
  field("files", files);
}

template <Of<core::FilesEnded> Self>
void fields(Self& one, auto&& field) {
  auto& [at, command, there] = one;
  field("at", at);
  field("command", command);
  field("there", there);
}

template <Of<core::FilesForgotten> Self>
void fields(Self& one, auto&& field) {
  auto& [at, files] = one;
  field("at", at);
  field("files", files);
}

template <Of<core::SourceLooked> Self>
void fields(Self& one, auto&& field) {
  auto& [at, look] = one;
  field("at", at);
  field("look", look);
}

template <Of<core::FilesFrom> Self>
void fields(Self& one, auto&& field) {
  auto& [at, when] = one;
  field("at", at);
  field("when", when);
}

template <Of<core::FileRulesKnown> Self>
void fields(Self& one, auto&& field) {
  auto& [rules] = one;
  field("rules", rules);
}

}  // namespace saksbro::records
