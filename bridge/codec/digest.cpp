#include "bridge/codec/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <array>
#include <cstdint>
#include <memory>

#include "bridge/contract/ascii.h"

namespace saksbro::codec {
namespace {

using Digest = std::array<unsigned char, EVP_MAX_MD_SIZE>;

const unsigned char* as_bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// Empty when OpenSSL failed: whoever compares a digest asks for its full length first.
std::string digest_bytes(const Digest& digest, unsigned int length, bool made) {
  return made ? std::string(reinterpret_cast<const char*>(digest.data()), length) : std::string();
}

std::optional<unsigned> hex_value(char c) {
  if (is_digit(c)) return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10U;
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10U;
  return std::nullopt;
}

constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::uint32_t byte_or_zero(std::string_view bytes, std::size_t at) {
  return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U;
}

// The 24 bits of four characters; '=' at the end counts as zero bits.
std::optional<std::uint32_t> group_of(std::string_view four, std::size_t padding) {
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const std::size_t value = i < 4 - padding ? kBase64.find(four[i]) : 0;
    if (value == std::string_view::npos) return std::nullopt;
    bits = (bits << 6U) | static_cast<std::uint32_t>(value);
  }
  // Bits that no byte takes must be zero, so that a value has one spelling only.
  const std::uint32_t unused = (1U << (8U * padding)) - 1U;
  if ((bits & unused) != 0) return std::nullopt;
  return bits;
}

const EVP_MD* kind(Hash hash) {
  if (hash == Hash::sha512) return EVP_sha512();
  return hash == Hash::sha384 ? EVP_sha384() : EVP_sha256();
}

std::size_t padding_of(std::string_view text) {
  if (text.ends_with("==")) return 2;
  return text.ends_with('=') ? 1 : 0;
}

}  // namespace

std::string sha256(std::string_view bytes) {
  Digest digest{};
  unsigned int length = 0;
  const bool made =
      EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, EVP_sha256(), nullptr) == 1;
  return digest_bytes(digest, length, made);
}

std::size_t size_of(Hash hash) { return static_cast<std::size_t>(EVP_MD_get_size(kind(hash))); }

std::string hmac(Hash hash, const Secret& key, std::string_view bytes) {
  return hmac(hash, key, std::span<const std::string_view>(&bytes, 1));
}

std::string hmac(Hash hash, const Secret& key, std::span<const std::string_view> parts) {
  const std::string& secret = key.reveal();
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> mac_key(
      EVP_PKEY_new_raw_private_key(EVP_PKEY_HMAC, nullptr, as_bytes(secret), secret.size()),
      &EVP_PKEY_free);
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        &EVP_MD_CTX_free);
  if (!mac_key || !context) return {};
  bool made = EVP_DigestSignInit(context.get(), nullptr, kind(hash), nullptr, mac_key.get()) == 1;
  for (const std::string_view part : parts) {
    made = made && EVP_DigestSignUpdate(context.get(), part.data(), part.size()) == 1;
  }
  Digest digest{};
  std::size_t length = digest.size();
  made = made && EVP_DigestSignFinal(context.get(), digest.data(), &length) == 1;
  return digest_bytes(digest, static_cast<unsigned int>(length), made);
}

std::string hmac_sha256(const Secret& key, std::string_view bytes) {
  return hmac(Hash::sha256, key, bytes);
}

bool ed25519_signed(std::string_view key, std::string_view bytes, std::string_view signature) {
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> public_key(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, as_bytes(key), key.size()),
      &EVP_PKEY_free);
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> check(EVP_MD_CTX_new(),
                                                                      &EVP_MD_CTX_free);
  if (!public_key || !check) return false;
  return EVP_DigestVerifyInit(check.get(), nullptr, nullptr, nullptr, public_key.get()) == 1 &&
         EVP_DigestVerify(check.get(), as_bytes(signature), signature.size(), as_bytes(bytes),
                          bytes.size()) == 1;
}

std::string to_hex(std::string_view bytes) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 0x0FU];
  }
  return text;
}

std::optional<std::string> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  bytes.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const auto high = hex_value(text[i]);
    const auto low = hex_value(text[i + 1]);
    if (!high || !low) return std::nullopt;
    bytes += static_cast<char>((*high << 4U) | *low);
  }
  return bytes;
}

std::string to_base64(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::uint32_t bits = (byte_or_zero(bytes, i) << 16U) |
                               (byte_or_zero(bytes, i + 1) << 8U) | byte_or_zero(bytes, i + 2);
    const std::size_t left = bytes.size() - i;
    text += kBase64[(bits >> 18U) & 63U];
    text += kBase64[(bits >> 12U) & 63U];
    text += left > 1 ? kBase64[(bits >> 6U) & 63U] : '=';
    text += left > 2 ? kBase64[bits & 63U] : '=';
  }
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3);
  for (std::size_t i = 0; i < text.size(); i += 4) {
    const bool last = i + 4 == text.size();
    const std::size_t padding = last ? padding_of(text) : 0;
    const auto bits = group_of(text.substr(i, 4), padding);
    if (!bits) return std::nullopt;
    for (std::size_t k = 0; k < 3 - padding; ++k) {
      bytes += static_cast<char>((*bits >> (16U - 8U * k)) & 0xFFU);
    }
  }
  return bytes;
}

std::optional<std::string> from_base64url(std::string_view text) {
  std::string plain(text);
  for (char& c : plain) {
    if (c == '+' || c == '/') return std::nullopt;
    if (c == '-') c = '+';
    if (c == '_') c = '/';
  }
  while (plain.size() % 4 != 0) plain += '=';
  return from_base64(plain);
}

bool equal_in_constant_time(std::string_view one, std::string_view other) {
  if (one.size() != other.size()) return false;
  return CRYPTO_memcmp(one.data(), other.data(), one.size()) == 0;
}

}  // namespace saksbro::codec
