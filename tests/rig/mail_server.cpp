#include "tests/rig/mail_server.h"

#include <iostream>
#include <sstream>
#include <stdexcept>

#include "tests/rig/port.h"
#include "tests/rig/process.h"

namespace saksbro::rig {
namespace {

using namespace std::chrono_literals;

std::string script() { return std::string(SAKSBRO_SOURCE) + "/tests/realservers/mail.sh"; }

std::string output_of(const std::vector<std::string>& argv, const std::string& what) {
  Finished finished = run(argv, 60s);
  if (finished.exit_code != 0) throw std::runtime_error(what + ":\n" + finished.output);
  return std::move(finished.output);
}

}  // namespace

RealMail::RealMail() : folder_("mail") {
  const std::string output = output_of(
      {script(), "start", folder_.path(), std::to_string(free_port()), std::to_string(free_port())},
      "mail did not start");
  world_ = nlohmann::json::parse(output, nullptr, false);
  if (!world_.is_object()) throw std::runtime_error("mail told no world:\n" + output);
}

RealMail::~RealMail() {
  try {
    output_of({script(), "stop", folder_.path()}, "mail did not stop");
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
  }
}

std::string RealMail::password(const std::string& address) const {
  for (const auto& account : world_.at("accounts")) {
    if (account.at("address") == address) return account.at("password").get<std::string>();
  }
  throw std::runtime_error("no account " + address);
}

void RealMail::send(const std::string& from, const std::string& to,
                    const std::string& message) const {
  const auto file = folder_.path() / "to-send.eml";
  write_file(file, message);
  output_of({"curl", "-sS", "--max-time", "20", "--crlf", "--mail-from", from, "--mail-rcpt", to,
             "-T", file, smtp()},
            "the mail was not taken");
}

std::string RealMail::asked(const std::string& address, const std::string& path) const {
  return output_of({"curl", "-sS", "--max-time", "20", "-u", address + ":" + password(address),
                    imap() + "/" + path},
                   "the mailbox did not answer");
}

std::vector<std::string> RealMail::inbox(const std::string& address) const {
  std::istringstream numbers(asked(address, "INBOX?ALL"));
  std::string word;
  numbers >> word >> word;  // "* SEARCH"
  std::vector<std::string> mails;
  while (numbers >> word) mails.push_back(asked(address, "INBOX;MAILINDEX=" + word));
  return mails;
}

}  // namespace saksbro::rig
