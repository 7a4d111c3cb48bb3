// What YAML allows and nobody means is an error with its place (docs/libraries.md 5), and costs
// neither time nor memory.
#include <gtest/gtest.h>

#include "bridge/load/yaml_file.h"

namespace saksbro::load {
namespace {

std::string errors_of(const std::string& text) {
  Errors errors;
  static_cast<void>(parse_yaml("x.yaml", text, errors));
  std::string lines;
  for (const Error& error : errors) lines += error.text() + "\n";
  return lines;
}

std::string bomb() {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i <= 9; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
    for (int k = 0; k < 9; ++k) text += ", " + before;
    text += "]\n";
  }
  return text;
}

std::string repeated(const std::string& text, int count) {
  std::string all;
  for (int i = 0; i < count; ++i) all += text;
  return all;
}

struct Row {
  const char* name;
  std::string text;
  std::string errors;
};

class YamlGuard : public testing::TestWithParam<Row> {};

TEST_P(YamlGuard, RefusesItAndSaysWhere) {
  EXPECT_EQ(errors_of(GetParam().text), GetParam().errors);
}

const std::string kNoAlias =
    "anchors and aliases (& and *) are not supported: write the value out\n";
const std::string kNoText = "the file is not UTF-8 text\n";
const std::string kTooDeep = "the file is too large or nested too deep\n";

// Promise 40.
INSTANTIATE_TEST_SUITE_P(
    Of, YamlGuard,
    testing::Values(
        Row{"AnAliasBomb", bomb(), "x.yaml:1:5: " + kNoAlias},
        Row{"AnEndlessCycle", "a: &a [*a]\n", "x.yaml:1:4: " + kNoAlias},
        Row{"AnAliasOfNothing", "a: *b\n",
            "x.yaml:1:4: invalid YAML: the referenced anchor is not defined\n"},
        Row{"ADepthOf70", "a: " + repeated("[", 70) + repeated("]", 70),
            "x.yaml:1:68: " + kTooDeep},
        Row{"ADepthOf100000", "a: " + repeated("[", 100'000),
            "x.yaml:1:1: invalid YAML: bad file\n"},
        Row{"ADepthOf100000Maps", repeated("{a: ", 100'000),
            "x.yaml:1:1: invalid YAML: bad file\n"},
        Row{"MoreThan100000Values", "a: [" + repeated("1,", 110'000) + "]",
            "x.yaml:1:200001: " + kTooDeep},
        Row{"ManyValuesBelowLongKeys",
            repeated("k", 900) + ":\n  " + repeated("k", 900) + ": [" + repeated("1,", 90'000) +
                "]\n",
            "x.yaml:2:905: " + kTooDeep},
        Row{"ATabInTheIndentation", "a:\n\tb: 1\nc:\n  \td: 1\n",
            "x.yaml:2:1: tab in the indentation: YAML allows only spaces there\n"
            "x.yaml:4:3: tab in the indentation: YAML allows only spaces there\n"},
        Row{"AnIndentationOfItsOwn", "a:\n   b: 1\n  c: 1\n",
            "x.yaml:3:3: invalid YAML: this line is not indented like its neighbours\n"},
        Row{"AKeyTwice", "a: 1\nb: 2\na: 3\n", "x.yaml:3:1: a: duplicate key; keep one\n"},
        Row{"AKeyTwiceInOneLine", "s: { a: 1, a: 1 }\n",
            "x.yaml:1:12: s.a: duplicate key; keep one\n"},
        Row{"AMergeKey", "a:\n  <<: { b: 1 }\n",
            "x.yaml:2:3: a merge key (<<) is not supported: write the keys out\n"},
        Row{"AMergeKeyOfAnAnchor", "a: &a { b: 1 }\nc:\n  <<: *a\n", "x.yaml:1:4: " + kNoAlias},
        Row{"ASecondDocument", "a: 1\n---\nb: 2\n",
            "x.yaml:3:1: a second document begins here (after ---): a file holds one\n"},
        Row{"AMarkOfADocumentOnlyAtItsEnd", "a: 1\n---\n",
            "x.yaml:3:1: a second document begins here (after ---): a file holds one\n"},
        Row{"ACommaWhereAValueWouldBegin", ", a: 1 }\n",
            "x.yaml:1:1: invalid YAML: no value can begin here\n"},
        Row{"ABraceThatClosesNothing", "a: { b: 1 }\n}\n",
            "x.yaml:2:1: invalid YAML: illegal flow end\n"},
        Row{"ABracketThatClosesNothing", "]\n", "x.yaml:1:1: invalid YAML: illegal flow end\n"},
        Row{"ATagThatWouldRunSomething", "a: !!python/object/apply:os.system [ls]\n",
            "x.yaml:1:4: a tag (tag:yaml.org,2002:python/object/apply:os.system) is not "
            "supported\n"},
        Row{"AKeyThatIsNone", "? [a, b]\n: 1\n", "x.yaml:1:3: a key must be a plain text\n"},
        Row{"NoMap", "- a\n", "x.yaml:1:1: expected a map of settings; the file holds none\n"},
        Row{"Nothing", "", "x.yaml:1:1: expected a map of settings; the file holds none\n"},
        Row{"ANul", std::string("a: 1\nb: \0\n", 10), "x.yaml:2:4: " + kNoText},
        Row{"ANulInQuotes", "a: \"x\\0y\"\n", "x.yaml:1:4: control characters are not allowed\n"},
        Row{"AnEscapeInQuotes", "a: \"\\e[31m\"\n",
            "x.yaml:1:4: control characters are not allowed\n"},
        Row{"Latin1", "# \xe6\n", "x.yaml:1:3: " + kNoText},
        Row{"AnOverlongForm", "æ: 1\nb: \xe0\x80\xaf\n", "x.yaml:2:4: " + kNoText},
        Row{"ASurrogate", "a: \xed\xa0\x80\n", "x.yaml:1:4: " + kNoText},
        Row{"ACodePointBeyondTheLast", "a: \xf4\x90\x80\x80\n", "x.yaml:1:4: " + kNoText},
        Row{"ACharacterThatIsCutOff", "a: \xc3", "x.yaml:1:4: " + kNoText},
        Row{"OneByteMoreThanAMebibyte", "a: " + std::string(1024 * 1024 - 2, 'x'),
            "x.yaml:1:1: the file is larger than 1 MiB\n"}),
    [](const auto& row) { return std::string(row.param.name); });

// --- what a word means is the reader's to say: YAML turns none of them into something else

const Setting& value_of(const Setting& tree, const char* key) { return *tree.find(key); }

TEST(YamlWords, AreTextsAsTheyStand) {
  Errors errors;
  const auto tree = parse_yaml(
      "x.yaml", "land: no\npå: off\nja: Yes\ntid: 22:22\ntall: 1_000\nren: \"010\"\n", errors);
  ASSERT_TRUE(tree && errors.empty());
  for (const auto& [key, word] :
       {std::pair{"land", "no"}, std::pair{"på", "off"}, std::pair{"ja", "Yes"},
        std::pair{"tid", "22:22"}, std::pair{"tall", "1_000"}, std::pair{"ren", "010"}}) {
    EXPECT_EQ(std::get<Setting::Text>(value_of(*tree, key).value), word) << key;
  }
}

TEST(YamlWords, AreTruthValuesAndNumbersOnlyWhereTheyAreWrittenSo) {
  Errors errors;
  const auto tree =
      parse_yaml("x.yaml",
                 "a: no\nb: off\nc: Yes\nd: TRUE\ne: 010\nf: 0x1F\ng: 1e3\nh: .inf\ni: 0o7\n"
                 "j: 99999999999999999999\nk: 30\nl: inf\nm: 1_000\n",
                 errors);
  ASSERT_TRUE(tree && errors.empty());
  SettingsReader reader(*tree);
  for (const char* key : {"a", "b", "c", "d"}) static_cast<void>(reader.flag_or(key, false));
  EXPECT_EQ(reader.whole_number("e", 0, 100), 10) << "decimal, whatever YAML 1.1 says";
  for (const char* key : {"f", "g", "h", "i", "j", "m"})
    EXPECT_EQ(reader.whole_number(key, 0, 100'000), std::nullopt) << key;
  EXPECT_EQ(reader.duration("k"), std::nullopt) << "a span has a unit";
  EXPECT_EQ(reader.duration("l"), std::nullopt);
  std::string lines;
  for (const Error& error : reader.finish()) lines += error.text() + "\n";
  EXPECT_EQ(lines,
            "x.yaml:1:1: a: expected true or false\n"
            "x.yaml:2:1: b: expected true or false\n"
            "x.yaml:3:1: c: expected true or false\n"
            "x.yaml:4:1: d: expected true or false\n"
            "x.yaml:6:1: f: expected a whole number from 0 to 100000\n"
            "x.yaml:7:1: g: expected a whole number from 0 to 100000\n"
            "x.yaml:8:1: h: expected a whole number from 0 to 100000\n"
            "x.yaml:9:1: i: expected a whole number from 0 to 100000\n"
            "x.yaml:10:1: j: expected a whole number from 0 to 100000\n"
            "x.yaml:13:1: m: expected a whole number from 0 to 100000\n"
            "x.yaml:11:1: k: expected a time span like 250ms, 10s, 5m, 2h or 7d\n"
            "x.yaml:12:1: l: expected a time span like 250ms, 10s, 5m, 2h or 7d\n");
}

}  // namespace
}  // namespace saksbro::load
