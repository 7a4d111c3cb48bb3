// Builds a Json from the events of nlohmann's parser, within limits. Only for json.cpp.
//
// Json::parse with a callback could enforce the limits as well, but at the end of each object it
// walks through all members of the object's parent: a list of 300,000 objects, 1 MB, took a minute.
// Here each event costs the same, whatever came before it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "bridge/codec/json.h"

namespace saksbro::codec {

class JsonTree {
 public:
  enum class Fault { syntax, number, too_deep, too_many };

  [[nodiscard]] Json taken() && { return std::move(root_); }
  [[nodiscard]] Fault fault() const { return fault_; }
  [[nodiscard]] std::size_t fault_at() const { return fault_at_; }  // how many bytes were read

  // The events; false ends the parse.
  bool null() { return put(Json(nullptr)) != nullptr; }
  bool boolean(bool value) { return put(Json(value)) != nullptr; }
  bool number_integer(std::int64_t value) { return put(Json(value)) != nullptr; }
  bool number_unsigned(std::uint64_t value) { return put(Json(value)) != nullptr; }
  bool number_float(double value, const std::string&) { return put(Json(value)) != nullptr; }
  bool string(std::string& value) { return put(Json(std::move(value))) != nullptr; }
  bool binary(Json::binary_t&) { return false; }  // no such thing in a text
  bool start_object(std::size_t) { return open(Json::object()); }
  bool start_array(std::size_t) { return open(Json::array()); }
  bool key(std::string& name);
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool parse_error(std::size_t at, const std::string& token, const Json::exception& error);

 private:
  Json* put(Json&& value);
  bool open(Json&& empty);
  bool close();
  bool refuse(Fault fault);

  Json root_;
  std::vector<Json*> open_;  // from the outermost object or list to the innermost
  Json* member_ = nullptr;   // where the value of the key that came last belongs
  int values_ = 0;
  Fault fault_ = Fault::syntax;
  std::size_t fault_at_ = 0;
};

}  // namespace saksbro::codec
