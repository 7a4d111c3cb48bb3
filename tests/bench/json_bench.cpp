// How long bodies of the largest size that a webhook may have take to be read, by their shape:
//   json_bench
// Not a test: the figures depend on the machine. tests/codec/json_time_test.cpp holds that the time
// grows with the length only.
#include <algorithm>
#include <cstdio>
#include <string>

#include "bridge/codec/json.h"
#include "tests/codec/growth.h"
#include "tests/codec/json_shapes.h"

namespace {

using namespace saksbro;

constexpr std::size_t kBytes = 1024U * 1024U;

double milliseconds(const std::string& body) {
  double best = 1e9;
  for (int i = 0; i < 3; ++i)
    best = std::min(
        best, testing_growth::seconds_of([&] { (void)codec::parse_json(body, "json_bench"); }));
  return best * 1'000;
}

}  // namespace

int main() {
  double worst = 0;
  for (const codec::JsonShape& shape : codec::kJsonShapes) {
    const std::size_t pieces = kBytes / std::max<std::size_t>(1, shape.piece.size());
    const std::string body = codec::body_of(shape, pieces);
    const double took = milliseconds(body);
    worst = std::max(worst, took);
    std::printf("%-28s %9zu bytes %8.1f ms\n", shape.name, body.size(), took);
  }
  std::printf("%-28s %24.1f ms\n", "the worst", worst);
}
