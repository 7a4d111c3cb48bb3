#include "connectors/tracker/create_once.h"

namespace saksbro::tracker {

Step create_once(const CreateOnce& how, const CreateTicket& action, int attempt) {
  if (attempt > 1) {
    const auto found = how.find();
    if (!found) return found.error();
    if (found->size() > 1)
      return Outcome{Rejected{
          Phrase(how.several, {{"tickets", numbers_of(*found)}, {"marker", action.marker}})}};
    if (found->size() == 1) return how.adopt(found->front());
  }
  const auto posted = how.post();
  return posted ? how.verify(*posted) : posted.error();
}

std::string numbers_of(const std::vector<RemoteKey>& tickets) {
  std::string numbers;
  for (const RemoteKey& ticket : tickets)
    numbers += (numbers.empty() ? "#" : ", #") + ticket.text();
  return numbers;
}

}  // namespace saksbro::tracker
