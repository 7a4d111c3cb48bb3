#include "bridge/run/observe/metrics.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <sstream>

namespace saksbro::run {
namespace {

struct Description {
  const char* name;
  const char* type;
  const char* help;
};

constexpr std::array kDescriptions{
    Description{"process_start_time_seconds", "gauge", "When the service was started."},
    Description{"saksbro_attempts_total", "counter",
                "Attempts at commands, by system and outcome."},
    Description{"saksbro_breaker_open", "gauge", "1 while nothing is sent to the system."},
    Description{"saksbro_build_info", "gauge", "1, with the version of the program."},
    Description{"saksbro_calls_total", "counter", "HTTP calls made to the system."},
    Description{"saksbro_cases", "gauge", "Cases, by state."},
    Description{"saksbro_certificate_expires_seconds", "gauge",
                "How long the listener's certificate is still valid; below 0: it is not."},
    Description{"saksbro_clock_skew_seconds", "gauge",
                "How far the system's clock is ahead of ours, by its answers' Date."},
    Description{"saksbro_compare_under_way", "gauge",
                "1 while all open cases' tickets of the system are compared."},
    Description{"saksbro_compared_total", "counter",
                "Tickets that comparisons looked at, by system."},
    Description{
        "saksbro_configuration_refused", "gauge",
        "1 while another configuration was given than the one that is used, and was wrong."},
    Description{"saksbro_decisions_total", "counter", "Deliveries that were decided, by kind."},
    Description{"saksbro_deliveries_total", "counter",
                "Deliveries received, by system and whether they were new."},
    Description{"saksbro_forgotten_total", "counter",
                "Rows whose time was over, by kind (docs/upkeep.md)."},
    Description{"saksbro_inbox_oldest_seconds", "gauge",
                "Age of the oldest delivery that waits to be decided; 0: none waits."},
    Description{"saksbro_inbox_parked", "gauge", "Deliveries that could not be understood."},
    Description{"saksbro_inbox_waiting", "gauge", "Deliveries that wait to be decided."},
    Description{"saksbro_last_poll_timestamp_seconds", "gauge",
                "When a poll last succeeded, by system."},
    Description{"saksbro_late_outcomes_total", "counter",
                "Outcomes refused because the claim had run out, by system."},
    Description{"saksbro_loops_cut_total", "counter",
                "Attributes left alone because something rewrote them again and again, by system."},
    Description{"saksbro_log_lines_dropped_total", "counter",
                "Log lines that could not be written: its disk is full, or its reader is gone."},
    Description{"saksbro_outbox_dead", "gauge", "Dead letters."},
    Description{"saksbro_outbox_oldest_seconds", "gauge",
                "Age of the oldest command that waits or is being sent, by system; 0: none waits."},
    Description{"saksbro_outbox_waiting", "gauge", "Commands that wait or are being sent."},
    Description{"saksbro_poll_failures_total", "counter", "Polls that failed, by system."},
    Description{"saksbro_polls_total", "counter", "Polls that succeeded, by system."},
    Description{"saksbro_recovery", "gauge",
                "After a backup was restored: 1 while it only looks, 2 while it opens tickets."},
    Description{"saksbro_refused_deliveries_total", "counter",
                "Deliveries that were not authentic, by system and reason."},
    Description{"saksbro_refused_requests_total", "counter",
                "Requests that were not let in, by listener and reason (a status, or a word)."},
    Description{"saksbro_repaired_total", "counter",
                "Changes that a poll or the nightly comparison found and nothing had told of, by "
                "system and "
                "by what."},
    Description{"saksbro_rescued_total", "counter",
                "Commands taken back from workers without a sign of life, by system."},
    Description{"saksbro_shed_connections_total", "counter",
                "Connections turned away because there was too much, by listener and reason."},
    Description{"saksbro_store_full", "gauge",
                "1 while nothing new is received because the disk has been full."},
    Description{"saksbro_system_parked", "gauge",
                "1 while what waits for the system is for a person to resume."},
    Description{
        "saksbro_writes_unseen", "gauge",
        "Writes that were done and that no look at their ticket has shown within 10 minutes."},
};

}  // namespace

std::string label(std::string_view name, std::string_view value) {
  std::string text(name);
  text += "=\"";
  for (const char letter : value) {
    if (letter == '\\' || letter == '"') text += '\\';
    text += letter == '\n' ? ' ' : letter;
  }
  return text + "\"";
}

void Metrics::count(std::string_view name, const std::string& labels, double by) {
  const std::lock_guard lock(mutex_);
  values_[std::string(name)][labels] += by;
}

void Metrics::set(std::string_view name, const std::string& labels, double value) {
  const std::lock_guard lock(mutex_);
  values_[std::string(name)][labels] = value;
}

void Metrics::set_all(std::string_view name, double value) {
  const std::lock_guard lock(mutex_);
  for (auto& [labels, known] : values_[std::string(name)]) known = value;
}

double Metrics::value(std::string_view name, const std::string& labels) const {
  const std::lock_guard lock(mutex_);
  const auto found = values_.find(name);
  if (found == values_.end()) return 0;
  const auto one = found->second.find(labels);
  return one == found->second.end() ? 0 : one->second;
}

std::string Metrics::text() const {
  const std::lock_guard lock(mutex_);
  std::ostringstream out;
  for (const Description& described : kDescriptions) {
    const auto found = values_.find(std::string_view(described.name));
    if (found == values_.end()) continue;
    out << "# HELP " << described.name << ' ' << described.help << '\n';
    out << "# TYPE " << described.name << ' ' << described.type << '\n';
    for (const auto& [labels, value] : found->second) {
      out << described.name;
      if (!labels.empty()) out << '{' << labels << '}';
      out << ' ' << std::llround(value) << '\n';
    }
  }
  return out.str();
}

}  // namespace saksbro::run
