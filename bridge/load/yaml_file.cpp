#include "bridge/load/yaml_file.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <set>
#include <sstream>
#include <string_view>

namespace saksbro::load {
namespace {

constexpr std::size_t kFileBytesMost = 1024 * 1024;
constexpr int kNodesMost = 100'000;
constexpr int kDepthMost = 64;
// Each value has its path: a long key with many values below it would be told that often.
constexpr std::size_t kPathBytesMost = 1000;

std::string place(const std::string& file, const YAML::Mark& mark) {
  if (mark.line < 0) return file;
  return file + ":" + std::to_string(mark.line + 1) + ":" + std::to_string(mark.column + 1);
}

// The bytes of the sequence that `text` begins with (RFC 3629, strictly); 0: it begins with none,
// or with a NUL.
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return first == 0 ? 0 : 1;
  const std::size_t length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
  const unsigned char least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
  const unsigned char most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
  if (byte(1) < least || byte(1) > most) return 0;
  for (std::size_t at = 2; at < length; ++at) {
    if ((byte(at) & 0xC0U) != 0x80U) return 0;
  }
  return length;
}

// Where the text is none, in YAML's own way of counting.
std::optional<YAML::Mark> no_text_at(std::string_view text) {
  YAML::Mark mark = YAML::Mark::null_mark();
  mark.line = 0;
  mark.column = 0;
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    if (length == 0) return mark;
    const bool line_end = text.front() == '\n';
    mark.column = line_end ? 0 : mark.column + 1;
    mark.line += line_end ? 1 : 0;
    text.remove_prefix(length);
  }
  return std::nullopt;
}

bool has_control(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return (c >= 0 && c < ' ' && c != '\n' && c != '\t') || c == '\x7F';
  });
}

// Turns one document into settings. Counts nodes: an alias bomb is small on disk and endless to
// walk.
class Tree {
 public:
  Tree(std::string file, Errors& errors) : file_(std::move(file)), errors_(errors) {}

  Setting build(const YAML::Node& node, const std::string& path, int depth) {
    Setting setting{place(file_, node.Mark()), path, Setting::Text{}};
    if (++nodes_ > kNodesMost || depth > kDepthMost || path.size() > kPathBytesMost) {
      if (!refused_) errors_.push_back({setting.where, "the file is too large or nested too deep"});
      refused_ = true;
      setting.path.clear();
      return setting;
    }
    if (!plain_tag(node))
      errors_.push_back({setting.where, "a tag (" + node.Tag() + ") is not supported"});
    if (node.IsMap()) {
      setting.value = map(node, path, depth);
    } else if (node.IsSequence()) {
      setting.value = list(node, path, depth);
    } else if (node.IsScalar()) {
      if (has_control(node.Scalar()))
        errors_.push_back({setting.where, "control characters are not allowed"});
      setting.value = node.Scalar();
    }
    return setting;
  }

 private:
  static bool plain_tag(const YAML::Node& node) {
    const std::string& tag = node.Tag();
    return tag.empty() || tag == "?" || tag == "!";
  }

  Setting::Map map(const YAML::Node& node, const std::string& path, int depth) {
    Setting::Map map;
    std::set<std::string> keys;
    for (const auto& entry : node) {
      const std::string where = place(file_, entry.first.Mark());
      if (!entry.first.IsScalar()) {
        errors_.push_back({where, "a key must be a plain text"});
        continue;
      }
      const std::string& key = entry.first.Scalar();
      if (key == "<<") {
        errors_.push_back({where, "a merge key (<<) is not supported: write the keys out"});
        continue;
      }
      const std::string inner = path.empty() ? key : path + "." + key;
      if (!keys.insert(key).second) {
        errors_.push_back({where, inner + ": duplicate key; keep one"});
        continue;
      }
      Setting value = build(entry.second, inner, depth + 1);
      // The place of a value is where its key stands: that is where people look.
      value.where = where;
      map.push_back({key, std::move(value)});
    }
    return map;
  }

  Setting::List list(const YAML::Node& node, const std::string& path, int depth) {
    Setting::List list;
    for (const auto& item : node) {
      list.push_back(build(item, path + "[" + std::to_string(list.size()) + "]", depth + 1));
    }
    return list;
  }

  std::string file_;
  Errors& errors_;
  int nodes_ = 0;
  bool refused_ = false;
};

// Sees where the first anchor or alias stands, where the second document begins, and its value.
class Outline : public YAML::EventHandler {
 public:
  const std::optional<YAML::Mark>& anchored() const { return anchored_; }
  const std::optional<YAML::Mark>& second_document() const { return second_; }
  const std::optional<YAML::Mark>& second_value() const { return second_value_; }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ == 1) second_ = mark;
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override { see(mark, anchor); }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override { see(mark, anchor); }
  void OnScalar(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                const std::string&) override {
    see(mark, anchor);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    see(mark, anchor);
  }
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    see(mark, anchor);
  }
  void OnMapEnd() override {}

 private:
  void see(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor != 0 && !anchored_) anchored_ = mark;
    if (second_ && !second_value_) second_value_ = mark;
  }

  int documents_ = 0;
  std::optional<YAML::Mark> anchored_;
  std::optional<YAML::Mark> second_;
  std::optional<YAML::Mark> second_value_;
};

bool is_document_mark(std::string_view text, const YAML::Mark& mark) {
  for (int line = 0; line < mark.line && !text.empty(); ++line)
    text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
  return mark.column == 0 && text.starts_with("---");
}

// What is refused before anything is built from the text. The parser is asked for no more than two
// documents: at a token that begins no value, as the comma in ", a: 1", yaml-cpp 0.7 gives an empty
// document and stays where it is, so that reading on to the end never ends.
std::optional<Error> refused_at_once(const std::string& file, const std::string& text) {
  Outline outline;
  std::istringstream stream(text);
  YAML::Parser parser(stream);
  while (!outline.anchored() && !outline.second_document() && parser.HandleNextDocument(outline)) {
  }
  if (outline.anchored())
    return Error{place(file, *outline.anchored()),
                 "anchors and aliases (& and *) are not supported: write the value out"};
  if (!outline.second_document()) return std::nullopt;
  return Error{place(file, outline.second_value().value_or(*outline.second_document())),
               is_document_mark(text, *outline.second_document())
                   ? "a second document begins here (after ---): a file holds one"
                   : "invalid YAML: no value can begin here"};
}

// Each line that a tab indents: the parser itself says of the first only that something is wrong.
Errors tabs_in(const std::string& file, std::string_view text) {
  Errors found;
  for (int line = 1; !text.empty(); ++line) {
    const std::string_view one = text.substr(0, text.find('\n'));
    const std::size_t tab = one.find_first_not_of(' ');
    if (tab != one.npos && one[tab] == '\t')
      found.push_back({file + ":" + std::to_string(line) + ":" + std::to_string(tab + 1),
                       "tab in the indentation: YAML allows only spaces there"});
    text.remove_prefix(std::min(one.size() + 1, text.size()));
  }
  return found;
}

void tell_what_is_wrong(const std::string& file, const std::string& text,
                        const YAML::Exception& problem, Errors& errors) {
  const Errors tabs = tabs_in(file, text);
  errors.insert(errors.end(), tabs.begin(), tabs.end());
  if (!tabs.empty()) return;
  const bool indentation =
      problem.msg == "end of map not found" || problem.msg == "end of sequence not found";
  errors.push_back({place(file, problem.mark),
                    indentation ? "invalid YAML: this line is not indented like its neighbours"
                                : "invalid YAML: " + problem.msg});
}

}  // namespace

std::optional<Setting> parse_yaml(const std::string& name, const std::string& text,
                                  Errors& errors) {
  if (text.size() > kFileBytesMost) {
    errors.push_back({name + ":1:1", "the file is larger than 1 MiB"});
    return std::nullopt;
  }
  if (const auto mark = no_text_at(text)) {
    errors.push_back({place(name, *mark), "the file is not UTF-8 text"});
    return std::nullopt;
  }
  try {
    if (auto refused = refused_at_once(name, text)) {
      errors.push_back(std::move(*refused));
      return std::nullopt;
    }
    const YAML::Node document = YAML::Load(text);
    if (!document.IsMap()) {
      errors.push_back({name + ":1:1", "expected a map of settings; the file holds none"});
      return std::nullopt;
    }
    return Tree(name, errors).build(document, "", 0);
  } catch (const YAML::Exception& problem) {
    tell_what_is_wrong(name, text, problem, errors);
    return std::nullopt;
  }
}

}  // namespace saksbro::load
