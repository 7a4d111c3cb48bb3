// E-mail as a system: a thread of mails is a ticket. README.md tells what that means, and why.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "bridge/codec/mail_address.h"
#include "bridge/contract/connector.h"

namespace saksbro::mail {

// How a mail server is reached; the same for sending and reading.
struct Access {
  std::string user;  // empty: the server asks for none
  Secret password;
  bool tls = true;
  std::string certificates;  // a file; empty: the system's
};

// The mailbox that is read.
struct Reading {
  std::string url;  // imap(s)://host:port/FOLDER
  std::chrono::milliseconds poll_every{std::chrono::seconds(30)};
  bool anyone = false;             // senders are believed without proof
  std::string authserv;            // whose Authentication-Results are believed
  int hourly = 5;                  // of one sender; 0: as many as they like
  bool reply_tag = false;          // answers go to NAME+TAG@DOMAIN
  std::vector<std::string> forms;  // who writes for others, and names them in Reply-To
};

struct MailSettings {
  SystemName name;
  std::string smtp;  // smtp(s)://host:port/DOMAIN
  Access access;
  codec::Mailbox from;
  std::vector<codec::Mailbox> to;  // who gets what names no recipient; may be empty
  std::optional<Reading> reading;
  Secret secret;  // signs our Message-IDs; empty where nothing is read
};

class MailSystem final : public RemoteSystem {
 public:
  explicit MailSystem(MailSettings settings) : settings_(std::move(settings)) {}

  [[nodiscard]] Abilities abilities() const override;
  [[nodiscard]] Accepted<DeliveryId> accept(const Arrival& arrival) const override;
  [[nodiscard]] Result<std::vector<Observation>> normalise(const Delivery& delivery) const override;
  [[nodiscard]] PollStep poll(const Cursor& cursor, Transcript so_far) const override;
  [[nodiscard]] Step perform(const Command& command, Transcript so_far) const override;

 private:
  MailSettings settings_;
};

}  // namespace saksbro::mail
