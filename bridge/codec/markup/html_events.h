// What stands in a page, in order, as libxml2 finds it. Internal to codec.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace saksbro::codec {

using HtmlAttributes = std::map<std::string, std::string, std::less<>>;  // names in lower case

// Is told what begins, what stands there, and what ends, in this order; each end is that of the
// element that began last.
class HtmlEvents {
 public:
  HtmlEvents() = default;
  HtmlEvents(const HtmlEvents&) = delete;
  HtmlEvents& operator=(const HtmlEvents&) = delete;
  virtual ~HtmlEvents() = default;

  virtual void begins(std::string_view name, const HtmlAttributes& attributes) = 0;
  virtual void ends(std::string_view name) = 0;
  virtual void says(std::string_view text) = 0;
};

// More than kHtmlBytesMost (html_text.h) is not read. Takes time by the length.
void read_html(std::string_view html, HtmlEvents& events);

// "<navn>": looks like a tag, but no element of HTML has this name.
[[nodiscard]] bool is_strange_tag(std::string_view tag);

}  // namespace saksbro::codec
