// A process as BPMN 2.0 (ISO/IEC 19510) with its diagram: one pool, one lane a role. It is for
// reading, in bpmn.io or Camunda Modeler; Saksbro runs the mapping, not this.
#pragma once

#include <string>

#include "bridge/views/look.h"

namespace saksbro::views {

[[nodiscard]] std::string bpmn_xml(const core::Process& process, const Look& look);

}  // namespace saksbro::views
