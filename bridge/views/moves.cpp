#include "bridge/views/moves.h"

#include <algorithm>

#include "bridge/views/text_width.h"
#include "bridge/views/wording.h"

namespace saksbro::views {
namespace {

using core::Language;
using core::NeededMove;

std::string word_of(const core::Mapping& mapping, const NeededMove& move,
                    const core::Status& status) {
  const auto& words = mapping.system(move.at)->status_words;
  const auto found = words.find(status);
  return found == words.end() ? status.text() : found->second;
}

std::string who_words(const core::Mapping& mapping, const NeededMove& move, Language language) {
  if (!move.by) return std::string(either(language, "brukeren til Saksbro", "the user of Saksbro"));
  for (const core::Process& process : mapping.processes) {
    if (const core::Words* title = process.title_of(*move.by)) return title->in(language);
  }
  return move.by->text();
}

// Moves of one system and of one who makes them, in columns.
std::string block(const core::Mapping& mapping, const std::vector<NeededMove>& moves,
                  Language language) {
  std::size_t wide_before = 0;
  std::size_t wide_after = 0;
  for (const NeededMove& move : moves) {
    wide_before = std::max(wide_before, code_points(before_words(mapping, move, language)));
    wide_after = std::max(wide_after, code_points(after_word(mapping, move)));
  }
  std::string text = "  " + who_words(mapping, moves.front(), language) + "\n";
  for (const NeededMove& move : moves) {
    text += "    " + padded(before_words(mapping, move, language), wide_before) + " -> " +
            padded(after_word(mapping, move), wide_after) + "   " + cause_words(move, language) +
            "\n";
  }
  return text;
}

}  // namespace

std::string before_words(const core::Mapping& mapping, const NeededMove& move, Language language) {
  if (move.from == NeededMove::From::any) return std::string(either(language, "(alle)", "(any)"));
  if (move.from == NeededMove::From::new_ticket)
    return std::string(either(language, "(ny sak)", "(new ticket)"));
  return word_of(mapping, move, move.before);
}

std::string after_word(const core::Mapping& mapping, const NeededMove& move) {
  return word_of(mapping, move, move.to);
}

std::string cause_words(const NeededMove& move, Language language) {
  const std::string heard = move.on.empty() ? "" : " (" + move.on.text() + ")";
  if (move.why == NeededMove::Why::taken_back)
    return move.activity.text() + ": " +
           std::string(either(language, "tas tilbake", "is taken back")) + heard;
  if (move.why == NeededMove::Why::begins)
    return move.next.text() + ": " +
           std::string(either(language, "saken begynner", "the case begins"));
  if (move.next == move.activity) return move.activity.text() + heard;
  return move.activity.text() + " -> " + move.next.text() + heard;
}

std::string moves_text(const core::Mapping& mapping, const std::vector<NeededMove>& moves,
                       Language language) {
  std::string text;
  for (std::size_t i = 0; i < moves.size();) {
    if (i == 0 || moves[i - 1].at != moves[i].at)
      text += moves[i].at.text() +
              std::string(either(language, ": arbeidsflyten må tillate disse flyttingene\n",
                                 ": the workflow must allow these moves\n"));
    std::vector<NeededMove> same;
    for (const NeededMove& first = moves[i];
         i < moves.size() && moves[i].at == first.at && moves[i].by == first.by; ++i)
      same.push_back(moves[i]);
    text += block(mapping, same, language);
  }
  return text;
}

}  // namespace saksbro::views
