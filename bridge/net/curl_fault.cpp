#include "bridge/net/curl_fault.h"

#include <algorithm>
#include <array>

namespace saksbro::net {
namespace {

// Curl's own words for what happens most; for the rest what it says stays as it is.
Phrase called(CURLcode code) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return {"Couldn't resolve host name", {}};
    case CURLE_COULDNT_CONNECT:
      return {"Couldn't connect to server", {}};
    case CURLE_OPERATION_TIMEDOUT:
      return {"Timeout was reached", {}};
    case CURLE_SSL_CONNECT_ERROR:
      return {"SSL connect error", {}};
    case CURLE_PEER_FAILED_VERIFICATION:
      return {"SSL peer certificate or SSH remote key was not OK", {}};
    case CURLE_USE_SSL_FAILED:
      return {"Requested SSL level failed", {}};
    case CURLE_GOT_NOTHING:
      return {"Server returned nothing (no headers, no data)", {}};
    case CURLE_RECV_ERROR:
      return {"Failure when receiving data from the peer", {}};
    case CURLE_SEND_ERROR:
      return {"Failed sending data to the peer", {}};
    case CURLE_PARTIAL_FILE:
      return {"Transferred a partial file", {}};
    case CURLE_LOGIN_DENIED:
      return {"Login denied", {}};
    default:
      return curl_easy_strerror(code);
  }
}

bool names_the_cause(CURLcode code) {
  static constexpr std::array kThese{CURLE_COULDNT_RESOLVE_HOST, CURLE_UNSUPPORTED_PROTOCOL,
                                     CURLE_SSL_CONNECT_ERROR,    CURLE_PEER_FAILED_VERIFICATION,
                                     CURLE_USE_SSL_FAILED,       CURLE_LOGIN_DENIED};
  return std::find(kThese.begin(), kThese.end(), code) != kThese.end();
}

}  // namespace

Phrase curl_fault(CURLcode code, const char* detail) {
  if (!names_the_cause(code) || *detail == '\0') return called(code);
  return {"{what}: {said}", {{"what", called(code)}, {"said", detail}}};
}

}  // namespace saksbro::net
