#include "connectors/rt/ticket.h"

#include <optional>

#include "bridge/codec/rfc3339.h"
#include "bridge/codec/url.h"
#include "connectors/rt/files.h"
#include "connectors/rt/texts.h"
#include "connectors/tracker/snapshot.h"

namespace saksbro::rt {
namespace {

using codec::Json;

std::string joined_ids(const Json& users) {
  std::string all;
  if (!users.is_array()) return all;
  for (const Json& user : users) {
    all += (all.empty() ? "" : ", ") + codec::text_or(user, "id", "");
  }
  return all;
}

// A value that was emptied can stay as null.
std::string joined_values(const Json& field) {
  std::string all;
  const Json& values = codec::at_path(field, "values");
  if (!values.is_array()) return all;
  for (const Json& value : values) {
    const std::string text = value.is_object()   ? codec::text_or(value, "filename", "")
                             : value.is_string() ? value.get<std::string>()
                                                 : "";
    if (!text.empty()) all += (all.empty() ? "" : ", ") + with_line_feeds(text);
  }
  return all;
}

std::string id_of(const Json& transaction) { return codec::text_or(transaction, "id", ""); }

// What every entry of a history has; nothing when it is none.
template <class Entry>
std::optional<Entry> entry_from(const Json& transaction) {
  const auto id = codec::integer_at(transaction, "id");
  const auto at = codec::parse_rfc3339(codec::text_or(transaction, "Created", ""));
  if (!id || *id < 1 || !at) return std::nullopt;
  Entry entry;
  entry.id = "t" + std::to_string(*id);
  entry.order = static_cast<std::uint64_t>(*id);
  entry.author = person_from(codec::at_path(transaction, "Creator"));
  entry.at = *at;
  return entry;
}

void add_comment_to(Ticket& ticket, const Json& transaction, const Texts& texts, bool correspond) {
  auto comment = entry_from<Comment>(transaction);
  if (!comment) return;
  comment->visibility = correspond ? Visibility::everyone : Visibility::internal;
  comment->text = texts.of(id_of(transaction));
  ticket.comments.push_back(std::move(*comment));
}

void add_change_to(Ticket& ticket, const Json& transaction, std::string attribute) {
  auto change = entry_from<Change>(transaction);
  if (!change || attribute.empty()) return;
  change->attribute = std::move(attribute);
  change->from = with_line_feeds(codec::text_or(transaction, "OldValue", ""));
  change->to = with_line_feeds(codec::text_or(transaction, "NewValue", ""));
  ticket.changes.push_back(std::move(*change));
}

// The history of a ticket that others were merged into holds their beginnings too.
bool is_own(const Json& transaction, const Ticket& ticket) {
  return codec::text_or(transaction, "ObjectId", ticket.key.text()) == ticket.key.text();
}

void add_history(Ticket& ticket, const Json& snapshot) {
  const Texts texts(codec::at_path(snapshot, "texts"));
  const auto names = custom_field_names(codec::at_path(snapshot, "ticket"));
  const Json& transactions = codec::at_path(snapshot, "transactions");
  if (!transactions.is_array()) return;
  for (const Json& transaction : transactions) {
    const std::string type = codec::text_or(transaction, "Type", "");
    if (type == "Create") {
      if (is_own(transaction, ticket)) ticket.text = texts.of(id_of(transaction));
    } else if (type == "Correspond" || type == "Comment") {
      add_comment_to(ticket, transaction, texts, type == "Correspond");
    } else if (type == "Status") {
      add_change_to(ticket, transaction, kStatusAttribute);
    } else if (type == "CustomField") {
      const auto name = names.find(codec::text_or(transaction, "Field", ""));
      add_change_to(ticket, transaction, name == names.end() ? "" : name->second);
    }
  }
}

}  // namespace

Person person_from(const Json& user) {
  const std::string login = codec::text_or(user, "id", "");
  const std::string name = codec::text_or(user, "RealName", "");
  return {login, name.empty() ? login : name};
}

std::string with_line_feeds(std::string_view text) {
  std::string lines;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool pair = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
    if (!pair) lines += text[i];
  }
  return lines;
}

std::map<std::string, std::string> custom_field_names(const Json& ticket) {
  std::map<std::string, std::string> names;
  for (const Json& field : codec::at_path(ticket, "CustomFields"))
    names.emplace(codec::text_or(field, "id", ""), codec::text_or(field, "name", ""));
  return names;
}

std::map<std::string, std::string> fields_of(const Json& ticket) {
  std::map<std::string, std::string> fields;
  for (const Json& field : codec::at_path(ticket, "CustomFields")) {
    const std::string name = codec::text_or(field, "name", "");
    if (!name.empty()) fields[name] = joined_values(field);
  }
  fields["queue"] = codec::text_or(ticket, "Queue.Name", "");
  fields["owner"] = codec::text_or(ticket, "Owner.id", "");
  fields["priority"] = codec::text_or(ticket, "Priority", "");
  fields["requestor"] = joined_ids(codec::at_path(ticket, "Requestor"));
  return fields;
}

Result<Ticket> ticket_from(const Json& snapshot, const RtSettings& settings) {
  const Json& seen = codec::at_path(snapshot, "ticket");
  const auto id = codec::text_at(seen, "id");
  const auto status = codec::text_at(seen, "Status");
  const auto created = codec::parse_rfc3339(codec::text_or(seen, "Created", ""));
  const auto updated = codec::parse_rfc3339(codec::text_or(seen, "LastUpdated", ""));
  const auto read_at = codec::parse_rfc3339(codec::text_or(snapshot, "read_at", ""));
  const auto revision = codec::integer_at(snapshot, "revision");
  if (!id || !status || !created || !updated || !read_at || !revision) {
    return fail(
        settings.name.text() + ": snapshot",
        Phrase("expected a ticket with id, Status, Created, LastUpdated, and read_at and revision",
               {}));
  }
  Ticket ticket;
  ticket.key = RemoteKey(*id);
  ticket.number = "#" + *id;
  ticket.url = settings.url + "/Ticket/Display.html?id=" + codec::percent_encode(*id);
  ticket.title = codec::text_or(seen, "Subject", "");
  ticket.status = *status;
  ticket.author = person_from(codec::at_path(seen, "Creator"));
  ticket.fields = fields_of(seen);
  ticket.fields.erase(settings.note_field);  // ours alone: what it says is no news
  ticket.created = *created;
  ticket.updated = *updated;
  ticket.read_at = *read_at;
  ticket.revision = *revision < 0 ? 0 : static_cast<std::uint64_t>(*revision);
  add_history(ticket, snapshot);
  ticket.attachments = files_of(snapshot, ticket.key);
  tracker::add_groups(ticket, codec::at_path(snapshot, "groups"));
  return ticket;
}

}  // namespace saksbro::rt
