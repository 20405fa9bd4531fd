// Software that fills the tables of a design through its AXI4-Lite registers.
#pragma once

#include <string>
#include <vector>

#include "lite.hpp"

namespace tessera {

// What a file says is to be written: pairs of a byte address and a value, in that order.
std::vector<TableWrite> readTables(const std::string& file);

}  // namespace tessera
