// A municipality and its suppliers for chaos: a fake for each system, the real program between
// them with the mappings that we ship. Each fake keeps its own ledger.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "tests/fakes/fake_tracker.h"
#include "tests/fakes/smtp_sink.h"
#include "tests/rig/saksbro.h"

namespace saksbro::chaos {

inline constexpr const char* kCaseNumber = "Saksnummer";
inline constexpr const char* kSupplierNumber = "Leverandørens saksnummer";
inline constexpr const char* kCustomerNumber = "Kundens saksnummer";
// People at the desk, and one at each supplier.
inline constexpr const char* kBridge = "5";
inline constexpr const char* kKari = "6";
inline constexpr const char* kPer = "7";
inline constexpr const char* kLeif = "leif";

struct TownWish {
  std::uint64_t seed = 1;
  std::string poll = "200ms";
  std::function<void(rig::ConfigTexts&)> edit = {};  // of the configuration
};

class Town {
 public:
  explicit Town(const TownWish& wish);
  Town(const Town&) = delete;
  Town& operator=(const Town&) = delete;
  ~Town();

  [[nodiscard]] fakes::FakeTracker& system(const std::string& name) { return *systems.at(name); }
  [[nodiscard]] fakes::FakeTracker& desk() { return system("desk"); }
  // Nothing waits in inbox or outbox, by the program's own word: a hint when to compare ledgers.
  [[nodiscard]] bool quiet() const;

  std::map<std::string, std::unique_ptr<fakes::FakeTracker>> systems;  // and the alert gateway
  fakes::SmtpSink mail;
  std::unique_ptr<rig::Saksbro> saksbro;
};

}  // namespace saksbro::chaos
