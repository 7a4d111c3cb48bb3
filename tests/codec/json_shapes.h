// Bodies that are as costly to read as their length allows, one way each.
#pragma once

#include <array>
#include <cstddef>
#include <string>

namespace saksbro::codec {

struct JsonShape {
  const char* name;
  std::string begin;
  std::string piece;  // again and again; "N" in it is a number that counts up
  std::string end;
};

inline const std::array kJsonShapes{
    JsonShape{"ObjectsInAList", "[{}", ",{}", "]"},
    JsonShape{"ListsInAList", "[[]", ",[]", "]"},
    JsonShape{"ObjectsWithAMemberInAList", "[{}", R"(,{"a":1})", "]"},
    JsonShape{"ObjectsInAnObject", R"({"":{})", R"(,"N":{})", "}"},
    JsonShape{"ObjectsInObjects", "[{}", R"(,{"a":{"b":{"c":{}}}})", "]"},
    JsonShape{"ListOfNumbers", "[0", ",7", "]"},
    JsonShape{"ListOfLongNumbers", "[0", ",-123456789.123456789e-12", "]"},
    JsonShape{"Members", R"({"":0)", R"(,"N":0)", "}"},
    JsonShape{"OneMemberAgainAndAgain", R"({"a":{})", R"(,"a":{})", "}"},
    JsonShape{"Texts", "[0", R"(,"")", "]"},
    JsonShape{"OneText", "[\"", "a", "\"]"},
    JsonShape{"OneTextOfEscapes", "[\"", R"(\u00e5\n)", "\"]"},
    JsonShape{"OneNumber", "[0.", "1", "]"},
    JsonShape{"Blanks", "[", " \n", "]"},
    JsonShape{"Deep", "[0",
              ",[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
              "]"},
    JsonShape{"NeverClosed", "[0", R"(,{"a":1})", ""},
};

inline std::string body_of(const JsonShape& shape, std::size_t pieces) {
  const std::size_t place = shape.piece.find('N');
  std::string body = shape.begin;
  for (std::size_t i = 0; i < pieces; ++i) {
    body += shape.piece.substr(0, place);
    if (place != std::string::npos)
      body.append(std::to_string(i)).append(shape.piece.substr(place + 1));
  }
  return body + shape.end;
}

}  // namespace saksbro::codec
