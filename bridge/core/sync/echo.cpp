#include "bridge/core/sync/echo.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>

#include "bridge/core/model/last_write.h"
#include "bridge/core/text/text.h"

namespace saksbro::core {
namespace {

void add_comments(const TicketView& known, const Ticket& ticket, std::vector<TicketChange>& news) {
  for (const Comment& comment : ticket.comments) {
    if (known.entries.contains(comment.id)) continue;
    news.push_back({TicketChange::Kind::comment, comment.id, comment.order, comment.at,
                    comment.author, "", comment.text, "", comment.visibility});
  }
}

void add_changes(const TicketView& known, const Ticket& ticket, std::vector<TicketChange>& news) {
  for (const Change& change : ticket.changes) {
    if (known.entries.contains(change.id)) continue;
    const bool status = change.attribute == kStatusAttribute;
    news.push_back({status ? TicketChange::Kind::status : TicketChange::Kind::field, change.id,
                    change.order, change.at, change.author, change.attribute, change.to,
                    change.from, Visibility::internal});
  }
}

void add_untold_status(const TicketView& known, const Ticket& ticket,
                       std::vector<TicketChange>& news) {
  const auto told = std::find_if(news.rbegin(), news.rend(), [](const TicketChange& one) {
    return one.kind == TicketChange::Kind::status;
  });
  if ((told == news.rend() ? known.status : told->value) == ticket.status) return;
  news.push_back({TicketChange::Kind::status,
                  "",
                  ticket.revision,
                  ticket.updated,
                  {},
                  "",
                  ticket.status,
                  known.status,
                  Visibility::internal});
}

// A ticket may have as many fields as changes: looking for each field in all news would take time
// by their product.
void add_untold_fields(const TicketView& known, const Ticket& ticket,
                       std::vector<TicketChange>& news) {
  std::map<std::string, std::string> last = known.fields;
  for (const TicketChange& one : news) {
    if (one.kind == TicketChange::Kind::field) last[one.attribute] = one.value;
  }
  for (const auto& [field, value] : ticket.fields) {
    if (last[field] == value) continue;
    const auto before = known.fields.find(field);
    news.push_back({TicketChange::Kind::field,
                    "",
                    ticket.revision,
                    ticket.updated,
                    {},
                    field,
                    value,
                    before == known.fields.end() ? "" : before->second,
                    Visibility::internal});
  }
}

// The last line that is not blank: where our comments carry their reference.
std::string_view signed_with(std::string_view comment) {
  const std::string_view text = trimmed(comment);
  const std::size_t line = text.rfind('\n');
  return trimmed(line == text.npos ? text : text.substr(line));
}

bool matches(const Intent& intent, const TicketChange& news) {
  const auto has = [&](const std::string& value) {
    return std::find(intent.values.begin(), intent.values.end(), value) != intent.values.end();
  };
  switch (news.kind) {
    case TicketChange::Kind::status:
      return intent.attribute == kStatusAttribute && has(news.value);
    case TicketChange::Kind::field:
      return intent.attribute == "fields" && has(news.attribute + "=" + news.value);
    case TicketChange::Kind::comment:
      return intent.attribute == "comment" && signed_with(news.value) == intent.values.front();
  }
  return false;
}

}  // namespace

std::vector<TicketChange> changes_of(const TicketView& known, const Ticket& ticket) {
  std::vector<TicketChange> news;
  add_comments(known, ticket, news);
  add_changes(known, ticket, news);
  const auto age = [](const TicketChange& one) { return std::tuple(one.at, one.order, one.kind); };
  std::stable_sort(
      news.begin(), news.end(),
      [&](const TicketChange& one, const TicketChange& other) { return age(one) < age(other); });
  add_untold_status(known, ticket, news);
  add_untold_fields(known, ticket, news);
  return news;
}

const Intent* echoed(const Case& state, const SystemName& at, const TicketChange& news) {
  const auto found =
      std::find_if(state.intents.begin(), state.intents.end(), [&](const Intent& intent) {
        return intent.at == at && matches(intent, news) &&
               (news.kind == TicketChange::Kind::comment ||
                !has_arrived(state, intent, slot_of(news)));
      });
  return found == state.intents.end() ? nullptr : &*found;
}

TicketView view_of(const Ticket& ticket) {
  TicketView view;
  view.key = ticket.key;
  view.number = ticket.number;
  view.url = ticket.url;
  view.status = ticket.status;
  view.fields = ticket.fields;
  view.updated = ticket.updated;
  view.read_at = ticket.read_at;
  view.revision = ticket.revision;
  view.confidential = ticket.confidential;
  for (const Comment& comment : ticket.comments) view.entries.insert(comment.id);
  for (const Change& change : ticket.changes) view.entries.insert(change.id);
  for (const Attachment& one : ticket.attachments)
    view.files[one.id] = {one.name,  one.media_type, one.size,
                          one.place, one.entry,      one.visibility == Visibility::internal};
  return view;
}

std::optional<std::string> own_reference(const Case& state, const std::string& id,
                                         const std::string& text) {
  const auto signature = signature_of(state, text);
  if (!signature) return std::nullopt;
  if (state.memory.echoes.contains(*signature) && !carries(state, *signature, id))
    return std::nullopt;
  return signature;
}

std::optional<std::string> signature_of(const Case& state, const std::string& text) {
  const std::string_view signature = signed_with(text);
  if (!signature.starts_with("[" + state.number.text() + "/")) return std::nullopt;
  return std::string(signature);
}

bool carries(const Case& state, const std::string& reference, const std::string& id) {
  const auto known = state.memory.echoes.find(reference);
  return known != state.memory.echoes.end() &&
         std::find(known->second.begin(), known->second.end(), id) != known->second.end();
}

}  // namespace saksbro::core
