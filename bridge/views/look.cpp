#include "bridge/views/look.h"

#include <algorithm>

#include "bridge/contract/nearest.h"

namespace saksbro::views {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }

// Takes a run of digits, or of anything else, from the front.
std::string_view take_run(std::string_view& text) {
  const bool number = digit(text.front());
  std::size_t length = 0;
  while (length < text.size() && digit(text[length]) == number) ++length;
  const std::string_view run = text.substr(0, length);
  text.remove_prefix(length);
  return run;
}

std::string_view without_zeros(std::string_view number) {
  const std::size_t first = number.find_first_not_of('0');
  return first == number.npos ? "" : number.substr(first);
}

bool counts_before(std::string_view a, std::string_view b) {
  while (!a.empty() && !b.empty()) {
    const std::string_view left = take_run(a);
    const std::string_view right = take_run(b);
    if (left == right) continue;
    if (!digit(left.front()) || !digit(right.front())) return left < right;
    const std::string_view one = without_zeros(left);
    const std::string_view other = without_zeros(right);
    if (one.size() != other.size()) return one.size() < other.size();
    if (one != other) return one < other;
  }
  return a.empty() && !b.empty();
}

std::string plain(std::string_view name) {
  std::string letters;
  for (const char c : name) {
    if (c == '.') continue;
    letters += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return letters;
}

}  // namespace

std::string title_of(const core::Role& role, const Look& look) {
  const auto found = std::find_if(look.roles.begin(), look.roles.end(),
                                  [&](const auto& one) { return one.first == role; });
  return found == look.roles.end() ? role.text() : found->second.in(look.language);
}

std::string titles_of(const std::vector<core::Role>& roles, const Look& look) {
  std::string titles;
  for (const core::Role& role : roles)
    titles += (titles.empty() ? "" : ", ") + title_of(role, look);
  return titles;
}

std::vector<core::Role> columns_of(const core::Process& process, const Look& look) {
  std::vector<core::Role> acting;
  for (const core::Activity* activity : in_order(process)) {
    if (std::find(acting.begin(), acting.end(), activity->by) == acting.end())
      acting.push_back(activity->by);
  }
  const auto place = [&](const core::Role& role) {
    return std::find_if(look.roles.begin(), look.roles.end(),
                        [&](const auto& one) { return one.first == role; }) -
           look.roles.begin();
  };
  std::stable_sort(acting.begin(), acting.end(),
                   [&](const core::Role& a, const core::Role& b) { return place(a) < place(b); });
  return acting;
}

std::vector<const core::Activity*> in_order(const core::Process& process) {
  std::vector<const core::Activity*> activities;
  for (const auto& [id, activity] : process.activities) activities.push_back(&activity);
  std::stable_sort(activities.begin(), activities.end(),
                   [](const core::Activity* a, const core::Activity* b) {
                     if (a->ends != b->ends) return b->ends;
                     return counts_before(a->id.text(), b->id.text());
                   });
  return activities;
}

std::string subprocess_of(const core::ActivityId& activity) {
  const std::string& text = activity.text();
  const std::size_t dot = text.rfind('.');
  if (dot == text.npos || dot + 1 == text.size()) return "";
  return std::all_of(text.begin() + static_cast<std::ptrdiff_t>(dot) + 1, text.end(), digit)
             ? text.substr(0, dot)
             : "";
}

Result<const core::Process*> find_process(const core::Mapping& mapping, std::string_view name) {
  std::vector<std::string> names;
  std::string known;
  for (const core::Process& process : mapping.processes) {
    if (plain(process.id.text()) == plain(name)) return &process;
    names.push_back(plain(process.id.text()));
    known += (known.empty() ? "" : ", ") + process.id.text();
  }
  std::string what = "no process is called \"" + std::string(name) + "\"";
  if (const auto near = nearest(plain(name), names)) {
    const auto place = std::find(names.begin(), names.end(), *near) - names.begin();
    what += "; did you mean \"" + mapping.processes.at(static_cast<std::size_t>(place)).id.text() +
            "\"?";
  }
  return fail("", what + (known.empty() ? "; there is none" : "; there is " + known));
}

}  // namespace saksbro::views
