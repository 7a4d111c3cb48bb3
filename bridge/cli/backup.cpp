#include "bridge/store/sqlite/backup.h"

#include <algorithm>

#include "bridge/cli/cli.h"
#include "bridge/cli/print.h"
#include "bridge/cli/speech.h"
#include "bridge/run/observe/clock.h"

namespace saksbro::cli {
namespace {

int back_up(const Chosen& chosen, const std::string& file, bool force) {
  const auto store = store_path(chosen);
  if (!store) return complain(chosen, store.error());
  const auto bytes = store::back_up_sqlite(
      *store, file, force ? store::Overwrite::yes : store::Overwrite::no, run::SystemClock{}.now());
  if (!bytes) return complain(chosen, bytes.error());
  if (chosen.json) {
    print_json({{"file", file}, {"bytes", *bytes}});
    return 0;
  }
  const Speech speech = speech_of(chosen);
  std::string size = fmt::format("{:.1f}", static_cast<double>(*bytes) / (1024.0 * 1024.0));
  if (speech.language() == core::Language::nb) std::replace(size.begin(), size.end(), '.', ',');
  print("{}\n", speech.line("{}: {} MB, kontrollert og skrevet til disk.",
                            "{}: {} MB, checked and written to disk.", file, size));
  return 0;
}

}  // namespace

void add_backup(CLI::App& app, Chosen& chosen) {
  auto* verb = app.add_subcommand("backup", "copy the store to a file; the service may be running");
  auto file = std::make_shared<std::string>();
  auto force = std::make_shared<bool>(false);
  verb->add_option("FILE", *file, "the file to write; its folder must exist")->required();
  verb->add_flag("--force", *force, "replace the file if it exists");
  verb->add_flag("--json", chosen.json, "print JSON");
  verb->callback([&chosen, file, force] {
    chosen.run = [&chosen, file, force] { return back_up(chosen, *file, *force); };
  });
}

}  // namespace saksbro::cli
