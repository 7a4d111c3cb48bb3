
#include "bridge/cli/cli.h"
#include "bridge/cli/print.h"
#include "bridge/codec/rfc3339.h"
#include "bridge/run/observe/clock.h"
#include "bridge/store/sqlite/backup.h"

namespace saksbro::cli {
namespace {

struct WantedBackup {
  std::string file;
  bool in_place = false;
};

constexpr const char* kNext =
    "The next `saksbro serve` looks at all systems before it writes anything: `saksbro status`\n"
    "tells how far it has come.\n";

int mark(const Chosen& chosen, const std::string& store) {
  const auto marked = store::mark_restored_sqlite(store, run::SystemClock{}.now());
  if (!marked) return complain(chosen, marked.error());
  print("{} is treated as restored.\n", store);
  put(stdout, kNext);
  return 0;
}

int restore(const Chosen& chosen, const WantedBackup& wanted) {
  if (wanted.file.empty() != wanted.in_place) {
    return complain(
        chosen,
        refusal(Phrase("say which: the FILE that `saksbro backup` made, or --in-place", {})));
  }
  const auto store = store_path(chosen);
  if (!store) return complain(chosen, store.error());
  if (wanted.in_place) return mark(chosen, *store);
  const auto restored = store::restore_sqlite(wanted.file, *store, run::SystemClock{}.now());
  if (!restored) return complain(chosen, restored.error());
  print("{} is the backup of {} now.\n", *store, codec::write_rfc3339_seconds(restored->backup_at));
  if (!restored->kept.empty()) print("What was there is kept as {}\n", restored->kept);
  put(stdout, kNext);
  return 0;
}

}  // namespace

void add_restore(CLI::App& app, Chosen& chosen) {
  auto* verb = app.add_subcommand("restore", "puts a backup in the place of the store");
  auto wanted = std::make_shared<WantedBackup>();
  verb->add_option("FILE", wanted->file, "what `saksbro backup` made");
  verb->add_flag("--in-place", wanted->in_place,
                 "the store is an old copy already (a snapshot of the machine): treats it as one");
  verb->callback(
      [&chosen, wanted] { chosen.run = [&chosen, wanted] { return restore(chosen, *wanted); }; });
}

}  // namespace saksbro::cli
