#include "bridge/views/look.h"

#include <algorithm>

#include "bridge/contract/ascii.h"
#include "bridge/contract/nearest.h"

namespace saksbro::views {
namespace {

std::string letters_of(std::string_view name) {
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
    for (const core::Role& role : activity->by)
      if (std::find(acting.begin(), acting.end(), role) == acting.end()) acting.push_back(role);
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
  for (const core::ActivityId& id : process.order) activities.push_back(&process.activities.at(id));
  return activities;
}

std::string subprocess_of(const core::ActivityId& activity) {
  const std::string number = activity.text().substr(0, activity.text().find(' '));
  const std::size_t dot = number.rfind('.');
  if (dot == number.npos || dot + 1 == number.size()) return "";
  const std::string subprocess = number.substr(0, dot);
  const bool numbered =
      std::all_of(number.begin() + static_cast<std::ptrdiff_t>(dot) + 1, number.end(), is_digit);
  return numbered && subprocess.find('.') != subprocess.npos ? subprocess : "";
}

Result<const core::Process*> find_process(const core::Mapping& mapping, std::string_view name) {
  std::vector<std::string> names;
  std::string known;
  for (const core::Process& process : mapping.processes) {
    if (letters_of(process.id.text()) == letters_of(name)) return &process;
    names.push_back(letters_of(process.id.text()));
    known += (known.empty() ? "" : ", ") + process.id.text();
  }
  if (known.empty())
    return fail("", Phrase("no process is called \"{name}\"; there is none",
                           {{"name", std::string(name)}}));
  Phrase meant;
  if (const auto near = nearest(letters_of(name), names)) {
    const auto place = std::find(names.begin(), names.end(), *near) - names.begin();
    meant = Phrase("; did you mean \"{near}\"?",
                   {{"near", mapping.processes.at(static_cast<std::size_t>(place)).id}});
  }
  return fail("", Phrase("no process is called \"{name}\"{meant}; there is {known}",
                         {{"name", std::string(name)}, {"meant", meant}, {"known", known}}));
}

}  // namespace saksbro::views
