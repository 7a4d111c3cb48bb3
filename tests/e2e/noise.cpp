#include "tests/e2e/noise.h"

namespace saksbro::e2e {
namespace {

using nlohmann::json;

void count(Noise& noise, bool by_us, bool silent, bool is_private) {
  if (!by_us) {
    ++noise.of_people;
    return;
  }
  ++noise.ours;
  if (silent) ++noise.ours_silent;
  if (is_private) ++noise.ours_private;
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

std::string changes_in(const json& journal) {
  std::string list;
  for (const json& one : journal.value("details", json::array())) {
    list +=
        " [" + one.value("name", "") + ": " +
        (one.value("new_value", json()).is_string() ? one.at("new_value").get<std::string>() : "") +
        "]";
  }
  return list;
}

}  // namespace

Noise noise_of(const World& world, int issue) {
  Noise noise;
  const json bro = world.redmine.world().at("users").at("bro");
  const json shown = world.desk().issue(issue);
  for (const json& one : shown.at("journals")) {
    const std::string text = one.value("notes", "");
    const bool by_us = one.at("user").at("id") == bro;
    const bool is_private = one.value("private_notes", false);
    count(noise, by_us, text.empty(), is_private);
    noise.listed += std::string(by_us ? "  Saksbro" : "  people ") +
                    (is_private ? " private" : "") + changes_in(one) + " " + first_line(text) +
                    "\n";
  }
  return noise;
}

Noise noise_at_supplier(const World& world, int ticket) {
  Noise noise;
  for (const rig::RtEntry& one : world.leif().history(ticket)) {
    if (one.type == "Create" || one.creator == "RT_System" || one.type.starts_with("Email"))
      continue;
    const bool by_us = one.creator == "bro";
    count(noise, by_us, one.content.empty(), one.type == "Comment");
    noise.listed += std::string(by_us ? "  Saksbro " : "  people  ") + one.type + " " +
                    first_line(one.content) + "\n";
  }
  return noise;
}

std::string row(const std::string& walk, const Noise& noise) {
  return "| " + walk + " | " + std::to_string(noise.ours) + " | " +
         std::to_string(noise.ours_private) + " | " + std::to_string(noise.ours_silent) + " | " +
         std::to_string(noise.of_people) + " |\n";
}

}  // namespace saksbro::e2e
