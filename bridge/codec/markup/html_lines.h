// The lines of a text that is written as a page tells it: words flow, blocks begin lines,
// quotations have "> " before each. Internal to codec.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace saksbro::codec {

class HtmlLines {
 public:
  // Words: any run of blanks is one, and none stands at the end of a line.
  void words(std::string_view text);
  // As they stand, line ends too.
  void verbatim(std::string_view text);

  void line_break();  // <br>: each makes a line
  void new_block(
      std::size_t lines);  // at least so many line ends before what comes; 2: a blank line
  void mark(std::string_view mark);  // "* ", "1. ": what comes next stands on its line
  void cell(std::string_view between);
  void row();
  void quote();
  void unquote();
  void fence();  // a line of ```

  // How much has been written; what came since then.
  [[nodiscard]] std::size_t written() const { return text_.size(); }
  [[nodiscard]] std::string_view since(std::size_t at) const;
  [[nodiscard]] std::string take() &&;

 private:
  void begin();  // writes the line ends and the blank that are owed
  void end_lines();

  std::string text_;
  std::size_t owed_ends_ = 0;
  bool owed_blank_ = false;
  bool at_mark_ = false;  // only a list's mark stands on the line
  bool in_row_ = false;   // the row has a cell with words
  std::string owed_cell_;
  std::size_t quotations_ = 0;
  std::size_t least_quotations_ = 0;  // since the last word: what a blank line between belongs to
};

}  // namespace saksbro::codec
