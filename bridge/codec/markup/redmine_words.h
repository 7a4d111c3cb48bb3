// The words of a block as Redmine shows them, in both of its dialects. Internal to codec.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bridge/codec/markup/document.h"
#include "bridge/codec/markup/redmine_signs.h"

namespace saksbro::codec {

// A phrase begins behind a blank and ends before one or before a sign that ends a clause: what
// stands elsewhere is said without its signs, for Redmine would show these.
class RedmineWords {
 public:
  RedmineWords(RedmineFormat format, bool several_at) : format_(format), several_at_(several_at) {}

  // `signs` begin the block: "h2. ", "* ".
  [[nodiscard]] std::string written(std::string_view signs, const Words& words, Shape where);

 private:
  void all(const Words& words, std::string_view after);
  void add(const Inline& one, std::string_view after);
  void phrase(std::string_view sign, const Inline& one, std::string_view after);
  void end_line();
  void text(std::string_view text);
  void code(std::string_view code, std::string_view after);
  void link(const Inline& one, std::string_view after);
  void image(const Inline& one, std::string_view after);
  void sign(std::string_view sign);
  [[nodiscard]] bool textile() const { return format_ == RedmineFormat::textile; }
  [[nodiscard]] char before() const;

  RedmineFormat format_;
  bool several_at_;
  Shape where_ = Shape::paragraph;
  std::vector<RedminePiece> pieces_;
  std::size_t phrases_ = 0;  // that are open
  bool in_link_ = false;
};

// What stands between <code> and </code>, so that no tag is read in it.
[[nodiscard]] std::string inert_code(std::string_view code);

// A picture that Redmine looks for among the ticket's files.
[[nodiscard]] bool is_redmine_file(std::string_view target);

// Does the document have more than one "@"?
[[nodiscard]] bool has_several_at(const Document& document);

// A phrase that goes on in the next line is two.
[[nodiscard]] Document with_phrases_in_lines(Document document);

}  // namespace saksbro::codec
