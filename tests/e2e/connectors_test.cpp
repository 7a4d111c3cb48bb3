// What connectors count on is what the real servers do.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "tests/e2e/connected.h"
#include "tests/rig/redmine_user.h"
#include "tests/rig/rt_user.h"

namespace saksbro::e2e {
namespace {

using rig::RedmineUser;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using testing::ThrowsMessage;
using testing::UnorderedElementsAre;

const std::string kReference = "[SAK-2026-00001/notat]";

Setting::Map redmine_settings(const rig::RealRedmine& server) {
  const std::string marker = server.world()["custom_fields"]["Saksbro-nøkkel"].dump();
  return {set("url", server.url()),
          set("key", Secret(server.key("bro"))),
          set("project", "saksportal"),
          set("tracker", "Sak"),
          set("custom_fields", Setting::Map{set("Saksbro-nøkkel", marker)}),
          set("marker_field", "Saksbro-nøkkel")};
}

KeepNote note(int ticket, const std::string& text, Visibility visibility = Visibility::internal) {
  return {RemoteKey(std::to_string(ticket)), text + "\n" + kReference, kReference, visibility};
}

// Edits a note of Redmine's, as people do with the pencil beside it.
void edit(const rig::RealRedmine& server, const std::string& who, int journal,
          const std::string& text) {
  rig::Rest(server.url(), {"X-Redmine-API-Key", server.key(who)})
      .put("/journals/" + std::to_string(journal) + ".json", {{"journal", {{"notes", text}}}});
}

int only_journal(const nlohmann::json& issue) {
  if (issue.at("journals").size() != 1) throw std::runtime_error(issue.at("journals").dump());
  return issue.at("journals").at(0).at("id").get<int>();
}

TEST(RealRedmine, KeepsOneCaseNoteThatPeopleCannotMakeUntrueForLong) {
  const rig::RealRedmine server;
  const Connected desk("redmine", redmine_settings(server));
  const RedmineUser per(server, "per");
  const RedmineUser kari(server, "kari");
  const int id = per.open("Skriveren står æøå", "Den svarer ikke.");
  EXPECT_EQ(desk.perform(note(id, "*NY* hos 2. linje, #1")).comments.at(0).text,
            "*NY* hos 2. linje, #1\n" + kReference);
  const int journal = only_journal(kari.issue(id));
  const auto stamp = kari.issue(id).at("updated_on");
  EXPECT_THAT(rig::notes(per.issue(id)), IsEmpty()) << "it is internal";

  std::this_thread::sleep_for(std::chrono::milliseconds(1100));  // stamps are whole seconds
  desk.perform(note(id, "AVVENTER"));
  EXPECT_THAT(rig::notes(kari.issue(id)), ElementsAre("AVVENTER\n" + kReference));
  edit(server, "kari", journal, "Bare tull\n" + kReference);
  desk.perform(note(id, "AVVENTER"));
  EXPECT_THAT(rig::notes(kari.issue(id)), ElementsAre("AVVENTER\n" + kReference));
  EXPECT_EQ(only_journal(kari.issue(id)), journal);
  EXPECT_EQ(kari.issue(id).at("updated_on"), stamp) << "an edited note is no news";

  edit(server, "kari", journal, "");  // deletes it
  desk.perform(note(id, "AVVENTER"));
  EXPECT_THAT(rig::notes(kari.issue(id)), ElementsAre("AVVENTER\n" + kReference));
  desk.perform(note(id, "AVVENTER", Visibility::everyone));
  EXPECT_THAT(rig::notes(per.issue(id)), ElementsAre("AVVENTER\n" + kReference));
  desk.perform(note(id, "LØST"));
  EXPECT_THAT(rig::notes(kari.issue(id)), ElementsAre("LØST\n" + kReference));
  EXPECT_THAT(rig::notes(per.issue(id)), IsEmpty());
}

TEST(RealRedmine, TellsTheRolesOfPeopleAndTheVersionsThatAreReleased) {
  const rig::RealRedmine server;
  Setting::Map settings = redmine_settings(server);
  settings.push_back(set("people", "project_roles"));
  settings.push_back(set("versions", "true"));
  const Connected desk("redmine", std::move(settings));
  const int id = RedmineUser(server, "per").open("Skriveren står", "Den svarer ikke.");
  RedmineUser(server, "kari").note(id, "Ser på den.", true);
  const Ticket seen = desk.perform(ReadTicket{RemoteKey(std::to_string(id))});
  const auto user = [&](const char* name) { return server.world()["users"][name].dump(); };
  EXPECT_THAT(seen.groups,
              UnorderedElementsAre(Pair(user("per"), ElementsAre("Brukerstøtte 1. linje")),
                                   Pair(user("kari"), ElementsAre("Brukerstøtte 2. linje"))));

  const Observation released = VersionReleased{"7.2"};
  EXPECT_THAT(desk.poll(), testing::Not(Contains(released)));
  const std::string version = server.world()["versions"]["saksportal"]["7.2"].dump();
  rig::Rest(server.url(), {"X-Redmine-API-Key", server.key("kari")})
      .put("/versions/" + version + ".json", {{"version", {{"status", "closed"}}}});
  EXPECT_THAT(desk.poll(), Contains(released));
}

Connected desk_by_groups(const rig::RealRedmine& server, const std::string& group,
                         const std::string& whose_key) {
  Setting::Map settings = redmine_settings(server);
  settings.push_back(
      set("people", Setting::Map{set("groups", Setting::List{set("", group).setting}),
                                 set("key", Secret(server.key(whose_key)))}));
  return {"redmine", std::move(settings)};
}

TEST(RealRedmine, TellsTheGroupsOfPeopleByTheKeyOfAnAdministratorAndByNoOther) {
  const rig::RealRedmine server;
  const auto user = [&](const char* name) { return server.world()["users"][name]; };
  rig::Rest(server.url(), {"X-Redmine-API-Key", server.key("admin")})
      .post("/groups.json",
            {{"group",
              {{"name", "Servicekontoret på Økern"}, {"user_ids", {user("kari"), user("ola")}}}}});
  const int id = RedmineUser(server, "per").open("Skriveren står", "Den svarer ikke.");
  RedmineUser(server, "kari").note(id, "Ser på den.", true);
  const ReadTicket look{RemoteKey(std::to_string(id))};
  EXPECT_THAT(desk_by_groups(server, "Servicekontoret på Økern", "admin").perform(look).groups,
              ElementsAre(Pair(user("kari").dump(), ElementsAre("Servicekontoret på Økern"))));
  EXPECT_THAT([&] { desk_by_groups(server, "Servicekontoret på Økern", "bro").perform(look); },
              ThrowsMessage<std::runtime_error>(HasSubstr("is the key in people.key an "
                                                          "administrator's?")));
  EXPECT_THAT([&] { desk_by_groups(server, "Servicekontoret", "admin").perform(look); },
              ThrowsMessage<std::runtime_error>(
                  HasSubstr("Redmine has no group \"Servicekontoret\" (people.groups)")));
}

TEST(RealRt, KeepsTheCaseNoteInAFieldThatIsNoNewsAndTellsTheGroupsOfPeople) {
  const rig::RealRt server;
  Setting::Map settings = {set("url", server.url()), set("token", Secret(server.token("bro"))),
                           set("queue", "Leveranse"), set("marker_field", "Saksbro-nøkkel")};
  const rig::RtUser leif(server, "leif");
  const int id = leif.open("Leveranse", "Databasen svarer ikke", "Siden 06:40.");
  EXPECT_THAT(Connected("rt", settings).rejected(note(id, "NY")), HasSubstr("note_field"));

  settings.push_back(set("note_field", "Saksnotat"));
  settings.push_back(
      set("people", Setting::Map{set("groups", Setting::List{set("", "Drift").setting,
                                                             set("", "Tredjelinje").setting})}));
  const Connected op("rt", settings);
  for (const char* status : {"NY", "LØST æøå\n\n<b>#1</b>"}) {
    const Ticket seen = op.perform(note(id, status));
    EXPECT_THAT(seen.changes, IsEmpty());
    EXPECT_FALSE(seen.fields.contains("Saksnotat"));
    EXPECT_THAT(seen.groups, ElementsAre(Pair("leif", ElementsAre("Drift"))));
    EXPECT_EQ(rig::custom_field(leif.ticket(id), "Saksnotat"),
              nlohmann::json({status + ("\n" + kReference)}));
  }
  const auto before = leif.history(id).size();
  op.perform(note(id, "LØST æøå\n\n<b>#1</b>"));
  EXPECT_EQ(leif.history(id).size(), before) << "what is right is not written again";
}

TEST(RealRt, TellsWhichMailsHaveTheLineBreaksOfAProgram) {
  const rig::RealRt server;
  const rig::RtUser leif(server, "leif");
  const std::string head = "From: leif@leverandor.test\nTo: leveranse@leverandor.test\n";
  const std::string words = "som egentlig hø \nrer sammen.\n >ikke et sitat\n-- \nLeif";
  leif.mail("Leveranse",
            head +
                "Subject: Flytende\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8; "
                "format=flowed; delsp=yes\n\n" +
                words);
  leif.mail("Leveranse", head +
                             "Subject: I deler\nMIME-Version: 1.0\nContent-Type: "
                             "multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain; "
                             "charset=utf-8; format=flowed\n\nen lang \nlinje\n--x--\n");
  const Connected op("rt", {set("url", server.url()), set("token", Secret(server.token("bro"))),
                            set("queue", "Leveranse"), set("marker_field", "Saksbro-nøkkel")});
  const auto text_of = [&](const std::string& subject) {
    const int id = leif.find("Subject = '" + subject + "'").at(0);
    return op.perform(ReadTicket{RemoteKey(std::to_string(id))}).text;
  };
  EXPECT_EQ(text_of("Flytende"), "som egentlig hører sammen.\n>ikke et sitat\n-- \nLeif");
  EXPECT_EQ(text_of("I deler"), "en lang linje");
}

}  // namespace
}  // namespace saksbro::e2e
