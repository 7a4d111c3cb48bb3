#include "bridge/codec/form_data.h"

#include <algorithm>
#include <string_view>

#include "bridge/contract/ascii.h"

namespace saksbro::codec {
namespace {

std::string quoted_name(std::string_view name) {
  std::string quoted;
  for (const char c : name) {
    if (c == '"')
      quoted += "%22";
    else if (c == '\r')
      quoted += "%0D";
    else if (c == '\n')
      quoted += "%0A";
    else
      quoted += c;
  }
  return quoted;
}

// "type/subtype" of the signs that RFC 6838 knows; anything else says nothing.
std::string plain_type(const std::string& type) {
  const bool plain = std::all_of(type.begin(), type.end(), [](char c) {
    return is_ascii_alnum(c) || std::string_view("!#$&-^_.+/").find(c) != std::string_view::npos;
  });
  const bool two = std::count(type.begin(), type.end(), '/') == 1 && !type.starts_with('/') &&
                   !type.ends_with('/');
  return plain && two ? type : "application/octet-stream";
}

}  // namespace

FormData form_of_file(const std::string& field, const OutgoingFile& file) {
  const std::string boundary = "saksbro-" + file.blob.sha256.substr(0, 40);
  return {"multipart/form-data; boundary=" + boundary,
          {{"--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + quoted_name(field) +
                "\"; filename=\"" + quoted_name(file.name) +
                "\"\r\nContent-Type: " + plain_type(file.media_type) + "\r\n\r\n",
            file.blob, BodyPart::Encoding::raw},
           {"\r\n--" + boundary + "--\r\n"}}};
}

}  // namespace saksbro::codec
