#include "bridge/core/decide/files_unsent.h"

#include <map>
#include <optional>
#include <set>
#include <string>

#include "bridge/core/decide/file_guard.h"
#include "bridge/core/decide/file_hops.h"
#include "bridge/core/speech/translation.h"

namespace saksbro::core {
namespace {

// Files by their names, and why they do not go.
struct Unsent {
  Phrase why;
  std::string names;
  bool hidden = false;  // the others must not even hear its name
};
using AllUnsent = std::map<std::string, Unsent>;

void add_unsent(AllUnsent& all, const Phrase& why, const std::string& name, bool hidden) {
  Unsent& one = all[in_english(why)];
  one.why = why;
  one.names += (one.names.empty() ? "" : ", ") + name;
  one.hidden = hidden;
}

std::string title_in(const DecisionBuilder& b, const SystemName& of, Language language) {
  const SystemMapping* system = b.mapping().system(of);
  const std::string title = system == nullptr ? "" : system->title.in(language);
  return title.empty() ? of.text() : title;
}

// The desk can do something about it. What must stay on its ticket is told there only.
std::optional<SystemName> told_of_unsent(const DecisionBuilder& b, const SystemName& from,
                                         const Unsent& one) {
  if (!one.hidden) return b.desk();
  const auto source = b.state().tickets.find(from);
  const bool there = source != b.state().tickets.end() && !source->second.gone;
  return there && b.mapping().system(from) != nullptr ? std::optional(from) : std::nullopt;
}

void tell_unsent(DecisionBuilder& b, const SystemName& from, const SystemName& to,
                 const AllUnsent& all) {
  for (const auto& [english, one] : all) {
    b.because("Not copied to {system}: {files} of {from}: {why}.",
              {{"system", to}, {"files", one.names}, {"from", from}, {"why", one.why}});
    const auto told = told_of_unsent(b, from, one);
    if (!told) continue;
    const Language language = b.language_of(*told);
    b.say(*told,
          b.text(b.mapping().texts.files_not_sent, *told,
                 {{"files", one.names},
                  {"from", title_in(b, from, language)},
                  {"system", title_in(b, to, language)},
                  {"why", spoken(one.why, tongue(language, b.mapping(), b.process()))}}),
          Visibility::internal, b.mapping().known_system(*told).where);
  }
}

// That a file is internal or its ticket confidential is nothing that the others are told.
bool is_a_secret(const DecisionBuilder& b, const FilesUnderWay& way, const std::string& id) {
  const auto source = b.state().tickets.find(way.from);
  if (source == b.state().tickets.end()) return false;
  const auto file = source->second.files.find(id);
  return source->second.confidential ||
         (file != source->second.files.end() && file->second.internal);
}

// It may have changed without our hearing of it: the bridge was stopped, a webhook was lost.
void look_again(DecisionBuilder& b, const FilesUnderWay& way) {
  const auto source = b.state().tickets.find(way.from);
  const SystemMapping* system = b.mapping().system(way.from);
  if (source == b.state().tickets.end() || source->second.gone || system == nullptr ||
      system->status_words.empty())  // a mail stays as it was sent
    return;
  if (memory_of(b.state().memory, way.from).look.command) return;
  const IdempotencyKey look = b.look(way.from, source->second.key, system->where);
  b.remember(SourceLooked{way.from, {look, way.looks + 1}});
}

// On its way there, or asked for in the very moment of the closing.
bool is_unsent(const DecisionBuilder& b, const FileHop& hop, const std::string& id) {
  if (!is_wanted(b, hop, id, hop.source.files.at(id))) return false;
  const FileCopy& copy = file_copy(b, hop.from, id);
  return copy.fetch || copy.blob || b.closes();
}

void give_up_file(DecisionBuilder& b, const SystemName& at, const std::string& id) {
  if (file_copy(b, at, id).fetch) b.withdraw(at, "file/" + id);
  b.remember(FileLeft{at, id});
}

}  // namespace

void files_held_back(DecisionBuilder& b, const CommandResult& settled) {
  const auto& under_way = memory_of(b.state().memory, b.at()).files_under_way;
  const auto found = under_way.find(settled.command);
  if (found == under_way.end()) return;
  const FilesUnderWay way = found->second;
  b.because("Held back before it was sent: {command}. Its files are decided again.",
            {{"command", settled.command}});
  AllUnsent unsent;
  for (const auto& [id, name] : way.files) {
    if (const auto why = why_not_now(b, way, b.at(), id))
      add_unsent(unsent, *why, name, is_a_secret(b, way, id));
  }
  const FilesNow now = files_now(b.mapping(), b.state(), b.at(), settled.command, b.around().now);
  tell_unsent(b, way.from, b.at(), unsent);
  b.remember(FilesEnded{b.at(), settled.command, false});
  if (b.state().closed) return;
  if (now != FilesNow::may_go) return look_again(b, way);
  std::set<std::string> lost;  // the spool has one of them no more
  for (const auto& [id, name] : way.files) lost.insert(id);
  b.remember(FilesForgotten{way.from, std::move(lost)});
}

void name_unsent_files(DecisionBuilder& b) {
  for (const auto& [to, system] : b.mapping().systems) {
    if (!b.state().tickets.contains(to) || b.withholds(to) || !is_case_with(b, to)) continue;
    for (const FileRule& rule : system.files) {
      const auto from = b.resolve(rule.from);
      const auto source = from ? b.state().tickets.find(*from) : b.state().tickets.end();
      if (source == b.state().tickets.end() || *from == to || source->second.confidential) continue;
      const TicketView view = source->second;
      const FileHop hop{*from, to, rule, view};
      AllUnsent unsent;
      std::vector<std::string> ids;
      for (const std::string& id : in_order_of_coming(view.files)) {
        if (!is_unsent(b, hop, id)) continue;
        add_unsent(unsent, {"the case was closed before they were sent", {}},
                   view.files.at(id).name, false);
        ids.push_back(id);
      }
      tell_unsent(b, *from, to, unsent);
      for (const std::string& id : ids) give_up_file(b, *from, id);
    }
  }
}

}  // namespace saksbro::core
