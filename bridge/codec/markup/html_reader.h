// What the elements of a page mean for its text. Internal to codec: read_html() feeds it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "bridge/codec/markup/html_events.h"
#include "bridge/codec/markup/html_lines.h"

namespace saksbro::codec {

// By its kind, or as what a mail program puts before its text for the list of mails.
[[nodiscard]] bool is_hidden(std::string_view name, const HtmlAttributes& attributes);

// Gmail's button "indent more" makes a quotation without a border: the writer's own words.
[[nodiscard]] bool is_quotation(const HtmlAttributes& attributes);

class HtmlReader final : public HtmlEvents {
 public:
  void begins(std::string_view name, const HtmlAttributes& attributes) override;
  void ends(std::string_view name) override;
  void says(std::string_view text) override;
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
