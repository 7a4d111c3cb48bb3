// Where everything of a flow stands, in pixels: one calculation for BPMN's diagram interchange and
// for SVG.
//
// Roles are columns and activities are rows, top down, as in a routine's own table. One row holds
// one activity, so a line that leaves a row sideways meets no box; it runs up or down in a gutter
// beside the column of its target, where no boxes are, and enters from the side. Timers stand on
// the lower edge of their activity, and their lines turn away above all others of the row. Lines
// that end at the same box from the same side share the last part of their way. Nothing overlaps by
// construction, however the process looks.
#pragma once

#include <string>
#include <vector>

#include "bridge/views/flow.h"

namespace saksbro::views {

struct Point {
  int x = 0;
  int y = 0;
  friend bool operator==(const Point&, const Point&) = default;
};

struct Box {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
  [[nodiscard]] int middle() const { return x + width / 2; }
  [[nodiscard]] int centre() const { return y + height / 2; }
  [[nodiscard]] int right() const { return x + width; }
  [[nodiscard]] int bottom() const { return y + height; }
};

struct LaneShape {
  core::Role role;
  Box box;  // its head included
};

struct NodeShape {
  Box box;
  std::vector<std::string> title;   // of an activity, a start or a timer, in lines that fit
  std::vector<std::string> beside;  // of an activity, below its title
  std::vector<std::string> asked;   // below that
  Box status;                       // of an activity with one, in its upper right corner
  int first_line = 0;               // of an activity: the base line of its title
  Point label;                      // of a timer: the words stand above it
  bool leftward = false;            // and end there
};

struct EdgeShape {
  std::vector<Point> points;        // right-angled
  std::vector<std::string> name;    // lines that stand above `label`
  std::vector<std::string> remark;  // lines below it
  Point label;                      // where the line leaves the stem
  bool leftward = false;            // the words end at `label` instead of beginning there
};

struct Band {  // the rows of one subprocess
  std::string name;
  int top = 0;
  int bottom = 0;
};

struct Layout {
  Box pool;
  std::vector<LaneShape> lanes;
  std::vector<NodeShape> nodes;  // as Flow::nodes
  std::vector<EdgeShape> edges;  // as Flow::edges
  std::vector<Band> bands;
};

inline constexpr int kPoolHead = 30;
inline constexpr int kLaneHead = 44;
inline constexpr double kTitleSize = 12.5;
inline constexpr double kNameSize = 11.5;
inline constexpr double kRemarkSize = 10;
inline constexpr int kTimer = 24;     // across
inline constexpr int kBoxInset = 12;  // from a box to its words
inline constexpr int kMark = 22;      // room for an envelope
inline constexpr int kTitleLine = 16;
inline constexpr int kNameLine = 14;
inline constexpr int kRemarkLine = 12;

[[nodiscard]] Layout layout_of(const Flow& flow, const Look& look);

}  // namespace saksbro::views
