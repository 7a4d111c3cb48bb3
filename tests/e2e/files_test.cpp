// Files between real servers: onto the tickets where they belong, once, byte for byte.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "bridge/codec/digest.h"
#include "tests/e2e/sees.h"
#include "tests/e2e/world.h"

namespace saksbro::e2e {
namespace {

using namespace std::chrono_literals;
using rig::eventually;
using rig::PersonFile;
using testing::UnorderedElementsAre;

std::string fingerprint(const std::string& bytes) { return codec::to_hex(codec::sha256(bytes)); }

// "name sha256", sorted as they came.
std::vector<std::string> told_of(const std::vector<PersonFile>& files) {
  std::vector<std::string> told;
  for (const PersonFile& file : files) told.push_back(file.name + " " + fingerprint(file.bytes));
  return told;
}

std::string told_of(const std::string& name, const PersonFile& file) {
  return name + " " + fingerprint(file.bytes);
}

std::vector<PersonFile> awaited(const auto& who, int ticket, std::size_t count) {
  return *eventually(std::to_string(count) + " files on " + std::to_string(ticket), 60s,
                     [&]() -> std::optional<std::vector<PersonFile>> {
                       auto files = who.files(ticket);
                       if (files.size() < count) return std::nullopt;
                       return files;
                     });
}

// Every byte there is, so that no encoding passes by chance.
std::string every_byte(std::size_t size) {
  std::string bytes(size, '\0');
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>((i * 7 + i / 256) & 0xFFU);
  return bytes;
}

PersonFile picture(const std::string& name) {
  return {name, "image/png", "\x89PNG\r\n\x1a\n" + name + every_byte(3000)};
}
PersonFile log_file(const std::string& name, const std::string& text) {
  return {name, "text/plain", text};
}

int issue_with_the_operator(World& world, int issue) {
  world.take_and_forward(issue);
  return world.forwarded(issue);
}

TEST(FilesOfACase, GoToTheOperatorWithItAndComeBackFromThere) {
  World world;
  world.saksbro->start();
  const int issue = world.register_issue("Med vedlegg");
  const PersonFile sent = picture("skjermbilde æøå.png");
  const PersonFile internal = log_file("notat.txt", "Bare for oss");
  world.kari().attach(issue, "Slik ser det ut.", {sent});
  world.kari().attach(issue, "Intern vurdering.", {internal}, true);
  const int ticket = issue_with_the_operator(world, issue);
  EXPECT_THAT(told_of(awaited(world.leif(), ticket, 1)),
              UnorderedElementsAre(told_of("skjermbilde æøå.png", sent)));
  const PersonFile latin1 = log_file("driftslogg.txt",
                                     "bl\xE5"
                                     "b\xE6r\r\nlinje to");
  const PersonFile theirs = {"arkiv.bin", "application/octet-stream", every_byte(5000)};
  world.leif().attach(ticket, "Se loggen.", {theirs});
  world.leif().attach(ticket, "Ikke for kunden.", {log_file("internt.txt", "hemmelig")}, true);
  EXPECT_THAT(told_of(awaited(world.per(), issue, 3)),
              UnorderedElementsAre(told_of("skjermbilde æøå.png", sent),
                                   told_of("notat.txt", internal), told_of("arkiv.bin", theirs)));
  world.kari().attach(issue, "Ikke i UTF-8.", {latin1});
  EXPECT_THAT(told_of(awaited(world.leif(), ticket, 4)),
              testing::Contains(told_of("driftslogg.txt", latin1)));
  world.settled();
  EXPECT_EQ(world.leif().files(ticket).size(), 4U) << "two of his own, two of the desk's";
  EXPECT_EQ(world.per().files(issue).size(), 4U);
  EXPECT_EQ(world.count_notes(issue, "arkiv.bin"), 1);
  EXPECT_EQ(world.count_entries(ticket, "skjermbilde æøå.png"), 1);
}

TEST(FilesOfACase, HaveNamesThatAreNoPaths) {
  World world;
  world.saksbro->start();
  const int issue = world.register_issue("Med rare navn");
  const int ticket = issue_with_the_operator(world, issue);
  std::string long_name = "lang ";
  for (int i = 0; i < 100; ++i) long_name += "ø";
  const std::vector<PersonFile> files{log_file("../x", "1"), log_file("Ola's \"50%\"; b.txt", "22"),
                                      log_file(long_name + ".txt", "333"), log_file("tom.txt", "")};
  world.leif().attach(ticket, "Fire filer.", files);
  const auto there = awaited(world.per(), issue, 4);
  std::vector<std::string> names;
  for (const PersonFile& file : there) names.push_back(file.name);
  EXPECT_THAT(names, UnorderedElementsAre("x", "Ola_s _50__; b.txt", testing::StartsWith("lang ø"),
                                          "tom.txt"));
  world.settled();
  EXPECT_EQ(world.per().files(issue).size(), 4U);
}

// Promise 51.
TEST(ALostAnswer, ToAnUploadWritesItOnce) {
  World world;
  world.saksbro->start();
  const int issue = world.register_issue("Med tapte svar");
  const int ticket = issue_with_the_operator(world, issue);
  world.answer_info_no(issue);
  world.settled();
  world.to_redmine->lose(rig::Loss::answer, "POST");
  world.to_redmine->lose(rig::Loss::answer, "PUT");
  const PersonFile theirs = picture("fra drift.png");
  world.leif().attach(ticket, "Se bildet.", {theirs});
  EXPECT_THAT(told_of(awaited(world.per(), issue, 1)),
              UnorderedElementsAre(told_of("fra drift.png", theirs)));
  world.settled();
  world.to_rt->lose(rig::Loss::answer, "POST");
  const PersonFile ours = picture("fra desk.png");
  world.kari().attach(issue, "Og her.", {ours});
  (void)awaited(world.leif(), ticket, 2);
  world.settled();
  EXPECT_THAT(
      told_of(world.leif().files(ticket)),
      UnorderedElementsAre(told_of("fra drift.png", theirs), told_of("fra desk.png", ours)));
  EXPECT_EQ(world.per().files(issue).size(), 2U);
  EXPECT_EQ(world.count_notes(issue, "fra drift.png"), 1);
  EXPECT_EQ(world.count_entries(ticket, "fra desk.png"), 1);
  EXPECT_GE(world.to_redmine->lost(), 1);
  EXPECT_EQ(world.to_rt->lost(), 1);
}

// Its bytes are gone, and Redmine does not know it yet: it shows the file and answers 404 for it.
void lose_the_bytes(const World& world) {
  int lost = 0;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(world.redmine.folder() / "run" / "files")) {
    if (entry.is_regular_file()) lost += std::filesystem::remove(entry.path()) ? 1 : 0;
  }
  ASSERT_EQ(lost, 1);
}

// Promise 52.
TEST(AFile, ThatIsGoneBeforeItIsFetchedIsToldAndTheCaseGoesOn) {
  World world;
  world.saksbro->start();
  const int issue = world.register_issue("Med vedlegg som blir borte");
  world.kari().attach(issue, "Denne blir borte.", {log_file("borte.txt", "borte")});
  world.settled();
  lose_the_bytes(world);
  const int ticket = issue_with_the_operator(world, issue);
  // The case note tells it, too, a little later.
  eventually("the refusal on the issue", 30s, [&] {
    return world.count_notes(issue, "Grunn: filen «borte.txt» finnes ikke lenger") == 1;
  });
  world.answer_info_no(issue);
  world.solve(ticket, "Løst hos oss.");
  world.solved(issue, "Løst hos oss.");
  world.confirm_and_close(issue);
  world.closed(issue, ticket);
  world.settled();
  EXPECT_TRUE(world.leif().files(ticket).empty());
}

// RT keeps a text in UTF-8, whatever it was in: what it lists is the size of what it has.
TEST(AFile, ThatTheOperatorAddsAsATextInAnotherCharsetArrives) {
  World world;
  world.saksbro->start();
  const int issue = world.register_issue("Med logg fra drift");
  const int ticket = issue_with_the_operator(world, issue);
  world.leif().attach(ticket, "Se loggen.",
                      {log_file("driftslogg.txt",
                                "bl\xE5"
                                "b\xE6r\r\nlinje to\r\n")});
  const auto files = awaited(world.per(), issue, 1);
  EXPECT_EQ(files.front().name, "driftslogg.txt");
}

TEST(AMail, WithAnInlineImageAndALargePdfGivesTwoFilesAtTheDesk) {
  World world({.others = "500ms"});
  world.saksbro->start();
  const PersonFile image = picture("");
  const PersonFile pdf = {"Måling.pdf", "application/pdf", "%PDF-1.4\n" + every_byte(1U << 20U)};
  const auto lines = [](const std::string& bytes) {
    const std::string all = codec::to_base64(bytes);
    std::string written;
    for (std::size_t at = 0; at < all.size(); at += 76) written += all.substr(at, 76) + "\n";
    return written;
  };
  world.mail.send(
      "kari@ude.test", "saker@kommune.test",
      "From: Kari <kari@ude.test>\nTo: saker@kommune.test\nSubject: Faktura med vedlegg\n"
      "Message-ID: <vedlegg@ude.test>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; "
      "boundary=m\n\n--m\nContent-Type: multipart/related; boundary=r\n\n--r\nContent-Type: "
      "text/html; charset=utf-8\n\n<p>Se <img src=\"cid:b\"></p>\n--r\nContent-Type: image/png\n"
      "Content-ID: <b>\nContent-Disposition: inline\nContent-Transfer-Encoding: base64\n\n" +
          lines(image.bytes) +
          "\n--r--\n\n--m\nContent-Type: application/pdf\nContent-Disposition: attachment; "
          "filename*=utf-8''M%C3%A5ling.pdf\nContent-Transfer-Encoding: base64\n\n" +
          lines(pdf.bytes) + "\n--m--\n");
  const int issue = issue_of(world.per(), "Faktura med vedlegg");
  EXPECT_THAT(told_of(awaited(world.per(), issue, 2)),
              UnorderedElementsAre(told_of("vedlegg.png", image), told_of("Måling.pdf", pdf)));
  world.settled();
  EXPECT_EQ(world.per().files(issue).size(), 2U);
}

}  // namespace
}  // namespace saksbro::e2e
