#include "bridge/net/tls_channel.h"

#include <openssl/err.h>
#include <openssl/x509.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <climits>

namespace saksbro::net {
namespace {

using OwnedSsl = std::unique_ptr<SSL, decltype(&SSL_free)>;

std::string subject_of(X509* certificate) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> text(BIO_new(BIO_s_mem()), &BIO_free);
  // RFC 2253, with æøå as they are.
  const unsigned long style = XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
  if (!text || X509_NAME_print_ex(text.get(), X509_get_subject_name(certificate), 0, style) < 0)
    return {};
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(text.get(), &bytes);
  return {bytes, static_cast<std::size_t>(std::max(0L, size))};
}

class TlsChannel final : public Channel {
 public:
  TlsChannel(int socket, OwnedSsl session) : socket_(socket), session_(std::move(session)) {}
  ~TlsChannel() override { ::close(socket_); }

  Moved greet() override {
    ERR_clear_error();
    const int done = SSL_accept(session_.get());
    return done == 1 ? Moved{std::size_t{0}} : why_not(done);
  }

  Moved read(char* into, std::size_t size) override {
    ERR_clear_error();
    const int count = SSL_read(session_.get(), into, at_most(size));
    return count > 0 ? Moved{static_cast<std::size_t>(count)} : why_not(count);
  }

  Moved write(std::string_view bytes) override {
    if (bytes.empty()) return std::size_t{0};
    ERR_clear_error();
    const int count = SSL_write(session_.get(), bytes.data(), at_most(bytes.size()));
    return count > 0 ? Moved{static_cast<std::size_t>(count)} : why_not(count);
  }

  bool has_more() override {
    return SSL_has_pending(session_.get()) == 1 || socket_has_more(socket_);
  }

  bool stirs(std::chrono::milliseconds within) override {
    return SSL_has_pending(session_.get()) == 1 || socket_stirs(socket_, within);
  }

  void end_writing() override {
    ERR_clear_error();
    if (!broken_) SSL_shutdown(session_.get());
    ::shutdown(socket_, SHUT_WR);
  }

  std::string client_subject() const override {
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(
        SSL_get1_peer_certificate(session_.get()), &X509_free);
    const bool verified = SSL_get_verify_result(session_.get()) == X509_V_OK;
    return certificate && verified ? subject_of(certificate.get()) : "";
  }

 private:
  static int at_most(std::size_t size) {
    return static_cast<int>(std::min<std::size_t>(size, INT_MAX));
  }

  Moved why_not(int result) {
    const int error = SSL_get_error(session_.get(), result);
    if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE) return NotYet{};
    // After these OpenSSL forbids SSL_shutdown().
    broken_ = error == SSL_ERROR_SSL || error == SSL_ERROR_SYSCALL;
    return PeerGone{};
  }

  int socket_;
  OwnedSsl session_;
  bool broken_ = false;
};

}  // namespace

std::unique_ptr<Channel> tls_channel(int socket, SSL_CTX* context) {
  OwnedSsl session(SSL_new(context), &SSL_free);
  if (!session || SSL_set_fd(session.get(), socket) != 1) {
    ::close(socket);
    return nullptr;
  }
  return std::make_unique<TlsChannel>(socket, std::move(session));
}

}  // namespace saksbro::net
