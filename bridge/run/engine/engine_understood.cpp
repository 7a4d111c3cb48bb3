// What a delivery says. Nothing is locked meanwhile: bodies of some MB are read here, and known
// solutions are searched.
#include "bridge/core/sync/recovery.h"
#include "bridge/run/calls/guarded_system.h"
#include "bridge/run/engine/engine_work.h"

namespace saksbro::run {

void Engine::normalise(Understood& understood, const Delivery& delivery) {
  understood.looked_at = true;
  const auto system = parts_.systems.find(delivery.system);
  if (system == parts_.systems.end()) {
    understood.unclear = "no system \"" + delivery.system.text() + "\" is configured any more";
    return;
  }
  const GuardedSystem guarded(system->first, *system->second, parts_.store.in_hand());
  auto seen = guarded.normalise({store::Work::delivery, understood.row.seq}, delivery);
  if (seen) {
    understood.observations = *std::move(seen);
  } else {
    understood.unclear = seen.error().text();
  }
}

Result<Engine::Understood> Engine::understand(const store::InboxRow& row) {
  Understood understood{row, parts_.links};
  const DeliveryKind kind = row.delivery.kind;
  if (kind == DeliveryKind::webhook || kind == DeliveryKind::poll)
    normalise(understood, row.delivery);
  if (kind == DeliveryKind::answer) {
    auto answer = records::read_answer(row.delivery.body);
    if (answer) {
      understood.answer = *std::move(answer);
    } else {
      understood.unclear = answer.error().told();
    }
  }
  if (understood.answer && !understood.answer->snapshot.empty()) {
    const Delivery& delivery = row.delivery;
    normalise(understood, {delivery.system, delivery.id, delivery.kind, delivery.received_at,
                           std::move(understood.answer->snapshot)});
  }
  if (auto looked = look_for_solutions(understood); !looked) return tl::unexpected(looked.error());
  return understood;
}

Result<void> Engine::look_for_solutions(Understood& understood) {
  for (const Observation& observation : understood.observations) {
    const auto* seen = std::get_if<TicketState>(&observation);
    if (seen == nullptr) continue;
    auto reader = parts_.store.reader();
    if (!reader) return tl::unexpected(reader.error());
    const auto known = belongs_to_a_case(**reader, understood.row.delivery.system, *seen);
    if (!known) return tl::unexpected(known.error());
    if (*known) continue;
    const core::Decision birth =
        core::decide(parts_.mapping, std::nullopt, understood.row.delivery.system, observation,
                     understood.around(parts_.store.epoch(), false));
    if (birth.facts.empty()) continue;
    const SolutionQuestion question = question_of(solutions_, birth.facts);
    auto similar = similar_to(**reader, question);
    if (!similar) return tl::unexpected(similar.error());
    understood.similar[question] = *std::move(similar);
  }
  return {};
}

Result<bool> Engine::belongs_to_a_case(store::Reader& reader, const SystemName& at,
                                       const TicketState& seen) {
  auto number = reader.cases().of_ticket(at, seen.ticket.key);
  const std::string marker = core::borne_marker(parts_.mapping, at, seen.ticket);
  if (number && !*number && !marker.empty()) number = reader.cases().of_marker(at, marker);
  if (!number) return tl::unexpected(number.error());
  return number->has_value();
}

// Asked again only where the case is born in another way than was foreseen.
Result<std::vector<core::SimilarCase>> Engine::similar_to_born(const Work& work,
                                                               std::span<const core::Fact> facts) {
  const SolutionQuestion question = question_of(solutions_, facts);
  const auto found = work.understood.similar.find(question);
  if (found != work.understood.similar.end()) return found->second;
  auto reader = parts_.store.reader();
  if (!reader) return tl::unexpected(reader.error());
  return similar_to(**reader, question);
}

}  // namespace saksbro::run
