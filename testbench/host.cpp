#include "host.hpp"

#include <cstdio>
#include <stdexcept>

namespace tessera {

std::vector<TableWrite> readTables(const std::string& file) {
  std::FILE* in = std::fopen(file.c_str(), "rb");
  if (!in) throw std::runtime_error("cannot read " + file);
  std::vector<TableWrite> writes;
  for (uint32_t pair[2]; std::fread(pair, sizeof(uint32_t), 2, in) == 2;) {
    writes.push_back(TableWrite{pair[0], pair[1]});
  }
  std::fclose(in);
  return writes;
}

}  // namespace tessera
