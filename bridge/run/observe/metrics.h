// Counters and gauges in Prometheus' text format
// (https://prometheus.io/docs/instrumenting/exposition_formats/). Thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "bridge/contract/time.h"

namespace saksbro::run {

class Metrics {
 public:
  // `name` must be one that metrics.cpp describes; `labels` is "system=\"desk\"" or empty.
  void count(std::string_view name, const std::string& labels = "", double by = 1);
  void set(std::string_view name, const std::string& labels, double value);
  // Under all labels that are known.
  void set_all(std::string_view name, double value);
  [[nodiscard]] double value(std::string_view name, const std::string& labels = "") const;

  [[nodiscard]] std::string text() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::map<std::string, double>, std::less<>> values_;
};

// As Prometheus counts time: since 1970.
[[nodiscard]] inline double seconds_of(Instant at) {
  return static_cast<double>(at.time_since_epoch().count()) / 1000.0;
}

// system="desk"
[[nodiscard]] std::string label(std::string_view name, std::string_view value);

}  // namespace saksbro::run
