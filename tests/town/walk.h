// People at work on one case: each does the next thing when he sees in his own tracker what he
// waits for. Knows nothing of the bridge but what it writes there.
#pragma once

#include <string>
#include <vector>

#include "tests/town/town.h"

namespace saksbro::chaos {

enum class Way {
  technical,   // M.1.3, to the operator
  functional,  // M.1.2, to 3rd line
  system,      // M.1.3, to the supplier of an integrated system
  reported     // M.2.1, the operator reports
};
inline constexpr Way kWays[] = {Way::technical, Way::functional, Way::system, Way::reported};
[[nodiscard]] const char* name(Way way);

class Walk {
 public:
  Walk(Town& town, Way way, int number, int replies);

  // One step if it can be made; false when nothing has happened. Not for several threads.
  bool step();
  [[nodiscard]] bool done() const { return waits_for_.empty(); }
  [[nodiscard]] std::string words() const;  // which case, and what is waited for

  [[nodiscard]] Way way() const { return way_; }
  [[nodiscard]] int issue() const { return issue_; }    // at the desk
  [[nodiscard]] int ticket() const { return ticket_; }  // at the supplier
  [[nodiscard]] std::string supplier() const;
  [[nodiscard]] std::string title() const;  // of what the operator reports
  // What the supplier has said, in order, each with a word that is nowhere else.
  [[nodiscard]] const std::vector<std::string>& said() const { return said_; }
  // Files that people put onto a ticket for the others.
  struct Given {
    bool at_desk = false;  // else at the supplier
    fakes::File file;
  };
  [[nodiscard]] const std::vector<Given>& given() const { return given_; }

 private:
  using Step = bool (Walk::*)();
  bool registers();
  bool reports();
  bool takes();
  bool forwards();
  bool finds_ticket();
  bool finds_issue();
  bool sees_the_alert();
  bool answers_the_question();
  bool sees_the_desks_file();
  bool replies();
  bool sees_the_files();
  bool solves();
  bool confirms();
  bool sees_it_closed();

  [[nodiscard]] fakes::Tracker& desk() const { return town_.desk().state; }
  [[nodiscard]] fakes::Tracker& there() const { return town_.system(supplier()).state; }
  [[nodiscard]] bool desk_is(const std::string& status) const;
  void say(const std::string& who, const std::string& text, bool internal) const;
  fakes::File new_file(bool at_desk);
  [[nodiscard]] bool has_files(bool at_desk) const;  // of the others
  void next(Step then, const std::string& waits_for);

  Town& town_;
  Way way_;
  int number_;
  int replies_left_;
  int issue_ = 0;
  int ticket_ = 0;
  std::vector<std::string> said_;
  std::vector<Given> given_;
  Step step_ = nullptr;
  std::string waits_for_;
};

}  // namespace saksbro::chaos
