#include "bridge/store/sqlite/lane.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <system_error>
#include <variant>

#include "bridge/store/outbox.h"

namespace saksbro::store {

std::string lane_of(const CaseNumber& number, const SystemName& system) {
  return system.text() + "|" + number.text();
}

std::string lane_of(const std::optional<CaseNumber>& number, const Command& command) {
  if (number && !number->empty() && is_write(command.action)) return lane_of(*number, command.to);
  const std::string ticket = ticket_of(command.action).text();
  if (const auto* file = std::get_if<FetchFile>(&command.action))
    return command.to.text() + "|file:" + ticket + "/" + file->id;
  return command.to.text() + "|ticket:" + ticket;
}

bool lacks_ticket(const Action& action) {
  if (std::holds_alternative<CreateTicket>(action)) return false;
  if (std::holds_alternative<RaiseAlert>(action)) return false;
  if (std::holds_alternative<SendNotice>(action)) return false;
  return ticket_of(action).empty();
}

bool is_write(const Action& action) {
  return !std::holds_alternative<ReadTicket>(action) && !std::holds_alternative<FetchFile>(action);
}

bool is_heavy(const OutboxRow& row) {
  return std::holds_alternative<FetchFile>(row.issued.command.action) ||
         row.issued.slot.starts_with(core::kFilesSlot);
}

std::optional<NumberForms> number_forms(std::string_view typed) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t first = typed.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return std::nullopt;
  typed = typed.substr(first, typed.find_last_not_of(kBlanks) - first + 1);
  if (typed.front() == '#') typed.remove_prefix(1);
  if (typed.empty()) return std::nullopt;
  return NumberForms{std::string(typed), "#" + std::string(typed)};
}

std::optional<PlaceInSeries> place_in_series(const CaseNumber& number) {
  const std::string& text = number.text();
  const std::size_t dash = text.rfind('-');
  if (dash == std::string::npos) return std::nullopt;
  PlaceInSeries found{text.substr(0, dash + 1), 0};
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data() + dash + 1, end, found.place);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return found;
}

CaseNumber numbered(const std::string& series, std::int64_t place) {
  constexpr std::size_t kWidth = 5;  // numbers of one year sort as texts up to 99 999
  const std::string digits = std::to_string(place);
  return CaseNumber{series + std::string(kWidth - std::min(kWidth, digits.size()), '0') + digits};
}

}  // namespace saksbro::store
