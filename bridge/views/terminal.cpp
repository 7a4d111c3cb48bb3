#include "bridge/views/terminal.h"

#include <algorithm>

#include "bridge/views/rules.h"
#include "bridge/views/text_width.h"
#include "bridge/views/ways.h"
#include "bridge/views/wording.h"

namespace saksbro::views {
namespace {

constexpr int kTitleMost = 46;
constexpr int kRoleMost = 18;
constexpr std::size_t kRuleMost = 44;

std::vector<std::string> lines_of(const std::string& text, int width) {
  return wrapped(text, width,
                 [](std::string_view one) { return static_cast<int>(code_points(one)); });
}

std::size_t widest(const std::vector<std::string>& lines) {
  std::size_t most = 0;
  for (const std::string& line : lines) most = std::max(most, code_points(line));
  return most;
}

std::string without_blanks_behind(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

class Terminal {
 public:
  Terminal(const core::Process& process, const Look& look)
      : process_(process), look_(look), activities_(in_order(process)) {
    for (const core::Role& role : columns_of(process, look))
      columns_.push_back({role, lines_of(title_of(role, look), kRoleMost)});
    for (const core::Activity* one : activities_) {
      numbers_ = std::max(numbers_, code_points(one->id.text()));
      titles_ = std::max(titles_, widest(lines_of(title(*one), kTitleMost)));
      if (one->status) statuses_ = std::max(statuses_, code_points(one->status->text()));
    }
  }

  std::string text() {
    line(process_.id.text() + "  " + process_.title.in(look_.language));
    line("");
    head();
    table();
    line("");
    line(std::string(either(look_.language, "Overganger", "Transitions")));
    for (const core::Begin& begin : process_.begins)
      line("  " + begin_words(begin, look_) + " --> " + begin.activity.text());
    for (const core::Activity* one : activities_) ways_of(*one);
    rules();
    return std::move(text_);
  }

 private:
  struct Column {
    core::Role role;
    std::vector<std::string> title;
  };

  void line(const std::string& words) { text_ += without_blanks_behind(words) + "\n"; }

  const std::string& title(const core::Activity& activity) const {
    return activity.title.in(look_.language);
  }

  std::string row(const std::string& number, const std::string& title,
                  const std::string& status) const {
    return "  " + padded(number, numbers_) + "  " + padded(title, titles_) + "  " +
           padded(status, statuses_);
  }

  void head() {
    std::size_t most = 0;
    for (const Column& column : columns_) most = std::max(most, column.title.size());
    for (std::size_t i = 0; i < most; ++i) {
      std::string words = row("", "", "");
      for (const Column& column : columns_) {
        const std::size_t above = most - column.title.size();  // titles stand on the line
        words += "  " + padded(i < above ? "" : column.title.at(i - above), widest(column.title));
      }
      line(words);
    }
  }

  void table() {
    std::string subprocess;
    for (const core::Activity* one : activities_) {
      const std::string now = subprocess_of(one->id);
      if (now != subprocess) line(now);
      subprocess = now;
      activity(*one);
    }
  }

  void activity(const core::Activity& activity) {
    const auto titles = lines_of(title(activity), kTitleMost);
    std::string words = row(activity.id.text(), titles.empty() ? "" : titles.front(),
                            activity.status ? activity.status->text() : "");
    for (const Column& column : columns_) {
      const std::size_t width = widest(column.title);
      const std::size_t before = (width - 1) / 2;
      words += "  " + std::string(before, ' ') + (does(activity, column.role) ? "X" : " ") +
               std::string(width - before - 1, ' ');
    }
    line(words);
    for (std::size_t i = 1; i < titles.size(); ++i) line(row("", titles.at(i), ""));
  }

  void actions(const std::vector<core::ProcessAction>& all, const std::string& indent) {
    for (const core::ProcessAction& action : all) line(indent + action_words(action, look_));
  }

  static bool does(const core::Activity& activity, const core::Role& role) {
    return std::find(activity.by.begin(), activity.by.end(), role) != activity.by.end();
  }

  void ways_of(const core::Activity& activity) {
    begins(activity);
    const std::string from = "  " + activity.id.text();
    const Heard heard = heard_at(process_, activity);
    for (const core::Transition* one : heard.own)
      way(from + " -- " + one->on.text() + " (" + titles_of(one->by, look_) + ")" +
              if_words(one->when, look_),
          *one);
    for (const core::ActivityId& other : heard.also) line(from + " " + also_words(other, look_));
    for (const core::TimedMove& one : activity.timed)
      way(from + " -- " + timed_words(one, look_), one.move);
    for (const core::Onward& one : activity.then)
      line(from + " -- " + at_once_words(one, look_) + " --> " + one.next.text());
    if (activity.ends)
      line(from + std::string(either(look_.language, ": saken er lukket", ": the case is closed")));
  }

  void begins(const core::Activity& activity) {
    std::vector<std::string> lines;
    for (const core::ProcessAction& action : activity.actions)
      lines.push_back(action_words(action, look_));
    if (activity.question) lines.push_back(question_words(*activity.question, look_));
    if (!activity.wants.empty()) lines.push_back(wants_words(activity.wants, look_));
    if (activity.deadline) lines.push_back(deadline_words(*activity.deadline, look_));
    if (lines.empty()) return;
    line("  " + activity.id.text() + std::string(either(look_.language, " begynner:", " begins:")));
    for (const std::string& one : lines) line("      " + one);
  }

  void way(const std::string& words, const core::Transition& one) {
    line(words + " --> " +
         (one.next ? one.next->text()
                   : std::string(either(look_.language, "(blir der)", "(stays there)"))));
    const std::string demands = demand_words(one, look_);
    if (!demands.empty()) line("      " + demands);
    for (const core::ProcessAction& action : one.actions)
      line("      " + action_words(action, look_));
  }

  // What holds everywhere. Long names (many may say it) have their words on the next line.
  void rules() {
    for (const Rules& all : rules_of(process_, look_)) {
      line("");
      line(all.title);
      std::size_t widest_name = 0;
      for (const Rule& one : all.rules)
        if (code_points(one.name) <= kRuleMost)
          widest_name = std::max(widest_name, code_points(one.name));
      for (const Rule& one : all.rules) {
        if (code_points(one.name) <= kRuleMost) {
          line("  " + padded(one.name, widest_name) + "  " + one.words);
        } else {
          line("  " + one.name);
          line("  " + padded("", widest_name) + "  " + one.words);
        }
      }
    }
  }

  const core::Process& process_;
  const Look& look_;
  std::vector<const core::Activity*> activities_;
  std::vector<Column> columns_;
  std::size_t numbers_ = 0;
  std::size_t titles_ = 0;
  std::size_t statuses_ = 0;
  std::string text_;
};

}  // namespace

std::string terminal_text(const core::Process& process, const Look& look) {
  return Terminal(process, look).text();
}

}  // namespace saksbro::views
