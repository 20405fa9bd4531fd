// bench PLAN RESULT [TRACE]: runs every line of PLAN, writes a JSON list to RESULT.
#include <algorithm>
#include <cstdio>
#include <exception>
#include <fstream>

#include "bench.hpp"

namespace {

void runAll(tessera::Model& model, const std::vector<tessera::Plan>& plans, std::ostream& out,
            bool trace) {
  const char* separator = "[\n";
  for (const tessera::Plan& plan : plans) {
    auto unit = std::find_if(model.units.begin(), model.units.end(),
                             [&](const tessera::Unit& u) { return u.name == plan.unit; });
    if (unit == model.units.end()) throw std::runtime_error("no unit " + plan.unit);
    tessera::Run run(model, *unit, plan, trace);
    run.execute();
    run.writeFiles();
    out << separator << run.json();
    separator = ",\n";
  }
  out << "\n]\n";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3 || argc > 4) {
    std::fprintf(stderr, "usage: %s PLAN RESULT [TRACE]\n", argv[0]);
    return 2;
  }
  try {
    std::unique_ptr<tessera::Model> model = tessera::makeModel(argc, argv);
    if (argc == 4) model->openTrace(argv[3]);
    std::ofstream out(argv[2]);
    runAll(*model, tessera::readPlans(argv[1]), out, argc == 4);
    out.close();
    if (!out) throw std::runtime_error(std::string("cannot write ") + argv[2]);
    return 0;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 1;
  }
}
