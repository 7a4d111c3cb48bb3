#include "bridge/net/outgoing_body.h"

#include <curl/curl.h>
#include <openssl/evp.h>

#include <algorithm>

namespace saksbro::net {
namespace {

// 57 bytes are a line of 76 characters (RFC 2045 6.8).
constexpr std::size_t kLineBytes = 57;
constexpr std::size_t kLineCharacters = 76;
constexpr std::size_t kLinesAtOnce = 512;
constexpr std::size_t kBytesAtOnce = kLineBytes * kLinesAtOnce;

// What is read into the buffer is whole lines, but at the file's end.
std::string as_base64(std::string_view bytes, bool in_lines) {
  std::string text;
  std::string line(kLineCharacters + 1, '\0');
  for (; !bytes.empty(); bytes.remove_prefix(std::min(bytes.size(), kLineBytes))) {
    const std::string_view now = bytes.substr(0, kLineBytes);
    const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(line.data()),
                                     reinterpret_cast<const unsigned char*>(now.data()),
                                     static_cast<int>(now.size()));
    text.append(line, 0, static_cast<std::size_t>(size));
    if (in_lines) text += "\r\n";
  }
  return text;
}

}  // namespace

std::uint64_t encoded_size(std::uint64_t size, BodyPart::Encoding encoding) {
  if (encoding == BodyPart::Encoding::raw) return size;
  const std::uint64_t characters = (size + 2) / 3 * 4;
  const std::uint64_t lines = (size + kLineBytes - 1) / kLineBytes;
  return encoding == BodyPart::Encoding::base64 ? characters : characters + 2 * lines;
}

std::uint64_t OutgoingBody::size() const {
  if (call_.parts.empty()) return call_.body.size();
  std::uint64_t size = 0;
  for (const BodyPart& part : call_.parts) {
    size += part.text.size();
    if (part.blob) size += encoded_size(part.blob->size, part.encoding);
  }
  return size;
}

Result<std::size_t> OutgoingBody::read(char* to, std::size_t size) {
  asked_ = true;
  if (wrong_) return tl::unexpected(*wrong_);
  if (piece_.empty()) {
    const auto next = next_piece();
    if (!next) {
      wrong_ = next.error();
      return tl::unexpected(next.error());
    }
    piece_ = *next;
  }
  const std::size_t count = std::min(size, piece_.size());
  std::copy_n(piece_.data(), count, to);
  piece_.remove_prefix(count);
  read_ += count;
  return count;
}

// Empty: there is no more.
Result<std::string_view> OutgoingBody::next_piece() {
  if (call_.parts.empty()) {
    if (std::exchange(text_read_, true)) return std::string_view{};
    return std::string_view(call_.body);
  }
  while (part_ < call_.parts.size()) {
    const BodyPart& part = call_.parts[part_];
    if (!std::exchange(text_read_, true) && !part.text.empty()) return std::string_view(part.text);
    if (part.blob) {
      auto bytes = next_of_file(part);
      if (!bytes || !bytes->empty()) return bytes;
    }
    ++part_;
    text_read_ = false;
    file_.reset();
  }
  return std::string_view{};
}

Result<std::string_view> OutgoingBody::next_of_file(const BodyPart& part) {
  if (!file_) {
    if (spool_ == nullptr) return fail("spool", "there is none");
    auto opened = spool_->open(*part.blob);
    if (!opened) return tl::unexpected(opened.error());
    file_ = *std::move(opened);
  }
  buffer_.resize(kBytesAtOnce);
  std::size_t filled = 0;
  while (filled < buffer_.size()) {  // whole lines: a short read is no file's end
    const auto count = file_->read(buffer_.data() + filled, buffer_.size() - filled);
    if (!count) return tl::unexpected(count.error());
    if (*count == 0) break;
    filled += *count;
  }
  buffer_.resize(filled);
  if (part.encoding != BodyPart::Encoding::raw)
    buffer_ = as_base64(buffer_, part.encoding == BodyPart::Encoding::base64_lines);
  return std::string_view(buffer_);
}

std::size_t OutgoingBody::on_read(char* to, std::size_t one, std::size_t count, void* self) {
  const auto read = static_cast<OutgoingBody*>(self)->read(to, one * count);
  return read ? *read : CURL_READFUNC_ABORT;
}

}  // namespace saksbro::net
