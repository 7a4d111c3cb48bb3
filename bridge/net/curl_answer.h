// Collects an answer as curl hands it over, and says what a failed transfer means.
#pragma once

#include <curl/curl.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "bridge/contract/call.h"
#include "bridge/net/incoming_file.h"
#include "bridge/net/pulse.h"

namespace saksbro::net {

// One transfer's incoming side. Lives as long as the transfer.
class IncomingAnswer {
 public:
  // `file`: takes the body of a success; none: it is the answer's.
  IncomingAnswer(std::size_t bytes_max, const Pulse& pulse, IncomingFile* file = nullptr)
      : bytes_max_(bytes_max), pulse_(pulse), file_(file) {}
  IncomingAnswer(const IncomingAnswer&) = delete;
  IncomingAnswer& operator=(const IncomingAnswer&) = delete;

  void attach(CURL* handle);
  [[nodiscard]] Fate fate(CURL* handle, CURLcode code);

 private:
  static std::size_t on_header(char* bytes, std::size_t one, std::size_t count, void* self);
  static std::size_t on_body(char* bytes, std::size_t one, std::size_t count, void* self);
  static int on_progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t);
  [[nodiscard]] bool counted(std::size_t count);
  [[nodiscard]] bool is_file() const;
  [[nodiscard]] Phrase why(CURLcode code) const;

  std::size_t bytes_max_;
  const Pulse& pulse_;
  IncomingFile* file_;
  CURL* handle_ = nullptr;
  std::size_t bytes_ = 0;
  bool too_big_ = false;
  Answer answer_;
  char detail_[CURL_ERROR_SIZE] = {};
};

// Did any byte of the request leave us? `request_bytes` is what curl wrote of it.
[[nodiscard]] bool surely_not_sent(CURLcode code, long request_bytes);

// Adds one header line as it came; names in lower case, repeated ones joined by ", ". A status line
// starts over: an interim answer (100) has headers of its own.
void add_header_line(Headers& headers, std::string_view line);

}  // namespace saksbro::net
