#include "tests/net/resolver.h"

#include <dlfcn.h>
#include <netdb.h>

#include <map>
#include <mutex>
#include <thread>

namespace saksbro::net::resolver {
namespace {

struct Entry {
  std::vector<std::string> addresses;
  std::chrono::milliseconds delay;
};

std::mutex mutex;
std::map<std::string, Entry> entries;

using Real = int (*)(const char*, const char*, const addrinfo*, addrinfo**);

Real real_one() {
  static const auto real = reinterpret_cast<Real>(::dlsym(RTLD_NEXT, "getaddrinfo"));
  return real;
}

// What to ask the real one for.
std::string address_for(const char* name) {
  std::chrono::milliseconds delay{};
  std::string address = name;
  {
    const std::scoped_lock lock(mutex);
    const auto found = entries.find(name);
    if (found == entries.end()) return address;
    auto& [addresses, wait] = found->second;
    address = addresses.front();
    if (addresses.size() > 1) addresses.erase(addresses.begin());
    delay = wait;
  }
  std::this_thread::sleep_for(delay);
  return address;
}

}  // namespace

void set(const std::string& name, std::vector<std::string> addresses,
         std::chrono::milliseconds delay) {
  const std::scoped_lock lock(mutex);
  entries[name] = {std::move(addresses), delay};
}

}  // namespace saksbro::net::resolver

extern "C" int getaddrinfo(const char* name, const char* service, const addrinfo* hints,
                           addrinfo** found) {
  using saksbro::net::resolver::address_for;
  using saksbro::net::resolver::real_one;
  if (name == nullptr) return real_one()(name, service, hints, found);
  return real_one()(address_for(name).c_str(), service, hints, found);
}
