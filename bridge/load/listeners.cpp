#include "bridge/load/listeners.h"

#include <algorithm>
#include <chrono>

namespace saksbro::load {
namespace {

constexpr long long kConnectionsMost = 20'000;
constexpr std::size_t kBodyMost = 25U * 1024U * 1024U;  // GitLab's largest

bool is_loopback(const std::string& host) {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

// "64KB", "25MB": of 1024.
std::optional<std::size_t> size_of(std::string_view text) {
  std::size_t unit = 0;
  if (text.ends_with("KB")) unit = 1024;
  if (text.ends_with("MB")) unit = 1024UL * 1024UL;
  if (unit == 0) return std::nullopt;
  const auto count = parse_whole_number(text.substr(0, text.size() - 2));
  if (!count || *count < 1 || *count > 100'000) return std::nullopt;
  return static_cast<std::size_t>(*count) * unit;
}

// The end of a day like 2027-06-30, in UTC.
std::optional<Instant> end_of_day(const std::string& text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto number = [&](std::size_t at, std::size_t size) {
    const std::string digits = text.substr(at, size);
    const bool all = digits.find_first_not_of("0123456789") == std::string::npos;
    return all ? parse_whole_number(digits).value_or(0) : 0;
  };
  const std::chrono::year_month_day day{std::chrono::year(static_cast<int>(number(0, 4))),
                                        std::chrono::month(static_cast<unsigned>(number(5, 2))),
                                        std::chrono::day(static_cast<unsigned>(number(8, 2)))};
  if (!day.ok()) return std::nullopt;
  return std::chrono::sys_days(day) + std::chrono::days(1);
}

class ListenBlock {
 public:
  ListenBlock(const std::function<std::string(const std::string&)>& beside, const ReadFile& read,
              Errors& errors)
      : beside_(beside), read_(read), errors_(errors) {}

  Listeners read(const Setting& listen) {
    SettingsReader reader(listen);
    if (const Setting* one = given(listen, "webhooks", reader)) read_webhooks(*one);
    if (const Setting* one = given(listen, "operations", reader)) read_operations(*one);
    if (share_a_port(found_.webhooks, found_.operations)) {
      reader.error(*listen.find("operations"),
                   "port " + std::to_string(found_.operations.port) +
                       " is that of webhooks: each listener needs a port of its own");
    }
    take(reader.finish());
    return std::move(found_);
  }

 private:
  // Port 0 is any that is free.
  static bool share_a_port(const Listener& one, const Listener& other) {
    const auto everywhere = [](const Listener& listener) {
      return listener.host == "0.0.0.0" || listener.host == "::";
    };
    return one.port != 0 && one.port == other.port &&
           (one.host == other.host || everywhere(one) || everywhere(other));
  }

  // Null when it is missing (which is said) or in the short form, ADDRESS:PORT (which is read).
  const Setting* given(const Setting& listen, const char* key, SettingsReader& reader) {
    Listener& listener = std::string_view(key) == "webhooks" ? found_.webhooks : found_.operations;
    const Setting* found = listen.find(key);
    if (found != nullptr && std::holds_alternative<Setting::Map>(found->value))
      return reader.map(key);
    read_address(*(found == nullptr ? &listen : found), reader.text(key), reader, listener);
    if (found != nullptr && &listener == &found_.operations) guard_operations(*found, reader);
    return nullptr;
  }

  static void read_address(const Setting& at, const std::string& text, SettingsReader& reader,
                           Listener& listener) {
    if (text.empty()) return;
    const std::size_t colon = text.rfind(':');
    const auto port =
        colon == text.npos ? std::nullopt : parse_whole_number(text.substr(colon + 1));
    if (!port || *port < 0 || *port > 65535 || colon == 0) {
      reader.error(at, "expected ADDRESS:PORT, like 127.0.0.1:8480; a port is at most 65535");
      return;
    }
    listener.host = text.substr(0, colon);
    if (listener.host.starts_with('[') && listener.host.ends_with(']'))
      listener.host = listener.host.substr(1, listener.host.size() - 2);  // [::1]
    listener.port = static_cast<std::uint16_t>(*port);
  }

  void read_shared(const Setting& block, SettingsReader& reader, Listener& listener) {
    const std::string text = reader.text("address");
    if (const Setting* at = block.find("address")) read_address(*at, text, reader, listener);
    if (const Setting* tls = reader.map("tls")) listener.tls = read_tls(*tls);
    listener.connections = count(reader, "connections");
    listener.connections_per_address = count(reader, "connections_per_address");
  }

  static std::optional<std::size_t> count(SettingsReader& reader, const char* key) {
    const auto number = reader.whole_number(key, 1, kConnectionsMost);
    if (!number) return std::nullopt;
    return static_cast<std::size_t>(*number);
  }

  TlsPaths read_tls(const Setting& block) {
    SettingsReader reader(block);
    TlsPaths paths{file(block, reader, "certificate"), file(block, reader, "key"), {}};
    if (block.find("client_ca") != nullptr) paths.client_ca = file(block, reader, "client_ca");
    take(reader.finish());
    return paths;
  }

  std::string file(const Setting& block, SettingsReader& reader, const char* key) {
    const std::string text = reader.text(key);
    if (text.empty()) return {};
    const std::string path = beside_(text);
    if (const auto content = read_(path); !content) {
      reader.error(*block.find(key), path + ": " + content.error().what);
    }
    return path;
  }

  void read_webhooks(const Setting& block) {
    SettingsReader reader(block);
    read_shared(block, reader, found_.webhooks);
    if (const Setting* bodies = reader.map("bodies")) read_bodies(*bodies, reader);
    take(reader.finish());
  }

  void read_bodies(const Setting& bodies, SettingsReader& reader) {
    for (const auto& [path, setting] : std::get<Setting::Map>(bodies.value)) {
      const auto* text = std::get_if<Setting::Text>(&setting.value);
      std::optional<std::size_t> size;
      if (text != nullptr) size = size_of(*text);
      if (!path.starts_with('/')) {
        reader.error(setting, "expected the path of a webhook, like /hooks/gitlab");
      } else if (!size || *size > kBodyMost) {
        reader.error(setting, "expected a size like 512KB or 25MB, which is the most");
      } else {
        found_.webhooks.bodies[path] = *size;
      }
    }
  }

  void read_operations(const Setting& block) {
    SettingsReader reader(block);
    read_shared(block, reader, found_.operations);
    if (const Setting* hosts = reader.list("hosts")) read_hosts(*hosts, reader);
    if (const Setting* tokens = reader.map("tokens")) read_tokens(*tokens);
    guard_operations(block, reader);
    take(reader.finish());
  }

  void read_hosts(const Setting& hosts, SettingsReader& reader) {
    for (const Setting& item : std::get<Setting::List>(hosts.value)) {
      const auto* text = std::get_if<Setting::Text>(&item.value);
      if (text == nullptr || text->empty() || text->find_first_of(" /:") != std::string::npos) {
        reader.error(item, "expected the name of a host, like saksbro.example.no, without a port");
      } else {
        found_.hosts.push_back(*text);
      }
    }
  }

  void read_tokens(const Setting& tokens) {
    for (const auto& [name, setting] : std::get<Setting::Map>(tokens.value)) {
      SettingsReader reader(setting);
      AccessToken token{name,
                        reader.one_of("role", {"viewer", "operator", "admin"}, ""),
                        reader.text("sha256"),
                        {}};
      if (setting.find("role") == nullptr)
        reader.error("\"role\" is missing: viewer, operator or admin");
      const bool hash = token.sha256.size() == 64 &&
                        token.sha256.find_first_not_of("0123456789abcdef") == std::string::npos;
      if (!token.sha256.empty() && !hash) {
        reader.error(*setting.find("sha256"),
                     "expected 64 hexadecimal digits, as `saksbro token create` prints them");
      }
      const std::string day = reader.text("expires");
      const auto expires = end_of_day(day);
      if (!day.empty() && !expires)
        reader.error(*setting.find("expires"), "expected the last day, like 2027-06-30");
      token.expires = expires.value_or(Instant{});
      found_.tokens.push_back(std::move(token));
      take(reader.finish());
    }
  }

  void guard_operations(const Setting& at, SettingsReader& reader) const {
    const Listener& listener = found_.operations;
    if (listener.host.empty() || is_loopback(listener.host)) return;
    if (listener.tls && !found_.tokens.empty() && !found_.hosts.empty()) return;
    reader.error(at, listener.host +
                         " is reachable from other machines: it needs tls, tokens and hosts, or an "
                         "address like 127.0.0.1:8481");
  }

  void take(const Errors& errors) { errors_.insert(errors_.end(), errors.begin(), errors.end()); }

  const std::function<std::string(const std::string&)>& beside_;
  const ReadFile& read_;
  Errors& errors_;
  Listeners found_;
};

}  // namespace

Listeners read_listeners(const Setting& listen,
                         const std::function<std::string(const std::string&)>& beside,
                         const ReadFile& read, Errors& errors) {
  return ListenBlock(beside, read, errors).read(listen);
}

}  // namespace saksbro::load
