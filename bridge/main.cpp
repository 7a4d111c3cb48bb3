#include "bridge/cli/cli.h"

int main(int count, char** words) { return saksbro::cli::main(count, words); }
