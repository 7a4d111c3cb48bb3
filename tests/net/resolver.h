// A name service for tests: this program's own getaddrinfo(), which libcurl calls, too. It knows
// names below ".stub" and hands all others to the real one.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace saksbro::net::resolver {

// Each question about `name` takes `delay`, and is answered with the next of `addresses`; the last
// one stays.
void set(const std::string& name, std::vector<std::string> addresses,
         std::chrono::milliseconds delay = {});

}  // namespace saksbro::net::resolver
