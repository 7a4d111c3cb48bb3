#include "tests/fakes/smtp_sink.h"

namespace saksbro::fakes {

SmtpSink::SmtpSink() : server_([this](Connection& connection) { serve(connection); }) {}

std::vector<std::string> SmtpSink::mails() const {
  const std::lock_guard lock(mutex_);
  return mails_;
}

void SmtpSink::serve(Connection& connection) {
  if (!connection.write("220 fake ESMTP\r\n")) return;
  while (auto line = connection.read_line()) {
    const std::string verb = line->substr(0, 4);
    if (verb == "DATA") {
      if (!take(connection)) return;
    } else if (verb == "QUIT") {
      (void)connection.write("221 bye\r\n");
      return;
    } else if (!connection.write("250 fine\r\n")) {
      return;
    }
  }
}

bool SmtpSink::take(Connection& connection) {
  if (!connection.write("354 go on\r\n")) return false;
  std::string mail;
  for (auto line = connection.read_line(); line; line = connection.read_line()) {
    if (*line == ".") {
      {
        const std::lock_guard lock(mutex_);
        mails_.push_back(mail);
      }
      return connection.write("250 taken\r\n");
    }
    mail += *line + "\r\n";
  }
  return false;
}

}  // namespace saksbro::fakes
