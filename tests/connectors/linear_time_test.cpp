// A ticket may have any number of changes, fields and people; reading it takes time in proportion
// to its length, not to their product.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "bridge/core/sync/echo.h"
#include "connectors/mail/subject.h"
#include "connectors/redmine/markup.h"
#include "connectors/registry.h"
#include "tests/codec/growth.h"

namespace saksbro {
namespace {

using Json = nlohmann::json;

Setting text(const std::string& value) { return {"", "", value}; }
Setting secret(const std::string& value) { return {"", "", Secret(value)}; }

std::unique_ptr<RemoteSystem> configured(const std::string& kind, Setting::Map settings) {
  auto made = connectors().at(kind)(SystemName{"it"}, Setting{"", "", std::move(settings)});
  EXPECT_TRUE(made.has_value()) << (made ? "" : made.error().front().text());
  return made ? std::move(*made) : nullptr;
}

std::unique_ptr<RemoteSystem> redmine() {
  return configured("redmine", {{"url", text("https://it.test")},
                                {"key", secret("k")},
                                {"project", text("p")},
                                {"tracker", text("Sak")},
                                {"custom_fields", {"", "", Setting::Map{{"Nøkkel", text("9")}}}},
                                {"marker_field", text("Nøkkel")}});
}

std::unique_ptr<RemoteSystem> rt() {
  return configured("rt", {{"url", text("https://it.test")},
                           {"token", secret("t")},
                           {"queue", text("Q")},
                           {"marker_field", text("Nøkkel")}});
}

constexpr const char* kThen = "2026-11-23T12:00:00Z";

std::string redmine_snapshot(std::size_t pieces) {
  Json fields = Json::array();
  Json journals = Json::array();
  Json statuses = Json::array();
  Json files = Json::array();
  for (std::size_t i = 1; i <= pieces; ++i) {
    const std::string number = std::to_string(i);
    statuses.push_back({{"id", i}, {"name", "S" + number}});
    fields.push_back({{"id", i}, {"name", "F" + number}, {"value", "v"}});
    Json details =
        Json::array({{{"property", "cf"}, {"name", number}, {"new_value", "w"}},
                     {{"property", "attr"}, {"name", "status_id"}, {"new_value", number}},
                     {{"property", "attr"},
                      {"name", "assigned_to_id"},
                      {"old_value", "0"},
                      {"new_value", number}},
                     {{"property", "attachment"}, {"name", number}, {"new_value", "f"}}});
    files.push_back({{"id", i}, {"filename", "f"}, {"filesize", 1}, {"created_on", kThen}});
    journals.push_back({{"id", i},
                        {"user", {{"id", i}, {"name", "P" + number}}},
                        {"created_on", kThen},
                        {"notes", i % 2 == 0 ? "Hei" : ""},
                        {"private_notes", true},
                        {"details", std::move(details)}});
  }
  return Json{{"issue",
               {{"id", 7},
                {"subject", "Sak"},
                {"status", {{"id", 1}, {"name", "S1"}}},
                {"updated_on", kThen},
                {"created_on", kThen},
                {"custom_fields", std::move(fields)},
                {"attachments", std::move(files)},
                {"journals", std::move(journals)}}},
              {"statuses", std::move(statuses)},
              {"read_at", kThen}}
      .dump();
}

std::string rt_snapshot(std::size_t pieces) {
  Json fields = Json::array();
  Json transactions = Json::array();
  Json texts = Json::array();
  for (std::size_t i = 1; i <= pieces; ++i) {
    const std::string number = std::to_string(i);
    fields.push_back({{"id", number}, {"name", "F" + number}, {"values", {"v"}}});
    transactions.push_back({{"id", 2 * i},
                            {"Type", "Comment"},
                            {"Created", kThen},
                            {"Creator", {{"id", "p" + number}}}});
    transactions.push_back({{"id", 2 * i + 1},
                            {"Type", "CustomField"},
                            {"Field", number},
                            {"Created", kThen},
                            {"Creator", {{"id", "p" + number}}},
                            {"NewValue", "w"}});
    texts.push_back({{"TransactionId", std::to_string(2 * i)},
                     {"ContentType", "text/plain"},
                     {"Content", "Hei"}});
  }
  return Json{{"ticket",
               {{"id", "7"},
                {"Subject", "Sak"},
                {"Status", "ny"},
                {"Created", kThen},
                {"LastUpdated", kThen},
                {"CustomFields", std::move(fields)}}},
              {"transactions", std::move(transactions)},
              {"texts", std::move(texts)},
              {"revision", 2 * pieces + 1},
              {"read_at", kThen}}
      .dump();
}

struct Row {
  const char* name;
  std::unique_ptr<RemoteSystem> (*system)();
  std::string (*snapshot)(std::size_t pieces);
};

class LargeTicket : public testing::TestWithParam<Row> {
 protected:
  const std::unique_ptr<RemoteSystem> system_ = GetParam().system();

  [[nodiscard]] Ticket read(const std::string& snapshot) const {
    const auto seen = system_->normalise(
        {SystemName{"it"}, DeliveryId{"d"}, DeliveryKind::answer, Instant{}, snapshot});
    if (!seen || seen->size() != 1) {
      ADD_FAILURE() << (seen ? "no ticket" : seen.error().text());
      return {};
    }
    return std::get<TicketState>(seen->front()).ticket;
  }
};

TEST_P(LargeTicket, IsReadInTimeThatGrowsWithItsLength) {
  testing_growth::expect_linear(
      [&](std::size_t pieces) {
        const std::string snapshot = GetParam().snapshot(pieces);
        return testing_growth::seconds_of([&] { (void)read(snapshot); });
      },
      300);
}

TEST_P(LargeTicket, IsComparedInTimeThatGrowsWithItsLength) {
  testing_growth::expect_linear(
      [&](std::size_t pieces) {
        const Ticket ticket = read(GetParam().snapshot(pieces));
        return testing_growth::seconds_of([&] { (void)core::changes_of({}, ticket); });
      },
      300);
}

INSTANTIATE_TEST_SUITE_P(Of, LargeTicket,
                         testing::Values(Row{"Redmine", redmine, redmine_snapshot},
                                         Row{"Rt", rt, rt_snapshot}),
                         [](const auto& row) { return row.param.name; });

struct TextRow {
  const char* name;
  const char* piece;
  void (*handle)(const std::string& text);
};

class LongText : public testing::TestWithParam<TextRow> {};

TEST_P(LongText, IsReadAndWrittenInTimeThatGrowsWithItsLength) {
  testing_growth::expect_linear(
      [&](std::size_t pieces) {
        const std::string text = testing_growth::repeated(pieces, GetParam().piece);
        return testing_growth::seconds_of([&] { GetParam().handle(text); });
      },
      3'000);
}

void to_textile(const std::string& text) {
  (void)redmine::escaped(text, redmine::TextFormat::textile);
}
void from_textile(const std::string& text) {
  (void)redmine::unescaped(text, redmine::TextFormat::textile);
}
void from_markdown(const std::string& text) {
  (void)redmine::unescaped(text, redmine::TextFormat::markdown);
}

INSTANTIATE_TEST_SUITE_P(
    Of, LongText,
    testing::Values(TextRow{"TextileOfBars", "abcdefgh||", to_textile},
                    TextRow{"TextileOfAmpersands", "abcdefgh&x", to_textile},
                    TextRow{"TextileOfAddressesInOneWord", "xhttp://a.test/", to_textile},
                    TextRow{"TextileOfAddresses", "http://a.test/ ", to_textile},
                    TextRow{"TextileOfAtSigns", "abcdefg @h", to_textile},
                    TextRow{"JoinersInTextile", "a\u2060\u2060\u2060", from_textile},
                    TextRow{"EntitiesInTextile", "a&#64;&#64;", from_textile},
                    TextRow{"JoinersInMarkdown", "a\u2060\u2060\u2060", from_markdown},
                    TextRow{"PrefixesOfASubject", "re:sv:Vs:  ",
                            [](const std::string& text) { (void)mail::without_prefixes(text); }}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace saksbro
