// saksbro process: shows the routines that the mapping holds.

#include "bridge/cli/cli.h"
#include "bridge/cli/print.h"
#include "bridge/cli/speech.h"
#include "bridge/codec/visible.h"
#include "bridge/views/bpmn.h"
#include "bridge/views/mermaid.h"
#include "bridge/views/svg.h"
#include "bridge/views/terminal.h"

namespace saksbro::cli {
namespace {

struct Shown {
  std::string name;
  std::string format = "text";
  std::string file;
};

std::string drawn(const core::Process& process, const views::Look& look,
                  const std::string& format) {
  if (format == "bpmn") return views::bpmn_xml(process, look);
  if (format == "svg") return views::svg_picture(process, look);
  if (format == "mermaid") return views::mermaid_diagram(process, look);
  return codec::visible_lines(views::terminal_text(process, look), 0);
}

int show_process(const Chosen& chosen, const Shown& shown) {
  const auto loaded = load_to_look(chosen);
  if (!loaded) return complain(loaded.error());
  const auto process = views::find_process(loaded->mapping, shown.name);
  if (!process) return complain(chosen, process.error());
  const views::Look look{language_of(chosen, *loaded), (*process)->roles};
  Sink sink(shown.file);
  sink.write(drawn(**process, look, shown.format));
  const auto done = sink.close();
  return done ? 0 : complain(chosen, done.error());
}

int list_processes(const Chosen& chosen) {
  const auto loaded = load_to_look(chosen);
  if (!loaded) return complain(loaded.error());
  if (chosen.json) {
    codec::Json all = codec::Json::array();
    for (const core::Process& process : loaded->mapping.processes)
      all.push_back({{"process", process.id.text()},
                     {"title", {{"nb", process.title.nb}, {"en", process.title.en}}},
                     {"activities", process.activities.size()}});
    print_json(all);
    return 0;
  }
  for (const core::Process& process : loaded->mapping.processes)
    print("{}  {}\n", process.id.text(), process.title.in(language_of(chosen, *loaded)));
  return 0;
}

}  // namespace

void add_process(CLI::App& app, Chosen& chosen) {
  auto* verb = app.add_subcommand("process", "list the processes, or show one");
  verb->require_subcommand(0, 1);
  verb->add_flag("--json", chosen.json, "print the list as JSON");
  auto* show_verb =
      verb->add_subcommand("show", "show the roles, activities and transitions of one process");
  auto shown = std::make_shared<Shown>();
  show_verb->add_option("name", shown->name, "\"M.1\"; \"m1\" is the same")->required();
  show_verb->add_option("--format", shown->format, "text, bpmn, svg or mermaid")
      ->check(CLI::IsMember({"text", "bpmn", "svg", "mermaid"}))
      ->capture_default_str();
  show_verb->add_option("-o,--output", shown->file, "write to this file, not to standard output");
  verb->callback([&chosen] {
    if (!chosen.run) chosen.run = [&chosen] { return list_processes(chosen); };
  });
  show_verb->callback(
      [&chosen, shown] { chosen.run = [&chosen, shown] { return show_process(chosen, *shown); }; });
}

}  // namespace saksbro::cli
