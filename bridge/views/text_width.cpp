#include "bridge/views/text_width.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace saksbro::views {
namespace {

bool begins_code_point(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }

// Advance widths of DejaVu Sans for U+0020 to U+007E, in thousandths of the font's size.
constexpr std::array<short, 95> kWidths{
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361,  318, 337, 636, 636, 636,
    636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632,
    575, 775, 752, 295, 295, 656, 557, 863, 748, 787, 603, 787, 695, 635,  611, 732, 684, 989, 685,
    611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352,  635, 634, 278, 278, 579,
    278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592,  525, 636, 337, 636, 838};
constexpr int kOther = 800;  // beyond ASCII: a wide letter

int thousandths(std::string_view text) {
  int sum = 0;
  for (const char c : text) {
    if (!begins_code_point(c)) continue;
    sum += c >= ' ' && c <= '~' ? kWidths.at(static_cast<std::size_t>(c - ' ')) : kOther;
  }
  return sum;
}

std::string_view first_code_point(std::string_view text) {
  std::size_t length = 1;
  while (length < text.size() && !begins_code_point(text[length])) ++length;
  return text.substr(0, length);
}

// "2.", which means nothing without the word behind it.
bool is_ordinal(std::string_view word) {
  return word.size() > 1 && word.back() == '.' &&
         word.find_first_not_of("0123456789") == word.size() - 1;
}

class Lines {
 public:
  Lines(int width, const Measure& measure) : width_(width), measure_(measure) {}

  void add(std::string_view word) {
    const std::string longer = line_.empty() ? std::string(word) : line_ + " " + std::string(word);
    if (measure_(longer) <= width_) {
      line_ = longer;
      return;
    }
    flush();
    while (measure_(word) > width_) break_off(word);
    line_ = word;
  }

  std::vector<std::string> done() {
    flush();
    return std::move(lines_);
  }

 private:
  void flush() {
    if (!line_.empty()) lines_.push_back(std::move(line_));
    line_.clear();
  }

  void break_off(std::string_view& word) {
    std::string part;
    do {
      const std::string_view next = first_code_point(word);
      if (!part.empty() && measure_(part + std::string(next)) > width_) break;
      part += next;
      word.remove_prefix(next.size());
    } while (!word.empty());
    lines_.push_back(std::move(part));
  }

  int width_;
  const Measure& measure_;
  std::string line_;
  std::vector<std::string> lines_;
};

}  // namespace

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_code_point));
}

std::string padded(std::string_view text, std::size_t width) {
  const std::size_t length = code_points(text);
  return std::string(text) + std::string(length >= width ? 0 : width - length, ' ');
}

int pixels(std::string_view text, double font_size) {
  return static_cast<int>(std::ceil(thousandths(text) * font_size / 1000));
}

std::vector<std::string> wrapped(std::string_view text, int width, const Measure& measure) {
  Lines lines(width, measure);
  while (!text.empty()) {
    std::size_t blank = std::min(text.find(' '), text.size());
    if (is_ordinal(text.substr(0, blank))) blank = std::min(text.find(' ', blank + 1), text.size());
    if (blank > 0) lines.add(text.substr(0, blank));
    text.remove_prefix(std::min(blank + 1, text.size()));
  }
  return lines.done();
}

}  // namespace saksbro::views
