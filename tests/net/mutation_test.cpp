// Hostile bytes: a hundred thousand mutated requests, each with a second request hidden in its
// body. None may crash the reader, and the hidden one must never be executed. SAKSBRO_SEED=N
// repeats a run.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

#include "bridge/net/request_parser.h"
#include "tests/net/recording.h"

namespace saksbro::net {
namespace {

using namespace std::chrono_literals;

const std::string hidden = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";

// What breaks framing when it lands in the wrong place.
const std::vector<std::string> pieces = {"\r\n",
                                         "\n",
                                         "\r",
                                         "\r\n\r\n",
                                         " ",
                                         "\t",
                                         ":",
                                         std::string(1, '\0'),
                                         "0",
                                         "-1",
                                         "+",
                                         "0x10",
                                         ",",
                                         "Content-Length: 0\r\n",
                                         "Content-Length: 5\r\n",
                                         "Content-Length: abc\r\n",
                                         "content-length : 3\r\n",
                                         "Transfer-Encoding: chunked\r\n",
                                         "Transfer-Encoding:\tchunked\r\n",
                                         "Transfer-Encoding: identity\r\n",
                                         "Transfer-Encoding: gzip, chunked\r\n",
                                         "Connection: keep-alive\r\n",
                                         "Expect: 100-continue\r\n",
                                         " folded\r\n",
                                         "0\r\n\r\n",
                                         "ffffffff\r\n",
                                         ";ext=\"\r\n\"",
                                         "HTTP/1.0",
                                         "GET /smuggled HTTP/1.1\r\n"};

std::string chunk(const std::string& bytes) {
  std::string size;
  for (std::size_t left = bytes.size(); left > 0; left /= 16)
    size.insert(0, 1, "0123456789abcdef"[left % 16]);
  return size + "\r\n" + bytes + "\r\n";
}

const std::vector<std::string> seeds = {
    "POST /in HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(hidden.size()) +
        "\r\n\r\n" + hidden,
    "POST /in HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk(hidden) +
        "0\r\n\r\n",
    "PUT /in HTTP/1.1\r\nHost: x\r\nX-A: b\r\nExpect: 100-continue\r\nContent-Length: " +
        std::to_string(hidden.size() + 2) + "\r\nConnection: keep-alive\r\n\r\n{}" + hidden,
    "GET /in HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(hidden.size()) + "\r\n\r\n" +
        hidden,
};

class Mutator {
 public:
  explicit Mutator(std::uint32_t seed) : random_(seed) {}

  std::size_t below(std::size_t count) { return random_() % count; }

  std::string next() {
    std::string text = seeds[below(seeds.size())];
    const std::size_t changes = 1 + below(4);
    for (std::size_t i = 0; i < changes; ++i) change(text);
    // When the first line itself asks for it, it is not hidden.
    return text.substr(0, text.find('\n')).find("/smuggled") == std::string::npos ? text : next();
  }

 private:
  void change(std::string& text) {
    const std::size_t at = below(text.size());
    switch (below(5)) {
      case 0:
        text[at] = static_cast<char>(below(256));
        break;
      case 1:
        text.erase(at, 1 + below(8));
        if (text.empty()) text = "\r\n";
        break;
      case 2:
        text.insert(at, text.substr(below(text.size()), 1 + below(40)));
        break;
      case 3:
        text.insert(at, pieces[below(pieces.size())]);
        break;
      default:
        insert_line(text);
    }
  }

  // Where it hurts most: as a header line of its own.
  void insert_line(std::string& text) {
    const auto end = text.find("\r\n");
    if (end != std::string::npos) text.insert(end + 2, pieces[below(pieces.size())]);
  }

  std::mt19937 random_;
};

std::uint32_t seed() {
  const char* given = std::getenv("SAKSBRO_SEED");
  return given == nullptr ? 20261125U
                          : static_cast<std::uint32_t>(std::strtoul(given, nullptr, 10));
}

struct Count {
  int whole = 0;
  int refused = 0;
  int smuggled = 0;
};

// As a connection reads: in pieces, and nothing of what came before the answer is a request.
void read(const std::string& bytes, Mutator& mutator, const ServerLimits& limits, Count& count) {
  RequestParser parser(limits);
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t size = 1 + mutator.below(bytes.size());
    if (parser.feed(std::string_view(bytes).substr(at, size))) {
      ++count.refused;
      return;
    }
    at += size;
  }
  if (!parser.whole()) return;
  ++count.whole;
  const WholeRequest request = parser.take();
  // Kept open, the connection would read on behind it: there must be nothing.
  const bool all = bytes.ends_with(request.body) || bytes.ends_with("0\r\n\r\n");
  if (request.head.target == "/smuggled" || (request.may_be_followed && !all)) ++count.smuggled;
  EXPECT_FALSE(parser.begun());
}

// Promise 53.
TEST(Mutation, AHundredThousandRequestsNeitherCrashTheReaderNorSmuggle) {
  Mutator mutator(seed());
  Count count;
  for (int i = 0; i < 100'000; ++i) read(mutator.next(), mutator, tight, count);
  EXPECT_EQ(count.smuggled, 0) << "SAKSBRO_SEED=" << seed();
  // Else the mutations would be too wild, or too tame, to try anything.
  EXPECT_GT(count.whole, 5'000);
  EXPECT_GT(count.refused, 20'000);
}

TEST(Mutation, OverConnectionsNothingHiddenReachesTheHandler) {
  ServerLimits limits = tight;
  limits.header = limits.body = limits.idle = 50ms;
  Recording server(limits);
  Mutator mutator(seed() + 1);
  for (int i = 0; i < 3'000; ++i) {
    Wire wire = Wire::to(server.port());
    wire.send(mutator.next());
    wire.end_sending();
    static_cast<void>(wire.read_all(1s));
  }
  int smuggled = 0;
  for (const Arrival& arrival : server.arrivals()) smuggled += arrival.path == "/smuggled" ? 1 : 0;
  EXPECT_EQ(smuggled, 0) << "SAKSBRO_SEED=" << seed();
  EXPECT_GT(server.arrivals().size(), 100U);
}

}  // namespace
}  // namespace saksbro::net
