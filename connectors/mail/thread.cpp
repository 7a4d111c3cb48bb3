#include "connectors/mail/thread.h"

#include <algorithm>
#include <vector>

#include "bridge/codec/base32.h"
#include "bridge/codec/digest.h"
#include "bridge/contract/ascii.h"

namespace saksbro::mail {
namespace {

constexpr std::string_view kOurs = "saksbro";
constexpr std::size_t kCauseDigits = 20;
constexpr std::size_t kSignatureDigits = 20;
constexpr std::size_t kLocalPartMost = 64;
constexpr std::size_t kKeyMost = 200;
// A line of 78 characters holds "Message-ID: <...>" with these: longer ones are folded, encoded or
// cut by some programs, and the answer finds its thread no more. In bytes; 16, 8 and 16 letters.
constexpr std::size_t kCauseBytes = 10;
constexpr std::size_t kThreadBytes = 5;
constexpr std::size_t kSealBytes = 10;
constexpr std::size_t kSealLetters = 16;

std::string hash(std::string_view text, std::size_t digits) {
  return codec::to_hex(codec::sha256(text)).substr(0, digits);
}

std::string signature(const MailSettings& settings, std::string_view what) {
  return codec::to_hex(codec::hmac_sha256(settings.secret, what)).substr(0, kSignatureDigits);
}

bool signed_by_us(const MailSettings& settings, std::string_view what, std::string_view by) {
  return codec::equal_in_constant_time(signature(settings, what), by);
}

std::string short_hash(std::string_view text, std::size_t bytes) {
  return codec::to_base32(codec::sha256(text).substr(0, bytes));
}

std::string seal(const MailSettings& settings, std::string_view what) {
  return codec::to_base32(codec::hmac_sha256(settings.secret, what).substr(0, kSealBytes));
}

std::vector<std::string_view> parts_of(std::string_view text, char between) {
  std::vector<std::string_view> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(between, at), text.size());
    parts.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

std::string opening_id(const MailSettings& settings, std::string_view cause) {
  return std::string(kOurs) + "." + std::string(cause) + "." + signature(settings, cause) + "@" +
         codec::domain_of(settings.from.address);
}

// The cause of the mail that opened `thread`, when that was one of ours; else empty.
std::string opening_cause(const MailSettings& settings, const RemoteKey& thread) {
  const std::string local = codec::local_part_of(thread.text());
  const auto parts = parts_of(local, '.');
  const bool ours = parts.size() == 3 && thread_of_own(settings, thread.text()) == thread;
  return ours ? std::string(parts[1]) : "";
}

// "saksbro.CAUSE.THREAD.SEAL@domain": what stands for the thread, when it is sealed by us.
std::optional<std::string> short_thread(const MailSettings& settings, std::string_view message_id) {
  if (codec::domain_of(message_id) != codec::domain_of(settings.from.address)) return std::nullopt;
  const std::string local = codec::local_part_of(message_id);
  const auto parts = parts_of(local, '.');
  if (parts.size() != 4 || parts[0] != kOurs || parts[3].size() != kSealLetters)
    return std::nullopt;
  const std::string what = std::string(parts[1]) + "." + std::string(parts[2]);
  if (!codec::equal_in_constant_time(seal(settings, what), parts[3])) return std::nullopt;
  return std::string(parts[2]);
}

// Ids as they were until they became short: the whole key of the thread stands in them.
std::optional<RemoteKey> thread_of_long(const MailSettings& settings, std::string_view message_id) {
  const std::string local = codec::local_part_of(message_id);
  const auto parts = parts_of(local, '.');
  if (parts.size() != 4) return std::nullopt;
  const std::string what = std::string(parts[1]) + "." + std::string(parts[2]);
  const auto thread = codec::from_hex(parts[2]);
  if (!thread || !signed_by_us(settings, what, parts[3])) return std::nullopt;
  return RemoteKey(*thread);
}

}  // namespace

std::string own_message_id(const MailSettings& settings, std::string_view cause,
                           const RemoteKey& thread) {
  if (thread.empty()) return opening_id(settings, hash(cause, kCauseDigits));
  const std::string opened_by = opening_cause(settings, thread);
  const std::string what =
      short_hash(cause, kCauseBytes) + "." +
      (opened_by.empty() ? short_hash(thread.text(), kThreadBytes) : opened_by);
  return std::string(kOurs) + "." + what + "." + seal(settings, what) + "@" +
         codec::domain_of(settings.from.address);
}

std::optional<RemoteKey> thread_of_own(const MailSettings& settings, std::string_view message_id) {
  if (codec::domain_of(message_id) != codec::domain_of(settings.from.address)) return std::nullopt;
  const std::string local = codec::local_part_of(message_id);
  const auto parts = parts_of(local, '.');
  if (parts.front() != kOurs) return std::nullopt;
  if (parts.size() == 3 && signed_by_us(settings, parts[1], parts[2]))
    return RemoteKey(std::string(message_id));
  const auto thread = short_thread(settings, message_id);
  if (!thread) return thread_of_long(settings, message_id);
  if (thread->size() != kCauseDigits) return std::nullopt;
  return RemoteKey(opening_id(settings, *thread));
}

bool is_own(const MailSettings& settings, std::string_view message_id) {
  return thread_of_own(settings, message_id) || short_thread(settings, message_id);
}

std::optional<RemoteKey> thread_answered(const MailSettings& settings, std::string_view message_id,
                                         const std::vector<std::string>& mentioned) {
  if (auto thread = thread_of_own(settings, message_id)) return thread;
  const auto wanted = short_thread(settings, message_id);
  if (!wanted) return std::nullopt;
  for (const std::string& id : mentioned) {
    const RemoteKey key = key_of(id);
    if (short_hash(key.text(), kThreadBytes) == *wanted) return key;
  }
  return std::nullopt;
}

RemoteKey key_of(std::string_view message_id) {
  constexpr std::string_view kMarks = "!#$%&'*+-/=?^_`{|}~.@";
  const bool plain = message_id.size() <= kKeyMost && message_id.find('@') != message_id.npos &&
                     std::all_of(message_id.begin(), message_id.end(), [&](char c) {
                       return is_ascii_alnum(c) || kMarks.find(c) != kMarks.npos;
                     });
  return RemoteKey(plain ? std::string(message_id) : "hash." + hash(message_id, 40));
}

bool can_be_looked_up(const RemoteKey& thread) {
  return thread.text().find('@') != std::string::npos;
}

std::string tagged_address(const MailSettings& settings, const RemoteKey& thread) {
  if (!settings.reading || !settings.reading->reply_tag) return "";
  const std::string whole = codec::local_part_of(thread.text());
  const auto parts = parts_of(whole, '.');
  if (parts.size() != 3 || thread_of_own(settings, thread.text()) != thread) return "";
  const std::string local = codec::local_part_of(settings.from.address) + "+" +
                            std::string(parts[1]) + "." + std::string(parts[2]);
  if (local.size() > kLocalPartMost) return "";
  return local + "@" + codec::domain_of(settings.from.address);
}

std::optional<RemoteKey> thread_of_tagged(const MailSettings& settings, std::string_view address) {
  const std::string begin = codec::local_part_of(settings.from.address) + "+";
  const std::string local = codec::local_part_of(address);
  const bool ours = codec::domain_of(address) == codec::domain_of(settings.from.address);
  if (!ours || !local.starts_with(begin)) return std::nullopt;
  const auto parts = parts_of(std::string_view(local).substr(begin.size()), '.');
  if (parts.size() != 2 || !signed_by_us(settings, parts[0], parts[1])) return std::nullopt;
  return RemoteKey(opening_id(settings, parts[0]));
}

std::string number_of(const RemoteKey& thread) { return "M-" + hash(thread.text(), 8); }

}  // namespace saksbro::mail
