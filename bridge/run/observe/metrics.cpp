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
    Description{"process_start_time_seconds", "gauge",
                "Start time of the service, in seconds since the Unix epoch."},
    Description{"saksbro_attempts_total", "counter",
                "Attempts to carry out commands, by system and outcome."},
    Description{"saksbro_breaker_open", "gauge",
                "1 while the circuit breaker is open: Saksbro sends nothing to the system."},
    Description{"saksbro_build_info", "gauge",
                "Constant 1, labelled with the version of the program."},
    Description{"saksbro_calls_total", "counter", "HTTP calls made to the system."},
    Description{"saksbro_cases", "gauge", "Cases, by state."},
    Description{"saksbro_certificate_expires_seconds", "gauge",
                "Seconds until the listener's certificate expires; negative once it has expired."},
    Description{"saksbro_clock_skew_seconds", "gauge",
                "Seconds by which the system's clock is ahead of Saksbro's, from the Date header "
                "of its answers."},
    Description{"saksbro_compare_under_way", "gauge",
                "1 while a full comparison reads the tickets of all open cases in the system."},
    Description{"saksbro_compared_total", "counter", "Tickets read by comparisons, by system."},
    Description{
        "saksbro_configuration_refused", "gauge",
        "1 while the last reload was rejected and the previous configuration is still in use."},
    Description{"saksbro_decisions_total", "counter", "Deliveries decided, by kind."},
    Description{"saksbro_deliveries_total", "counter",
                "Deliveries received, by system and whether they were new."},
    Description{"saksbro_forgotten_total", "counter",
                "Rows deleted by retention, by kind (docs/upkeep.md)."},
    Description{"saksbro_inbox_oldest_seconds", "gauge",
                "Age of the oldest delivery waiting to be decided; 0 if none is waiting."},
    Description{"saksbro_inbox_parked", "gauge",
                "Deliveries that are parked because they could not be processed."},
    Description{"saksbro_inbox_waiting", "gauge", "Deliveries waiting to be decided."},
    Description{"saksbro_last_poll_timestamp_seconds", "gauge",
                "Time of the last successful poll, by system."},
    Description{"saksbro_late_outcomes_total", "counter",
                "Outcomes rejected because the lease of the command had expired, by system."},
    Description{
        "saksbro_loops_cut_total", "counter",
        "Fields that Saksbro stopped writing because something kept rewriting them, by system."},
    Description{"saksbro_log_lines_dropped_total", "counter",
                "Log lines dropped because they could not be written: disk full, or reader gone."},
    Description{"saksbro_outbox_dead", "gauge", "Dead letters."},
    Description{"saksbro_outbox_oldest_seconds", "gauge",
                "Age of the oldest command waiting or being sent, by system; 0 if there is none."},
    Description{"saksbro_outbox_waiting", "gauge", "Commands waiting or being sent."},
    Description{"saksbro_poll_failures_total", "counter", "Failed polls, by system."},
    Description{"saksbro_polls_total", "counter", "Successful polls, by system."},
    Description{"saksbro_recovery", "gauge",
                "Recovery after a restored backup: 1 while Saksbro only reads, 2 while it opens "
                "missing tickets, 0 otherwise."},
    Description{"saksbro_refused_deliveries_total", "counter",
                "Deliveries rejected as not authentic, by system and reason."},
    Description{"saksbro_refused_requests_total", "counter",
                "Requests rejected, by listener and reason (an HTTP status, or a word)."},
    Description{"saksbro_repaired_total", "counter",
                "Changes that a poll or a comparison found after the webhook or the poll had "
                "missed them, by system and by what found them."},
    Description{"saksbro_rescued_total", "counter",
                "Commands reclaimed from workers whose lease had expired, by system."},
    Description{"saksbro_shed_connections_total", "counter",
                "Connections rejected because of overload, by listener and reason."},
    Description{"saksbro_store_full", "gauge",
                "1 while Saksbro accepts no deliveries because the disk is full."},
    Description{"saksbro_system_parked", "gauge",
                "1 while the system is parked and needs an operator to resume it."},
    Description{"saksbro_writes_unseen", "gauge",
                "Writes that no read of their ticket has confirmed within 10 minutes."},
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
