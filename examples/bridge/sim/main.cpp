// Clocks a self-checking design until it is done: reset for some cycles, then at most LIMIT more.
#include <cstdio>
#include <memory>

#include "Vexample.h"

int main() {
  auto context = std::make_unique<VerilatedContext>();
  auto top = std::make_unique<Vexample>(context.get());
  long cycle = 0;
  for (; cycle < LIMIT && !(cycle > 8 && top->io_done); cycle++) {
    top->reset = cycle < 8;
    top->CLOCK = 0;
    top->eval();
    top->CLOCK = 1;
    top->eval();
  }
  std::printf("done %d errors %u cycles %ld\n", top->io_done, top->io_errors, cycle);
  return top->io_done && top->io_errors == 0 ? 0 : 1;
}
