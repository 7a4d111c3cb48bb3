// What operators see: metrics and log lines.
#include <gtest/gtest.h>

#include "bridge/run/observe/log.h"
#include "bridge/run/observe/metrics.h"
#include "bridge/run/web/operations.h"
#include "tests/engine/bridge_in_a_box.h"

namespace saksbro::run {
namespace {

TEST(Metrics, AreWrittenInPrometheusTextFormat) {
  Metrics metrics;
  metrics.count("saksbro_calls_total", label("system", "desk"));
  metrics.count("saksbro_calls_total", label("system", "desk"), 2);
  metrics.set("saksbro_inbox_waiting", "", 7);
  EXPECT_EQ(metrics.text(),
            "# HELP saksbro_calls_total HTTP calls made to the system.\n"
            "# TYPE saksbro_calls_total counter\n"
            "saksbro_calls_total{system=\"desk\"} 3\n"
            "# HELP saksbro_inbox_waiting Deliveries waiting to be decided.\n"
            "# TYPE saksbro_inbox_waiting gauge\n"
            "saksbro_inbox_waiting 7\n");
}

TEST(Metrics, LabelsCannotBreakOut) {
  EXPECT_EQ(label("system", "a\"b\\c\nd"), "system=\"a\\\"b\\\\c d\"");
}

TEST(Log, NothingFromOutsideForgesALineOrAField) {
  EXPECT_EQ(log::line("delivery.refused", {{"why", "x\n{\"event\":\"y\"}\x1b[31m\xff\r\" ø"}}),
            R"("event":"delivery.refused","why":"x\n{\"event\":\"y\"}\u001b[31m�\r\" ø")");
}

TEST(Log, LongValuesAreCut) {
  const std::string line = log::line("e", {{"why", std::string(5000, 'x')}});
  EXPECT_LT(line.size(), 2200U);
}

TEST(Log, ACutInTheMiddleOfALetterIsStillText) {
  const std::string line = log::line("e", {{"why", std::string(2047, 'x') + "ø..."}});
  EXPECT_EQ(line.find("\xc3\""), std::string::npos);
  EXPECT_EQ(line.find("\xc3."), std::string::npos);
}

class Asked : public testing::Test {
 protected:
  net::Response get(const std::string& path, const std::string& method = "GET") {
    Arrival arrival;
    arrival.method = method;
    arrival.path = path;
    arrival.headers = {{"host", "127.0.0.1:8481"}};
    return operations.answer(arrival);
  }
  Box box;
  Vitals vitals;
  OpsAuth gate{{}, box.metrics, box.clock};
  Operations operations{box.store(), box.metrics, vitals, box.clock, gate};
};

TEST_F(Asked, HealthIsTheEnginesPulse) {
  vitals.engine_beat = box.clock.now().time_since_epoch().count();
  EXPECT_EQ(get("/healthz").status, 200);
  box.clock.pass(std::chrono::seconds{61});
  EXPECT_EQ(get("/healthz").status, 503);
}

TEST_F(Asked, ReadinessIsWhatTheServiceSays) {
  EXPECT_EQ(get("/readyz").status, 503);
  vitals.ready = true;
  EXPECT_EQ(get("/readyz").status, 200);
}

// It takes webhooks all the same: who asks may be the one that would take it out of service.
TEST_F(Asked, ReadinessNamesWhatIsDegradedAndNotWhy) {
  vitals.ready = true;
  vitals.reload_refused = true;
  const Instant noon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} +
                     std::chrono::hours{12}};
  auto tx = *box.store().begin();
  ASSERT_TRUE(tx->outages().set({SystemName{"desk"}, noon, "GET /x: answered 401", std::nullopt}));
  ASSERT_TRUE(tx->outages().set({SystemName{"operator"}, noon, "not sent", noon}));
  ASSERT_TRUE(tx->commit());
  const auto response = get("/readyz");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body,
            "ready\n"
            "degraded: desk has been unavailable since 2026-11-23T12:00:00Z\n"
            "degraded: operator has been unavailable since 2026-11-23T12:00:00Z, and is parked\n"
            "degraded: the last reload was rejected; the previous configuration is in use\n");
}

TEST_F(Asked, MetricsCountWhatTheStoreHolds) {
  box.deliver("desk", "one", "hint:17");
  const auto response = get("/metrics");
  EXPECT_EQ(response.status, 200);
  EXPECT_NE(response.body.find("\nsaksbro_inbox_waiting 1\n"), std::string::npos) << response.body;
}

TEST_F(Asked, WhereTokensAreConfiguredTheMetricsNeedOneAndHealthDoesNot) {
  OpsAuth strict{
      {{{"see", Role::viewer, std::string(64, '0'), box.clock.now()}}, {}}, box.metrics, box.clock};
  Operations guarded{box.store(), box.metrics, vitals, box.clock, strict};
  Arrival arrival;
  arrival.method = "GET";
  arrival.headers = {{"host", "localhost"}};
  arrival.path = "/metrics";
  EXPECT_EQ(guarded.answer(arrival).status, 401);
  arrival.path = "/healthz";
  EXPECT_EQ(guarded.answer(arrival).status, 503);  // the engine has not beaten yet
}

TEST_F(Asked, UnderAForeignNameNothingIsAnswered) {
  Arrival arrival;
  arrival.method = "GET";
  arrival.path = "/metrics";
  arrival.headers = {{"host", "evil.example"}};
  EXPECT_EQ(operations.answer(arrival).status, 421);
}

TEST_F(Asked, OtherQuestionsAreRefused) {
  EXPECT_EQ(get("/").status, 404);
  EXPECT_EQ(get("/healthz", "POST").status, 405);
  EXPECT_EQ(get("/healthz", "POST").headers.at("Allow"), "GET, HEAD");
}

}  // namespace
}  // namespace saksbro::run
