// The page behind a link, whole: pages/<test>.html, which SAKSBRO_WRITE_EXPECTED=1 writes anew.
#include "bridge/run/web/answer_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <random>
#include <sstream>
#include <stdexcept>

#include "bridge/codec/digest.h"
#include "bridge/codec/url.h"
#include "bridge/records/link_record.h"
#include "tests/engine/bridge_in_a_box.h"
#include "tests/engine/no_room.h"

namespace saksbro::run {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

const std::string kKari = "6";  // 2nd line
const std::string kPer = "7";   // 1st line

core::LinkClaim claim(const std::string& signal, const std::string& role,
                      const std::string& organisation = "") {
  return {CaseNumber{"SAK-2026-00001"}, core::Signal{signal}, core::Role{role}, organisation};
}

// The shipped one has no signal yet that asks for words.
core::Mapping mapping_with_a_question() {
  core::Mapping mapping = shipped_mapping();
  mapping.texts.link->signals[core::Signal{"ikke løst"}] = {
      {"Du melder at feilen ikke er rettet i «{case.number}».", "You report <b>{signal}</b>."},
      {"Feilen er ikke rettet", "It is not fixed"},
      core::Words{"Hva skjer fortsatt?", "What is still wrong?"}};
  return mapping;
}

class Page : public testing::Test {
 protected:
  // A case of M.1 about which 1st line has been told, so that "informert" is awaited.
  void play_until_first_line_is_told() {
    box.trackers.registers("desk", kPer, "Faktura <b>feiler</b> hos Ola Nordmann");
    box.poll("desk");
    box.settle();
    say(kKari, "/sak videresend drift");
    say(kKari, "/sak info ja Vent til i morgen");
  }

  void say(const std::string& who, const std::string& text) {
    box.trackers.comments("desk", who, text);
    box.poll("desk");
    box.settle();
  }

  [[nodiscard]] std::string path(const core::LinkClaim& one) const {
    const std::string address = box.links.address(one);
    return address.substr(address.find("/s/"));
  }

  [[nodiscard]] Arrival request(const std::string& method, const std::string& path,
                                const std::string& body = "") const {
    Arrival arrival;
    arrival.method = method;
    arrival.path = path;
    arrival.body = body;
    arrival.at = box.clock.now();
    arrival.peer = "192.0.2.7";
    if (method == "POST") arrival.headers["content-type"] = "application/x-www-form-urlencoded";
    return arrival;
  }

  net::Response get(const std::string& path) { return page.answer(request("GET", path)); }
  net::Response post(const std::string& path, const std::string& body = "") {
    return page.answer(request("POST", path, body));
  }

  std::vector<Delivery> links_stored() {
    std::vector<Delivery> found;
    for (const store::InboxRow& row : box.inbox()) {
      if (row.delivery.kind == DeliveryKind::link) found.push_back(row.delivery);
    }
    return found;
  }

  Box box;
  store::GroupCommit inbox{box.store()};
  core::Mapping mapping = mapping_with_a_question();
  AnswerPage page{
      {mapping, *mapping.texts.link, box.links, box.store(), inbox, box.metrics, box.wake}};
};

std::string without_style(std::string html) {
  const std::size_t begin = html.find("<style>") + 7;
  return html.replace(begin, html.find("</style>") - begin, "...");
}

void expect_page(const net::Response& response, int status) {
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  const std::string path =
      std::string(SAKSBRO_SOURCE) + "/tests/engine/pages/" + test->name() + ".html";
  const std::string html = without_style(response.body);
  if (std::getenv("SAKSBRO_WRITE_EXPECTED") != nullptr) std::ofstream(path) << html;
  std::ostringstream expected;
  expected << std::ifstream(path, std::ios::binary).rdbuf();
  EXPECT_EQ(html, expected.str());
  EXPECT_EQ(response.status, status);
}

TEST_F(Page, SaysWhatTheButtonDoesAndShowsNumbersOnly) {
  play_until_first_line_is_told();
  const auto response = get(path(claim("informert", "first_line", "Bærum")));
  expect_page(response, 200);
  EXPECT_THAT(response.body, Not(HasSubstr("Ola Nordmann")));
  EXPECT_THAT(without_style(response.body), Not(HasSubstr("#5")))
      << "the operator's number is not for others";
}

TEST_F(Page, IsInEnglishForWhoeverAsksForIt) {
  play_until_first_line_is_told();
  Arrival english = request("GET", path(claim("informert", "first_line", "Bærum")));
  english.headers["accept-language"] = "en-GB,en;q=0.8";
  expect_page(page.answer(english), 200);
  const auto by_path = get(english.path + "/en");
  EXPECT_EQ(by_path.headers.at("Content-Language"), "en");
  EXPECT_THAT(by_path.body, HasSubstr(R"(<a href="nb" lang="nb" hreflang="nb">På norsk</a>)"));
  english.path += "/nb";
  EXPECT_EQ(page.answer(english).headers.at("Content-Language"), "nb") << "the path decides";
}

TEST_F(Page, ShowsTheTitleToARoleThatMayReadItAndEscapesIt) {
  play_until_first_line_is_told();
  expect_page(get(path(claim("kvittert", "second_line"))), 200);
}

TEST_F(Page, AsksForWordsWhereTheSignalNeedsThem) {
  play_until_first_line_is_told();
  expect_page(get(path(claim("ikke løst", "end_user")) + "/en"), 200);
}

TEST_F(Page, SaysThatTheCaseDoesNotWaitForThis) {
  play_until_first_line_is_told();
  EXPECT_THAT(get(path(claim("informert", "first_line"))).body, Not(HasSubstr("class=\"note\"")));
  expect_page(get(path(claim("bekreftet", "end_user"))), 200);
  EXPECT_THAT(get(path(claim("informert", "operator"))).body, HasSubstr("class=\"note\""))
      << "that role may not say it";
}

TEST_F(Page, SaysThatTheCaseIsClosedAndTakesTheAnswer) {
  box.trackers.registers("desk", kPer, "Faktura feiler");
  box.poll("desk");
  box.settle();
  box.trackers.sets_status("desk", kPer, "LUKKET");
  box.poll("desk");
  box.settle();
  ASSERT_TRUE(box.only_case().closed);
  const std::string link = path(claim("bekreftet", "end_user"));
  expect_page(get(link), 200);
  EXPECT_EQ(post(link).status, 200);
  EXPECT_THAT(links_stored(), SizeIs(1));
}

TEST_F(Page, OfACaseThatIsNotInTheStoreTakesTheAnswer) {
  const std::string link = path(claim("bekreftet", "end_user"));
  EXPECT_THAT(get(link).body, HasSubstr("class=\"note\""));
  EXPECT_EQ(post(link).status, 200);
  EXPECT_THAT(links_stored(), SizeIs(1));
}

TEST_F(Page, ThanksWhenTheAnswerIsOnDisk) {
  play_until_first_line_is_told();
  const auto response = post(path(claim("informert", "first_line", "Bærum")), "seen=6");
  expect_page(response, 200);
  ASSERT_THAT(links_stored(), SizeIs(1));
  const Delivery stored = links_stored().front();
  EXPECT_EQ(stored.system, SystemName{"saksbro:link"});
  EXPECT_EQ(records::read_link(stored.body),
            (records::LinkRecord{CaseNumber{"SAK-2026-00001"}, core::Signal{"informert"},
                                 core::Role{"first_line"}, "Bærum", ""}));
  EXPECT_EQ(box.metrics.value("saksbro_deliveries_total", "system=\"saksbro:link\",new=\"yes\""),
            1);
}

TEST_F(Page, ThatIsSentTwiceIsOneAnswerAndThanksBothTimes) {
  play_until_first_line_is_told();
  const std::string link = path(claim("ikke løst", "end_user"));
  const std::string body = "text=Det+feiler+fortsatt&seen=6";
  const auto first = post(link, body);
  const auto second = post(link + "/nb", body);
  EXPECT_EQ(first.status, 200);
  EXPECT_EQ(second.body, first.body);
  EXPECT_THAT(links_stored(), SizeIs(1));
  EXPECT_EQ(post(link, "text=Noe+annet&seen=6").status, 200);
  EXPECT_EQ(post(path(claim("informert", "first_line"))).status, 200);
  EXPECT_THAT(links_stored(), SizeIs(3)) << "other words and other links are other answers";
}

// Solved, "not solved", solved again: the link in the second mail is the same, the answer is not.
TEST_F(Page, ThatIsFetchedAgainAfterTheCaseHasMovedIsANewAnswer) {
  box.trackers.registers("desk", kPer, "Faktura feiler");
  box.poll("desk");
  box.settle();
  const std::string link = path(claim("informert", "first_line"));
  const auto hidden = [&] {
    const std::string html = get(link).body;
    const std::size_t at = html.find("name=\"seen\" value=\"") + 19;
    return "seen=" + html.substr(at, html.find('"', at) - at);
  };
  const std::string before = hidden();
  EXPECT_EQ(post(link, before).status, 200);
  say(kKari, "/sak videresend drift");
  EXPECT_EQ(post(link, before).status, 200) << "the old page, sent again";
  EXPECT_THAT(links_stored(), SizeIs(1));
  EXPECT_NE(hidden(), before);
  EXPECT_EQ(post(link, hidden()).status, 200);
  EXPECT_THAT(links_stored(), SizeIs(2));
}

TEST_F(Page, WithoutTheWordsThatItNeedsIsShownAgainAndNothingIsStored) {
  play_until_first_line_is_told();
  const std::string link = path(claim("ikke løst", "end_user"));
  expect_page(post(link, "text=+%0D%0A&seen=6"), 422);
  EXPECT_EQ(post(link, "").status, 422);
  EXPECT_THAT(links_stored(), IsEmpty());
}

TEST_F(Page, KeepsWordsAsTheyWereTypedAndOnlyWhereItAskedForThem) {
  const std::string words = "Nei!\n<b>«Æsj»</b> & 100 % \"galt\" 😀";
  EXPECT_EQ(post(path(claim("ikke løst", "end_user")),
                 "text=" + codec::percent_encode("\r\n" + words + "\r\n"))
                .status,
            200);
  EXPECT_EQ(post(path(claim("informert", "first_line")), "text=ikke+spurt+om").status, 200);
  ASSERT_THAT(links_stored(), SizeIs(2));
  EXPECT_EQ(need(records::read_link(links_stored()[0].body)).text, words);
  EXPECT_EQ(need(records::read_link(links_stored()[1].body)).text, "");
}

TEST_F(Page, ThatCannotBeStoredSaysSoAndGivesTheWordsBack) {
  NoRoom full;
  store::GroupCommit nowhere{full};
  AnswerPage closed{
      {mapping, *mapping.texts.link, box.links, full, nowhere, box.metrics, box.wake}};
  const auto response = closed.answer(
      request("POST", path(claim("ikke løst", "end_user")), "text=L%C3%B8st%3F+%3CNei%3E&seen=6"));
  EXPECT_EQ(response.headers.at("Retry-After"), "30");
  expect_page(response, 503);
}

TEST_F(Page, TakesEightKibibytesAndNotOneMore) {
  const std::string link = path(claim("ikke løst", "end_user"));
  const std::string most = "text=" + std::string(8U * 1024U - 5, 'a');
  EXPECT_EQ(post(link, most).status, 200);
  EXPECT_THAT(links_stored(), SizeIs(1));
  expect_page(post(link, most + "a"), 413);
  EXPECT_THAT(links_stored(), SizeIs(1));
}

TEST_F(Page, TakesAllThatItsBoxTakes) {
  std::string letters;
  for (int i = 0; i < 1300; ++i) letters += "å";
  EXPECT_EQ(
      post(path(claim("ikke løst", "end_user")), "text=" + codec::percent_encode(letters)).status,
      200);
}

TEST_F(Page, ForNoLinkOfOursHelpsInBothLanguages) {
  expect_page(get("/s/1abcdefg"), 404);
  EXPECT_EQ(post("/s/1abcdefg").status, 404);
  EXPECT_EQ(box.metrics.value("saksbro_refused_deliveries_total",
                              R"(system="saksbro:link",reason="signature")"),
            2);
  const SignedLinks retired({"https://saksbro.example.no", {Secret(std::string(32, 'y'))}});
  const std::string old = retired.address(claim("informert", "first_line"));
  EXPECT_EQ(get(old.substr(old.find("/s/"))).status, 404);
}

TEST_F(Page, ChangesNothingWhenItIsOnlyLookedAt) {
  play_until_first_line_is_told();
  const auto before = box.inbox().size();
  for (const char* method : {"GET", "HEAD"}) {
    EXPECT_EQ(page.answer(request(method, path(claim("informert", "first_line")), "text=x")).status,
              200);
  }
  box.handle_all();
  EXPECT_EQ(box.inbox().size(), before);
  EXPECT_EQ(box.only_case().activity, core::ActivityId{"M.1.3.4"});
}

TEST_F(Page, TakesNoOtherMethodsAndNoOtherKindsOfBody) {
  const std::string link = path(claim("informert", "first_line"));
  for (const char* method : {"PUT", "DELETE", "OPTIONS", "PATCH", "get", ""}) {
    const auto response = page.answer(request(method, link));
    EXPECT_EQ(response.status, 405) << method;
    EXPECT_EQ(response.headers.at("Allow"), "GET, HEAD, POST");
  }
  for (const char* type :
       {"application/json", "text/plain", "multipart/form-data; boundary=x", ""}) {
    Arrival arrival = request("POST", link, "text=a");
    arrival.headers["content-type"] = type;
    const auto response = page.answer(arrival);
    EXPECT_EQ(response.status, 415) << type;
    EXPECT_EQ(response.body, "expected application/x-www-form-urlencoded\n");
  }
  Arrival charset = request("POST", link);
  charset.headers["content-type"] = "Application/X-WWW-Form-Urlencoded; charset=UTF-8";
  EXPECT_EQ(page.answer(charset).status, 200);
  EXPECT_EQ(post(link, "text=%").body, "invalid form: a % without two digits, or invalid UTF-8\n");
  EXPECT_EQ(post(link, "text=%").status, 400);
}

TEST_F(Page, AllowsNothingButItsOwnStyleAndIsNotKept) {
  const std::string link = path(claim("ikke løst", "end_user"));
  for (const auto& response : {get(link), post(link, "text=a"), post(link), get("/s/x")}) {
    const std::size_t begin = response.body.find("<style>") + 7;
    const std::string style = response.body.substr(begin, response.body.find("</style>") - begin);
    const Headers expected{
        {"Cache-Control", "no-store"},
        {"Content-Language", "nb"},
        {"Content-Security-Policy",
         "default-src 'none'; style-src 'sha256-" + codec::to_base64(codec::sha256(style)) +
             "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
        {"Referrer-Policy", "no-referrer"},
        {"X-Content-Type-Options", "nosniff"},
        {"X-Robots-Tag", "noindex, nofollow"}};
    EXPECT_EQ(response.headers, expected);
    EXPECT_EQ(response.content_type, "text/html; charset=utf-8");
    for (const char* active : {"<script", "<img", "<link", "style=\"", "http-equiv", " on"})
      EXPECT_THAT(without_style(response.body), Not(HasSubstr(active)));
  }
}

TEST_F(Page, LogsNeitherTokensNorWords) {
  testing::internal::CaptureStdout();
  const std::string link = path(claim("ikke løst", "end_user"));
  (void)get(link);
  (void)post(link, "text=hemmelig");
  (void)get("/s/1gjettet");
  const std::string logged = testing::internal::GetCapturedStdout();
  EXPECT_THAT(logged, HasSubstr("delivery.stored"));
  for (const std::string& secret :
       {link.substr(3), std::string("hemmelig"), std::string("gjettet")})
    EXPECT_THAT(logged, Not(HasSubstr(secret)));
}

std::string random_bytes(std::mt19937& random, std::size_t most) {
  static const std::vector<std::string> kPieces{
      "/",  "/s/", "/en",  "/nb", "..",           "%00",   "%", "\xc3",   "\0",     "<script>",
      "\"", "'",   "&",    "=",   "text=",        "seen=", "+", "%C3%B8", "%0d%0a", "1",
      "a",  "7",   "\r\n", "😀",   "{case.number}"};
  std::string bytes;
  for (std::size_t i = random() % most; i > 0; --i) {
    bytes += random() % 4 == 0 ? std::string(1, static_cast<char>(random() % 256))
                               : kPieces[random() % kPieces.size()];
  }
  return bytes;
}

TEST_F(Page, StandsTenThousandRandomPathsAndBodies) {
  std::mt19937 random{1};
  const std::string link = path(claim("ikke løst", "end_user"));
  int taken = 0;
  for (int i = 0; i < 10'000; ++i) {
    box.clock.pass(std::chrono::minutes{1});  // so that some are more than a link may bring
    // Half of them behind a true link, or nearly.
    std::string where = random() % 2 == 0 ? link : "/s/" + random_bytes(random, 12);
    if (random() % 8 == 0) where[random() % where.size()] = static_cast<char>(random() % 256);
    if (random() % 8 == 0) where += random_bytes(random, 4);
    std::string body = random_bytes(random, 12);
    if (random() % 2 == 0) body = "text=" + codec::percent_encode(body);
    if (random() % 4 == 0) body = "text=" + std::to_string(random() % 1000) + "+%C3%B8";
    Arrival arrival = request(random() % 2 == 0 ? "GET" : "POST", where, body);
    arrival.headers["accept-language"] = random_bytes(random, 6);
    const auto response = page.answer(arrival);
    const bool ours = response.status == 200 || response.status == 422 || response.status == 400 ||
                      response.status == 429;
    const bool true_path = where == link || where == link + "/nb" || where == link + "/en";
    EXPECT_EQ(ours, true_path) << response.status << " for " << where;
    EXPECT_THAT(response.body, Not(HasSubstr("<script")));
    if (response.status == 200 && arrival.method == "POST") ++taken;
  }
  EXPECT_GT(taken, 100);
  EXPECT_LE(links_stored().size(), static_cast<std::size_t>(taken));
  for (const Delivery& delivery : links_stored())
    EXPECT_TRUE(records::read_link(delivery.body)) << delivery.body;
}

// --- how many

TEST_F(Page, OneLinkBringsTwentyAnswersAnHourAndThenSaysSo) {
  play_until_first_line_is_told();
  const std::string link = path(claim("ikke løst", "end_user"));
  for (int i = 0; i < 20; ++i)
    EXPECT_EQ(post(link, "text=svar+" + std::to_string(i)).status, 200) << i;
  const net::Response refused = post(link + "/nb", "text=enda+et");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.headers.at("Retry-After"), "3600");
  EXPECT_THAT(refused.body, HasSubstr("Det er kommet mange svar om denne saken på kort tid"));
  EXPECT_THAT(refused.body, HasSubstr(">enda et</textarea>"));
  EXPECT_THAT(post(link + "/en", "text=one+more").body,
              HasSubstr("Too many answers about this case have come in a short time"));
  EXPECT_EQ(links_stored().size(), 20U);
  EXPECT_EQ(box.metrics.value("saksbro_refused_deliveries_total",
                              R"(system="saksbro:link",reason="limit")"),
            2);
  EXPECT_EQ(get(link).status, 200) << "to look is allowed";
  box.clock.pass(std::chrono::hours{1});
  EXPECT_EQ(post(link, "text=enda+et").status, 200);
}

TEST_F(Page, TheSameAnswerAgainIsNoMoreAndNoneIsRefusedForIt) {
  play_until_first_line_is_told();
  const std::string link = path(claim("ikke løst", "end_user"));
  for (int i = 0; i < 30; ++i) EXPECT_EQ(post(link, "text=svar").status, 200) << i;
  EXPECT_EQ(links_stored().size(), 1U);
}

}  // namespace
}  // namespace saksbro::run
