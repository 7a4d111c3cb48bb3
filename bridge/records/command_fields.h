// The members of commands, listed once for both writing and reading: see case_fields.h.
#pragma once

#include "bridge/contract/command.h"
#include "bridge/core/decide/decide.h"
#include "bridge/records/case_fields.h"

namespace saksbro::records {

template <Of<CreateTicket> Self>
void fields(Self& one, auto&& field) {
  auto& [title, text, values, marker] = one;
  field("title", title);
  field("text", text);
  field("fields", values);
  field("marker", marker);
}

template <Of<SetStatus> Self>
void fields(Self& one, auto&& field) {
  auto& [ticket, status, via] = one;
  field("ticket", ticket);
  field("status", status);
  field("via", via);
}

template <Of<SetFields> Self>
void fields(Self& one, auto&& field) {
  auto& [ticket, values] = one;
  field("ticket", ticket);
  field("fields", values);
}

template <Of<OutgoingFile> Self>
void fields(Self& one, auto&& field) {
  auto& [name, media_type, blob] = one;
  field("name", name);
  field("media_type", media_type);
  field("blob", blob);
}

template <Of<AddComment> Self>
void fields(Self& one, auto&& field) {
  auto& [ticket, text, reference, visibility, files] = one;
  field("ticket", ticket);
  field("text", text);
  field("reference", reference);
  field("visibility", visibility);
  field("files", files, kAdded);
}

template <Of<FetchFile> Self>
void fields(Self& one, auto&& field) {
  auto& [ticket, id, name, place, bytes_most, size] = one;
  field("ticket", ticket);
  field("id", id);
  field("name", name);
  field("place", place);
  field("bytes_most", bytes_most);
  field("size", size, kAdded);
}

template <Of<ReadTicket> Self>
void fields(Self& one, auto&& field) {
  auto& [ticket] = one;
  field("ticket", ticket);
}

template <Of<RaiseAlert> Self>
void fields(Self& one, auto&& field) {
  auto& [title, text, severity, case_number, link, severity_title] = one;
  field("title", title);
  field("text", text);
  field("severity", severity);
  field("case_number", case_number);
  field("link", link);
  field("severity_title", severity_title, kAdded);
}

template <Of<KeepNote> Self>
void fields(Self& one, auto&& field) {
  auto& [ticket, text, reference, visibility] = one;
  field("ticket", ticket);
  field("text", text);
  field("reference", reference);
  field("visibility", visibility);
}

template <Of<SendNotice> Self>
void fields(Self& one, auto&& field) {
  auto& [to, title, text, link, reference] = one;
  field("to", to);
  field("title", title);
  field("text", text);
  field("link", link);
  field("reference", reference);
}

template <Of<UpdateTicket> Self>
void fields(Self& one, auto&& field) {
  auto& [ticket, status, values, comment] = one;
  field("ticket", ticket);
  field("status", status);
  field("fields", values);
  field("comment", comment);
}

template <Of<Command> Self>
void fields(Self& one, auto&& field) {
  auto& [key, to, action, attempt] = one;
  field("key", key);
  field("to", to);
  field("action", action);
  field("attempt", attempt);
}

template <Of<core::Issued> Self>
void fields(Self& one, auto&& field) {
  auto& [command, slot, because, where] = one;
  field("command", command);
  field("slot", slot);
  field("because", because);
  field("where", where);
}

}  // namespace saksbro::records
