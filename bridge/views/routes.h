// Which way each edge of a flow takes: straight down to the next row, or sideways by a bus, a
// vertical line in the gutter beside its target. Internal to the layout.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "bridge/views/flow.h"

namespace saksbro::views {

enum class Side { left, right };

struct Bus {  // all that enters one node from one side
  std::size_t target = 0;
  Side side = Side::left;  // of the target
  std::size_t lane = 0;
  std::size_t first = 0;  // half rows: 2r at the box of row r, 2r+1 below it
  std::size_t last = 0;
  int slot = 0;  // 0: the nearest to the boxes
};

struct Route {
  enum class Kind { inner, straight, bus } kind = Kind::straight;  // inner: within a row
  Side leaves = Side::right;
  std::size_t bus = 0;    // index, for Kind::bus
  std::size_t level = 0;  // how far below its source it turns sideways, counted per source
};

struct Routes {
  std::vector<std::size_t> lanes;  // of each node
  std::vector<Route> edges;        // as Flow::edges
  std::vector<Bus> buses;
  std::vector<int> left_slots;  // of each lane
  std::vector<int> right_slots;
};

[[nodiscard]] Routes routes_of(const Flow& flow);

}  // namespace saksbro::views
