#include "bridge/contract/settings.h"

#include <gtest/gtest.h>

namespace saksbro {
namespace {

using std::chrono::milliseconds;

Setting scalar(const std::string& key, std::variant<std::string, Secret> value) {
  Setting setting{"c.yaml:2:5", "desk." + key, {}};
  if (auto* text = std::get_if<std::string>(&value)) setting.value = *text;
  if (auto* secret = std::get_if<Secret>(&value)) setting.value = *secret;
  return setting;
}

// What "desk:" would be with one key; "c.yaml:1:1" is the map itself, "c.yaml:2:5" the value.
Setting desk(const std::string& key, std::variant<std::string, Secret> value) {
  return {"c.yaml:1:1", "desk", Setting::Map{{key, scalar(key, std::move(value))}}};
}

const Setting kEmpty{"c.yaml:1:1", "desk", Setting::Map{}};

std::vector<std::string> texts(const Errors& errors) {
  std::vector<std::string> all;
  for (const Error& error : errors) all.push_back(error.text());
  return all;
}

using Texts = std::vector<std::string>;
using Ask = void (*)(SettingsReader&);

struct Row {
  const char* name;
  Setting settings;
  Ask ask;
  Texts errors;
};

class SettingsReaderErrors : public testing::TestWithParam<Row> {};

TEST_P(SettingsReaderErrors, NameThePlaceAndWhatWasExpected) {
  SettingsReader reader(GetParam().settings);
  GetParam().ask(reader);
  EXPECT_EQ(texts(reader.finish()), GetParam().errors);
}

const Ask kText = [](SettingsReader& r) { (void)r.text("name"); };
const Ask kTextOr = [](SettingsReader& r) { (void)r.text_or("name", "x"); };
const Ask kSecret = [](SettingsReader& r) { (void)r.secret("token"); };
const Ask kSecretIfGiven = [](SettingsReader& r) { (void)r.secret_if_given("token"); };
const Ask kUrl = [](SettingsReader& r) { (void)r.url("url"); };
const Ask kFlag = [](SettingsReader& r) { (void)r.flag_or("external", false); };
const Ask kDuration = [](SettingsReader& r) { (void)r.duration("poll"); };
const Ask kNumber = [](SettingsReader& r) { (void)r.whole_number("port", 1, 65535); };
const Ask kOneOf = [](SettingsReader& r) { (void)r.one_of("scheme", {"hmac", "token"}, "hmac"); };
const Ask kMap = [](SettingsReader& r) { (void)r.map("webhook"); };
const Ask kList = [](SettingsReader& r) { (void)r.list("queues"); };

const char* const kInTheFile =
    "c.yaml:2:5: desk.token: a secret must not be written in the configuration itself: use { env: "
    "NAME }, { file: PATH } or { credential: NAME }";

const Row kValues[] = {
    {"TextMissing", kEmpty, kText, {"c.yaml:1:1: desk: \"name\" is missing"}},
    {"TextEmpty", desk("name", ""), kText, {"c.yaml:2:5: desk.name: expected a text"}},
    {"TextIsASecret", desk("name", Secret("x")), kText, {"c.yaml:2:5: desk.name: expected a text"}},
    {"TextGiven", desk("name", "x"), kText, {}},
    {"TextOrMissing", kEmpty, kTextOr, {}},
    {"TextOrEmpty", desk("name", ""), kTextOr, {"c.yaml:2:5: desk.name: expected a text"}},
    {"SecretMissing",
     kEmpty,
     kSecret,
     {"c.yaml:1:1: desk: \"token\" is missing: expected { env: NAME }, { file: PATH } or { "
      "credential: NAME }"}},
    {"SecretInTheFile", desk("token", "x"), kSecret, {kInTheFile}},
    {"SecretGiven", desk("token", Secret("x")), kSecret, {}},
    {"SecretIfGivenMissing", kEmpty, kSecretIfGiven, {}},
    {"SecretIfGivenInTheFile", desk("token", "x"), kSecretIfGiven, {kInTheFile}},
    {"FlagMissing", kEmpty, kFlag, {}},
    {"FlagYes",
     desk("external", "yes"),
     kFlag,
     {"c.yaml:2:5: desk.external: expected true or false"}},
    {"FlagInCapitals",
     desk("external", "True"),
     kFlag,
     {"c.yaml:2:5: desk.external: expected true or false"}},
    {"DurationMissing", kEmpty, kDuration, {}},
    {"DurationWithoutUnit",
     desk("poll", "10"),
     kDuration,
     {"c.yaml:2:5: desk.poll: expected a time span like 250ms, 10s, 5m, 2h or 7d"}},
    {"NumberMissing", kEmpty, kNumber, {}},
    {"NumberTooSmall",
     desk("port", "0"),
     kNumber,
     {"c.yaml:2:5: desk.port: expected a whole number from 1 to 65535"}},
    {"NumberTooLarge",
     desk("port", "65536"),
     kNumber,
     {"c.yaml:2:5: desk.port: expected a whole number from 1 to 65535"}},
    {"NumberIsWord",
     desk("port", "http"),
     kNumber,
     {"c.yaml:2:5: desk.port: expected a whole number from 1 to 65535"}},
    {"OneOfMissing", kEmpty, kOneOf, {}},
    {"OneOfMisspelt",
     desk("scheme", "tokn"),
     kOneOf,
     {"c.yaml:2:5: desk.scheme: unknown value \"tokn\": expected one of hmac, token; did you mean "
      "\"token\"?"}},
    {"OneOfUnlike",
     desk("scheme", "basic"),
     kOneOf,
     {"c.yaml:2:5: desk.scheme: unknown value \"basic\": expected one of hmac, token"}},
    {"MapMissing", kEmpty, kMap, {}},
    {"MapIsText", desk("webhook", "x"), kMap, {"c.yaml:2:5: desk.webhook: expected a map"}},
    {"ListMissing", kEmpty, kList, {}},
    {"ListIsText", desk("queues", "x"), kList, {"c.yaml:2:5: desk.queues: expected a list"}},
    {"UrlMissing", kEmpty, kUrl, {"c.yaml:1:1: desk: \"url\" is missing"}},
};

std::string no_address(const std::string& url) {
  return "c.yaml:2:5: desk.url: \"" + url +
         "\" is no address: expected http://host or https://host, without user, query or blanks";
}

TEST(SettingsReader, RefusesEveryAddressThatIsNone) {
  for (const char* url : {"desk.example", "ftp://desk", "HTTP://desk", "http:/desk", "http://",
                          "https://", "http://me:secret@desk", "http://desk?x=1", "http://desk#x",
                          "http://de sk", "http://desk\n", "http://desk\r\nx: y"}) {
    const Setting settings = desk("url", url);
    SettingsReader reader(settings);
    kUrl(reader);
    EXPECT_EQ(texts(reader.finish()), Texts{no_address(url)});
  }
}

TEST(SettingsReader, CutsTheSlashesAtTheEndOfAnAddress) {
  const Setting settings = desk("url", "https://desk:3000/redmine//");
  SettingsReader reader(settings);
  EXPECT_EQ(reader.url("url"), "https://desk:3000/redmine");
  EXPECT_EQ(reader.finish(), Errors{});
}

const Row kUnknown[] = {
    {"NearAKnownOne",
     desk("tokn", Secret("x")),
     [](SettingsReader& r) {
       (void)r.text_or("url", "x");
       (void)r.secret_if_given("token");
     },
     {"c.yaml:2:5: desk.tokn: unknown key; expected one of token, url; did you mean \"token\"?"}},
    {"NearNone",
     desk("colour", "red"),
     [](SettingsReader& r) { (void)r.text_or("url", "x"); },
     {"c.yaml:2:5: desk.colour: unknown key; expected one of url"}},
    {"BesideAMissingOne",
     desk("nam", "x"),
     kText,
     {"c.yaml:1:1: desk: \"name\" is missing",
      "c.yaml:2:5: desk.nam: unknown key; expected one of name; did you mean \"name\"?"}},
    {"NoMapAtAll",
     {"c.yaml:1:1", "desk", std::string("x")},
     kTextOr,
     {"c.yaml:1:1: desk: expected a map of settings"}},
};

const auto kRowName = [](const auto& row) { return row.param.name; };
INSTANTIATE_TEST_SUITE_P(Values, SettingsReaderErrors, testing::ValuesIn(kValues), kRowName);
INSTANTIATE_TEST_SUITE_P(UnknownKeys, SettingsReaderErrors, testing::ValuesIn(kUnknown), kRowName);

TEST(SettingsReader, GivesWhatStandsThere) {
  Setting::Map map;
  for (const auto& [key, value] : std::vector<std::pair<std::string, std::string>>{
           {"name", "Løst"}, {"external", "true"}, {"poll", "10s"}, {"port", "010"}, {"no", "no"}})
    map.emplace_back(key, scalar(key, value));
  map.emplace_back("token", scalar("token", Secret("hush")));
  map.emplace_back("webhook", Setting{"", "", Setting::Map{}});
  map.emplace_back("queues", Setting{"", "", Setting::List{}});
  const Setting settings{"c.yaml:1:1", "desk", std::move(map)};
  SettingsReader reader(settings);
  EXPECT_EQ(reader.text("name"), "Løst");
  EXPECT_TRUE(reader.flag_or("external", false));
  EXPECT_EQ(reader.duration("poll"), milliseconds(10'000));
  EXPECT_EQ(reader.whole_number("port", 1, 100), 10);
  EXPECT_EQ(reader.one_of("no", {"no", "nb"}, "nb"), "no");  // Norway is a text
  EXPECT_EQ(reader.secret("token").reveal(), "hush");
  EXPECT_EQ(reader.secret_if_given("token").value().reveal(), "hush");
  EXPECT_NE(reader.map("webhook"), nullptr);
  EXPECT_NE(reader.list("queues"), nullptr);
  EXPECT_EQ(texts(reader.finish()), Texts{});
}

TEST(SettingsReader, FallsBackWhereNothingStands) {
  SettingsReader reader(kEmpty);
  EXPECT_EQ(reader.text_or("name", "x"), "x");
  EXPECT_TRUE(reader.flag_or("external", true));
  EXPECT_EQ(reader.duration("poll"), std::nullopt);
  EXPECT_EQ(reader.whole_number("port", 1, 2), std::nullopt);
  EXPECT_EQ(reader.one_of("scheme", {"hmac"}, "hmac"), "hmac");
  EXPECT_FALSE(reader.secret_if_given("token"));
  EXPECT_EQ(reader.map("webhook"), nullptr);
  EXPECT_EQ(reader.list("queues"), nullptr);
  EXPECT_EQ(texts(reader.finish()), Texts{});
}

TEST(SettingsReader, CollectsErrorsOfOthersInTheirOrder) {
  SettingsReader reader(kEmpty);
  reader.error("one");
  reader.add({{"b.yaml:7:1", "two"}});
  reader.error(scalar("name", "x"), "three");
  EXPECT_EQ(texts(reader.finish()),
            (Texts{"c.yaml:1:1: desk: one", "b.yaml:7:1: two", "c.yaml:2:5: desk.name: three"}));
}

TEST(Setting, FindsAKeyOfAMapOnly) {
  const Setting settings = desk("name", "x");
  ASSERT_NE(settings.find("name"), nullptr);
  EXPECT_EQ(settings.find("name")->where, "c.yaml:2:5");
  EXPECT_EQ(settings.find("nam"), nullptr);
  EXPECT_EQ(settings.find("name")->find("name"), nullptr);
}

TEST(ParseDuration, TakesACountAndAUnit) {
  EXPECT_EQ(parse_duration("250ms"), milliseconds(250));
  EXPECT_EQ(parse_duration("10s"), milliseconds(10'000));
  EXPECT_EQ(parse_duration("5m"), milliseconds(300'000));
  EXPECT_EQ(parse_duration("2h"), milliseconds(7'200'000));
  EXPECT_EQ(parse_duration("7d"), milliseconds(604'800'000));
  EXPECT_EQ(parse_duration("0s"), milliseconds(0));
  for (const char* text : {"", "s", "ms", "10", "10 s", "1.5h", "-1s", "10S", "1h30m", "1000001d",
                           "99999999999999999999s", "10s ", "0x1s", "+1s"}) {
    EXPECT_EQ(parse_duration(text), std::nullopt) << text;
  }
}

TEST(ParseWholeNumber, IsDecimalAndNothingElse) {
  EXPECT_EQ(parse_whole_number("0"), 0);
  EXPECT_EQ(parse_whole_number("010"), 10);
  EXPECT_EQ(parse_whole_number("-8"), -8);
  EXPECT_EQ(parse_whole_number("9223372036854775807"), INT64_MAX);
  for (const char* text : {"", "-", "+1", " 1", "1 ", "0x1F", "1e3", "1_000", "1.0", "no", "22:22",
                           "9223372036854775808"}) {
    EXPECT_EQ(parse_whole_number(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace saksbro
