#include "bridge/codec/json_tree.h"

namespace saksbro::codec {
namespace {

constexpr int kOutOfRange = 406;  // nlohmann's id of the error

}  // namespace

// Null when there are too many values.
Json* JsonTree::put(Json&& value) {
  if (++values_ > kJsonValuesMost) {
    refuse(Fault::too_many);
    return nullptr;
  }
  if (open_.empty()) {
    root_ = std::move(value);
    return &root_;
  }
  if (!open_.back()->is_array()) {
    *member_ = std::move(value);
    return member_;
  }
  auto& list = open_.back()->get_ref<Json::array_t&>();
  list.push_back(std::move(value));
  return &list.back();
}

bool JsonTree::open(Json&& empty) {
  if (open_.size() >= static_cast<std::size_t>(kJsonDepthMost)) return refuse(Fault::too_deep);
  Json* const opened = put(std::move(empty));
  if (opened == nullptr) return false;
  open_.push_back(opened);
  return true;
}

bool JsonTree::close() {
  open_.pop_back();
  return true;
}

// The last of several members with one name counts.
bool JsonTree::key(std::string& name) {
  auto& members = open_.back()->get_ref<Json::object_t&>();
  member_ = &members[std::move(name)];
  return true;
}

bool JsonTree::parse_error(std::size_t at, const std::string&, const Json::exception& error) {
  fault_at_ = at;
  return refuse(error.id == kOutOfRange ? Fault::number : Fault::syntax);
}

bool JsonTree::refuse(Fault fault) {
  fault_ = fault;
  return false;
}

}  // namespace saksbro::codec
