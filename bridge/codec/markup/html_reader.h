// What the elements of a page mean for its text. Internal to codec: html_text.cpp feeds it.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "bridge/codec/markup/html_lines.h"

namespace saksbro::codec {

using HtmlAttributes = std::map<std::string, std::string, std::less<>>;  // names in lower case

// Is told what begins, what stands there, and what ends, in this order; each end is that of the
// element that began last.
class HtmlReader {
 public:
  void begins(std::string_view name, const HtmlAttributes& attributes);
  void ends(std::string_view name);
  void says(std::string_view text);
  [[nodiscard]] std::string take() && { return std::move(lines_).take(); }

 private:
  struct Open {
    std::string name;
    bool hidden = false;
    bool quoted = false;
    bool verbatim = false;
    bool fenced = false;
    std::string address;    // of a link
    std::size_t begun = 0;  // how much had been written then
  };
  struct List {
    bool numbered = false;
    int item = 0;
  };
  struct Table {
    bool lined = false;  // it shows its cells: data, and no mere layout
  };

  void begin_shown(Open& open, const HtmlAttributes& attributes);
  void begin_preformatted(Open& open, const HtmlAttributes& attributes);
  void begin_item();
  void begin_cell(std::string_view name);
  void end_shown(const Open& open);
  void end_link(const Open& open);

  HtmlLines lines_;
  std::vector<Open> open_;
  std::vector<List> lists_;
  std::vector<Table> tables_;
  std::size_t hidden_ = 0;
  std::size_t verbatim_ = 0;
  bool at_verbatim_start_ = false;
};

}  // namespace saksbro::codec
