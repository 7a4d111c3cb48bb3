#include "bridge/contract/command.h"

#include <array>

namespace saksbro {

const char* verb(const Action& action) {
  static constexpr std::array<const char*, std::variant_size_v<Action>> kVerbs{
      "create", "status", "fields", "comment", "read", "alert", "note", "notice"};
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
  return action;
}

}  // namespace saksbro
