#include "tests/connectors/play.h"

#include <algorithm>
#include <functional>
#include <stdexcept>

#include "connectors/example_tracker/example_tracker.h"
#include "connectors/registry.h"
#include "tests/connectors/show.h"

namespace saksbro::testcases {
namespace {

using Answers = std::function<std::optional<Exchange>(const Call&, std::size_t index)>;

Configured configured(const CaseFolder& folder, const CaseFile& file) {
  // The one that new connectors begin as is in no registry.
  const bool example = folder.connector == "example_tracker";
  const Configure configure =
      example ? example_tracker::configure : connectors().at(folder.connector);
  return configure(SystemName("test"), file.settings());
}

std::unique_ptr<RemoteSystem> system_of(const CaseFolder& folder, const CaseFile& file) {
  Configured made = configured(folder, file);
  if (made) return std::move(*made);
  throw std::runtime_error("the settings are refused: " + show(made.error()).dump());
}

Json play_configure(const CaseFolder& folder, const CaseFile& file) {
  const Configured made = configured(folder, file);
  if (!made) return {{"errors", show(made.error())}};
  return {{"abilities", show((*made)->abilities())}};
}

Json play_accept(const RemoteSystem& system, const CaseFile& file) {
  const auto accepted = system.accept(file.arrival());
  if (!accepted) return {{"error", accepted.error().text()}};
  return {{"delivery", accepted->text()}};
}

Json play_normalise(const RemoteSystem& system, const CaseFile& file) {
  return {{"observations", show(system.normalise(file.delivery()), file.shown())}};
}

// The answers of case.json, one for each call of the whole case.
Answers scripted(const CaseFile& file) {
  return [fates = file.answers(), &file](const Call& call, std::size_t index) {
    if (index >= fates.size()) return std::optional<Exchange>();
    return std::optional(Exchange{call, fates[index], file.answered_at(index)});
  };
}

Json snapshot(const RemoteSystem& system, const CaseFile& file, const std::string& body) {
  const Delivery answer{SystemName("test"), DeliveryId("answer-1"), DeliveryKind::answer,
                        file.answered_at(0), body};
  return show(system.normalise(answer), file.shown());
}

Json outcome(const RemoteSystem& system, const CaseFile& file, const Outcome& end) {
  if (const auto* later = std::get_if<RetryLater>(&end)) return {{"retry_later", show(*later)}};
  if (const auto* refused = std::get_if<Rejected>(&end))
    return {{"rejected", in_english(refused->why)}};
  const auto& done = std::get<Delivered>(end);
  Json shown = {{"delivered", done.key.text()}};
  if (done.file) shown["file"] = show(*done.file);
  if (!done.snapshot.empty()) shown["snapshot"] = snapshot(system, file, done.snapshot);
  return shown;
}

Json play_perform(const RemoteSystem& system, const CaseFile& file, const Answers& answer,
                  std::vector<Exchange>& so_far) {
  const Command command = file.command();
  Json calls = Json::array();
  while (so_far.size() < kCallsMost) {
    const Step step = system.perform(command, so_far);
    if (const auto* end = std::get_if<Outcome>(&step)) {
      return {{"calls", calls}, {"outcome", outcome(system, file, *end)}};
    }
    const Call& call = std::get<Call>(step);
    calls.push_back(show(call, file.shows_headers()));
    const bool blind = so_far.empty() && call.repeat == Repeat::never;
    if (command.attempt > 1 && blind && system.abilities().has_tickets) {
      return {{"calls", calls}, {"broken_rule", "a later attempt begins with a look"}};
    }
    auto exchange = answer(call, so_far.size());
    if (!exchange) return {{"calls", calls}, {"outcome", "no answer is left for the last call"}};
    so_far.push_back(std::move(*exchange));
  }
  return {{"calls", calls}, {"outcome", "does not end"}};
}

Json page_shown(const RemoteSystem& system, const CaseFile& file, const Page& page) {
  Json found = Json::array();
  for (const Polled& one : page.found) {
    const Delivery delivery{SystemName("test"), one.id, DeliveryKind::poll, file.answered_at(0),
                            one.body};
    found.push_back(
        {{"id", one.id.text()}, {"says", show(system.normalise(delivery), file.shown())}});
  }
  Json shown = {{"found", found}, {"next", show(page.next)}};
  if (page.more) shown["more"] = true;
  return shown;
}

// Goes on from page to page while the connector says that there is more and answers are left.
Json play_poll(const RemoteSystem& system, const CaseFile& file, const Answers& answer,
               std::size_t& used) {
  Json calls = Json::array();
  Json pages = Json::array();
  Cursor cursor = file.cursor();
  std::vector<Exchange> so_far;
  while (used < kCallsMost) {
    const PollStep step = system.poll(cursor, so_far);
    if (const auto* later = std::get_if<RetryLater>(&step)) {
      return {{"calls", calls}, {"pages", pages}, {"retry_later", show(*later)}};
    }
    if (const auto* page = std::get_if<Page>(&step)) {
      pages.push_back(page_shown(system, file, *page));
      cursor = page->next;
      so_far.clear();
      if (!page->more || used == file.answers().size()) break;
      continue;
    }
    const Call& call = std::get<Call>(step);
    calls.push_back(show(call, file.shows_headers()));
    auto exchange = answer(call, used++);
    if (!exchange) return {{"calls", calls}, {"pages", "no answer is left for the last call"}};
    so_far.push_back(std::move(*exchange));
  }
  return {{"calls", calls}, {"pages", pages}};
}

Json play_with(const RemoteSystem& system, const CaseFile& file, const Answers& answer,
               std::size_t& used) {
  if (file.what_to_do() == "poll") return play_poll(system, file, answer, used);
  std::vector<Exchange> so_far;
  Json played = play_perform(system, file, answer, so_far);
  used = so_far.size();
  return played;
}

}  // namespace

Json play(const CaseFolder& folder) {
  const CaseFile file(folder);
  const std::string& verb = file.what_to_do();
  if (verb == "configure") return play_configure(folder, file);
  const auto system = system_of(folder, file);
  if (verb == "accept") return play_accept(*system, file);
  if (verb == "normalise") return play_normalise(*system, file);
  if (verb != "poll" && verb != "perform") {
    throw std::runtime_error("\"do\" is configure, accept, normalise, poll or perform, not \"" +
                             verb + "\"");
  }
  std::size_t used = 0;
  Json played = play_with(*system, file, scripted(file), used);
  const std::size_t given = file.answers().size();
  if (used < given) played["answers_that_nobody_asked_for"] = given - used;
  return played;
}

std::size_t longest_talk(const CaseFolder& folder, const std::vector<Fate>& nonsense) {
  const CaseFile file(folder);
  const auto system = system_of(folder, file);
  const Answers whole = scripted(file);
  const std::size_t given = file.answers().size();
  std::size_t longest = 0;
  // A long talk repeats itself: its beginning, middle and end show as much as all of it.
  const std::size_t stride = std::max<std::size_t>(1, given / 2);
  for (std::size_t at = 0; at <= given; at += stride) {
    for (const Fate& fate : nonsense) {
      const auto answer = [&](const Call& call, std::size_t index) {
        if (index < at) return whole(call, index);
        return std::optional(Exchange{call, fate, file.answered_at(index)});
      };
      std::size_t used = 0;
      (void)play_with(*system, file, answer, used);
      longest = std::max(longest, used);
    }
  }
  return longest;
}

}  // namespace saksbro::testcases
