// A request that has been read already, as cpp-httplib wants to read it; what it answers is kept.
#pragma once

#include <httplib.h>

#include <string>
#include <utility>

namespace saksbro::net {

struct Peer {
  std::string address;
  int port = 0;
};

class MemoryStream final : public httplib::Stream {
 public:
  MemoryStream(std::string in, Peer peer) : in_(std::move(in)), peer_(std::move(peer)) {}

  [[nodiscard]] const std::string& written() const { return out_; }

  bool is_readable() const override { return at_ < in_.size(); }
  bool is_writable() const override { return true; }
  ssize_t read(char* into, size_t size) override {
    const std::size_t count = in_.copy(into, size, at_);
    at_ += count;
    return static_cast<ssize_t>(count);
  }
  ssize_t write(const char* bytes, size_t size) override {
    out_.append(bytes, size);
    return static_cast<ssize_t>(size);
  }
  void get_remote_ip_and_port(std::string& address, int& port) const override {
    address = peer_.address;
    port = peer_.port;
  }
  void get_local_ip_and_port(std::string& address, int& port) const override {
    address.clear();
    port = 0;
  }
  socket_t socket() const override { return INVALID_SOCKET; }

 private:
  std::string in_;
  std::size_t at_ = 0;
  std::string out_;
  Peer peer_;
};

}  // namespace saksbro::net
