#include "bridge/core/report/course.h"

#include <algorithm>
#include <utility>

namespace saksbro::core {
namespace {

const Activity* activity_of(const Mapping& mapping, const ProcessId& process,
                            const ActivityId& id) {
  for (const Process& one : mapping.processes) {
    if (one.id != process) continue;
    const auto found = one.activities.find(id);
    return found == one.activities.end() ? nullptr : &found->second;
  }
  return nullptr;
}

bool external(const Mapping& mapping, const SystemName& name) {
  const SystemMapping* system = mapping.system(name);
  return system != nullptr && system->external;
}

bool speaks_in(const Role& role, const SystemMapping& system) {
  return std::any_of(system.roles.begin(), system.roles.end(),
                     [&](const RoleRule& rule) { return rule.role == role; });
}

// Follows a case through its facts and cuts its time into stretches.
class Walk {
 public:
  explicit Walk(const Mapping& mapping) : mapping_(mapping) {}

  void see(const Dated& dated) {
    cut(dated.at);
    std::visit([&](const auto& fact) { take(fact); }, dated.fact);
  }

  [[nodiscard]] bool open() const { return open_; }
  std::vector<Stretch> finish(Instant now) {
    if (open_) keep(stretch(now));
    return std::move(stretches_);
  }

 private:
  void cut(Instant at) {
    if (open_ && since_ < at) keep(stretch(at));
    since_ = std::max(since_, at);  // a host's clock may be set back
  }

  // Most facts change nothing here: the stretch before goes on.
  void keep(Stretch stretch) {
    if (!stretches_.empty() && stretches_.back().to == stretch.from) {
      Stretch& before = stretches_.back();
      const Instant begin = std::exchange(stretch.from, before.from);
      const Instant end = std::exchange(before.to, stretch.to);
      if (before == stretch) return;
      stretch.from = begin;
      before.to = end;
    }
    stretches_.push_back(std::move(stretch));
  }

  Stretch stretch(Instant to) const {
    const Activity* activity = activity_of(mapping_, process_, activity_);
    const Role by = activity == nullptr  ? Role{}
                    : activity->question ? activity->question->of
                                         : ball_among(activity->by);
    return {since_, to, activity_, by, status_, {tickets_.begin(), tickets_.end()}, awaited(by)};
  }

  // Of several roles the one whose ticket came last.
  Role ball_among(const std::vector<Role>& roles) const {
    for (auto name = tickets_.rbegin(); roles.size() > 1 && name != tickets_.rend(); ++name) {
      for (const Role& role : roles) {
        if (speaks_in(role, mapping_.known_system(*name))) return role;
      }
    }
    return roles.front();
  }

  std::optional<SystemName> awaited(const Role& by) const {
    for (auto name = tickets_.rbegin(); name != tickets_.rend(); ++name) {
      if (speaks_in(by, mapping_.known_system(*name))) return *name;
    }
    for (const auto& [name, system] : mapping_.systems) {
      if (system.external && speaks_in(by, system)) return name;
    }
    return tickets_.empty() ? std::nullopt : std::optional(tickets_.back());
  }

  void ticket_in(const SystemName& at) {
    const bool there = std::find(tickets_.begin(), tickets_.end(), at) != tickets_.end();
    if (!there && external(mapping_, at)) tickets_.push_back(at);
  }

  void take(const CaseOpened& fact) {
    process_ = fact.process;
    open_ = true;
  }
  void take(const TicketOpening& fact) { ticket_in(fact.at); }
  void take(const TicketLinked& fact) { ticket_in(fact.at); }
  void take(const TicketLost& fact) { std::erase(tickets_, fact.at); }
  void take(const StatusChanged& fact) { status_ = fact.status; }
  void take(const CaseClosed&) { open_ = false; }
  void take(const ActivityEntered& fact) {
    activity_ = fact.activity;
    const Activity* activity = activity_of(mapping_, process_, activity_);
    if (activity == nullptr || !activity->ends) open_ = true;  // a closed case is taken up again
  }
  template <class Other>
  void take(const Other&) {}

  const Mapping& mapping_;
  std::vector<Stretch> stretches_;
  ProcessId process_;
  ActivityId activity_;
  Status status_;
  std::vector<SystemName> tickets_;  // external ones, in the order in which they came
  Instant since_{};
  bool open_ = false;
};

}  // namespace

std::vector<Stretch> course_of(const Mapping& mapping, std::span<const Dated> facts, Instant now) {
  Walk walk(mapping);
  for (const Dated& dated : facts) walk.see(dated);
  return walk.finish(now);
}

std::optional<Ball> ball_of(const Mapping& mapping, std::span<const Dated> facts) {
  Walk walk(mapping);
  for (const Dated& dated : facts) walk.see(dated);
  if (!walk.open()) return std::nullopt;
  const auto stretches = walk.finish(Instant::max());
  const Stretch& last = stretches.back();
  Ball ball{last.by, last.activity, last.from};
  for (auto one = stretches.rbegin(); one != stretches.rend() && one->by == last.by; ++one) {
    const bool adjoins = one->to == ball.since || one == stretches.rbegin();
    if (!adjoins) break;  // it was closed between
    ball.since = one->from;
  }
  return ball;
}

}  // namespace saksbro::core
