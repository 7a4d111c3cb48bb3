#include "tests/fakes/fake_tracker.h"

namespace saksbro::fakes {
namespace {

using namespace std::chrono_literals;

constexpr auto kHang = 90s;  // longer than any client of ours waits
constexpr std::size_t kHuge = 300'000'000;
constexpr const char* kMaintenance =
    "<!DOCTYPE html><html><body><h1>Vedlikehold</h1>Vi er straks tilbake.</body></html>";

Answer refusal(int status, const std::string& retry_after) {
  Answer answer{status, {{"Content-Type", "text/plain"}}, "not now"};
  if (!retry_after.empty()) answer.headers["Retry-After"] = retry_after;
  return answer;
}

int status_of(Fault fault) {
  switch (fault) {
    case Fault::apply_then_500:
      return 500;
    case Fault::apply_then_502:
      return 502;
    case Fault::apply_then_504:
      return 504;
    case Fault::too_many:
      return 429;
    case Fault::unavailable:
      return 503;
    case Fault::unauthorized:
      return 401;
    default:
      return 0;
  }
}

void drip(Connection& connection, const std::string& text) {
  for (const char& byte : text) {
    if (!connection.write({&byte, 1}) || !connection.pause(1s)) return;
  }
}

// A body that says it is whole, and goes on for 300 MB.
void pour(Connection& connection, Answer answer, Instant now) {
  answer.body.clear();
  std::string head = written(answer, now);
  const std::string length = "Content-Length: 0";
  head.replace(head.find(length), length.size(), "Content-Length: " + std::to_string(kHuge));
  if (!connection.write(head)) return;
  const std::string zeros(100'000, '\0');
  for (std::size_t sent = 0; sent < kHuge; sent += zeros.size()) {
    if (!connection.write(zeros)) return;
  }
}

}  // namespace

FakeTracker::FakeTracker(const TrackerSettings& settings, const Speak& speak, std::uint64_t seed,
                         Now now)
    : state(settings, std::move(now)),
      faults(seed),
      hooks(seed),
      dialect_(speak(state)),
      server_([this](Connection& connection) { serve(connection); }) {
  state.observe([this](const Ticket& ticket, const std::vector<Event>& events) {
    if (auto hook = dialect_->hook(ticket, events)) hooks.send(std::move(*hook));
  });
}

std::string FakeTracker::url() const {
  return "http://127.0.0.1:" + std::to_string(server_.port());
}

int FakeTracker::requests(const std::string& method) const {
  const std::lock_guard lock(mutex_);
  const auto found = requests_.find(method);
  return found == requests_.end() ? 0 : found->second;
}

void FakeTracker::count(const Request& request) {
  const std::lock_guard lock(mutex_);
  ++requests_[request.method];
}

void FakeTracker::serve(Connection& connection) {
  while (serve_one(connection)) {
  }
}

// False: the connection ends.
bool FakeTracker::serve_one(Connection& connection) {
  const auto coming = connection.peek();
  if (!coming) return false;
  const auto rule = faults.draw(*coming);
  if (rule && rule->fault == Fault::reset_in_request)
    (void)connection.read_some(std::stoul(rule->value));
  if (rule && (rule->fault == Fault::reset_before_read || rule->fault == Fault::reset_in_request)) {
    connection.reset();
    return false;
  }
  const auto request = connection.read();
  if (!request) return false;
  count(*request);
  if (rule) return wrong(connection, *request, *rule);
  return connection.write(written(apply(*request), state.now()));
}

Answer FakeTracker::apply(const Request& request) { return dialect_->answer(request); }

bool FakeTracker::wrong(Connection& connection, const Request& request, const Rule& rule) {
  const Instant now = state.now();
  Answer answer;
  if (applies(rule.fault)) answer = apply(request);
  switch (rule.fault) {
    case Fault::apply_then_reset:
      connection.reset();
      return false;
    case Fault::apply_then_hang:
      (void)connection.pause(kHang);
      return false;
    case Fault::webhook_before_response:
      hooks.wait_until_sent();
      return connection.pause(1s) && connection.write(written(answer, now));
    case Fault::cut_body_after: {
      const std::string text = written(answer, now);
      const auto head = text.find("\r\n\r\n") + 4;
      (void)connection.write(text.substr(0, head + std::stoul(rule.value)));
      return false;
    }
    case Fault::drip:
      drip(connection, written(answer, now));
      return false;
    case Fault::gzip_bomb:
      answer.headers["Content-Encoding"] = "gzip";
      pour(connection, answer, now);
      return false;
    case Fault::huge_body:
      pour(connection, answer, now);
      return false;
    case Fault::html_200:
      return connection.write(
          written({200, {{"Content-Type", "text/html; charset=utf-8"}}, kMaintenance}, now));
    default:
      return connection.write(written(refusal(status_of(rule.fault), rule.value), now));
  }
}

}  // namespace saksbro::fakes
