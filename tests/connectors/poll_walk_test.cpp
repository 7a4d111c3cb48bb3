// A walk over a list that goes on changing: nothing is skipped, nothing is delivered twice,
// whatever the tracker's clock says. The lists are made here; what each connector asks is what it
// would ask.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "bridge/codec/rfc3339.h"
#include "connectors/registry.h"

namespace saksbro {
namespace {

using Json = nlohmann::json;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Instant kNoon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} +
                        std::chrono::hours{12}};

Setting text(const std::string& value) { return {"", "", value}; }

std::unique_ptr<RemoteSystem> configured(const std::string& kind, Setting::Map settings) {
  auto made = connectors().at(kind)(SystemName{"it"}, Setting{"", "", std::move(settings)});
  EXPECT_TRUE(made.has_value()) << (made ? "" : made.error().front().text());
  return made ? std::move(*made) : nullptr;
}

std::string decoded(const std::string& text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      plain += text[i];
      continue;
    }
    plain += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16));
    i += 2;
  }
  return plain;
}

std::string parameter(const std::string& url, const std::string& name) {
  const auto at = url.find(name + "=");
  if (at == std::string::npos) return "";
  const auto from = at + name.size() + 1;
  return decoded(url.substr(from, url.find('&', from) - from));
}

// Issues by their stamps, in the tracker's own time.
struct List {
  std::map<int, Instant> stamps;
  std::chrono::milliseconds ahead{0};  // of our clock

  [[nodiscard]] std::vector<std::pair<Instant, int>> sorted() const {
    std::vector<std::pair<Instant, int>> all;
    for (const auto& [id, stamp] : stamps) all.emplace_back(stamp, id);
    std::sort(all.begin(), all.end());
    return all;
  }
};

std::string http_date(Instant at) {
  static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const auto clock = std::chrono::floor<seconds>(at - day);
  const auto two = [](auto number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  const std::chrono::hh_mm_ss time(clock);
  return std::string(kDays[std::chrono::weekday(day).c_encoding()]) + ", 23 Nov 2026 " +
         two(time.hours().count()) + ":" + two(time.minutes().count()) + ":" +
         two(time.seconds().count()) + " GMT";
}

Answer redmine_page(const List& list, const std::string& url) {
  const auto from = *codec::parse_rfc3339(parameter(url, "updated_on").substr(2));
  const auto offset = static_cast<std::size_t>(std::stoul(parameter(url, "offset")));
  Json issues = Json::array();
  std::size_t total = 0;
  for (const auto& [stamp, id] : list.sorted()) {
    if (stamp < from) continue;
    if (total++ >= offset && issues.size() < 100)
      issues.push_back({{"id", id}, {"updated_on", codec::write_rfc3339_seconds(stamp)}});
  }
  return {200, {}, Json{{"issues", issues}, {"total_count", total}}.dump()};
}

// "LastUpdated >= 'a'", or "(LastUpdated > 'a' OR (LastUpdated >= 'a' AND id > 7))".
Answer rt_page(const List& list, const std::string& url) {
  const std::string query = parameter(url, "query");
  const auto quote = query.rfind('\'', query.rfind('\'') - 1);
  const std::string stamp_text = query.substr(quote + 1, 19);
  const auto from = *codec::parse_rfc3339(stamp_text + "Z");
  const auto id_at = query.find("id > ");
  const int after = id_at == std::string::npos ? 0 : std::stoi(query.substr(id_at + 5));
  Json items = Json::array();
  for (const auto& [stamp, id] : list.sorted()) {
    if (stamp < from || (stamp == from && id <= after) || items.size() >= 100) continue;
    items.push_back({{"id", std::to_string(id)},
                     {"LastUpdated", codec::write_rfc3339_seconds(stamp)},
                     {"Status", "new"}});
  }
  return {200, {}, Json{{"items", items}, {"total", list.stamps.size()}}.dump()};
}

// "&page", for there is "per_page" as well.
Answer gitlab_page(const List& list, const std::string& url) {
  const auto from = *codec::parse_rfc3339(parameter(url, "updated_after"));
  const auto page = static_cast<std::size_t>(std::stoul(parameter(url, "&page")));
  Json issues = Json::array();
  std::size_t total = 0;
  for (const auto& [stamp, id] : list.sorted()) {
    if (stamp < from) continue;
    if (total++ / 100 == page - 1)
      issues.push_back({{"iid", id}, {"updated_at", codec::write_rfc3339(stamp)}});
  }
  return {200, {{"x-next-page", total > page * 100 ? "next" : ""}}, issues.dump()};
}

struct Tracker {
  const char* kind;
  Setting::Map settings;
  Answer (*page)(const List&, const std::string&);
};

std::vector<Tracker> trackers() {
  const Setting fields{"", "", Setting::Map{{"Key", text("9")}}};
  return {{"gitlab",
           {{"url", text("http://x")}, {"token", {"", "", Secret("k")}}, {"project", text("1")}},
           gitlab_page},
          {"redmine",
           {{"url", text("http://x")},
            {"key", {"", "", Secret("k")}},
            {"project", text("p")},
            {"tracker", text("t")},
            {"custom_fields", fields},
            {"marker_field", text("Key")}},
           redmine_page},
          {"rt",
           {{"url", text("http://x")},
            {"token", {"", "", Secret("k")}},
            {"queue", text("q")},
            {"marker_field", text("Key")}},
           rt_page}};
}

// Polls until there are no more pages; the ids of the deliveries that are new. The inbox takes each
// id once.
class Poll : public testing::TestWithParam<Tracker> {
 protected:
  Poll() : system_(configured(GetParam().kind, GetParam().settings)) {}

  std::vector<std::string> walk(const List& list, Instant now) {
    std::vector<std::string> fresh;
    for (int pages = 0; pages < 50; ++pages) {
      const auto step = system_->poll(cursor_, {});
      const auto& call = std::get<Call>(step);
      Answer answer = GetParam().page(list, call.url);
      answer.headers["date"] = http_date(now + list.ahead);
      const std::vector<Exchange> so_far{{call, answer, now}};
      const auto ended = system_->poll(cursor_, so_far);
      const auto* page = std::get_if<Page>(&ended);
      if (page == nullptr) {
        ADD_FAILURE() << in_english(std::get<RetryLater>(ended).why);
        return fresh;
      }
      for (const Polled& one : page->found) {
        if (inbox_.insert(one.id.text()).second) fresh.push_back(one.id.text());
      }
      cursor_ = page->next;
      if (!page->more) return fresh;
    }
    ADD_FAILURE() << "the walk does not end";
    return fresh;
  }

  std::unique_ptr<RemoteSystem> system_;
  Cursor cursor_{kNoon - std::chrono::hours{2}, ""};
  std::set<std::string> inbox_;
};

std::set<int> numbers(const std::vector<std::string>& ids) {
  std::set<int> all;
  for (const std::string& id : ids) all.insert(std::stoi(id));
  return all;
}

TEST_P(Poll, SkipsNoneOfThreeHundredTicketsThatShareASecondAndDeliversEachOnce) {
  List list;
  for (int id = 1; id <= 300; ++id) list.stamps[id] = kNoon - minutes{30};
  const auto first = walk(list, kNoon);
  EXPECT_EQ(first.size(), 300U);
  EXPECT_EQ(numbers(first).size(), 300U);
  EXPECT_TRUE(walk(list, kNoon + minutes{1}).empty()) << "what is read again is known";
  list.stamps[77] = kNoon;
  const auto changed = walk(list, kNoon + minutes{2});
  EXPECT_EQ(numbers(changed), std::set<int>{77});
}

TEST_P(Poll, MissesNothingWhenTheTrackersClockIsAQuarterOfAnHourOff) {
  for (const auto ahead : {minutes{-15}, minutes{15}}) {
    cursor_ = {kNoon - std::chrono::hours{2}, ""};
    inbox_.clear();
    List list;
    list.ahead = ahead;
    std::set<int> seen;
    for (int minute = 0; minute < 40; ++minute) {
      const Instant now = kNoon + minutes{minute};
      list.stamps[minute + 1] = now + ahead - seconds{5};
      for (const int id : numbers(walk(list, now))) {
        EXPECT_TRUE(seen.insert(id).second) << id << " was delivered twice";
      }
      EXPECT_EQ(seen.size(), list.stamps.size()) << "after " << minute << " minutes";
    }
  }
}

TEST_P(Poll, FindsWhatGotItsStampLateAsLongAsTheOverlapReaches) {
  List list;
  list.stamps[1] = kNoon;
  walk(list, kNoon + minutes{1});
  list.stamps[2] = kNoon - minutes{9};  // committed after a long transaction
  EXPECT_EQ(numbers(walk(list, kNoon + minutes{2})), std::set<int>{2});
}

TEST_P(Poll, GoesOnWhereItWasWhenItIsCutOffBetweenTwoPages) {
  List list;
  for (int id = 1; id <= 250; ++id) list.stamps[id] = kNoon - minutes{90} + seconds{id / 3};
  std::set<int> seen;
  // One page at a time, with a new connector each time: as after a restart.
  for (int restarts = 0; restarts < 10; ++restarts) {
    system_ = configured(GetParam().kind, GetParam().settings);
    const auto call = std::get<Call>(system_->poll(cursor_, {}));
    Answer answer = GetParam().page(list, call.url);
    answer.headers["date"] = http_date(kNoon);
    const std::vector<Exchange> so_far{{call, answer, kNoon}};
    const auto page = std::get<Page>(system_->poll(cursor_, so_far));
    for (const Polled& one : page.found) seen.insert(std::stoi(one.id.text()));
    cursor_ = page.next;
    if (!page.more) break;
  }
  EXPECT_EQ(seen.size(), 250U);
}

// Promises 25, 64.
INSTANTIATE_TEST_SUITE_P(Trackers, Poll, testing::ValuesIn(trackers()),
                         [](const auto& one) { return std::string(one.param.kind); });

}  // namespace
}  // namespace saksbro
