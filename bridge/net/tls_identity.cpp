#include "bridge/net/tls_identity.h"

#include <openssl/err.h>
#include <openssl/x509.h>
#include <sys/stat.h>

#include <cstring>
#include <ctime>

namespace saksbro::net {
namespace {

using Context = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;

tl::unexpected<Error> wrong(const std::string& file, const std::string& what) {
  const unsigned long code = ERR_peek_error();  // the first: later ones only say where it led
  if (ERR_SYSTEM_ERROR(code)) return fail(file, what + ": " + std::strerror(ERR_GET_REASON(code)));
  const char* reason = code == 0 ? nullptr : ERR_reason_error_string(code);
  return fail(file, what + (reason == nullptr ? "" : std::string(": ") + reason));
}

// Of TLS 1.2: a key of its own for each connection, and a cipher that authenticates. No static RSA
// (who gets the key later reads all), no CBC. Those of TLS 1.3 are all such.
constexpr const char* kSuites =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
    "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";

// No resumption: a client certificate is looked at each time, and keep-alive spares most
// handshakes.
void be_strict(SSL_CTX* context) {
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(context, kSuites);
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_NO_TICKET |
                                   SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(context, 0);
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                SSL_MODE_RELEASE_BUFFERS);
}

// A client without a certificate is let in, and its Arrival names no subject: which source needs
// one is its own setting.
Result<void> believe_clients(SSL_CTX* context, const std::string& authority) {
  if (authority.empty()) return {};
  STACK_OF(X509_NAME)* names = SSL_load_client_CA_file(authority.c_str());
  if (names == nullptr || SSL_CTX_load_verify_file(context, authority.c_str()) != 1) {
    sk_X509_NAME_pop_free(names, X509_NAME_free);
    return wrong(authority, "cannot read a certificate authority in PEM from this file");
  }
  SSL_CTX_set_client_CA_list(context, names);
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  return {};
}

Result<Instant> expiry_of(const TlsFiles& files, SSL_CTX* context) {
  std::tm end{};
  if (ASN1_TIME_to_tm(X509_get0_notAfter(SSL_CTX_get0_certificate(context)), &end) != 1)
    return wrong(files.certificate, "the certificate does not say when it expires");
  return Instant(std::chrono::seconds(::timegm(&end)));
}

}  // namespace

Result<std::unique_ptr<TlsIdentity>> TlsIdentity::load(const TlsFiles& files) {
  std::unique_ptr<TlsIdentity> identity(new TlsIdentity(files));
  identity->stamp_ = identity->stamp();
  if (auto taken = identity->take_over(); !taken) return tl::unexpected(std::move(taken.error()));
  return identity;
}

Result<void> TlsIdentity::refresh() {
  std::string now = stamp();
  if (now == stamp_) return {};
  stamp_ = std::move(now);
  auto taken = take_over();
  // A file that is being written is looked at more than once: one trouble is one message.
  const Error refused = taken ? Error{} : taken.error();
  const bool said_before = !taken && refused == refused_;
  refused_ = refused;
  return said_before ? Result<void>{} : taken;
}

Result<void> TlsIdentity::take_over() {
  ERR_clear_error();
  Context context(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free);
  if (!context) return wrong("TLS", "out of memory");
  be_strict(context.get());
  if (SSL_CTX_use_certificate_chain_file(context.get(), files_.certificate.c_str()) != 1)
    return wrong(files_.certificate, "cannot read a certificate in PEM from this file");
  if (SSL_CTX_use_PrivateKey_file(context.get(), files_.key.c_str(), SSL_FILETYPE_PEM) != 1)
    return wrong(files_.key,
                 "cannot read a key in PEM that matches " + files_.certificate + " from this file");
  if (auto believed = believe_clients(context.get(), files_.client_ca); !believed) return believed;
  const auto expires = expiry_of(files_, context.get());
  if (!expires) return tl::unexpected(expires.error());
  expires_ = expires->time_since_epoch().count();
  context_ = std::move(context);
  return {};
}

std::string TlsIdentity::stamp() const {
  std::string text;
  for (const std::string* file : {&files_.certificate, &files_.key, &files_.client_ca}) {
    struct stat found {};
    if (file->empty() || ::stat(file->c_str(), &found) != 0) {
      text += "-;";
      continue;
    }
    text += std::to_string(found.st_ino) + "," + std::to_string(found.st_size) + "," +
            std::to_string(found.st_mtim.tv_sec) + "." + std::to_string(found.st_mtim.tv_nsec) +
            ";";
  }
  return text;
}

}  // namespace saksbro::net
