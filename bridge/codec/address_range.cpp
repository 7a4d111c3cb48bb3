#include "bridge/codec/address_range.h"

#include <openssl/x509v3.h>

#include <algorithm>
#include <charconv>
#include <memory>

namespace saksbro::codec {
namespace {

constexpr std::string_view kMapped("\0\0\0\0\0\0\0\0\0\0\xff\xff", 12);

bool bit_at(std::string_view bytes, std::size_t bit) {
  return ((static_cast<unsigned char>(bytes[bit / 8]) >> (7U - bit % 8)) & 1U) != 0;
}

bool begins_alike(std::string_view one, std::string_view other, std::size_t bits) {
  for (std::size_t bit = 0; bit < bits; ++bit) {
    if (bit_at(one, bit) != bit_at(other, bit)) return false;
  }
  return true;
}

bool has_bits_beyond(const AddressRange& range) {
  for (std::size_t bit = range.bits; bit < range.bytes.size() * 8; ++bit) {
    if (bit_at(range.bytes, bit)) return true;
  }
  return false;
}

// As it is written: 16 bytes also for a mapped one.
std::optional<std::string> written_address(std::string_view text) {
  // OpenSSL reads with scanf, which would take blanks and signs.
  if (text.find_first_not_of("0123456789abcdefABCDEF:.") != text.npos) return std::nullopt;
  const std::unique_ptr<ASN1_OCTET_STRING, decltype(&ASN1_OCTET_STRING_free)> read(
      a2i_IPADDRESS(std::string(text).c_str()), &ASN1_OCTET_STRING_free);
  if (!read) return std::nullopt;
  return std::string(reinterpret_cast<const char*>(ASN1_STRING_get0_data(read.get())),
                     static_cast<std::size_t>(ASN1_STRING_length(read.get())));
}

}  // namespace

std::optional<std::string> parse_address(std::string_view text) {
  auto bytes = written_address(text);
  if (bytes && bytes->size() == 16 && bytes->starts_with(kMapped)) return bytes->substr(12);
  return bytes;
}

std::optional<AddressRange> parse_address_range(std::string_view text) {
  const std::size_t slash = text.find('/');
  auto bytes = written_address(text.substr(0, slash));
  if (!bytes) return std::nullopt;
  AddressRange range{*bytes, bytes->size() * 8};
  if (slash != text.npos) {
    const std::string_view digits = text.substr(slash + 1);
    const auto [end, problem] =
        std::from_chars(digits.data(), digits.data() + digits.size(), range.bits);
    if (problem != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  }
  if (range.bits > bytes->size() * 8 || has_bits_beyond(range)) return std::nullopt;
  const bool mapped = bytes->size() == 16 && bytes->starts_with(kMapped) && range.bits >= 96;
  return mapped ? AddressRange{bytes->substr(12), range.bits - 96} : range;
}

bool lies_in(std::string_view address, const std::vector<AddressRange>& ranges) {
  const auto bytes = parse_address(address);
  return bytes && std::any_of(ranges.begin(), ranges.end(), [&](const AddressRange& range) {
           return range.bytes.size() == bytes->size() &&
                  begins_alike(range.bytes, *bytes, range.bits);
         });
}

}  // namespace saksbro::codec
