// A folder connectors/<connector>/testcases/<name>/ as checked values. README.md tells the format.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "bridge/contract/connector.h"

namespace saksbro::testcases {

using Json = nlohmann::ordered_json;  // in the order of the file, so that a diff reads well

struct CaseFolder {
  std::string connector;  // "redmine"
  std::string name;       // "create-adopts-the-one-hit"
  std::filesystem::path path;
};

[[nodiscard]] std::vector<CaseFolder> all_case_folders();

// What case.json says. A key that nobody reads is an error: a misspelt one would test nothing.
// Throws std::runtime_error with the file's name; the test program is the one place where that is
// how errors travel.
class CaseFile {
 public:
  explicit CaseFile(const CaseFolder& folder);

  [[nodiscard]] const std::string& what_to_do() const { return do_; }
  [[nodiscard]] Setting settings() const;
  [[nodiscard]] Arrival arrival() const;
  [[nodiscard]] Delivery delivery() const;
  [[nodiscard]] Cursor cursor() const;
  [[nodiscard]] Command command() const;
  [[nodiscard]] std::vector<Fate> answers() const;
  [[nodiscard]] Instant answered_at(std::size_t index) const;  // our clock: "at" of the answer
  [[nodiscard]] std::vector<std::string> shown() const;  // members of a ticket; empty: all of them
  [[nodiscard]] bool shows_headers() const;

 private:
  [[nodiscard]] std::string body_of(const Json& part) const;

  CaseFolder folder_;
  Json json_;
  std::string do_;
};

}  // namespace saksbro::testcases
