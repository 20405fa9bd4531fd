// What a run saw, as JSON.
#include <cstring>
#include <sstream>

#include "bench.hpp"

namespace tessera {
namespace {

// Writes the comma between the elements of a list.
class Separator {
 public:
  friend std::ostream& operator<<(std::ostream& out, Separator& separator) {
    if (separator.used_) out << ',';
    separator.used_ = true;
    return out;
  }

 private:
  bool used_ = false;
};

const char* nameOf(Role role) {
  switch (role) {
    case Role::SOURCE: return "SOURCE";
    case Role::SINK: return "SINK";
    default: return "PROBE";
  }
}

void writeMismatch(std::ostream& out, const Mismatch& m) {
  out << ",\"first\":{\"field\":\"" << m.field << "\",\"beat\":" << m.beat
      << ",\"frame\":" << m.frame << ",\"row\":" << m.row << ",\"column\":" << m.column
      << ",\"channel\":" << m.channel << ",\"expected\":" << m.expected
      << ",\"actual\":" << m.actual << ",\"cycle\":" << m.cycle << '}';
}

void writeCycles(std::ostream& out, const char* name, const std::vector<uint64_t>& cycles) {
  out << ",\"" << name << "\":[";
  Separator comma;
  for (uint64_t cycle : cycles) out << comma << cycle;
  out << ']';
}

void writeStream(std::ostream& out, const Stream& stream) {
  const Port& port = stream.port();
  out << "{\"name\":\"" << port.name << "\",\"role\":\"" << nameOf(port.role)
      << "\",\"beats\":" << stream.beats() << ",\"expectedBeats\":" << stream.total()
      << ",\"valid\":" << int(*port.valid) << ",\"ready\":" << int(*port.ready)
      << ",\"mismatches\":" << stream.mismatches();
  writeCycles(out, "frameStarts", stream.frameStarts());
  writeCycles(out, "frameEnds", stream.frameEnds());
  if (stream.mismatches() > 0) writeMismatch(out, stream.mismatch());
  out << '}';
}

// The frames of a memory in the form of the two ports of a stream top.
void writeMemory(std::ostream& out, const Memory& memory) {
  out << "{\"name\":\"in0\",\"role\":\"SOURCE\",\"beats\":" << memory.starts().size()
      << ",\"expectedBeats\":" << memory.frames()
      << ",\"valid\":0,\"ready\":0,\"mismatches\":0";
  writeCycles(out, "frameStarts", memory.starts());
  writeCycles(out, "frameEnds", memory.starts());
  out << "},{\"name\":\"out0\",\"role\":\"SINK\",\"beats\":" << memory.ends().size()
      << ",\"expectedBeats\":" << memory.frames()
      << ",\"valid\":0,\"ready\":0,\"mismatches\":" << memory.mismatches();
  writeCycles(out, "frameStarts", memory.firsts());
  writeCycles(out, "frameEnds", memory.ends());
  if (memory.mismatches() > 0) writeMismatch(out, memory.mismatch());
  out << '}';
}

void writeTraffic(std::ostream& out, const char* name, const Dram& dram) {
  out << ",\"" << name << "\":{\"readBytes\":" << dram.readBytes()
      << ",\"writeBytes\":" << dram.writeBytes() << ",\"bursts\":" << dram.bursts()
      << ",\"violation\":\"" << dram.violation() << "\"}";
}

void writeFlag(std::ostream& out, const Pin& pin) {
  uint64_t value = 0;
  std::memcpy(&value, pin.data, std::min(sizeof value, pin.bytes));
  out << "{\"name\":\"" << pin.name << "\",\"value\":" << value << '}';
}

}  // namespace

std::string Run::json() const {
  std::ostringstream out;
  out << "{\"unit\":\"" << unit_.name << "\",\"frames\":" << plan_.frames
      << ",\"cycles\":" << cycle_ << ",\"seconds\":" << seconds_
      << ",\"hung\":" << (hung_ ? "true" : "false") << ",\"combinational\":" << combinational_
      << ",\"window\":" << toCycle_ - fromCycle_ << ",\"ports\":[";
  Separator port;
  for (const Stream& stream : streams_) {
    out << port;
    writeStream(out, stream);
  }
  if (memory_) {
    out << port;
    writeMemory(out, *memory_);
  }
  out << "],\"flags\":[";
  Separator flag;
  for (const Pin& pin : unit_.flags) {
    out << flag;
    writeFlag(out, pin);
  }
  out << "],\"links\":[";
  Separator link;
  for (size_t i = 0; i < counts_.size(); i++) {
    out << link << "{\"name\":\"" << unit_.linkNames[i]
        << "\",\"moved\":" << to_[i].moved - from_[i].moved
        << ",\"blocked\":" << to_[i].blocked - from_[i].blocked
        << ",\"starved\":" << to_[i].starved - from_[i].starved
        << ",\"total\":" << counts_[i].moved << '}';
  }
  out << ']';
  if (unit_.software) {
    out << ",\"software\":{\"events\":" << events_ << ",\"crcs\":[";
    Separator comma;
    for (int64_t crc : crcs_) out << comma << crc;
    out << "]}";
  }
  if (memory_) writeTraffic(out, "memory", memory_->dram());
  if (cuts_) writeTraffic(out, "cuts", *cuts_);
  out << '}';
  return out.str();
}

}  // namespace tessera
