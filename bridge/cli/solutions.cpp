
#include <sstream>

#include "bridge/cli/cli.h"
#include "bridge/cli/describe.h"
#include "bridge/cli/print.h"
#include "bridge/cli/speech.h"
#include "bridge/core/model/mapping.h"
#include "bridge/core/text/redaction.h"

namespace saksbro::cli {
namespace {

constexpr int kMostUnlessTold = 5;
constexpr int kMost = 100;
constexpr std::size_t kLines = 3;  // of a solution
constexpr std::size_t kWidth = 96;

struct Search {
  std::vector<std::string> words;
  std::string organisation;  // empty: all
  int most = kMostUnlessTold;

  [[nodiscard]] std::string query() const {
    std::string all;
    for (const std::string& word : words) all += (all.empty() ? "" : " ") + word;
    return all;
  }
};

// A solved case with the tickets where it stands, without personal numbers.
struct Hit {
  core::SimilarCase one;
  std::vector<store::CaseRef> tickets;
};

Result<std::vector<Hit>> find(store::Reader& reader, const Search& search) {
  const auto only = search.organisation.empty() ? std::nullopt : std::optional(search.organisation);
  auto found = reader.solutions().asked(search.query(), only, search.most);
  if (!found) return tl::unexpected(found.error());
  std::vector<Hit> hits;
  for (core::SimilarCase& one : *found) {
    auto tickets = reader.cases().references(one.number);
    if (!tickets) return tl::unexpected(tickets.error());
    one.title = core::redact(one.title).text;
    one.solution = core::redact(one.solution).text;
    hits.push_back({std::move(one), std::move(*tickets)});
  }
  return hits;
}

codec::Json hit_json(const Hit& hit) {
  codec::Json tickets = codec::Json::array();
  for (const store::CaseRef& ticket : hit.tickets) {
    tickets.push_back({{"system", ticket.system.text()},
                       {"key", ticket.key.text()},
                       {"number", ticket.number},
                       {"url", ticket.url}});
  }
  return {{"number", hit.one.number.text()},
          {"title", hit.one.title},
          {"organisation", hit.one.organisation},
          {"solution", hit.one.solution},
          {"tickets", std::move(tickets)}};
}

// The first lines that say something.
void print_solution(const std::string& solution) {
  std::istringstream text(solution);
  std::size_t lines = 0;
  for (std::string line; std::getline(text, line);) {
    if (line.find_first_not_of(" \t\r") == line.npos) continue;
    if (lines++ == kLines) {
      print("    ...\n");
      return;
    }
    print("    {}\n", shortened(line, kWidth));
  }
}

void print_hit(const Hit& hit) {
  const std::string& organisation = hit.one.organisation;
  print("{}  {}{}\n", hit.one.number.text(), shortened(hit.one.title, kWidth),
        organisation.empty() ? "" : "  (" + organisation + ")");
  print_solution(hit.one.solution);
  for (const store::CaseRef& ticket : hit.tickets)
    print("    {} {}  {}\n", ticket.system.text(), ticket.number, ticket.url);
}

void print_words(const std::string& words, const std::string& value) {
  put(stdout, fmt::format(fmt::runtime(words), printed(value)));
}

void print_nothing(const Search& search, core::Language language) {
  const core::Words nothing{
      "Ingen løst sak ligner på \"{}\". Søk med færre ord, eller med andre ord for det samme; et "
      "sammensatt ord finnes også ved delene sine (faktura, godkjenning).\n",
      "No solved case is like \"{}\". Search with fewer words, or with others for the same; a "
      "compound is found by its parts, too (faktura, godkjenning).\n"};
  const core::Words only{
      "Det er bare søkt i saker fra \"{}\": uten --organisation søkes det i alle.\n",
      "Only cases of \"{}\" were searched: without --organisation, all are.\n"};
  print_words(nothing.in(language), search.query());
  if (!search.organisation.empty()) print_words(only.in(language), search.organisation);
}

int search_for(const Chosen& chosen, const Search& search) {
  auto store = open_store(chosen);
  if (!store) return complain(chosen, store.error());
  auto reader = (*store)->reader();
  if (!reader) return complain(chosen, reader.error());
  const auto hits = find(**reader, search);
  if (!hits) return complain(chosen, hits.error());
  if (chosen.json) {
    codec::Json all = codec::Json::array();
    for (const Hit& hit : *hits) all.push_back(hit_json(hit));
    print_json(all);
    return 0;
  }
  if (hits->empty()) print_nothing(search, language_of(chosen, look_at(chosen)));
  for (const Hit& hit : *hits) print_hit(hit);
  return 0;
}

}  // namespace

void add_solutions(CLI::App& app, Chosen& chosen) {
  auto* verb = app.add_subcommand("solutions", "search solved cases");
  auto search = std::make_shared<Search>();
  verb->add_option("query", search->words, "a few words that describe the problem")->required();
  verb->add_option("--organisation", search->organisation, "only cases of this organisation");
  verb->add_option("--most", search->most, "maximum number of cases")
      ->check(CLI::Range(1, kMost))
      ->capture_default_str();
  verb->add_flag("--json", chosen.json, "print JSON");
  verb->callback([&chosen, search] {
    chosen.run = [&chosen, search] { return search_for(chosen, *search); };
  });
}

}  // namespace saksbro::cli
