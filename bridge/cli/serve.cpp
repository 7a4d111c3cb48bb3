#include <fmt/core.h>
#include <pthread.h>

#include <csignal>

#include "bridge/cli/cli.h"
#include "bridge/cli/open_secrets.h"
#include "bridge/cli/program_version.h"
#include "bridge/run/observe/failpoint.h"
#include "bridge/run/observe/log.h"
#include "bridge/run/observe/memory.h"
#include "bridge/run/serve/service.h"
#include "bridge/run/serve/systemd.h"
#include "bridge/store/sqlite/sqlite_store.h"

namespace saksbro::cli {
namespace {

// Blocked in every thread, so that the main thread alone waits for them.
sigset_t signals_that_we_wait_for() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGHUP);
  return signals;
}

run::ListenerSettings door_of(const load::Listener& listener) {
  run::ListenerSettings door;
  door.host = listener.host;
  door.port = listener.port;
  if (listener.tls)
    door.tls = {listener.tls->certificate, listener.tls->key, listener.tls->client_ca};
  door.limits.body_bytes_at = listener.bodies;
  if (listener.connections) door.limits.connections = *listener.connections;
  if (listener.connections_per_address)
    door.limits.connections_per_address = *listener.connections_per_address;
  return door;
}

run::Role role_of(const std::string& name) {
  if (name == "admin") return run::Role::admin;
  return name == "operator" ? run::Role::operator_ : run::Role::viewer;
}

run::FileSettings files_of(const load::Configuration& configuration) {
  const load::FilesConfiguration& files = configuration.files;
  run::FileSettings settings;
  settings.folder = configuration.store + ".files";
  settings.limits.bytes_most = files.bytes_most;
  settings.check.programs = files.programs;
  if (!files.clamd.empty()) settings.check.scanner = run::Clamd{files.clamd};
  if (!files.scan_command.empty()) settings.check.scanner = run::ScanCommand{files.scan_command};
  return settings;
}

run::ServiceSettings settings_of(const load::Configuration& configuration) {
  run::ServiceSettings settings;
  settings.webhooks = door_of(configuration.listen.webhooks);
  settings.operations = door_of(configuration.listen.operations);
  settings.gate.hosts = configuration.listen.hosts;
  for (const load::AccessToken& token : configuration.listen.tokens) {
    settings.gate.tokens.push_back({token.name, role_of(token.role), token.sha256, token.expires});
  }
  settings.configured_urls = load::urls_in(configuration);
  settings.version = program_version();
  for (const load::SystemConfiguration& system : configuration.systems) {
    settings.delivery.emplace(system.name, system.delivery);
    settings.fingerprints.emplace(system.name, system.fingerprint);
    if (system.compare) settings.compare.emplace(system.name, *system.compare);
  }
  settings.files = files_of(configuration);
  const load::UpkeepConfiguration& upkeep = configuration.upkeep;
  settings.housekeeping = {{upkeep.bodies, upkeep.ids, upkeep.commands, upkeep.decisions},
                           upkeep.reserve,
                           configuration.files.keep};
  settings.recovery_overlap = upkeep.overlap;
  if (const auto& links = configuration.links)
    settings.links = run::LinkSettings{links->url, links->secrets};
  return settings;
}

// The old configuration stays when the new one is wrong. False: the service cannot go on.
bool reload(const Chosen& chosen, const std::string& store, run::Service& service) {
  auto fresh = load_settled_instance(chosen.configuration);
  if (fresh && fresh->configuration.store != store) {
    fresh = tl::unexpected(
        Errors{{chosen.configuration, "store: a change of the store needs a restart"}});
  }
  if (!fresh) {
    for (const Error& error : fresh.error())
      run::log::error("configuration.refused", {{"where", error.where}, {"why", error.what}});
    service.refused_a_configuration();
    return true;
  }
  const auto reloaded =
      service.reload(settings_of(fresh->configuration), std::move(fresh->configuration.mapping),
                     std::move(fresh->systems));
  if (reloaded) {
    run::log::info("configuration.reloaded", {});
    return true;
  }
  const auto& [why, fatal] = reloaded.error();
  run::log::error("configuration.refused", {{"where", why.where}, {"why", why.what}});
  service.refused_a_configuration();
  return !fatal;
}

// Meanwhile systemd is told that the engine goes round, if it wants to know.
int next_signal(const sigset_t& signals, const run::Systemd& systemd, const run::Service& service) {
  const auto every = systemd.alive_every();
  for (;;) {
    const timespec time{every ? every->count() / 1'000 : 3'600,
                        every ? every->count() % 1'000 * 1'000'000 : 0};
    if (every && service.lives()) systemd.alive();
    if (const int signal = sigtimedwait(&signals, nullptr, &time); signal > 0) return signal;
  }
}

// Until a signal ends it; what main returns.
int go_on(const Chosen& chosen, const std::string& store, const sigset_t& signals,
          run::Service& service) {
  const run::Systemd systemd(run::systemd_variables());
  systemd.ready();
  int signal = next_signal(signals, systemd, service);
  for (; signal == SIGHUP; signal = next_signal(signals, systemd, service)) {
    systemd.reloading();
    if (!reload(chosen, store, service)) return 1;
    systemd.ready();
  }
  systemd.stopping();
  run::log::info("service.stopping", {{"signal", signal}});
  service.stop();
  run::log::info("service.stopped", {});
  return 0;
}

int serve(const Chosen& chosen, const std::string& level) {
  auto instance = load_instance(chosen.configuration);
  if (!instance) return complain(instance.error());
  run::failpoint("cfg.parsed");
  std::signal(SIGPIPE, SIG_IGN);
  const sigset_t signals = signals_that_we_wait_for();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  run::use_memory_sparingly();
  run::log::start(level);
  for (const std::string& finding : open_secrets(instance->configuration))
    run::log::warn("secret.open_to_others", {{"why", finding}});
  for (const Error& one : instance->configuration.warnings)
    run::log::warn("configuration.old_key", {{"why", one.text()}});
  const std::string path = instance->configuration.store;
  auto store = store::open_sqlite(path, store::Use::serve, run::SystemClock{}.now());
  if (!store) return complain(chosen, store.error());
  auto service = run::Service::start(settings_of(instance->configuration),
                                     std::move(instance->configuration.mapping),
                                     std::move(instance->systems), std::move(*store));
  if (!service) return complain(chosen, service.error());
  run::log::info("service.started", {{"version", program_version()},
                                     {"webhooks", (*service)->webhook_port()},
                                     {"operations", (*service)->operations_port()}});
  return go_on(chosen, path, signals, **service);
}

}  // namespace

void add_serve(CLI::App& app, Chosen& chosen) {
  auto* verb = app.add_subcommand(
      "serve", "run the service until SIGTERM; SIGHUP reloads the configuration");
  auto level = std::make_shared<std::string>("info");
  verb->add_option("--log", *level, "debug, info, warn or error")
      ->check(CLI::IsMember({"debug", "info", "warn", "error"}))
      ->capture_default_str();
  verb->callback(
      [&chosen, level] { chosen.run = [&chosen, level] { return serve(chosen, *level); }; });
}

}  // namespace saksbro::cli
