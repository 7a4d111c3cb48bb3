// A file as an HTML form sends it: multipart/form-data (RFC 7578, as the WHATWG writes names).
#pragma once

#include <string>
#include <vector>

#include "bridge/contract/blob.h"

namespace saksbro::codec {

struct FormData {
  std::string content_type;  // with the boundary
  std::vector<BodyPart> parts;
};

// A form of that one field. The boundary comes of the file's hash: the same file is the same body.
[[nodiscard]] FormData form_of_file(const std::string& field, const OutgoingFile& file);

}  // namespace saksbro::codec
