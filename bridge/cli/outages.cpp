#include "bridge/cli/outages.h"

#include "bridge/cli/print.h"
#include "bridge/codec/rfc3339.h"

namespace saksbro::cli {

codec::Json outage_json(const store::Outage& outage) {
  return {{"system", outage.system.text()},
          {"since", codec::write_rfc3339(outage.since)},
          {"why", in_english(outage.why)},
          {"parked", outage.parked_at.has_value()}};
}

void print_outage(const Speech& speech, const store::Outage& outage) {
  const std::string& system = outage.system.text();
  print("{}\n", speech.line("{} har vært utilgjengelig siden {}: {}",
                            "{} has been unavailable since {}: {}", system,
                            speech.time(outage.since), speech.say(outage.why, {})));
  if (outage.parked_at)
    print("  {}\n", speech.line("satt til side; ta det opp igjen med: saksbro redrive --system {}",
                                "parked; to resume it: saksbro redrive --system {}", system));
}

}  // namespace saksbro::cli
