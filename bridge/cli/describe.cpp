#include "bridge/cli/describe.h"

#include <fmt/chrono.h>
#include <fmt/core.h>

#include <algorithm>

#include "bridge/codec/rfc3339.h"

namespace saksbro::cli {
std::string local_time(Instant instant) {
  return fmt::format("{:%Y-%m-%d %H:%M:%S}",
                     fmt::localtime(std::chrono::system_clock::to_time_t(instant)));
}

std::string tickets_of(const core::Case& one) {
  std::string tickets;
  for (const auto& [system, view] : one.tickets) {
    tickets += (tickets.empty() ? "" : ", ") + system.text() + " " + view.number;
  }
  return tickets;
}

const char* word(store::OutboxState state) {
  switch (state) {
    case store::OutboxState::waiting:
      return "waiting";
    case store::OutboxState::sending:
      return "being sent";
    case store::OutboxState::done:
      return "done";
    case store::OutboxState::dead:
      return "dead letter";
    case store::OutboxState::superseded:
      return "replaced by a newer one";
  }
  return "unknown";
}

std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
  }));
}

std::string padded(const std::string& text, std::size_t width) {
  const std::size_t length = width_of(text);
  return length >= width ? text : text + std::string(width - length, ' ');
}

std::string shortened(const std::string& text, std::size_t width) {
  std::string line = text.substr(0, text.find('\n'));
  if (width_of(line) <= width) return line;
  while (width_of(line) >= width) {
    do {
      line.pop_back();
    } while (!line.empty() && (static_cast<unsigned char>(line.back()) & 0xC0U) == 0x80U);
    if (!line.empty() && static_cast<unsigned char>(line.back()) >= 0xC0U) line.pop_back();
  }
  return line + "…";
}

codec::Json to_json(const core::Case& one) {
  codec::Json tickets = codec::Json::object();
  for (const auto& [system, view] : one.tickets) {
    tickets[system.text()] = {{"key", view.key.text()},
                              {"number", view.number},
                              {"url", view.url},
                              {"status", view.status},
                              {"gone", view.gone}};
  }
  codec::Json values = codec::Json::object();
  for (const auto& [name, value] : one.values) values[name] = value;
  return {{"number", one.number.text()},
          {"process", one.process.text()},
          {"activity", one.activity.text()},
          {"status", one.status.text()},
          {"closed", one.closed},
          {"opened_at", codec::write_rfc3339(one.opened_at)},
          {"tickets", tickets},
          {"values", values}};
}

codec::Json to_json(const store::OutboxRow& row) {
  const Command& command = row.issued.command;
  return {{"id", row.id},
          {"case", row.case_number.text()},
          {"system", command.to.text()},
          {"verb", verb(command.action)},
          {"key", command.key.text()},
          {"state", word(row.state)},
          {"attempts", command.attempt},
          {"because", in_english(row.issued.because)},
          {"mapping", row.issued.where},
          {"why", in_english(row.last_why)},
          {"next_at", codec::write_rfc3339(row.next_at)}};
}

}  // namespace saksbro::cli
