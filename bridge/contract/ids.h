// Ids that cannot be swapped: each kind of id is a type of its own.
#pragma once

#include <compare>
#include <string>
#include <utility>

namespace saksbro {

template <class Tag>
class Id {
 public:
  Id() = default;  // empty: "none yet"
  explicit Id(std::string text) : text_(std::move(text)) {}

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] bool empty() const { return text_.empty(); }
  friend auto operator<=>(const Id&, const Id&) = default;

 private:
  std::string text_;
};

using SystemName = Id<struct SystemNameTag>;          // "desk": one configured remote system
using RemoteKey = Id<struct RemoteKeyTag>;            // a ticket's immutable id in its system
using CaseNumber = Id<struct CaseNumberTag>;          // "SAK-2026-00017": ours
using DeliveryId = Id<struct DeliveryIdTag>;          // unique within its system, for 35 days
using IdempotencyKey = Id<struct IdempotencyKeyTag>;  // one command, derived from its cause

}  // namespace saksbro
