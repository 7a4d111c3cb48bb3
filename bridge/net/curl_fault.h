// Why a call was not made, or got no whole answer, in words that people of either language read.
#pragma once

#include <curl/curl.h>

#include "bridge/contract/phrase.h"

namespace saksbro::net {

// Reads the same for the same fault, so that repeated failures can be seen as one: curl's details
// have times and byte counts in them, and are taken only where they name the cause.
[[nodiscard]] Phrase curl_fault(CURLcode code, const char* detail);

}  // namespace saksbro::net
