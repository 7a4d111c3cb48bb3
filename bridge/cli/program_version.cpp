#include "bridge/cli/program_version.h"

namespace saksbro::cli {

const char* program_version() { return SAKSBRO_VERSION; }

}  // namespace saksbro::cli
