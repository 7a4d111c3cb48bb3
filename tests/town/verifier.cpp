#include "tests/town/verifier.h"

#include <algorithm>
#include <map>
#include <set>

#include "bridge/codec/digest.h"
#include "bridge/store/sqlite/sqlite_store.h"

namespace saksbro::chaos {
namespace {

std::string hash(int number) { return "#" + std::to_string(number); }

bool is_case_note(const std::string& text) { return text.starts_with("Saksbro SAK-"); }

std::string fingerprint(const std::string& system, const std::string& body) {
  return system + " " + codec::to_hex(codec::sha256(body));
}

Result<std::set<std::string>> deliveries(const Town& town) {
  const std::string file = (town.saksbro->folder() / "saksbro.db").string();
  const auto store = store::open_sqlite(file, store::Use::command, fakes::real_now());
  if (!store) return tl::unexpected(store.error());
  const auto reader = (*store)->reader();
  if (!reader) return tl::unexpected(reader.error());
  const auto rows = (*reader)->inbox().list(0, 1'000'000);
  if (!rows) return tl::unexpected(rows.error());
  std::set<std::string> stored;
  for (const auto& row : *rows)
    stored.insert(fingerprint(row.delivery.system.text(), row.delivery.body));
  return stored;
}

class Verifier {
 public:
  Verifier(Town& town, const std::vector<Walk>& walks) : town_(town), walks_(walks) {}

  Verdict all() {
    for (const auto& [name, tracker] : town_.systems) {
      if (name != "vakt") each_once(name, tracker->state);
    }
    acknowledged_are_stored();
    for (const Walk& walk : walks_) {
      const std::size_t before = verdict_.differences.size();
      one(walk);
      if (verdict_.issue == 0 && verdict_.differences.size() > before)
        verdict_.issue = walk.issue();
    }
    no_strangers();
    return std::move(verdict_);
  }

 private:
  void differs(int& count, const std::string& what) {
    ++count;
    verdict_.differences.push_back(what);
  }

  void each_once(const std::string& name, const fakes::Tracker& state) {
    std::map<std::string, int> seen;
    for (const fakes::Entry& entry : state.ledger()) {
      if (entry.who != state.settings().bridge) continue;
      if (entry.what == "created") ++verdict_.creates;
      if (entry.what == "comment") ++verdict_.comments;
      const bool counts =
          entry.what == "created" || (entry.what == "comment" && !is_case_note(entry.text));
      if (!counts) continue;
      const std::string what = entry.what == "created"
                                   ? "created with marker " + entry.text
                                   : "comment at " + hash(entry.ticket) + ": " + entry.text;
      if (++seen[what] == 2) differs(verdict_.twice, name + ": twice " + what);
    }
    for (const fakes::Ticket& ticket : state.all()) one_case_note(name, ticket);
    statuses_in_order(name, state);
  }

  // People here never lead a case back: so the bridge never sets a status that comes before one
  // that it has set.
  void statuses_in_order(const std::string& name, const fakes::Tracker& state) {
    const auto& order = state.settings().statuses;
    std::map<int, std::size_t> reached;
    for (const fakes::Entry& entry : state.ledger()) {
      if (entry.who != state.settings().bridge || entry.what != "status") continue;
      const auto rank = static_cast<std::size_t>(std::find(order.begin(), order.end(), entry.text) -
                                                 order.begin());
      std::size_t& highest = reached[entry.ticket];
      if (rank < highest) {
        differs(verdict_.out_of_order,
                name + " " + hash(entry.ticket) + " was set back to " + entry.text);
      }
      highest = std::max(highest, rank);
    }
  }

  void one_case_note(const std::string& name, const fakes::Ticket& ticket) {
    const auto notes = std::count_if(ticket.events.begin(), ticket.events.end(),
                                     [](const auto& event) { return is_case_note(event.text); });
    if (notes > 1) {
      differs(verdict_.twice,
              name + " " + hash(ticket.id) + " has " + std::to_string(notes) + " case notes");
    }
  }

  void acknowledged_are_stored() {
    const auto stored = deliveries(town_);
    if (!stored) return differs(verdict_.lost, stored.error().text());
    for (const auto& [name, tracker] : town_.systems) {
      for (const std::string& body : tracker->hooks.acknowledged()) {
        ++verdict_.acknowledged;
        if (!stored->contains(fingerprint(name, body)))
          differs(verdict_.lost, name + ": acknowledged and not on disk: " + body);
      }
    }
  }

  void one(const Walk& walk) {
    if (!walk.done()) differs(verdict_.not_converged, walk.words());
    const auto issue = town_.desk().state.find(walk.issue());
    const auto ticket = town_.system(walk.supplier()).state.find(walk.ticket());
    if (!issue || !ticket) return;
    const auto agree = [&](bool right, const std::string& what) {
      if (!right) differs(verdict_.not_converged, "desk " + hash(issue->id) + ": " + what);
    };
    agree(issue->fields.at(kSupplierNumber) == hash(ticket->id),
          "the supplier's number is " + issue->fields.at(kSupplierNumber));
    agree(ticket->fields.at(kCustomerNumber) == hash(issue->id),
          "its number at the supplier is " + ticket->fields.at(kCustomerNumber));
    agree(!issue->fields.at(kCaseNumber).empty(), "has no number of a case");
    agree((issue->status == "LUKKET") == (ticket->status == "lukket"),
          "is " + issue->status + ", the supplier's is " + ticket->status);
    said(walk, *issue);
    files(walk, *issue, *ticket);
  }

  // Each reply of the supplier once at the desk, in the order in which it was given.
  void said(const Walk& walk, const fakes::Ticket& issue) {
    std::vector<std::size_t> places;
    for (const std::string& word : walk.said()) {
      std::vector<std::size_t> found;
      for (std::size_t i = 0; i < issue.events.size(); ++i) {
        if (issue.events[i].text.find(word) != std::string::npos) found.push_back(i);
      }
      const std::string where = "desk " + hash(issue.id) + ": the supplier's \"" + word + "\"";
      if (found.empty()) differs(verdict_.lost, where + " is not there");
      if (found.size() > 1) differs(verdict_.twice, where + " is there twice");
      places.insert(places.end(), found.begin(), found.end());
    }
    if (!std::is_sorted(places.begin(), places.end()))
      differs(verdict_.out_of_order, "desk " + hash(issue.id) + ": replies are not in their order");
  }

  // Each file of people on the other ticket once, byte for byte, and not again on its own.
  void files(const Walk& walk, const fakes::Ticket& issue, const fakes::Ticket& ticket) {
    for (const Walk::Given& given : walk.given()) {
      ++verdict_.files;
      const std::string where = "desk " + hash(issue.id) + ": the file " + given.file.name;
      const int own = count_files(given.at_desk ? issue : ticket, given.file, false);
      const int there = count_files(given.at_desk ? ticket : issue, given.file, true);
      if (there == 0) differs(verdict_.lost, where + " did not come whole to the others");
      if (there > 1) differs(verdict_.twice, where + " came to the others twice");
      if (own != 1) differs(verdict_.twice, where + " came back");
    }
  }

  static int count_files(const fakes::Ticket& ticket, const fakes::File& file, bool whole) {
    int count = 0;
    for (const fakes::Event& event : ticket.events) {
      for (const fakes::File& one : event.files)
        count += one.name == file.name && (!whole || one.bytes == file.bytes) ? 1 : 0;
    }
    return count;
  }

  // Each issue at the desk and each ticket at a supplier belongs to one walk.
  void no_strangers() {
    std::map<std::pair<std::string, int>, int> owners;
    for (const Walk& walk : walks_) {
      ++owners[{"desk", walk.issue()}];
      ++owners[{walk.supplier(), walk.ticket()}];
    }
    for (const auto& [name, tracker] : town_.systems) {
      if (name == "vakt") continue;
      for (const fakes::Ticket& ticket : tracker->state.all()) {
        const int count = owners[{name, ticket.id}];
        if (count != 1)
          differs(verdict_.twice, name + " " + hash(ticket.id) + " belongs to " +
                                      std::to_string(count) + " cases of people");
      }
    }
  }

  Town& town_;
  const std::vector<Walk>& walks_;
  Verdict verdict_;
};

}  // namespace

bool is_stored(const Town& town, const std::string& system, const std::string& body) {
  const auto stored = deliveries(town);
  return stored && stored->contains(fingerprint(system, body));
}

Verdict verify(Town& town, const std::vector<Walk>& walks) { return Verifier(town, walks).all(); }

}  // namespace saksbro::chaos
