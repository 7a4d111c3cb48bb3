#include "bridge/views/routes.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace saksbro::views {
namespace {

class Router {
 public:
  explicit Router(const Flow& flow) : flow_(flow) {}

  Routes route() {
    for (const FlowNode& node : flow_.nodes) routes_.lanes.push_back(lane_of(node.role));
    choose_ways();
    give_slots();
    order_levels();
    return std::move(routes_);
  }

 private:
  std::size_t lane_of(const core::Role& role) const {
    return static_cast<std::size_t>(std::find(flow_.roles.begin(), flow_.roles.end(), role) -
                                    flow_.roles.begin());
  }

  void choose_ways() {
    std::vector<bool> entered(flow_.nodes.size(), false);  // from above, by one edge at most
    for (const FlowEdge& edge : flow_.edges) {
      const FlowNode& from = flow_.nodes.at(edge.from);
      const FlowNode& to = flow_.nodes.at(edge.to);
      Route route;
      if (to.kind == NodeKind::gateway || ends_a_timer(to)) {
        route.kind = Route::Kind::inner;
      } else if (from.kind != NodeKind::timer && to.row == from.row + 1 && !entered.at(edge.to)) {
        entered.at(edge.to) = true;
      } else {
        route = by_bus(edge);
      }
      routes_.edges.push_back(route);
    }
  }

  Route by_bus(const FlowEdge& edge) {
    const std::size_t from = routes_.lanes.at(edge.from);
    const std::size_t to = routes_.lanes.at(edge.to);
    const bool upward = flow_.nodes.at(edge.to).row <= flow_.nodes.at(edge.from).row;
    Route route;
    route.kind = Route::Kind::bus;
    Side enters = Side::left;
    if (from == to) {
      route.leaves = enters = upward ? Side::left : Side::right;
    } else {
      route.leaves = from < to ? Side::right : Side::left;
      enters = from < to ? Side::left : Side::right;
    }
    route.bus = bus_to(edge.to, enters);
    Bus& bus = routes_.buses.at(route.bus);
    const std::size_t below = 2 * flow_.nodes.at(edge.from).row + 1;
    bus.first = std::min(bus.first, below);
    bus.last = std::max(bus.last, below);
    return route;
  }

  std::size_t bus_to(std::size_t target, Side side) {
    for (std::size_t i = 0; i < routes_.buses.size(); ++i)
      if (routes_.buses.at(i).target == target && routes_.buses.at(i).side == side) return i;
    const std::size_t at = 2 * flow_.nodes.at(target).row;
    routes_.buses.push_back({target, side, routes_.lanes.at(target), at, at, 0});
    return routes_.buses.size() - 1;
  }

  // Short ones stand nearest to the boxes; two in one slot never meet.
  void give_slots() {
    routes_.left_slots.assign(flow_.roles.size(), 0);
    routes_.right_slots.assign(flow_.roles.size(), 0);
    std::vector<Bus*> order;
    for (Bus& bus : routes_.buses) order.push_back(&bus);
    std::stable_sort(order.begin(), order.end(), [](const Bus* a, const Bus* b) {
      return a->last - a->first < b->last - b->first;
    });
    std::vector<const Bus*> placed;
    for (Bus* bus : order) {
      while (std::any_of(placed.begin(), placed.end(),
                         [&](const Bus* other) { return collide(*bus, *other); }))
        ++bus->slot;
      placed.push_back(bus);
      auto& slots = bus->side == Side::left ? routes_.left_slots : routes_.right_slots;
      slots.at(bus->lane) = std::max(slots.at(bus->lane), bus->slot + 1);
    }
  }

  static bool collide(const Bus& a, const Bus& b) {
    return a.lane == b.lane && a.side == b.side && a.slot == b.slot && a.first <= b.last &&
           b.first <= a.last;
  }

  // From the top: what goes up, the nearest first; then what goes down, the farthest first; so no
  // line crosses another of the same source. What goes straight down comes last.
  void order_levels() {
    std::map<std::pair<std::size_t, Side>, std::vector<std::size_t>> leaving;
    for (std::size_t i = 0; i < flow_.edges.size(); ++i) {
      const Route& route = routes_.edges.at(i);
      // Timers turn by themselves, above the ways of their activity.
      if (route.kind == Route::Kind::bus &&
          flow_.nodes.at(flow_.edges.at(i).from).kind != NodeKind::timer)
        leaving[{flow_.edges.at(i).from, route.leaves}].push_back(i);
    }
    for (auto& [source, edges] : leaving) {
      std::stable_sort(edges.begin(), edges.end(),
                       [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); });
      for (std::size_t i = 0; i < edges.size(); ++i) routes_.edges.at(edges.at(i)).level = i;
    }
  }

  std::tuple<int, long, long> rank(std::size_t edge) const {
    const FlowNode& from = flow_.nodes.at(flow_.edges.at(edge).from);
    const FlowNode& to = flow_.nodes.at(flow_.edges.at(edge).to);
    const Bus& bus = routes_.buses.at(routes_.edges.at(edge).bus);
    const auto lanes = static_cast<long>(bus.lane) -
                       static_cast<long>(routes_.lanes.at(flow_.edges.at(edge).from));
    const long distance = lanes < 0 ? -lanes : lanes;
    // Between two lanes the bus stands on the near side of its target: more slots are nearer then.
    const long slot = lanes == 0 ? bus.slot : -bus.slot;
    if (to.row <= from.row) return {0, distance, slot};
    return {1, -distance, -slot};
  }

  const Flow& flow_;
  Routes routes_;
};

}  // namespace

Routes routes_of(const Flow& flow) { return Router(flow).route(); }

}  // namespace saksbro::views
