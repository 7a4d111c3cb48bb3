#include "bridge/codec/markup/html_lines.h"

#include <algorithm>
#include <utility>

namespace saksbro::codec {
namespace {

constexpr std::size_t kBlankLinesMost = 2;  // line ends in a row
constexpr std::size_t kQuotationsShown = 5;
constexpr std::string_view kNoBreakSpace = "\u00A0";

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f'; }

std::string prefix(std::size_t quotations, bool blank_line) {
  if (quotations == 0) return "";
  return std::string(std::min(quotations, kQuotationsShown), '>') + (blank_line ? "" : " ");
}

}  // namespace

void HtmlLines::words(std::string_view text) {
  while (!text.empty()) {
    if (is_blank(text.front())) {
      owed_blank_ = true;
      text.remove_prefix(1);
    } else if (text.starts_with(kNoBreakSpace)) {
      owed_blank_ = true;
      text.remove_prefix(kNoBreakSpace.size());
    } else {
      begin();
      text_ += text.front();
      text.remove_prefix(1);
    }
  }
}

void HtmlLines::verbatim(std::string_view text) {
  while (!text.empty()) {
    if (text.front() == '\n') {
      // No limit here: blank lines in code are code.
      if (text_.empty() || owed_ends_ > 0) begin();
      owed_ends_ = 1;
      owed_blank_ = false;
      text.remove_prefix(1);
      continue;
    }
    const bool no_break = text.starts_with(kNoBreakSpace);
    begin();
    if (no_break) {
      text_ += ' ';
    } else if (text.front() != '\r') {
      text_ += text.front();
    }
    text.remove_prefix(no_break ? kNoBreakSpace.size() : 1);
  }
}

void HtmlLines::line_break() {
  owed_ends_ = std::min(owed_ends_ + 1, kBlankLinesMost);
  owed_blank_ = false;
  at_mark_ = false;
  in_row_ = false;
  owed_cell_.clear();
}

void HtmlLines::new_block(std::size_t lines) {
  if (at_mark_) return;
  owed_ends_ = std::max(owed_ends_, lines);
  owed_blank_ = false;
  in_row_ = false;
  owed_cell_.clear();
}

void HtmlLines::mark(std::string_view mark) {
  at_mark_ = false;
  new_block(1);
  begin();
  text_ += mark;
  at_mark_ = true;
}

void HtmlLines::cell(std::string_view between) {
  if (in_row_) owed_cell_ = between;
}

void HtmlLines::row() {
  new_block(1);
  in_row_ = false;
  owed_cell_.clear();
}

void HtmlLines::quote() {
  at_mark_ = false;
  new_block(1);
  ++quotations_;
}

void HtmlLines::unquote() {
  at_mark_ = false;
  new_block(1);
  if (quotations_ > 0) --quotations_;
  least_quotations_ = std::min(least_quotations_, quotations_);
}

void HtmlLines::fence() {
  at_mark_ = false;
  new_block(1);
  begin();
  text_ += "```";
  new_block(1);
}

std::string_view HtmlLines::since(std::size_t at) const {
  return std::string_view(text_).substr(std::min(at, text_.size()));
}

std::string HtmlLines::take() && {
  const auto end = text_.find_last_not_of(" \n");
  text_.erase(end == std::string::npos ? 0 : end + 1);
  return std::move(text_);
}

void HtmlLines::end_lines() {
  for (; owed_ends_ > 1; --owed_ends_) {
    text_ += '\n';
    text_ += prefix(std::min(least_quotations_, quotations_), true);
  }
  if (owed_ends_ == 1) {
    text_ += '\n';
    text_ += prefix(quotations_, false);
  }
  owed_ends_ = 0;
}

void HtmlLines::begin() {
  const bool first = text_.empty();
  if (first) {
    owed_ends_ = 0;
    text_ += prefix(quotations_, false);
  } else if (owed_ends_ > 0) {
    end_lines();
  } else if (!owed_cell_.empty()) {
    text_ += owed_cell_;
  } else if (owed_blank_ && !at_mark_ && text_.back() != '\n') {
    text_ += ' ';
  }
  owed_blank_ = false;
  owed_cell_.clear();
  at_mark_ = false;
  in_row_ = true;
  least_quotations_ = quotations_;
}

}  // namespace saksbro::codec
