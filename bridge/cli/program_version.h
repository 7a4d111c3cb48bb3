// Which program this is: the version stands in CMakeLists.txt and nowhere else.
#pragma once

namespace saksbro::cli {

[[nodiscard]] const char* program_version();

}  // namespace saksbro::cli
