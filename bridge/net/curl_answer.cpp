#include "bridge/net/curl_answer.h"

#include <algorithm>
#include <string_view>

#include "bridge/contract/ascii.h"
#include "bridge/net/curl_fault.h"
#include "bridge/net/header_text.h"

namespace saksbro::net {
namespace {

std::string_view without_line_end(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

}  // namespace

bool surely_not_sent(CURLcode code, long request_bytes) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
      return true;
    default:
      return request_bytes == 0;
  }
}

void add_header_line(Headers& headers, std::string_view line) {
  if (line.starts_with("HTTP/")) {
    headers.clear();
    return;
  }
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return;
  const std::string_view value = without_line_end(line.substr(colon + 1));
  const auto [known, added] =
      headers.emplace(lower(without_line_end(line.substr(0, colon))), value);
  if (!added) known->second.append(", ").append(value);
}

void IncomingAnswer::attach(CURL* handle) {
  handle_ = handle;
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, &IncomingAnswer::on_header);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &IncomingAnswer::on_body);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, &IncomingAnswer::on_progress);
  curl_easy_setopt(handle, CURLOPT_XFERINFODATA, this);
  curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, detail_);
}

Fate IncomingAnswer::fate(CURL* handle, CURLcode code) {
  const bool file = is_file();
  if (code == CURLE_OK || (file && file_->broken_off())) {
    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    answer_.status = static_cast<int>(status);
    if (file) return file_->fate(std::move(answer_));
    return std::move(answer_);
  }
  long request_bytes = 0;
  curl_easy_getinfo(handle, CURLINFO_REQUEST_SIZE, &request_bytes);
  if (surely_not_sent(code, request_bytes)) return NotSent{why(code)};
  return InDoubt{why(code), code == CURLE_OPERATION_TIMEDOUT};
}

std::size_t IncomingAnswer::on_header(char* bytes, std::size_t one, std::size_t count, void* self) {
  auto& incoming = *static_cast<IncomingAnswer*>(self);
  if (!incoming.counted(one * count)) return 0;
  add_header_line(incoming.answer_.headers, {bytes, one * count});
  return one * count;
}

std::size_t IncomingAnswer::on_body(char* bytes, std::size_t one, std::size_t count, void* self) {
  auto& incoming = *static_cast<IncomingAnswer*>(self);
  // Anything but the count ends the transfer.
  if (incoming.is_file()) return incoming.file_->take({bytes, one * count}) ? one * count : 0;
  if (!incoming.counted(one * count)) return 0;
  incoming.answer_.body.append(bytes, one * count);
  return one * count;
}

int IncomingAnswer::on_progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<IncomingAnswer*>(self)->pulse_.beat();
}

bool IncomingAnswer::is_file() const {
  if (file_ == nullptr || handle_ == nullptr) return false;
  long status = 0;
  curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
  return status / 100 == 2;
}

bool IncomingAnswer::counted(std::size_t count) {
  bytes_ += count;
  too_big_ = too_big_ || bytes_ > bytes_max_;
  return !too_big_;
}

Phrase IncomingAnswer::why(CURLcode code) const {
  if (too_big_ || code == CURLE_FILESIZE_EXCEEDED) {
    return {"the answer is larger than {count} bytes", {{"count", std::to_string(bytes_max_)}}};
  }
  if (pulse_.cancelled()) return {"cancelled: saksbro is stopping", {}};
  return curl_fault(code, detail_);
}

}  // namespace saksbro::net
