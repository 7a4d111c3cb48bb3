// SQLite's exceptions end here: what they say, as an Error for people.
#pragma once

#include <SQLiteCpp/Exception.h>

#include <exception>
#include <string>
#include <type_traits>
#include <utility>

#include "bridge/contract/error.h"

namespace saksbro::store {

// `code` is SQLite's primary or extended result code. https://sqlite.org/rescode.html
[[nodiscard]] Error explain(int code, const std::string& reason);

// Calls `work`, which may throw; gives its value or its Result, or the exception as an Error.
template <class Work>
[[nodiscard]] auto tried(const Work& work) noexcept {
  using Value = std::invoke_result_t<Work>;
  constexpr bool kIsResult = requires(std::add_const_t<Value> * value) { value->error(); };
  using Answer = typename std::conditional_t<kIsResult, std::type_identity<Value>,
                                             std::type_identity<Result<Value>>>::type;
  try {
    if constexpr (std::is_void_v<Value>) {
      work();
      return Answer{};
    } else {
      return Answer{work()};
    }
  } catch (const SQLite::Exception& wrong) {
    return Answer{tl::unexpected(explain(wrong.getErrorCode(), wrong.what()))};
  } catch (const std::exception& wrong) {
    return Answer{tl::unexpected(Error{"store", wrong.what()})};
  }
}

}  // namespace saksbro::store
