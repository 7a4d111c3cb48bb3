// SIGHUP, as an operator sends it to the running program.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <thread>

#include "tests/rig/eventually.h"
#include "tests/rig/port.h"
#include "tests/rig/saksbro.h"

namespace saksbro::e2e {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const rig::Values kSecrets{{"DESK_KEY", "x"},
                           {"OPERATOR_TOKEN", "x"},
                           {"OPERATOR_SECRET", "x"},
                           {"THIRD_LINE_TOKEN", "x"},
                           {"LONN_TOKEN", "x"},
                           {"SKATT_TOKEN", "x"},
                           {"INNBOKS_PASSWORD", "x"},
                           {"INNBOKS_SECRET", std::string(32, 'x')},
                           {"LINKS_SECRET", std::string(32, 'x')}};

void replace_all(std::string& text, const std::string& what, const std::string& by) {
  for (auto at = text.find(what); at != text.npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
}

// The sample instance, in a folder of its own, with nobody at the other end.
std::string sample() {
  const std::filesystem::path source = SAKSBRO_SOURCE;
  std::string text = rig::read_file(source / "config/saksbro.yaml");
  replace_all(text, "../mappings/", (source / "mappings/").string());
  replace_all(text, "../.work/saksbro.db", "{{folder}}/saksbro.db");
  replace_all(text, "127.0.0.1:8480", "127.0.0.1:{{webhooks_port}}");
  replace_all(text, "127.0.0.1:8481", "127.0.0.1:{{operations_port}}");
  for (const char* port : {"8482", "8483", "8484", "8485", "8486"})
    replace_all(text, port, "{{nobody}}");
  return text;
}

class HangUp : public testing::Test {
 protected:
  HangUp()
      : saksbro_({{"saksbro.yaml", sample()}}, {{"nobody", std::to_string(rig::free_port())}}) {
    saksbro_.start(kSecrets);
  }

  // The log from now on, once it says that.
  std::string hang_up(const std::string& awaited) {
    const std::size_t before = saksbro_.log().size();
    saksbro_.signal(SIGHUP);
    rig::eventually(awaited, 30s,
                    [&] { return saksbro_.log().find(awaited, before) != std::string::npos; });
    return saksbro_.log().substr(before);
  }

  rig::Saksbro saksbro_;
};

// Promise 40.
TEST_F(HangUp, WithABadConfigurationSaysWhereAndGoesOnWithTheOldOne) {
  saksbro_.write("saksbro.yaml", sample() + "alarm: ja\n");
  const std::string said = hang_up("configuration.refused");
  const std::string text = sample();
  const auto lines = std::count(text.begin(), text.end(), '\n');
  EXPECT_THAT(said, HasSubstr("/saksbro.yaml:" + std::to_string(lines + 1) +
                              ":1\",\"why\":\"alarm: unknown key; expected one of calendar, "));
  EXPECT_EQ(saksbro_.operations("/readyz"),
            "ready\n"
            "degraded: the last reload was rejected; the previous configuration is in use\n");
  EXPECT_THAT(saksbro_.operations("/metrics"), HasSubstr("saksbro_configuration_refused 1\n"));
  saksbro_.write("saksbro.yaml", sample());
  EXPECT_THAT(hang_up("configuration.reloaded"), Not(HasSubstr("configuration.refused")));
  EXPECT_THAT(saksbro_.operations("/metrics"), AllOf(HasSubstr("saksbro_configuration_refused 0\n"),
                                                     HasSubstr("saksbro_build_info{version=\""),
                                                     HasSubstr("\nprocess_start_time_seconds 1")));
  EXPECT_EQ(saksbro_.terminate(), 0);
}

// Promise 42.
TEST_F(HangUp, WhileTheFileIsBeingWrittenTakesTheWholeOneOnly) {
  const std::string whole = sample() + "# the end\n";
  const std::string half = sample().substr(0, sample().find("channels:"));
  const std::size_t before = saksbro_.log().size();
  saksbro_.write("saksbro.yaml", half);
  saksbro_.signal(SIGHUP);
  // Each half would load: it only has fewer channels.
  for (int part = 0; part < 8; ++part) {
    std::this_thread::sleep_for(100ms);
    saksbro_.write("saksbro.yaml", half + std::string(static_cast<std::size_t>(part), '\n'));
  }
  saksbro_.write("saksbro.yaml", whole);
  rig::eventually("configuration.reloaded", 30s, [&] {
    return saksbro_.log().find("configuration.reloaded", before) != std::string::npos;
  });
  EXPECT_THAT(saksbro_.log().substr(before), Not(HasSubstr("configuration.refused")));
}

}  // namespace
}  // namespace saksbro::e2e
