// For std::visit with a lambda for each alternative. Internal to core.
#pragma once

namespace saksbro::core {

template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};
template <class... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;  // C++20 needs no such guide; clang 14 does

}  // namespace saksbro::core
