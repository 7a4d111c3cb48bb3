// Known solutions: cases whose solution stands, to be searched.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "bridge/contract/error.h"
#include "bridge/core/model/case.h"
#include "bridge/core/model/decision.h"

namespace saksbro::store {

// Where the solution of a case stands, in the mapping's own names.
struct SolutionSource {
  std::string solution;             // a case value; empty: no solutions are kept
  std::string organisation;         // a case value; empty: all cases are one organisation's
  std::set<core::Status> statuses;  // in these the solution stands, and in closed cases
  friend bool operator==(const SolutionSource&, const SolutionSource&) = default;
};

// Part of a Reader.
class SolutionReader {
 public:
  SolutionReader() = default;
  SolutionReader(const SolutionReader&) = delete;
  SolutionReader& operator=(const SolutionReader&) = delete;
  virtual ~SolutionReader() = default;

  // What a person asks for in plain words, best first; no organisation: in all of them. No query is
  // an error: one that says nothing finds nothing.
  [[nodiscard]] virtual Result<std::vector<core::SimilarCase>> asked(
      const std::string& query, const std::optional<std::string>& organisation, int most) = 0;
  // Known solutions that are like what `text` says (its first line, a title, counts most), the most
  // like first; none rather than a poor one. Only the organisation's own unless `across`: then its
  // own come before all others. A case whose organisation is not known has no others of its own.
  [[nodiscard]] virtual Result<std::vector<core::SimilarCase>> similar(
      const std::string& text, const std::string& organisation, bool across, int most) = 0;
};

}  // namespace saksbro::store
