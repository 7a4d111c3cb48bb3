// Certificates for tests, made on the spot and written as PEM.
#pragma once

#include <openssl/ssl.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

namespace saksbro::net {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

struct Identity {
  Key key{nullptr, &EVP_PKEY_free};
  Certificate certificate{nullptr, &X509_free};
};

// Signed by `issuer`, or by itself.
[[nodiscard]] Identity make_rsa_identity(const std::string& name, std::chrono::seconds valid);
[[nodiscard]] Identity make_identity(const std::string& name, std::chrono::seconds valid,
                                     const Identity* issuer = nullptr);

void write_certificate(const Identity& identity, const std::filesystem::path& path);
void write_key(const Identity& identity, const std::filesystem::path& path);

// A folder that goes with the test.
class TestFolder {
 public:
  TestFolder();
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;
  ~TestFolder();
  [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

// A TLS client on loopback that trusts anybody; waits at most 5 s for anything.
class TlsWire {
 public:
  struct Wish {
    const Identity* client = nullptr;
    int version_most = TLS1_3_VERSION;
    std::string suites = "DEFAULT";  // of TLS 1.2
  };
  TlsWire(int port, const Wish& wish);
  TlsWire(const TlsWire&) = delete;
  TlsWire& operator=(const TlsWire&) = delete;
  ~TlsWire();

  [[nodiscard]] bool open() const { return open_; }
  [[nodiscard]] std::string server_name() const;  // the common name it shows
  [[nodiscard]] std::string version() const { return SSL_get_version(session_.get()); }
  bool send(std::string_view bytes);
  [[nodiscard]] std::string read_answer();  // by its Content-Length

 private:
  int socket_;
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
  std::unique_ptr<SSL, decltype(&SSL_free)> session_;
  bool open_ = false;
};

}  // namespace saksbro::net
