#include "bridge/codec/markup/document_builder.h"

#include <algorithm>
#include <utility>

namespace saksbro::codec {
namespace {

bool is_leaf(Shape shape) {
  return shape == Shape::paragraph || shape == Shape::heading || shape == Shape::cell;
}

const Inline kBreak{InlineKind::line_break, {}, {}, {}};

}  // namespace

DocumentBuilder::DocumentBuilder() : blocks_(1) { blocks_.front().shape = Shape::quote; }

void DocumentBuilder::begin(Block block) {
  if (in_cell()) {
    add(kBreak);
    if (block.shape == Shape::item) text("* ");
    begun_.push_back(Begun::line);
    return;
  }
  end_leaf();
  if (is_leaf(block.shape)) {
    begin_leaf(std::move(block));
    begun_.push_back(Begun::leaf);
  } else if (blocks_.size() > kBlockDepthMost) {
    begun_.push_back(Begun::line);
  } else {
    blocks_.push_back(std::move(block));
    begun_.push_back(Begun::block);
  }
}

void DocumentBuilder::end() {
  if (begun_.empty()) return;
  const Begun last = begun_.back();
  begun_.pop_back();
  if (last == Begun::line && in_cell()) return add(kBreak);
  end_leaf();
  if (last != Begun::block) return;
  Block done = std::move(blocks_.back());
  blocks_.pop_back();
  blocks_.back().blocks.push_back(std::move(done));
}

void DocumentBuilder::mark() {
  if (!begun_.empty() && begun_.back() == Begun::block) blocks_.back().marked = true;
}

void DocumentBuilder::add(Block block) {
  if (!in_cell()) {
    end_leaf();
    blocks_.back().blocks.push_back(std::move(block));
    return;
  }
  add(kBreak);
  for (std::string_view rest = block.text; !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    add(Inline{InlineKind::code, std::string(line), {}, {}});
    add(kBreak);
  }
}

void DocumentBuilder::phrase(Inline one) {
  if (phrases_.size() >= kPhraseDepthMost) {
    ++phrases_too_deep_;
    return;
  }
  phrases_.push_back(std::move(one));
}

void DocumentBuilder::end_phrase() {
  if (phrases_too_deep_ > 0) {
    --phrases_too_deep_;
    return;
  }
  if (phrases_.empty()) return;
  // A link without words, but with an address, says that.
  if (phrases_.back().kind == InlineKind::link) open_phrases();
  if (open_.size() == phrases_.size()) fold_phrase();
  phrases_.pop_back();
}

void DocumentBuilder::text(std::string_view text) {
  if (text.empty()) return;
  const bool blank = text.find_first_not_of(" \t\r\n") == text.npos;
  if (blank && !in_leaf_) return;
  open_phrases();
  Words& words = here();
  if (words.empty() || words.back().kind != InlineKind::text)
    words.push_back({InlineKind::text, {}, {}, {}});
  words.back().text += text;
}

void DocumentBuilder::add(Inline one) {
  if (one.kind == InlineKind::line_break && !in_leaf_) return;
  open_phrases();
  here().push_back(std::move(one));
}

void DocumentBuilder::paragraph_ends() {
  if (in_leaf_ && leaf_.shape == Shape::paragraph) end_leaf();
}

Document DocumentBuilder::take() && {
  while (!begun_.empty()) end();
  end_leaf();
  return normalised(std::move(blocks_.front().blocks));
}

void DocumentBuilder::begin_leaf(Block block) {
  leaf_ = std::move(block);
  in_leaf_ = true;
}

void DocumentBuilder::end_leaf() {
  if (!in_leaf_) return;
  while (!open_.empty()) fold_phrase();
  in_leaf_ = false;
  blocks_.back().blocks.push_back(std::move(leaf_));
}

void DocumentBuilder::open_phrases() {
  if (!in_leaf_) begin_leaf({});
  while (open_.size() < phrases_.size()) {
    Inline next = phrases_[open_.size()];
    next.parts.clear();
    open_.push_back(std::move(next));
  }
}

void DocumentBuilder::fold_phrase() {
  Inline done = std::move(open_.back());
  open_.pop_back();
  here().push_back(std::move(done));
}

Words& DocumentBuilder::here() { return open_.empty() ? leaf_.words : open_.back().parts; }

}  // namespace saksbro::codec
