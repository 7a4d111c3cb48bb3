// Tells one curl handle what to send; refuses what could not be sent as it is meant.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <optional>
#include <string>

#include "bridge/contract/call.h"
#include "bridge/net/client.h"
#include "bridge/net/outgoing_body.h"

namespace saksbro::net {

struct FreeHandle {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
using CurlHandle = std::unique_ptr<CURL, FreeHandle>;

struct FreeLines {
  void operator()(curl_slist* lines) const { curl_slist_free_all(lines); }
};
using HeaderLines = std::unique_ptr<curl_slist, FreeLines>;

// Why this call cannot be put on the wire: a line break in a header would become a header of its
// own (libcurl sends header lines as they are given), one in the method another request.
[[nodiscard]] std::optional<Phrase> unsendable(const Call& call);

// curl's own Expect and Content-Type are taken out: what is sent is what the call says.
[[nodiscard]] HeaderLines header_lines(const Call& call);

// Sets everything but the callbacks. The call and the lines must outlive the transfer.
void prepare(CURL* handle, const ClientLimits& limits, const Call& call, curl_slist* lines);

// After prepare(): files go out with the call, or one comes in. Both must outlive the transfer.
void send_files(CURL* handle, const ClientLimits& limits, const Call& call, OutgoingBody& body);

// How long a call may take that carries so many bytes.
[[nodiscard]] std::chrono::milliseconds time_for(const ClientLimits& limits, std::uint64_t bytes);

}  // namespace saksbro::net
