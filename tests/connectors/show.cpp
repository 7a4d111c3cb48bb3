#include "tests/connectors/show.h"

#include <algorithm>

#include "bridge/codec/rfc3339.h"

namespace saksbro::testcases {
namespace {

Json time_of(Instant instant) { return codec::write_rfc3339(instant); }

Json person(const Person& someone) { return someone.id + " " + someone.name; }

Json comment(const Comment& said) {
  return {{"id", said.id},
          {"order", said.order},
          {"author", person(said.author)},
          {"at", time_of(said.at)},
          {"visibility", said.visibility == Visibility::internal ? "internal" : "everyone"},
          {"text", said.text}};
}

Json change(const Change& made) {
  return {{"id", made.id},          {"order", made.order},         {"author", person(made.author)},
          {"at", time_of(made.at)}, {"attribute", made.attribute}, {"from", made.from},
          {"to", made.to}};
}

Json attachment(const Attachment& file) {
  Json shown = {{"id", file.id},
                {"name", file.name},
                {"media_type", file.media_type},
                {"size", file.size},
                {"place", file.place},
                {"author", person(file.author)},
                {"at", time_of(file.at)},
                {"visibility", file.visibility == Visibility::internal ? "internal" : "everyone"}};
  if (!file.entry.empty()) shown["entry"] = file.entry;
  return shown;
}

// What a part of a body is, in the order in which they go out.
Json part(const BodyPart& one) {
  if (!one.blob) return one.text;
  Json shown = show(*one.blob);
  if (!one.text.empty()) shown["after"] = one.text;
  if (one.encoding == BodyPart::Encoding::base64_lines) shown["encoding"] = "base64_lines";
  if (one.encoding == BodyPart::Encoding::base64) shown["encoding"] = "base64";
  return shown;
}

Json download(const Download& wanted) {
  Json shown = {{"bytes_most", wanted.bytes_most}};
  if (wanted.form == Download::Form::json_base64) shown["json_base64"] = wanted.member;
  if (wanted.form == Download::Form::imap_part) shown["imap_part"] = wanted.member;
  if (wanted.bytes > 0) shown["bytes"] = wanted.bytes;
  if (wanted.exact) shown["exact"] = true;
  return shown;
}

Json ticket(const Ticket& seen, const std::vector<std::string>& members) {
  Json all = {{"key", seen.key.text()},
              {"number", seen.number},
              {"url", seen.url},
              {"title", seen.title},
              {"text", seen.text},
              {"status", seen.status},
              {"author", person(seen.author)},
              {"fields", seen.fields},
              {"comments", Json::array()},
              {"changes", Json::array()},
              {"attachments", Json::array()},
              {"groups", seen.groups},
              {"created", time_of(seen.created)},
              {"updated", time_of(seen.updated)},
              {"read_at", time_of(seen.read_at)},
              {"revision", seen.revision}};
  for (const Comment& said : seen.comments) all["comments"].push_back(comment(said));
  for (const Change& made : seen.changes) all["changes"].push_back(change(made));
  for (const Attachment& file : seen.attachments) all["attachments"].push_back(attachment(file));
  if (seen.confidential) all["confidential"] = true;
  if (seen.elsewhere) all["elsewhere"] = true;
  Json shown = Json::object();
  for (const auto& [name, value] : all.items()) {
    const bool asked = std::find(members.begin(), members.end(), name) != members.end();
    if (members.empty() ? !value.empty() && value != "" : asked) shown[name] = value;
  }
  return shown;
}

struct ShowObservation {
  const std::vector<std::string>& members;

  Json operator()(const TicketHint& hint) const {
    Json shown = {{"hint", hint.ticket.text()}};
    if (hint.updated) shown["updated"] = time_of(*hint.updated);
    if (hint.elsewhere) shown["elsewhere"] = true;
    return shown;
  }
  Json operator()(const TicketState& state) const {
    return {{"state", ticket(state.ticket, members)}};
  }
  Json operator()(const TicketGone& gone) const {
    return {{"gone", gone.ticket.text()}, {"why", in_english(gone.why)}};
  }
  Json operator()(const VersionReleased& version) const { return {{"released", version.name}}; }
};

std::string without_host(const std::string& url) {
  const auto scheme = url.find("://");
  const auto path = scheme == std::string::npos ? scheme : url.find('/', scheme + 3);
  return path == std::string::npos ? url : url.substr(path);
}

}  // namespace

Json show(const Result<std::vector<Observation>>& observed,
          const std::vector<std::string>& members) {
  if (!observed) return {{"error", observed.error().text()}};
  Json all = Json::array();
  for (const Observation& one : *observed) all.push_back(std::visit(ShowObservation{members}, one));
  return all;
}

Json show(const BlobRef& blob) { return {{"sha256", blob.sha256}, {"size", blob.size}}; }

Json show(const Call& call, bool with_headers) {
  Json shown = {{"call", call.method + " " + without_host(call.url)}};
  if (call.repeat == Repeat::never) shown["write"] = true;
  if (with_headers) shown["headers"] = call.headers;
  if (!call.body.empty()) {
    Json body = Json::parse(call.body, nullptr, false);
    shown["body"] = body.is_discarded() ? Json(call.body) : body;
  }
  for (const BodyPart& one : call.parts) shown["parts"].push_back(part(one));
  if (call.download) shown["download"] = download(*call.download);
  return shown;
}

Json show(const RetryLater& later) {
  Json shown = {{"why", in_english(later.why)}};
  if (later.not_before) shown["not_before"] = time_of(*later.not_before);
  if (later.scope == Scope::system) shown["scope"] = "system";
  return shown;
}

Json show(const Cursor& cursor) {
  Json shown = {{"since", time_of(cursor.since)}};
  if (!cursor.position.empty()) shown["position"] = cursor.position;
  return shown;
}

Json show(const Abilities& abilities) {
  Json shown = {{"has_tickets", abilities.has_tickets}};
  if (abilities.webhook_path) shown["webhook_path"] = *abilities.webhook_path;
  if (abilities.poll) shown["poll_ms"] = abilities.poll->count();
  if (abilities.takes_files) shown["takes_files"] = true;
  if (abilities.gives_files) shown["gives_files"] = true;
  if (!abilities.missing_to_open.empty()) shown["missing_to_open"] = abilities.missing_to_open;
  return shown;
}

Json show(const Errors& errors) {
  Json lines = Json::array();
  for (const Error& error : errors) lines.push_back(error.text());
  return lines;
}

}  // namespace saksbro::testcases
