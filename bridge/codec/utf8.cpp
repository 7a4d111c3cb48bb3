#include "bridge/codec/utf8.h"

#include <array>

namespace saksbro::codec {
namespace {

// One row of table 3-7 of the Unicode standard: only the second byte has bounds of its own.
struct Form {
  unsigned char first_least, first_most;
  unsigned char second_least, second_most;
  std::size_t length;
};

constexpr std::array<Form, 9> kForms{{{0x00, 0x7F, 0x00, 0x00, 1},
                                      {0xC2, 0xDF, 0x80, 0xBF, 2},
                                      {0xE0, 0xE0, 0xA0, 0xBF, 3},
                                      {0xE1, 0xEC, 0x80, 0xBF, 3},
                                      {0xED, 0xED, 0x80, 0x9F, 3},
                                      {0xEE, 0xEF, 0x80, 0xBF, 3},
                                      {0xF0, 0xF0, 0x90, 0xBF, 4},
                                      {0xF1, 0xF3, 0x80, 0xBF, 4},
                                      {0xF4, 0xF4, 0x80, 0x8F, 4}}};

unsigned char byte_at(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

bool follows(std::string_view text, const Form& form) {
  if (text.size() < form.length) return false;
  for (std::size_t i = 1; i < form.length; ++i) {
    const unsigned char least = i == 1 ? form.second_least : 0x80;
    const unsigned char most = i == 1 ? form.second_most : 0xBF;
    if (byte_at(text, i) < least || byte_at(text, i) > most) return false;
  }
  return true;
}

// The length of the sequence that `text` begins with; 0 when it begins with none.
std::size_t sequence_length(std::string_view text) {
  for (const Form& form : kForms) {
    if (byte_at(text, 0) < form.first_least || byte_at(text, 0) > form.first_most) continue;
    return follows(text, form) ? form.length : 0;
  }
  return 0;
}

}  // namespace

std::optional<std::size_t> first_invalid_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = sequence_length(text.substr(at));
    if (length == 0) return at;
    at += length;
  }
  return std::nullopt;
}

std::string repair_latin1(std::string_view text) {
  std::string repaired;
  repaired.reserve(text.size() + 16);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = sequence_length(text.substr(at));
    if (length == 0) {
      const unsigned char byte = byte_at(text, at++);
      repaired += static_cast<char>(0xC0U | (byte >> 6U));
      repaired += static_cast<char>(0x80U | (byte & 0x3FU));
      continue;
    }
    repaired += text.substr(at, length);
    at += length;
  }
  return repaired;
}

}  // namespace saksbro::codec
