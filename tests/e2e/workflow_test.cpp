// The workflow of the reference Redmine allows what `saksbro check --moves` asks of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/e2e/configuration.h"
#include "tests/rig/redmine_user.h"
#include "tests/rig/saksbro.h"

namespace saksbro::e2e {
namespace {

using Moves = std::set<std::pair<std::string, std::string>>;

std::string show(const Moves& moves) {
  std::string text;
  for (const auto& [from, to] : moves) text += from + " -> " + to + "\n";
  return text;
}

// What the user may do from each status, by an issue in each.
Moves allowed_for(const rig::RedmineUser& user) {
  Moves moves;
  for (const auto& [before, status] :
       std::vector<std::pair<std::string, std::string>>{{"Ny", "Ny"},
                                                        {"Under arbeid", "Under arbeid"},
                                                        {"Under arbeid", "AVVENTER"},
                                                        {"Under arbeid", "LØST"},
                                                        {"LØST", "LUKKET"}}) {
    const int issue = user.open("I " + status, "-");
    if (status != "Ny" && before != status) user.set_status(issue, before);
    if (status != "Ny") user.set_status(issue, status);
    const auto seen = user.issue(issue);
    for (const auto& next : seen.at("allowed_statuses"))
      moves.emplace(status, next.at("name").get<std::string>());
  }
  return moves;
}

Moves needed_by(const rig::Saksbro& saksbro, const std::string& role) {
  Moves moves;
  const std::string told = saksbro.verb({"check", "--moves", "--json"}).output;
  for (const auto& move : nlohmann::json::parse(told)) {
    if (move.at("system") == "desk" && move.value("role", "") == role && move.contains("status"))
      moves.emplace(move.at("status"), move.at("to"));
  }
  return moves;
}

TEST(TheReferenceRedmine, AllowsEveryMoveThatTheMappingsNeed) {
  const rig::RealRedmine redmine;
  rig::ConfigTexts texts = configuration({}, redmine.world());
  for (const char* secret : {"redmine.key", "rt.token", "mail.password"})
    texts[secret] = "not used";
  const std::string nowhere = "127.0.0.1:9";
  const rig::Saksbro saksbro(texts, {{"redmine", redmine.url()},
                                     {"rt", "http://" + nowhere},
                                     {"alerts", "http://" + nowhere},
                                     {"smtp", "smtp://" + nowhere},
                                     {"imap", "imap://" + nowhere},
                                     {"certificate", "none.pem"}});
  for (const auto& [role, user] : std::vector<std::pair<std::string, std::string>>{
           {"", "bro"}, {"first_line", "per"}, {"second_line", "kari"}}) {
    const Moves needed = needed_by(saksbro, role);
    const Moves allowed = allowed_for(rig::RedmineUser(redmine, user));
    EXPECT_GE(needed.size(), 4U) << user;
    Moves missing;
    std::set_difference(needed.begin(), needed.end(), allowed.begin(), allowed.end(),
                        std::inserter(missing, missing.end()));
    EXPECT_EQ(show(missing), "") << user;
  }
}

}  // namespace
}  // namespace saksbro::e2e
