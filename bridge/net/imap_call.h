// One IMAP command in one folder. libcurl connects, secures and logs in; the commands are ours,
// since curl's own fetching would mark mails as seen, and its reading of other commands trusts
// lines that stand in mails.
#pragma once

#include <curl/curl.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "bridge/contract/call.h"
#include "bridge/net/client.h"
#include "bridge/net/pulse.h"

namespace saksbro::net {

// Finds where one answer ends. Lines in literals ("{12}" and then twelve bytes) are nobody's words.
class ImapAnswer {
 public:
  explicit ImapAnswer(std::string_view tag) : tag_(std::string(tag) + " ") {}

  void add(std::string_view bytes) { text_ += bytes; }
  // The tagged line has come.
  [[nodiscard]] bool complete();
  // "OK", "NO", "BAD", with what follows.
  [[nodiscard]] std::string_view state() const;
  // All lines before the tagged one.
  [[nodiscard]] std::string_view untagged() const {
    return std::string_view(text_).substr(0, end_);
  }
  // How many bytes there are, or are announced.
  [[nodiscard]] std::size_t size() const { return announced_; }

 private:
  std::string tag_;
  std::string text_;
  std::size_t line_ = 0;  // where the line begins that is not whole yet
  std::size_t scan_ = 0;  // where to look for its end
  std::size_t end_ = 0;   // of the untagged lines
  std::size_t announced_ = 0;
};

// `spool`: for a download; it may be null for other calls.
[[nodiscard]] Fate ask_mailbox(CURL* handle, const ClientLimits& limits, const Call& call,
                               const Pulse& pulse, Spool* spool);

}  // namespace saksbro::net
