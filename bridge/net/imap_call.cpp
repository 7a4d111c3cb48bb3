#include "bridge/net/imap_call.h"

#include <poll.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>

#include "bridge/net/incoming_file.h"
#include "bridge/net/mail_connection.h"

namespace saksbro::net {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// Looks for a stop that often.
constexpr milliseconds kSlice{200};

// The size of the literal that a line ends by announcing: "... {310}".
std::optional<std::size_t> literal_at_end(std::string_view line) {
  if (!line.ends_with('}')) return std::nullopt;
  const auto open = line.rfind('{');
  if (open == line.npos || open + 2 > line.size() - 1 || line.size() - open > 12)
    return std::nullopt;
  std::size_t size = 0;
  for (const char c : line.substr(open + 1, line.size() - open - 2)) {
    if (c < '0' || c > '9') return std::nullopt;
    size = size * 10 + static_cast<std::size_t>(c - '0');
  }
  return size;
}

struct Ended {
  Phrase why;
  bool timed_out = false;
};

// A connection that is logged in, until its deadline.
class ImapSession {
 public:
  ImapSession(CURL* handle, Clock::time_point until, std::size_t bytes_max, const Pulse& pulse)
      : handle_(handle), until_(until), bytes_max_(bytes_max), pulse_(pulse) {
    curl_easy_getinfo(handle, CURLINFO_ACTIVESOCKET, &socket_);
  }

  // Says one command and waits for the whole answer; nothing when the talk ended instead.
  bool ask(const std::string& tag, const std::string& command, ImapAnswer& answer) {
    return send(tag + " " + command + "\r\n") && read(answer);
  }

  [[nodiscard]] const Ended& ended() const { return ended_; }

 private:
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      std::size_t count = 0;
      const CURLcode code = curl_easy_send(handle_, bytes.data(), bytes.size(), &count);
      if (code == CURLE_OK) bytes.remove_prefix(count);
      if (code == CURLE_AGAIN && !wait(POLLOUT)) return false;
      if (code != CURLE_OK && code != CURLE_AGAIN) return lost();
    }
    return true;
  }

  bool read(ImapAnswer& answer) {
    while (!answer.complete()) {
      if (answer.size() > bytes_max_)
        return end(Phrase("the answer is larger than {count} bytes",
                          {{"count", std::to_string(bytes_max_)}}));
      std::size_t count = 0;
      const CURLcode code = curl_easy_recv(handle_, piece_.data(), piece_.size(), &count);
      if (code == CURLE_OK && count == 0) return lost();
      if (code == CURLE_OK) answer.add({piece_.data(), count});
      if (pulse_.beat() != 0) return end(Phrase("cancelled: saksbro is stopping", {}));
      if (code == CURLE_AGAIN && !wait(POLLIN)) return false;
      if (code != CURLE_OK && code != CURLE_AGAIN) return lost();
      if (Clock::now() >= until_) return timed_out();
    }
    return true;
  }

  bool wait(short event) {
    for (;;) {
      if (pulse_.beat() != 0) return end(Phrase("cancelled: saksbro is stopping", {}));
      const auto left = std::chrono::ceil<milliseconds>(until_ - Clock::now());
      if (left <= milliseconds{0}) return timed_out();
      pollfd entry{.fd = socket_, .events = event, .revents = 0};
      if (::poll(&entry, 1, static_cast<int>(std::min(left, kSlice).count())) > 0) return true;
    }
  }

  bool end(Phrase why) {
    ended_.why = std::move(why);
    return false;
  }
  bool lost() { return end(Phrase("the mail server closed the connection", {})); }
  bool timed_out() {
    ended_.timed_out = true;
    return end(Phrase("Timeout was reached", {}));
  }

  CURL* handle_;
  Clock::time_point until_;
  std::size_t bytes_max_;
  const Pulse& pulse_;
  curl_socket_t socket_ = CURL_SOCKET_BAD;
  std::array<char, 65536> piece_{};
  Ended ended_;
};

// "INBOX" of imap://host:143/INBOX. The configuration allows names only that need no encoding.
std::string folder_of(const std::string& url) {
  const auto path = url.find('/', url.find("://") + 3);
  return path == std::string::npos ? "" : url.substr(path + 1);
}

std::string server_of(const std::string& url) {
  return url.substr(0, url.find('/', url.find("://") + 3)) + "/";
}

// The number behind a word: "[UIDVALIDITY 17]".
std::string number_behind(std::string_view text, std::string_view word) {
  const auto at = text.find(word);
  if (at == text.npos) return "";
  std::string number;
  for (const char c : text.substr(at + word.size())) {
    if (c < '0' || c > '9') break;
    number += c;
  }
  return number;
}

int status_of(std::string_view state) {
  if (state.starts_with("OK")) return 200;
  return state.starts_with("NO") ? 409 : 400;
}

// Without such a part the mail is gone, or has another shape than it had.
Fate with_file(Answer answer, std::string_view untagged, IncomingFile& file) {
  std::string buffer;
  const auto part = fetched_part(untagged, buffer);
  if (!part) return Answer{404, std::move(answer.headers), "the mail has no such part"};
  static_cast<void>(file.take(*part));
  return file.fate(std::move(answer));
}

Fate converse(ImapSession& session, const Call& call, IncomingFile* incoming) {
  const bool writes = call.repeat == Repeat::never;
  ImapAnswer opened("s1");
  const std::string folder = (writes ? "SELECT \"" : "EXAMINE \"") + folder_of(call.url) + "\"";
  // Nothing is asked for yet, so nothing is in doubt.
  if (!session.ask("s1", folder, opened)) return NotSent{session.ended().why};
  if (status_of(opened.state()) != 200) return Answer{404, {}, std::string(opened.state())};
  Answer answer;
  answer.headers["uidvalidity"] = number_behind(opened.untagged(), "[UIDVALIDITY ");
  answer.headers["uidnext"] = number_behind(opened.untagged(), "[UIDNEXT ");
  ImapAnswer told("s2");
  if (!session.ask("s2", call.body, told))
    return InDoubt{session.ended().why, session.ended().timed_out};
  answer.status = status_of(told.state());
  const bool file = incoming != nullptr && answer.status == 200;
  if (!file) answer.body = answer.status == 200 ? told.untagged() : told.state();
  ImapAnswer goodbye("s3");
  static_cast<void>(session.ask("s3", "LOGOUT", goodbye));
  return file ? with_file(std::move(answer), told.untagged(), *incoming) : Fate(answer);
}

Fate not_connected(CURLcode code, const char* detail, const Pulse& pulse) {
  Phrase why = mail_fault(code, detail, pulse);
  if (code == CURLE_LOGIN_DENIED) return Answer{401, {}, in_english(why)};
  return NotSent{std::move(why)};
}

}  // namespace

bool ImapAnswer::complete() {
  for (;;) {
    const auto found = text_.find("\r\n", scan_);
    announced_ = std::max({announced_, text_.size(), scan_});
    if (found == std::string::npos) {
      // The end itself may have come by half.
      if (text_.size() > scan_) scan_ = std::max(scan_, text_.size() - 1);
      return false;
    }
    const std::string_view line = std::string_view(text_).substr(line_, found - line_);
    if (const auto literal = literal_at_end(line)) {
      // The line goes on behind its literal.
      scan_ = found + 2 + *literal;
      announced_ = std::max(announced_, scan_);
      if (scan_ > text_.size()) return false;
      continue;
    }
    if (line.starts_with(tag_)) {
      end_ = line_;
      return true;
    }
    line_ = scan_ = found + 2;
  }
}

std::string_view ImapAnswer::state() const {
  const std::string_view line = std::string_view(text_).substr(end_ + tag_.size());
  return line.substr(0, line.find('\r'));
}

Fate ask_mailbox(CURL* handle, const ClientLimits& limits, const Call& call, const Pulse& pulse,
                 Spool* spool) {
  const auto until = Clock::now() + limits.total;
  char detail[CURL_ERROR_SIZE] = {};
  if (call.body.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos)
    return NotSent{"the command has a line break or a NUL in it"};
  std::optional<IncomingFile> file;
  if (call.download) {
    file.emplace(*call.download, *spool);
    if (auto begun = file->begin(); !begun) return no_room(begun.error());
  }
  prepare_mail(handle, limits, call, pulse);
  const std::string server = server_of(call.url);
  curl_easy_setopt(handle, CURLOPT_URL, server.c_str());
  curl_easy_setopt(handle, CURLOPT_CONNECT_ONLY, 1L);
  // Else it would be closed before we have said a word; it ends with its handle.
  curl_easy_setopt(handle, CURLOPT_FORBID_REUSE, 0L);
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, detail);
  const CURLcode code = curl_easy_perform(handle);
  if (code != CURLE_OK) return not_connected(code, detail, pulse);
  ImapSession session(handle, until, limits.mail_bytes, pulse);
  return converse(session, call, file ? &*file : nullptr);
}

}  // namespace saksbro::net
