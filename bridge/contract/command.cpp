#include "bridge/contract/command.h"

#include <array>

namespace saksbro {

const char* verb(const Action& action) {
  static constexpr std::array<const char*, std::variant_size_v<Action>> kVerbs{
      "create", "status", "fields", "comment", "read", "alert", "note", "notice", "update", "file"};
  return kVerbs.at(action.index());
}

RemoteKey ticket_of(const Action& action) {
  return std::visit(
      [](const auto& one) -> RemoteKey {
        if constexpr (requires { one.ticket; }) return one.ticket;
        return RemoteKey{};
      },
      action);
}

Action with_ticket(Action action, const RemoteKey& ticket) {
  std::visit(
      [&](auto& one) {
        if constexpr (requires { one.ticket; }) one.ticket = ticket;
      },
      action);
  if (auto* update = std::get_if<UpdateTicket>(&action)) {
    if (update->status) update->status->ticket = ticket;
    if (update->comment) update->comment->ticket = ticket;
  }
  return action;
}

bool add_part(UpdateTicket& update, const Action& part) {
  if (const auto* status = std::get_if<SetStatus>(&part); status != nullptr && !update.status) {
    update.status = *status;
  } else if (const auto* comment = std::get_if<AddComment>(&part);
             comment != nullptr && !update.comment && comment->files.empty()) {
    update.comment = *comment;
  } else if (const auto* set = std::get_if<SetFields>(&part)) {
    for (const auto& [name, value] : set->fields) update.fields[name] = value;
  } else {
    return false;
  }
  update.ticket = ticket_of(part);
  return true;
}

}  // namespace saksbro
