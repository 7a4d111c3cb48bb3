#include "tests/views/example.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>

namespace saksbro::views {
namespace {

using core::Activity;
using core::ActivityId;
using core::Role;
using core::Signal;
using core::Status;
using core::Transition;
using core::Words;

const std::string kRoot = std::string(SAKSBRO_SOURCE) + "/";

std::string content_of(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

load::Configuration load_shipped() {
  auto loaded = load::load_configuration(
      kRoot + "config/saksbro.yaml",
      [](const std::string& path) { return Result<std::string>(content_of(path)); },
      [](const std::string&) { return std::string(64, '-'); });
  for (const Error& error : loaded.errors) ADD_FAILURE() << error.text();
  return std::move(loaded.configuration);
}

Transition way(const char* signal, std::vector<const char*> by, const char* next) {
  Transition one;
  one.on = Signal{signal};
  for (const char* role : by) one.by.emplace_back(role);
  if (next != nullptr) one.next = ActivityId{next};
  return one;
}

core::ProcessAction action(core::ProcessActionKind kind) { return {std::move(kind), {}, ""}; }

Activity activity(const char* id, const char* by, const char* nb, const char* en) {
  Activity one;
  one.id = ActivityId{id};
  one.by = {Role{by}};
  one.title = {nb, en};
  return one;
}

Activity registers() {
  Activity one = activity("S.1.1", "first_line", "Tar imot saken", "Receives the case");
  one.status = Status{"NY"};
  one.transitions = {way("løst", {"first_line"}, "S slutt"),
                     way("til drift", {"first_line", "end_user"}, "S.1.2"),
                     way("spørsmål", {"end_user"}, nullptr)};
  one.transitions.at(0).needs = "løsning";
  one.transitions.at(0).keep = {{"løsning", "text"}};
  one.transitions.at(1).when = {{"alvorlighet", "kritisk", true}, {"type", "feil", false}};
  one.transitions.at(1).keep = {{"type", "feil"}};
  one.transitions.at(2).actions = {
      action(core::Say{SystemName{"operator"}, {}, Visibility::internal})};
  return one;
}

Activity hands_over() {
  Activity one = activity("S.1.2", "first_line", "Videresender saken til driftsleverandør",
                          "Sends the case to the operator");
  one.actions = {
      action(core::OpenTicket{SystemName{"operator"}, {}, {}}),
      action(core::Say{SystemName{"desk"}, {}, Visibility::everyone}),
      action(core::Alert{{SystemName{"vakt"}}, {}, {}, "kritisk", std::chrono::minutes(15)})};
  one.actions.at(2).when = {{"alvorlighet", "kritisk", false}};
  one.then = {{{{"hastegrad", std::nullopt, false}}, ActivityId{"S.2.10"}},
              {{}, ActivityId{"S.2.1"}}};
  return one;
}

core::TimedMove timed(core::Span after, bool repeats, std::optional<ActivityId> next) {
  core::TimedMove one{after, repeats, {}};
  one.move.next = std::move(next);
  return one;
}

constexpr core::Span days(int count) { return {core::Span::Kind::working_days, {}, count}; }

Activity solves() {
  using namespace std::chrono_literals;
  Activity one = activity("S.2.1", "operator", "Løser saken, eller ber om mer: «hva & hvor?»",
                          "Solves the case, or asks for more: \"what & where?\"");
  one.by.emplace_back("third_line");
  one.status = Status{"AVVENTER"};
  one.question = core::Question{"info",
                                SystemName{"desk"},
                                Role{"first_line"},
                                {},
                                {},
                                {Signal{"info ja"}, Signal{"info nei"}},
                                ""};
  one.wants = {"eier", "virksomhet"};
  one.deadline = core::Deadline{{core::Span::Kind::working_time, 8h, 0}, days(1), ""};
  one.transitions = {way("løst", {"operator", "third_line"}, "S.2.10"),
                     way("mer", {"operator"}, "S.1.1"), way("bekreftet", {"end_user"}, "S slutt")};
  one.transitions.at(1).actions = {action(core::StopAlert{}),
                                   action(core::MoveTicket{SystemName{"desk"}, Status{"NY"}})};
  one.transitions.at(2).where = "s.yaml:9:9";  // heard also: it is S.2.10's
  one.timed = {timed(days(3), false, {}), timed({core::Span::Kind::plain, 4h, 0}, true, {}),
               timed(days(10), false, ActivityId{"S.1.1"}),
               timed({core::Span::Kind::plain, 48h, 0}, false, ActivityId{"S slutt"})};
  one.timed.at(0).move.actions = {action(core::Notify{SystemName{"epost"}, "eiers e-post", {}, {}}),
                                  action(core::SuggestSolutions{SystemName{"desk"}, {}, true})};
  one.timed.at(3).move.when = {{"versjon", std::nullopt, false}};
  one.timed.at(3).move.keep = {{"versjon", "nothing"}};
  return one;
}

Activity ends() {
  Activity one = activity("S slutt", "end_user", "Saken er lukket", "The case is closed");
  one.status = Status{"LUKKET"};
  one.ends = true;
  one.transitions = {way("ikke løst", {"end_user"}, "S.1.1")};
  return one;
}

void add_rules(core::Process& process) {
  using Whom = core::Broadcast::Whom;
  process.anywhere = {way("informert", {"first_line"}, nullptr),
                      way("korriger", {"first_line", "end_user"}, nullptr),
                      way("angre", {"first_line"}, "S.1.1")};
  process.anywhere.at(0).receipt = core::Receipt::informed;
  process.anywhere.at(0).when = {{"receipts.missing", std::nullopt, false}};
  process.anywhere.at(1).needs = "rettelse";
  process.anywhere.at(1).actions = {action(core::Broadcast{Whom::told, true, {}, {}}),
                                    action(core::Broadcast{Whom::own, false, {}, {}})};
  process.deviations = {{Signal{"lukket"}, core::Treatment::revert},
                        {Signal{"tatt"}, core::Treatment::allow}};
  process.parties.emplace(
      SystemName{"leverandør"},
      core::Party{SystemName{"leverandør"}, {SystemName{"operator"}, SystemName{"lonn"}}, ""});
  process.release = core::Release{"versjon", Signal{"versjon lansert"}, ""};
  process.values = {{"type", {{}, {"feil", "spørsmål"}}},
                    {"alvorlighet", {{}, {"info", "kritisk"}}},
                    {"virksomhet", {}}};
}

void add(const Activity& activity, core::Process& process) {
  process.order.push_back(activity.id);
  process.activities.emplace(activity.id, activity);
}

}  // namespace

const load::Configuration& shipped() {
  static const load::Configuration kShipped = load_shipped();
  return kShipped;
}

const core::Process& shipped_process(const std::string& name) {
  return **find_process(shipped().mapping, name);
}

Look look_of(const core::Process& process, core::Language language) {
  return {language, process.roles};
}

core::Process small_process() {
  core::Process process;
  process.id = core::ProcessId{"S"};
  process.title = {"En liten prosess på prøve", "A small process to try"};
  process.statuses = {Status{"NY"}, Status{"AVVENTER"}, Status{"LUKKET"}};
  process.begins = {
      {SystemName{"desk"}, ActivityId{"S.1.1"}, {}, ""},
      {SystemName{"operator"}, ActivityId{"S.1.1"}, {{"desk.number", std::nullopt, true}}, ""}};
  Activity told = activity("S.2.10", "first_line", "Overleverer løsningen", "Hands it over");
  told.transitions = {way("bekreftet", {"end_user"}, "S slutt")};
  told.transitions.at(0).where = "s.yaml:9:9";
  add_rules(process);
  for (const Activity& one : {registers(), hands_over(), solves(), told, ends()}) add(one, process);
  return process;
}

Look small_look(core::Language language) {
  return {language,
          {{Role{"operator"}, {"Driftsleverandør applikasjon", "Operator"}},
           {Role{"third_line"}, {"Brukerstøtte 3. linje", "3rd line"}},
           {Role{"first_line"}, {"Brukerstøtte 1. linje", "1st line"}}}};
}

core::Process random_process(std::mt19937& random) {
  const auto below = [&](int count) {
    return std::uniform_int_distribution<int>(0, count - 1)(random);
  };
  const int count = 1 + below(14);
  const auto id = [](int i) {
    return ActivityId{"R." + std::to_string(1 + i / 4) + "." + std::to_string(i)};
  };
  const auto role = [&] { return Role{"role " + std::to_string(below(5))}; };
  const auto timer = [&] {
    core::TimedMove timed;
    timed.after = {core::Span::Kind::working_days, {}, 1 + below(20)};
    timed.repeats = below(3) == 0;
    if (below(2) == 0) timed.move.next = id(below(count));
    return timed;
  };
  core::Process process;
  process.id = core::ProcessId{"R"};
  process.title = {"Tilfeldig", "Random"};
  for (int i = 0; i < count; ++i) {
    Activity one;
    one.id = id(i);
    one.by = {role()};
    for (int words = below(14); words >= 0; --words) one.title.nb += "ærlig talt ";
    one.ends = below(5) == 0;
    for (int ways = below(6); ways > 0; --ways) {
      Transition way;
      way.on = Signal{"signal " + std::to_string(below(3)) +
                      std::string(static_cast<std::size_t>(below(30)), 'x')};
      way.by = {role(), role()};
      if (below(5) != 0) way.next = id(below(count));
      one.transitions.push_back(way);
    }
    if (below(3) == 0) one.then = {{{}, id(below(count))}};
    for (int timers = below(8) - 3; timers > 0; --timers) one.timed.push_back(timer());
    if (below(4) == 0) one.by.push_back(role());
    add(one, process);
  }
  for (int begins = below(3); begins >= 0; --begins)
    process.begins.push_back({SystemName{"desk"}, id(below(count)), {}, ""});
  return process;
}

void expect_told(const std::string& told, const std::string& path) {
  if (std::getenv("SAKSBRO_WRITE_EXPECTED") != nullptr) std::ofstream(kRoot + path) << told;
  EXPECT_EQ(told, content_of(kRoot + path)) << path;
}

std::string complaint_of(const std::string& command) {
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return "popen failed";
  std::string output;
  std::array<char, 4096> piece{};
  while (std::fgets(piece.data(), static_cast<int>(piece.size()), pipe) != nullptr)
    output += piece.data();
  const int status = pclose(pipe);
  return status == 0 || !output.empty() ? output : "exit status " + std::to_string(status);
}

std::string complaint_about(const std::string& kind, const std::vector<std::string>& texts) {
  std::vector<std::unique_ptr<TextFile>> files;
  std::string command = "node '" + kRoot + ".work/views-tools/check.mjs' " + kind;
  if (!std::filesystem::exists(kRoot + ".work/views-tools/installed-lock.json"))
    return "the libraries of npm are missing: run tests/views/install-tools";
  for (const std::string& text : texts) {
    files.push_back(std::make_unique<TextFile>(text));
    command += " " + files.back()->path();
  }
  return complaint_of(command);
}

TextFile::TextFile(const std::string& text)
    : path_((std::filesystem::temp_directory_path() / "saksbro-view-XXXXXX").string()) {
  const int descriptor = mkstemp(path_.data());
  EXPECT_GE(descriptor, 0);
  if (FILE* file = fdopen(descriptor, "wb")) {
    EXPECT_EQ(std::fwrite(text.data(), 1, text.size(), file), text.size());
    EXPECT_EQ(std::fclose(file), 0);
  }
}

TextFile::~TextFile() { std::remove(path_.c_str()); }

}  // namespace saksbro::views
