// A ticket may have any number of entries: reading it takes a bounded number of calls.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>

#include "connectors/registry.h"

namespace saksbro {
namespace {

using Json = nlohmann::json;

constexpr int kPage = 100;
constexpr const char* kThen = "2026-11-23T12:00:00Z";

Setting text(const std::string& value) { return {"", "", value}; }
Setting secret(const std::string& value) { return {"", "", Secret(value)}; }

std::unique_ptr<RemoteSystem> rt() {
  auto made =
      connectors().at("rt")(SystemName{"it"}, Setting{"", "",
                                                      Setting::Map{{"url", text("https://it.test")},
                                                                   {"token", secret("t")},
                                                                   {"queue", text("Q")},
                                                                   {"marker_field", text("Key")}}});
  return std::move(made.value());
}

std::string parameter(const std::string& url, const std::string& name) {
  const auto at = url.find("&" + name + "=");
  if (at == std::string::npos) return "";
  const auto from = at + name.size() + 2;
  return url.substr(from, url.find('&', from) - from);
}

std::string decoded(const std::string& text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool coded = text[at] == '%';
    plain += coded ? static_cast<char>(std::stoi(text.substr(at + 1, 2), nullptr, 16)) : text[at];
    if (coded) at += 2;
  }
  return plain;
}

// An RT whose ticket 7 has `entries` comments, the first of which is its beginning. While it is
// read, `grows` more come with each call.
class LongRt {
 public:
  LongRt(int entries, int grows) : entries_(entries), grows_(grows) {}

  Answer answer(const Call& call) {
    const int now = entries_;
    entries_ += grows_;
    if (call.url.find("/history?") != std::string::npos) return {200, {}, history(call.url, now)};
    if (call.url.find("/attachments?") != std::string::npos) return {200, {}, texts(call.url)};
    return {200,
            {{"etag", "\"" + std::to_string(now) + "\""}},
            Json{{"id", "7"},
                 {"Status", "new"},
                 {"Subject", "Long"},
                 {"Created", kThen},
                 {"LastUpdated", kThen},
                 {"Queue", {{"Name", "Q"}}}}
                .dump()};
  }

 private:
  static std::string history(const std::string& url, int now) {
    const int skip = (std::stoi(parameter(url, "page")) - 1) * kPage;
    const bool newest_first = parameter(url, "order") == "DESC";
    Json items = Json::array();
    for (int at = skip + 1; at <= std::min(now, skip + kPage); ++at) {
      const int id = newest_first ? now + 1 - at : at;
      items.push_back({{"id", std::to_string(id)},
                       {"Type", id == 1 ? "Create" : "Comment"},
                       {"Created", kThen},
                       {"Creator", {{"id", "kari"}}}});
    }
    return Json{{"items", std::move(items)}}.dump();
  }

  static std::string texts(const std::string& url) {
    const auto from = url.find("query=") + 6;
    const Json query = Json::parse(decoded(url.substr(from, url.find('&', from) - from)));
    Json items = Json::array();
    const std::size_t skip = (std::stoul(parameter(url, "page")) - 1) * kPage;
    const Json& ids = query.at(0).at("value");
    for (std::size_t at = skip; at < std::min(ids.size(), skip + kPage); ++at) {
      const std::string id = ids[at].dump();
      items.push_back({{"id", id},
                       {"TransactionId", id},
                       {"ContentType", "text/plain"},
                       {"Content", "text " + id}});
    }
    return Json{{"items", std::move(items)}}.dump();
  }

  int entries_;
  int grows_;
};

struct WasRead {
  Ticket ticket;
  int calls = 0;
};

WasRead read(int entries, int grows = 0) {
  const auto system = rt();
  LongRt server(entries, grows);
  const Command command{IdempotencyKey{"k"}, SystemName{"it"}, ReadTicket{RemoteKey{"7"}}, 1};
  std::vector<Exchange> so_far;
  while (so_far.size() < kCallsMost) {
    Step step = system->perform(command, so_far);
    if (auto* call = std::get_if<Call>(&step)) {
      Answer answer = server.answer(*call);
      so_far.push_back({std::move(*call), std::move(answer), Instant{}});
      continue;
    }
    const auto* done = std::get_if<Delivered>(&std::get<Outcome>(step));
    if (done == nullptr) break;
    const auto seen = system->normalise(
        {SystemName{"it"}, DeliveryId{"d"}, DeliveryKind::answer, Instant{}, done->snapshot});
    return {std::get<TicketState>(seen->front()).ticket, static_cast<int>(so_far.size())};
  }
  ADD_FAILURE() << "a ticket of " << entries << " entries was not read";
  return {};
}

std::vector<int> ids_of(const Ticket& ticket) {
  std::vector<int> ids;
  for (const Comment& one : ticket.comments) ids.push_back(std::stoi(one.id.substr(1)));
  return ids;
}

std::vector<int> numbers(int from, int to) {
  std::vector<int> all(static_cast<std::size_t>(to - from + 1));
  std::iota(all.begin(), all.end(), from);
  return all;
}

TEST(LongTicket, OfUpToAThousandEntriesIsReadWhole) {
  for (const int entries : {1, 300, 301, 1000}) {
    const WasRead was = read(entries);
    EXPECT_EQ(was.ticket.text, "text 1");
    EXPECT_EQ(ids_of(was.ticket), numbers(2, entries));
    EXPECT_EQ(was.ticket.revision, static_cast<std::uint64_t>(entries));
  }
}

TEST(LongTicket, OfMoreIsReadAtItsBeginningAndItsEnd) {
  const int calls = read(1001).calls;
  for (const int entries : {1001, 5000}) {
    const WasRead was = read(entries);
    std::vector<int> wanted = numbers(2, 300);
    for (const int one : numbers(entries - 699, entries)) wanted.push_back(one);
    EXPECT_EQ(was.ticket.text, "text 1");
    EXPECT_EQ(ids_of(was.ticket), wanted);
    EXPECT_EQ(was.ticket.comments.back().text, "text " + std::to_string(entries));
    EXPECT_EQ(was.ticket.revision, static_cast<std::uint64_t>(entries));
    EXPECT_EQ(was.calls, calls) << "however long it is";
  }
}

TEST(LongTicket, ThatGrowsWhileItIsReadIsReadAsItWas) {
  const WasRead was = read(2000, 3);
  const std::vector<int> ids = ids_of(was.ticket);
  EXPECT_EQ(was.ticket.revision, 2000U);
  EXPECT_EQ(ids.back(), 2000);
  EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end()));
  EXPECT_EQ(std::adjacent_find(ids.begin(), ids.end()), ids.end()) << "none comes twice";
  EXPECT_GT(std::count_if(ids.begin(), ids.end(), [](int id) { return id > 1350; }), 640);
}

}  // namespace
}  // namespace saksbro
