#include "bridge/core/sync/recovery.h"

#include <algorithm>
#include <string_view>

#include "bridge/contract/ascii.h"
#include "bridge/core/sync/echo.h"
#include "bridge/core/text/text.h"

namespace saksbro::core {
namespace {

// "SAK-2026-00017" of any series with that prefix.
bool is_number(std::string_view text, const std::string& prefix) {
  if (!text.starts_with(prefix + "-")) return false;
  text.remove_prefix(prefix.size() + 1);
  const std::size_t dash = text.find('-');
  if (dash != 4 || text.size() < 6) return false;
  const auto digits = [](std::string_view part) {
    return std::all_of(part.begin(), part.end(), is_digit);
  };
  return digits(text.substr(0, dash)) && digits(text.substr(dash + 1));
}

// "[SAK-2026-00017/3]" as the last line of a comment: what stands before the slash.
std::string_view number_signed(std::string_view comment) {
  std::string_view line = trimmed(comment);
  if (const std::size_t end = line.rfind('\n'); end != line.npos) line.remove_prefix(end + 1);
  line = trimmed(line);
  if (!line.starts_with('[') || !line.ends_with(']')) return {};
  const std::size_t slash = line.find('/');
  return slash == line.npos ? std::string_view{} : line.substr(1, slash - 1);
}

std::optional<CaseNumber> number_on(const Mapping& mapping, const SystemName& at,
                                    const Ticket& ticket) {
  const std::string written = number_in_field(mapping, at, ticket);
  if (is_number(written, mapping.case_prefix)) return CaseNumber{written};
  for (const Comment& comment : ticket.comments) {
    const std::string_view number = number_signed(comment.text);
    if (is_number(number, mapping.case_prefix)) return CaseNumber{std::string(number)};
  }
  return std::nullopt;
}

// "desk.17/M.1.3.1/operator": the case began with desk.17 (DecisionBuilder::open).
std::string origin_in(const std::string& marker) {
  const std::size_t last = marker.rfind('/');
  if (last == marker.npos || last == 0) return marker;
  const std::size_t before = marker.rfind('/', last - 1);
  return before == marker.npos ? marker : marker.substr(0, before);
}

// "desk.17/M.1.3.1/operator", as DecisionBuilder::marker_for() makes it for a ticket there.
bool is_marker(const Mapping& mapping, const SystemName& at, std::string_view text) {
  if (!text.ends_with("/" + at.text())) return false;
  text.remove_suffix(at.text().size() + 1);
  const std::size_t slash = text.rfind('/');
  const std::size_t dot = text.find('.');
  if (slash == text.npos || dot >= slash || dot == slash - 1) return false;
  const ActivityId activity{std::string(text.substr(slash + 1))};
  return mapping.system(SystemName{std::string(text.substr(0, dot))}) != nullptr &&
         std::any_of(mapping.processes.begin(), mapping.processes.end(),
                     [&](const Process& process) { return process.activities.contains(activity); });
}

}  // namespace

std::string number_in_field(const Mapping& mapping, const SystemName& at, const Ticket& ticket) {
  for (const WrittenField& written : mapping.known_system(at).writes) {
    const auto field = ticket.fields.find(written.field);
    if (written.value == "case.number" && field != ticket.fields.end()) return field->second;
  }
  return "";
}

std::string misplaced_marker(const Mapping& mapping, const SystemName& at, const Ticket& ticket) {
  for (const auto& [field, value] : ticket.fields) {
    if (is_marker(mapping, at, value)) return value;
  }
  std::string_view text = ticket.text;
  while (!text.empty()) {
    const std::string_view line = trimmed(text.substr(0, text.find('\n')));
    if (is_marker(mapping, at, line)) return std::string(line);
    text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
  }
  return {};
}

std::string borne_marker(const Mapping& mapping, const SystemName& at, const Ticket& ticket) {
  const SystemMapping* system = mapping.system(at);
  if (system == nullptr) return {};
  const auto field = ticket.fields.find(system->marker_field);
  return field == ticket.fields.end() ? "" : field->second;
}

std::set<std::string> own_accounts(const Mapping& mapping, const Case& state, const SystemName& at,
                                   const Ticket& ticket) {
  std::set<std::string> accounts;
  if (!borne_marker(mapping, at, ticket).empty()) accounts.insert(ticket.author.id);
  for (const Comment& comment : ticket.comments) {
    // Who quotes our last line is somebody else.
    if (number_signed(comment.text) == state.number.text() &&
        own_reference(state, comment.id, comment.text)) {
      accounts.insert(comment.author.id);
    }
  }
  accounts.erase("");
  return accounts;
}

std::string origin_of(const SystemName& at, const RemoteKey& ticket) {
  return at.text() + "." + ticket.text();
}

std::optional<BorneNumber> borne_number(const Mapping& mapping, const SystemName& at,
                                        const Ticket& ticket) {
  if (mapping.system(at) == nullptr) return std::nullopt;
  const auto number = number_on(mapping, at, ticket);
  if (!number) return std::nullopt;
  const std::string marker = borne_marker(mapping, at, ticket);
  return BorneNumber{marker.empty() ? origin_of(at, ticket.key) : origin_in(marker), *number};
}

}  // namespace saksbro::core
