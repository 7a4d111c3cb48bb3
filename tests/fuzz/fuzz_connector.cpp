// A connector and a hostile system. The first part says what is tried:
//
//   accept         a webhook: the second part its headers, the third its body
//   normalise      the second part is the body of a webhook, a poll or an answer
//   poll           from a cursor, whose position is the second part; then the answers
//   <verb> N       the N-th attempt at a command; the second part is its text; then the answers
//
// An answer is "200 /path-of-a-redirect" or "lost", then a line end and the body; the last one is
// given to all further calls.
//
// What must hold: it never throws, ends within the calls that the dispatcher allows, asks only its
// own server, writes no line end into a header, and what it tells is bounded by what it was told.
#include <algorithm>
#include <map>
#include <memory>
#include <vector>

#include "bridge/contract/connector.h"
#include "connectors/registry.h"
#include "tests/fuzz/parts.h"
#include "tests/fuzz/settings.h"

namespace saksbro {
namespace {

using fuzz::require;

const Instant kNoon{std::chrono::seconds(1'795'608'000)};

const RemoteSystem& remote() {
  static const Configured kMade =
      connectors().at(CONNECTOR)(SystemName("fuzz"), fuzz::settings_of(CONNECTOR));
  if (!kMade) require(false, kMade.error().front().text());
  return **kMade;
}

Fate fate_from(std::string_view part) {
  std::string_view head = fuzz::cut_off(part, '\n');
  if (head.starts_with("lost")) return InDoubt{"no answer"};
  if (head.starts_with("refused")) return NotSent{"connection refused"};
  const std::size_t status = fuzz::number_in(fuzz::cut_off(head, ' '), 599);
  Answer answer{static_cast<int>(status), {}, std::string(part)};
  while (!head.empty()) {
    std::string_view header = fuzz::cut_off(head, ';');
    const std::string name(fuzz::cut_off(header, '='));
    answer.headers.emplace(name, header);
  }
  return answer;
}

bool is_own(const std::string& url) {
  static const std::vector<std::string> kOwn = fuzz::addresses_in(fuzz::settings_of(CONNECTOR));
  return std::any_of(kOwn.begin(), kOwn.end(), [&](const std::string& own) {
    return url == own || url.starts_with(own + "/");
  });
}

void check(const Call& call) {
  require(is_own(call.url), "a connector asks its own server: " + call.url);
  for (const char c : call.url) {
    require(c > ' ' && c != '\x7F', "a URL has no blanks and no control characters");
  }
  for (const auto& [name, value] : call.headers) {
    require(value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos,
            "no header holds a line end or a NUL");
  }
}

std::vector<Fate> fates_in(fuzz::Parts& parts) {
  std::vector<Fate> fates;
  while (!parts.empty() && fates.size() < std::size_t{kCallsMost})
    fates.push_back(fate_from(parts.next()));
  if (fates.empty()) fates.emplace_back(InDoubt{"no answer"});
  return fates;
}

Exchange answered(const Call& call, const std::vector<Fate>& fates, std::size_t index) {
  return {call, fates[std::min(index, fates.size() - 1)], kNoon};
}

void try_normalise(std::string_view body) {
  const std::string text(body);
  for (const auto kind : {DeliveryKind::webhook, DeliveryKind::poll, DeliveryKind::answer}) {
    const auto seen = remote().normalise({SystemName("fuzz"), DeliveryId("1"), kind, kNoon, text});
    if (!seen) {
      require(!seen.error().what.empty(), "an error says what is wrong");
      continue;
    }
    require(seen->size() <= body.size(), "observations are bounded by what was told");
    for (const Observation& one : *seen) {
      const auto* state = std::get_if<TicketState>(&one);
      if (state == nullptr) continue;
      require(!state->ticket.key.empty(), "a ticket has a key");
      require(state->ticket.comments.size() + state->ticket.changes.size() <= body.size(),
              "a ticket's history is bounded by what was told");
    }
  }
}

Action action_of(std::string_view verb, std::string text) {
  const RemoteKey ticket("7");
  if (verb == "create") return CreateTicket{text, text, {{"Moduler", text}}, "SAK-2026-00001/1"};
  if (verb == "status") return SetStatus{ticket, text, {"Under arbeid", "Løst"}};
  if (verb == "fields") return SetFields{ticket, {{"Moduler", text}}};
  const std::string marked = text + "\n\n[SAK-2026-00001/2]";
  if (verb == "comment")
    return AddComment{ticket, marked, "[SAK-2026-00001/2]", Visibility::internal};
  if (verb == "note") return KeepNote{ticket, marked, "[SAK-2026-00001/note]"};
  if (verb == "alert") return RaiseAlert{text, text, "kritisk", "SAK-2026-00001", text};
  if (verb == "notice") return SendNotice{"kari@kommune.no", text, text, "", "SAK-2026-00001/3"};
  return ReadTicket{ticket};
}

void check(const Outcome& outcome) {
  if (const auto* done = std::get_if<Delivered>(&outcome); done && !done->snapshot.empty()) {
    try_normalise(done->snapshot);
    const Delivery answer{SystemName("fuzz"), DeliveryId("1"), DeliveryKind::answer, kNoon,
                          done->snapshot};
    require(remote().normalise(answer).has_value(), "a connector understands its own snapshot");
  }
  if (const auto* refused = std::get_if<Rejected>(&outcome))
    require(!refused->why.empty(), "a refusal has a reason");
}

void try_perform(std::string_view verb, std::size_t attempt, fuzz::Parts& parts) {
  const std::string text(parts.next());
  const Command command{IdempotencyKey("cause/activity/fuzz"), SystemName("fuzz"),
                        action_of(verb, text), static_cast<int>(attempt)};
  const auto fates = fates_in(parts);
  std::vector<Exchange> so_far;
  while (so_far.size() <= std::size_t{kCallsMost}) {
    const Step step = remote().perform(command, so_far);
    if (const auto* end = std::get_if<Outcome>(&step)) return check(*end);
    const Call& call = std::get<Call>(step);
    check(call);
    if (attempt > 1 && remote().abilities().has_tickets && verb != "notice")
      require(!so_far.empty() || call.repeat == Repeat::harmless, "a second attempt looks first");
    so_far.push_back(answered(call, fates, so_far.size()));
  }
}

void try_poll(fuzz::Parts& parts) {
  const Cursor cursor{kNoon - std::chrono::hours(1), std::string(parts.next())};
  const auto fates = fates_in(parts);
  std::vector<Exchange> so_far;
  while (so_far.size() <= std::size_t{kCallsMost}) {
    const PollStep step = remote().poll(cursor, so_far);
    if (const auto* page = std::get_if<Page>(&step)) {
      for (const Polled& one : page->found) {
        require(!one.id.empty(), "what a poll finds has an id");
        try_normalise(one.body);
      }
      return;
    }
    if (std::holds_alternative<RetryLater>(step)) return;
    check(std::get<Call>(step));
    so_far.push_back(answered(std::get<Call>(step), fates, so_far.size()));
  }
}

void try_accept(fuzz::Parts& parts) {
  Arrival arrival{"POST", "/hooks/operator", {}, "", "192.0.2.1", kNoon};
  std::string_view lines = parts.next();
  while (!lines.empty()) {
    std::string_view line = fuzz::cut_off(lines, '\n');
    const std::string name(fuzz::cut_off(line, ':'));
    arrival.headers.emplace(name, line.starts_with(' ') ? line.substr(1) : line);
  }
  arrival.body = parts.next();
  const auto accepted = remote().accept(arrival);
  require(!accepted || !accepted->empty(), "what is accepted has an id");
  if (accepted) try_normalise(arrival.body);
}

}  // namespace
}  // namespace saksbro

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace saksbro;
  fuzz::Parts parts(data, size);
  std::string_view rest = parts.next();
  const std::string_view what = fuzz::cut_off(rest, ' ');
  if (what == "accept") {
    try_accept(parts);
  } else if (what == "normalise") {
    try_normalise(parts.next());
  } else if (what == "poll") {
    try_poll(parts);
  } else {
    try_perform(what, 1 + fuzz::number_in(rest, 2), parts);
  }
  return 0;
}
