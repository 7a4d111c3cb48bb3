// A real mail server of the end-to-end tests: exim and dovecot, booted by tests/realservers/mail.sh
// on loopback.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/rig/folder.h"

namespace saksbro::rig {

// Has empty mailboxes for each test. Throws when it does not start. Stopped by the destructor.
class RealMail {
 public:
  RealMail();
  RealMail(const RealMail&) = delete;
  RealMail& operator=(const RealMail&) = delete;
  ~RealMail();

  [[nodiscard]] std::string smtp() const { return world_.at("smtp").get<std::string>(); }
  [[nodiscard]] std::string imap() const { return world_.at("imap").get<std::string>(); }
  [[nodiscard]] std::string certificate() const {
    return world_.at("certificate").get<std::string>();
  }
  // Of an account, by its address: "saker@kommune.test" or "support@leverandor.test".
  [[nodiscard]] std::string password(const std::string& address) const;

  // A mail by a person's own program (curl), not by ours.
  void send(const std::string& from, const std::string& to, const std::string& message) const;
  // All mails of an account's INBOX, by a person's own program (curl), oldest first.
  [[nodiscard]] std::vector<std::string> inbox(const std::string& address) const;

 private:
  [[nodiscard]] std::string asked(const std::string& address, const std::string& path) const;

  Folder folder_;
  nlohmann::json world_;
};

}  // namespace saksbro::rig
