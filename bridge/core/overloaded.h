// For std::visit with a lambda for each alternative. Internal to core.
#pragma once

namespace saksbro::core {

template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};

}  // namespace saksbro::core
