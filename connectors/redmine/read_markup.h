// What people write in Redmine's markup, in the form in which all connectors give texts
// (contract/own_words.h): "> " before what is quoted, ``` around code.
#pragma once

#include <string>
#include <string_view>

#include "connectors/redmine/markup.h"

namespace saksbro::redmine {

// As unescaped(); besides, "bq. " of Textile becomes lines with "> ", and <pre> lines of ```. What
// escaped() wrote is read back as it was.
[[nodiscard]] std::string read_as_text(std::string_view raw, TextFormat format);

}  // namespace saksbro::redmine
