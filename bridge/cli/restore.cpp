
#include "bridge/cli/cli.h"
#include "bridge/cli/print.h"
#include "bridge/cli/speech.h"
#include "bridge/codec/rfc3339.h"
#include "bridge/run/observe/clock.h"
#include "bridge/store/sqlite/backup.h"

namespace saksbro::cli {
namespace {

struct WantedBackup {
  std::string file;
  bool in_place = false;
};

void print_next(const Speech& speech) {
  put(stdout, speech.in("Neste `saksbro serve` leser alle systemer før den skriver noe: `saksbro "
                        "status`\nviser hvor langt den er kommet.\n",
                        "The next `saksbro serve` reads all systems before it writes anything: "
                        "`saksbro status`\nshows its progress.\n"));
}

int mark(const Chosen& chosen, const std::string& store) {
  const auto marked = store::mark_restored_sqlite(store, run::SystemClock{}.now());
  if (!marked) return complain(chosen, marked.error());
  const Speech speech = speech_of(chosen);
  print("{}\n",
        speech.line("{} behandles som gjenopprettet.", "{} is treated as restored.", store));
  print_next(speech);
  return 0;
}

int restore(const Chosen& chosen, const WantedBackup& wanted) {
  if (wanted.file.empty() != wanted.in_place) {
    return complain(
        chosen, refusal(Phrase("specify the FILE that `saksbro backup` wrote, or --in-place", {})));
  }
  const auto store = store_path(chosen);
  if (!store) return complain(chosen, store.error());
  if (wanted.in_place) return mark(chosen, *store);
  const auto restored = store::restore_sqlite(wanted.file, *store, run::SystemClock{}.now());
  if (!restored) return complain(chosen, restored.error());
  const Speech speech = speech_of(chosen);
  print("{}\n", speech.line("{} har nå sikkerhetskopien fra {}.", "{} now holds the backup of {}.",
                            *store, codec::write_rfc3339_seconds(restored->backup_at)));
  if (!restored->kept.empty())
    print("{}\n", speech.line("Det forrige lageret er tatt vare på som {}",
                              "The previous store is kept as {}", restored->kept));
  print_next(speech);
  return 0;
}

}  // namespace

void add_restore(CLI::App& app, Chosen& chosen) {
  auto* verb = app.add_subcommand("restore", "replace the store with a backup");
  auto wanted = std::make_shared<WantedBackup>();
  verb->add_option("FILE", wanted->file, "a file that `saksbro backup` wrote");
  verb->add_flag(
      "--in-place", wanted->in_place,
      "the store itself is an old copy (a snapshot of the machine): treat it as restored");
  verb->callback(
      [&chosen, wanted] { chosen.run = [&chosen, wanted] { return restore(chosen, *wanted); }; });
}

}  // namespace saksbro::cli
