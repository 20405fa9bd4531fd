#include <fstream>
#include <functional>
#include <sstream>
#include <stdexcept>

#include "bench.hpp"

namespace tessera {

std::vector<Plan> readPlans(const std::string& file) {
  std::ifstream in(file);
  if (!in) throw std::runtime_error("cannot read " + file);
  std::vector<Plan> plans;
  for (std::string line; std::getline(in, line);) {
    Plan plan;
    std::map<std::string, std::function<void(std::istream&)>> keys{
        {"unit", [&](std::istream& v) { v >> plan.unit; }},
        {"frames", [&](std::istream& v) { v >> plan.frames; }},
        {"stall", [&](std::istream& v) { v >> plan.stall; }},
        {"seed", [&](std::istream& v) { v >> plan.seed; }},
        {"reset", [&](std::istream& v) { v >> plan.resetAfter; }},
        {"watchdog", [&](std::istream& v) { v >> plan.watchdog; }},
        {"record", [&](std::istream& v) { v >> plan.record; }},
        {"tables", [&](std::istream& v) { v >> plan.tables; }},
        {"capture", [&](std::istream& v) { v >> plan.capture; }},
        {"source",
         [&](std::istream& v) {
           v >> plan.memory.source.base >> plan.memory.source.pitch >> plan.memory.source.slot;
         }},
        {"target",
         [&](std::istream& v) {
           v >> plan.memory.target.base >> plan.memory.target.pitch >> plan.memory.target.slot;
         }},
        {"latency", [&](std::istream& v) { v >> plan.memory.dram.latency; }},
        {"failing", [&](std::istream& v) { v >> plan.memory.dram.failing; }},
        {"silent",
         [&](std::istream& v) { v >> plan.memory.dram.silentFrom >> plan.memory.dram.silentFor; }},
        {"softreset", [&](std::istream& v) { v >> plan.softReset; }},
        {"rate", [&](std::istream& v) { v >> plan.memory.dram.rate; }},
        {"vectors", [&](std::istream& v) { std::getline(v >> std::ws, plan.vectors); }},
    };
    std::istringstream words(line);
    for (std::string key; words >> key;) {
      auto read = keys.find(key);
      if (read == keys.end()) throw std::runtime_error("unknown key " + key + " in " + file);
      read->second(words);
      if (!words) throw std::runtime_error("no value of " + key + " in " + file);
    }
    plans.push_back(plan);
  }
  return plans;
}

}  // namespace tessera
