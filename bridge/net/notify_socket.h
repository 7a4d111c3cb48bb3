// Datagrams to whoever started the program (sd_notify(3)): one send of a few words. Our own code,
// because libsystemd would bring three compression libraries and a cipher library into a process
// that reads strangers' bytes; the protocol is documented as stable, to be spoken without it.
#pragma once

#include <string>
#include <string_view>

namespace saksbro::net {

class NotifySocket {
 public:
  // A path, or an abstract name that begins with '@'. "": nobody is there, and nothing is sent.
  explicit NotifySocket(const std::string& address);
  NotifySocket(const NotifySocket&) = delete;
  NotifySocket& operator=(const NotifySocket&) = delete;
  ~NotifySocket();

  // False: nobody has heard it. Never waits.
  bool send(std::string_view message) const;

 private:
  int socket_ = -1;
};

}  // namespace saksbro::net
