// Texts inside XML.
#pragma once

#include <string>
#include <string_view>

namespace saksbro::views {

// For contents and attributes; characters that XML 1.0 forbids are left out.
[[nodiscard]] std::string xml_text(std::string_view text);

// A part of an XML id: letters, digits, '.' stay, a blank becomes '-', all else "_xF8_" by its code
// point, so that different names stay different.
[[nodiscard]] std::string id_part(std::string_view name);

}  // namespace saksbro::views
