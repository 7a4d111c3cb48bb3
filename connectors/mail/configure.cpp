#include <algorithm>

#include "bridge/contract/ascii.h"
#include "connectors/mail/mail.h"
#include "connectors/mail/mail_system.h"

namespace saksbro::mail {
namespace {

bool on_loopback(const std::string& url) {
  const std::string host = url.substr(url.find("://") + 3);
  return host.starts_with("127.0.0.1:") || host.starts_with("localhost:") ||
         host.starts_with("[::1]:");
}

// "smtp://host:587", without path; an empty text when that is no such address.
std::string server(SettingsReader& reader, const Setting& settings, const std::string& key,
                   const std::string& example) {
  const Setting* at = settings.find(key);
  const std::string url = reader.text(key);
  if (at == nullptr || url.empty()) return "";
  const bool scheme = url.starts_with(key + "://") || url.starts_with(key + "s://");
  const std::string rest = scheme ? url.substr(url.find("://") + 3) : "";
  const auto colon = rest.rfind(':');
  const auto port =
      colon == std::string::npos ? std::nullopt : parse_whole_number(rest.substr(colon + 1));
  const bool right = port && *port > 0 && *port < 65536 && colon > 0 &&
                     rest.find_first_of(" \t\r\n@/?#") == std::string::npos;
  if (right) return url;
  reader.error(*at, "\"" + url + "\" is no address of a server: expected " + example);
  return "";
}

void check_tls(SettingsReader& reader, const Setting& settings, const std::string& url,
               bool required) {
  if (required || url.empty() || on_loopback(url)) return;
  const Setting* at = settings.find("tls");
  reader.error(at == nullptr ? settings : *at,
               "tls: none is for a server on this machine (127.0.0.1, localhost, [::1]) only");
}

Access read_access(SettingsReader& reader, const Setting& settings) {
  Access access;
  access.user = reader.text_or("user", "");
  const auto password = reader.secret_if_given("password");
  access.password = password.value_or(Secret());
  const Setting* at = settings.find("password");
  const bool known = at != nullptr && std::holds_alternative<Secret>(at->value);
  if (known && password->empty()) reader.error(*at, "the password is empty");
  if (access.user.empty() != !password.has_value())
    reader.error("user and password come together, or not at all");
  access.tls = reader.one_of("tls", {"required", "none"}, "required") == "required";
  access.certificates = reader.text_or("certificates", "");
  return access;
}

std::optional<codec::Mailbox> mailbox(SettingsReader& reader, const Setting& at) {
  const auto* text = std::get_if<Setting::Text>(&at.value);
  auto read = text == nullptr ? std::nullopt : codec::mailbox_from(*text);
  if (!read) reader.error(at, "expected a mail address: name@domain or \"Name <name@domain>\"");
  return read;
}

codec::Mailbox read_from(SettingsReader& reader, const Setting& settings) {
  const Setting* at = settings.find("from");
  if (reader.text("from").empty() || at == nullptr) return {};
  return mailbox(reader, *at).value_or(codec::Mailbox{});
}

std::vector<codec::Mailbox> read_mailboxes(SettingsReader& reader, const std::string& key) {
  std::vector<codec::Mailbox> all;
  const Setting* list = reader.list(key);
  if (list == nullptr) return all;
  for (const Setting& one : std::get<Setting::List>(list->value)) {
    if (auto read = mailbox(reader, one)) all.push_back(std::move(*read));
  }
  return all;
}

// A folder whose name needs no encoding (IMAP writes æøå in a UTF-7 of its own).
std::string read_folder(SettingsReader& reader, const Setting& settings) {
  std::string folder = reader.text_or("folder", "INBOX");
  const bool plain = std::all_of(folder.begin(), folder.end(), [](char c) {
    return is_ascii_alnum(c) || std::string_view("._-/").find(c) != std::string_view::npos;
  });
  if (!plain || folder.empty())
    reader.error(*settings.find("folder"), "a folder's name has letters a-z, digits and . _ - /");
  return folder;
}

Reading read_reading(SettingsReader& reader, const Setting& settings, MailSettings& read) {
  Reading reading;
  reading.url = server(reader, settings, "imap", "imaps://host:993 or imap://host:143");
  check_tls(reader, settings, reading.url, read.access.tls);
  reading.url += "/" + read_folder(reader, settings);
  reading.poll_every = reader.interval("poll").value_or(reading.poll_every);
  reading.anyone = reader.one_of("trust", {"authenticated", "anyone"}, "authenticated") == "anyone";
  reading.authserv = reader.text_or("authserv", "");
  reading.hourly =
      static_cast<int>(reader.whole_number("hourly", 0, 1'000).value_or(reading.hourly));
  reading.reply_tag = reader.flag_or("reply_tag", false);
  for (const codec::Mailbox& form : read_mailboxes(reader, "forms"))
    reading.forms.push_back(form.address);
  read.secret = reader.secret("secret");
  const Setting* at = settings.find("secret");
  if (at != nullptr && std::holds_alternative<Secret>(at->value) && read.secret.empty())
    reader.error(*at, "the secret is empty");
  if (!reading.anyone && reading.authserv.empty())
    reader.error(
        "authserv is missing: the name that your own mail server signs Authentication-Results "
        "with. Without it no sender can be believed; trust: anyone says that you want that");
  return reading;
}

}  // namespace

Configured configure(const SystemName& name, const Setting& settings) {
  SettingsReader reader(settings);
  (void)reader.text_or("connector", "mail");
  MailSettings read;
  read.name = name;
  read.smtp = server(reader, settings, "smtp", "smtp://host:587 or smtps://host:465");
  read.access = read_access(reader, settings);
  check_tls(reader, settings, read.smtp, read.access.tls);
  read.from = read_from(reader, settings);
  read.to = read_mailboxes(reader, "to");
  if (settings.find("imap") != nullptr) {
    read.reading = read_reading(reader, settings, read);
    if (read.access.user.empty()) reader.error("a mailbox is read with user and password");
  }
  // Without a path the greeting would name this machine.
  read.smtp += "/" + codec::domain_of(read.from.address);
  if (Errors errors = reader.finish(); !errors.empty()) return tl::unexpected(std::move(errors));
  return std::make_unique<MailSystem>(std::move(read));
}

}  // namespace saksbro::mail
