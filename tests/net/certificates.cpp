#include "tests/net/certificates.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdio>

#include "tests/net/wire.h"

namespace saksbro::net {
namespace {

void may_sign(X509* certificate) {
  X509_EXTENSION* extension =
      X509V3_EXT_conf_nid(nullptr, nullptr, NID_basic_constraints, "critical,CA:TRUE");
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

Identity with_key(EVP_PKEY* key, const std::string& name, std::chrono::seconds valid,
                  const Identity* issuer) {
  static std::atomic<long> serial = 1;
  Identity made{Key(key, &EVP_PKEY_free), Certificate(X509_new(), &X509_free)};
  X509* certificate = made.certificate.get();
  X509_set_version(certificate, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial++);
  X509_gmtime_adj(X509_getm_notBefore(certificate), -60);
  X509_gmtime_adj(X509_getm_notAfter(certificate), valid.count());
  X509_set_pubkey(certificate, made.key.get());
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  const Identity& by = issuer == nullptr ? made : *issuer;
  X509_set_issuer_name(certificate, X509_get_subject_name(by.certificate.get()));
  if (issuer == nullptr) may_sign(certificate);
  X509_sign(certificate, by.key.get(), EVP_sha256());
  return made;
}

}  // namespace

Identity make_rsa_identity(const std::string& name, std::chrono::seconds valid) {
  return with_key(EVP_RSA_gen(2048), name, valid, nullptr);
}

Identity make_identity(const std::string& name, std::chrono::seconds valid,
                       const Identity* issuer) {
  return with_key(EVP_EC_gen("P-256"), name, valid, issuer);
}

void write_certificate(const Identity& identity, const std::filesystem::path& path) {
  const File file(std::fopen(path.c_str(), "w"));
  PEM_write_X509(file.get(), identity.certificate.get());
}

void write_key(const Identity& identity, const std::filesystem::path& path) {
  const File file(std::fopen(path.c_str(), "w"));
  PEM_write_PrivateKey(file.get(), identity.key.get(), nullptr, nullptr, 0, nullptr, nullptr);
}

TestFolder::TestFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "saksbro-net-XXXXXX").string();
  path_ = ::mkdtemp(pattern.data());
}

TestFolder::~TestFolder() { std::filesystem::remove_all(path_); }

TlsWire::TlsWire(int port, const Wish& wish)
    : socket_(Wire::to(port).release()),
      context_(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free),
      session_(nullptr, &SSL_free) {
  const timeval patience{.tv_sec = 5, .tv_usec = 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  SSL_CTX_set_min_proto_version(context_.get(), TLS1_VERSION);
  SSL_CTX_set_max_proto_version(context_.get(), wish.version_most);
  SSL_CTX_set_cipher_list(context_.get(), (wish.suites + ":@SECLEVEL=0").c_str());
  if (wish.client != nullptr) {
    SSL_CTX_use_certificate(context_.get(), wish.client->certificate.get());
    SSL_CTX_use_PrivateKey(context_.get(), wish.client->key.get());
  }
  session_.reset(SSL_new(context_.get()));
  SSL_set_fd(session_.get(), socket_);
  open_ = SSL_connect(session_.get()) == 1;
}

TlsWire::~TlsWire() { ::close(socket_); }

std::string TlsWire::server_name() const {
  const Certificate shown(SSL_get1_peer_certificate(session_.get()), &X509_free);
  std::array<char, 256> name{};
  X509_NAME_get_text_by_NID(X509_get_subject_name(shown.get()), NID_commonName, name.data(),
                            static_cast<int>(name.size()));
  return name.data();
}

bool TlsWire::send(std::string_view bytes) {
  return SSL_write(session_.get(), bytes.data(), static_cast<int>(bytes.size())) > 0;
}

std::string TlsWire::read_answer() {
  std::string text;
  std::array<char, 16384> piece;
  while (!is_whole(text)) {
    const int count = SSL_read(session_.get(), piece.data(), static_cast<int>(piece.size()));
    if (count <= 0) return text;
    text.append(piece.data(), static_cast<std::size_t>(count));
  }
  return text;
}

}  // namespace saksbro::net
