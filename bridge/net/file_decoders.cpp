// How a file is written inside an answer: raw, in base64, quoted-printable, or as a member of a
// JSON object.
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "bridge/contract/ascii.h"
#include "bridge/net/header_text.h"
#include "bridge/net/incoming_file.h"

namespace saksbro::net {
namespace {

class AsItIs final : public FileDecoder {
 public:
  bool decode(std::string_view bytes, std::string& out) override {
    out.append(bytes);
    return true;
  }
  bool whole() override { return true; }
};

struct FreeContext {
  void operator()(EVP_ENCODE_CTX* context) const { EVP_ENCODE_CTX_free(context); }
};

// Line ends between are skipped. A text that ends amid a group of four is cut off.
class Base64 final : public FileDecoder {
 public:
  Base64() : context_(EVP_ENCODE_CTX_new()) { EVP_DecodeInit(context_.get()); }

  bool decode(std::string_view bytes, std::string& out) override {
    constexpr std::size_t kStep = 16384;
    std::array<unsigned char, kStep> decoded{};
    for (; !bytes.empty(); bytes.remove_prefix(std::min(bytes.size(), kStep))) {
      const std::string_view now = bytes.substr(0, kStep);
      // To OpenSSL a hyphen is the end of the text: what follows would be lost without a word.
      if (now.find('-') != now.npos) return false;
      for (const char c : now)
        significant_ += c != '\r' && c != '\n' && c != ' ' && c != '\t' ? 1 : 0;
      int size = 0;
      if (EVP_DecodeUpdate(context_.get(), decoded.data(), &size,
                           reinterpret_cast<const unsigned char*>(now.data()),
                           static_cast<int>(now.size())) < 0)
        return false;
      out.append(reinterpret_cast<const char*>(decoded.data()), static_cast<std::size_t>(size));
    }
    return true;
  }
  bool whole() override { return significant_ % 4 == 0; }

 private:
  std::unique_ptr<EVP_ENCODE_CTX, FreeContext> context_;
  std::uint64_t significant_ = 0;
};

int hex(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

// RFC 2045 6.7. What is no escape stands for itself, as all mail readers have it.
class QuotedPrintable final : public FileDecoder {
 public:
  bool decode(std::string_view bytes, std::string& out) override {
    for (const char c : bytes) take(c, out);
    return true;
  }
  bool whole() override { return pending_.empty(); }

 private:
  void take(char c, std::string& out) {
    if (pending_.empty() && c != '=') return void(out += c);
    pending_ += c;
    if (pending_.size() == 2 && c == '\n') return pending_.clear();  // a soft line end
    if (pending_.size() < 3) return;
    const int high = hex(pending_[1]);
    const int low = hex(pending_[2]);
    if (high >= 0 && low >= 0) {
      out += static_cast<char>(high * 16 + low);
    } else if (pending_ != "=\r\n") {
      out += pending_;
    }
    pending_.clear();
  }

  std::string pending_;  // of an escape
};

// The string `member` of the object at the top. Nothing else of the answer is kept.
class JsonMember final : public FileDecoder {
 public:
  explicit JsonMember(std::string member) : member_(std::move(member)) {}

  bool decode(std::string_view bytes, std::string& out) override {
    std::string base64;
    for (const char c : bytes) {
      if (in_string_) {
        inside(c, base64);
      } else {
        between(c);
      }
    }
    return base64_.decode(base64, out);
  }
  bool whole() override { return found_ && !taking_ && base64_.whole(); }

 private:
  void between(char c) {
    if (c == '"') {
      in_string_ = true;
      const bool value = after_colon_;
      taking_ = value && depth_ == 1 && !found_ && text_ == member_;
      found_ = found_ || taking_;
      if (!value) text_.clear();
    } else if (c == '{' || c == '[') {
      ++depth_;
    } else if (c == '}' || c == ']') {
      --depth_;
    }
    if (c == ':') after_colon_ = true;
    if (c == ',' || c == '{' || c == '[') after_colon_ = false;
  }

  // Base64 has no character that JSON must escape; some write "\/" and "\n" all the same.
  void inside(char c, std::string& base64) {
    if (!hexadecimal_.empty()) {
      hexadecimal_ += c;
      if (hexadecimal_.size() < kEscape) return;
      c = escaped_character();
    } else if (escape_) {
      escape_ = false;
      if (c == 'u') return void(hexadecimal_ = "u");
      c = c == 'n' || c == 'r' ? '\n' : c;
    } else if (c == '\\') {
      escape_ = true;
      return;
    } else if (c == '"') {
      in_string_ = false;
      taking_ = false;
      return;
    }
    if (taking_) {
      base64 += c;
    } else if (!after_colon_ && text_.size() <= member_.size()) {
      text_ += c;  // a name; longer ones cannot be it
    }
  }

  // "\\u003d": base64 has nothing beyond ASCII; what is none of it is made a sign that it has not.
  char escaped_character() {
    int value = 0;
    for (const char c : std::exchange(hexadecimal_, {}).substr(1)) {
      if (hex(c) < 0) return '#';
      value = value * 16 + hex(c);
    }
    return value < 0x80 ? static_cast<char>(value) : '#';
  }

  static constexpr std::size_t kEscape = 5;  // u and four digits
  std::string hexadecimal_;                  // of an escape under way
  std::string member_;
  Base64 base64_;
  std::string text_;
  int depth_ = 0;
  bool in_string_ = false;
  bool escape_ = false;
  bool after_colon_ = false;
  bool taking_ = false;
  bool found_ = false;
};

}  // namespace

std::unique_ptr<FileDecoder> make_transfer_decoder(std::string_view encoding) {
  const std::string known = lower(encoding);
  if (known == "base64") return std::make_unique<Base64>();
  if (known == "quoted-printable") return std::make_unique<QuotedPrintable>();
  return std::make_unique<AsItIs>();
}

std::unique_ptr<FileDecoder> make_decoder(const Download& download) {
  if (download.form == Download::Form::json_base64)
    return std::make_unique<JsonMember>(download.member);
  if (download.form == Download::Form::imap_part) return make_transfer_decoder(download.member);
  return std::make_unique<AsItIs>();
}

}  // namespace saksbro::net
