#include "bridge/codec/markup/sayable.h"

#include <utility>

#include "bridge/codec/markup/words.h"

namespace saksbro::codec {
namespace {

class Sayable {
 public:
  explicit Sayable(ShowsPicture shows) : shows_(shows) {}

  void blocks(std::vector<Block>& blocks) const {
    for (Block& block : blocks) {
      block.words = words(std::move(block.words));
      this->blocks(block.blocks);
    }
  }

 private:
  [[nodiscard]] Words words(Words given) const {
    Words out;
    for (Inline& one : given) add(out, std::move(one));
    return out;
  }

  void add(Words& out, Inline one) const {
    switch (one.kind) {
      case InlineKind::text:
        return say(out, one.text);
      case InlineKind::mention:
        return say(out, "@" + one.text);
      case InlineKind::image:
        return picture(out, std::move(one));
      case InlineKind::link:
        return link(out, std::move(one));
      default:
        one.parts = words(std::move(one.parts));
        out.push_back(std::move(one));
    }
  }

  void picture(Words& out, Inline one) const {
    const std::string& shown = one.text.empty() ? one.target : one.text;
    if (shows_(one.target)) {
      out.push_back(std::move(one));
    } else if (std::string target = web_address(one.target); !target.empty()) {
      Words said{{InlineKind::text, shown, {}, {}}};
      out.push_back({InlineKind::link, {}, std::move(target), std::move(said)});
    } else {
      say(out, shown);
      if (!one.text.empty() && names_a_file(one.target)) say(out, " (" + one.target + ")");
    }
  }

  void link(Words& out, Inline one) const {
    std::string target = web_address(one.target);
    one.parts = words(std::move(one.parts));
    if (!target.empty()) {
      one.target = std::move(target);
      out.push_back(std::move(one));
      return;
    }
    for (Inline& part : one.parts) {
      if (part.kind == InlineKind::text)
        say(out, part.text);
      else
        out.push_back(std::move(part));
    }
    if (!one.target.empty()) say(out, " (" + one.target + ")");
  }

  static void say(Words& out, std::string_view text) {
    if (text.empty()) return;
    if (out.empty() || out.back().kind != InlineKind::text)
      out.push_back({InlineKind::text, {}, {}, {}});
    out.back().text += text;
  }

  ShowsPicture shows_;
};

}  // namespace

Document sayable(Document document, ShowsPicture shows) {
  Sayable(shows).blocks(document);
  return document;
}

}  // namespace saksbro::codec
