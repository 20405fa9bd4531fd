#include "host.hpp"

#include <cstdio>
#include <stdexcept>

namespace tessera {
namespace {

constexpr int PATIENCE = 64;  // cycles in which a write must be answered

}  // namespace

Host::Host(const HostPins& pins, const std::string& file) : pins_(pins) {
  std::FILE* in = std::fopen(file.c_str(), "rb");
  if (!in) throw std::runtime_error("cannot read " + file);
  for (uint32_t pair[2]; std::fread(pair, sizeof(uint32_t), 2, in) == 2;) {
    writes_.push_back(Write{pair[0], pair[1]});
  }
  std::fclose(in);
}

void Host::quiet() {
  *pins_.awvalid = *pins_.wvalid = *pins_.bready = *pins_.arvalid = *pins_.rready = 0;
}

void Host::load(const std::function<void()>& clock) {
  for (const Write& write : writes_) {
    *pins_.awaddr = write.address;
    *pins_.wdata = write.value;
    *pins_.awvalid = *pins_.wvalid = 1;
    *pins_.bready = 1;
    bool answered = false;
    for (int i = 0; i < PATIENCE && !answered; i++) {
      bool address = *pins_.awvalid && *pins_.awready;
      bool data = *pins_.wvalid && *pins_.wready;
      answered = *pins_.bvalid;
      clock();
      if (address) *pins_.awvalid = 0;
      if (data) *pins_.wvalid = 0;
    }
    if (!answered || *pins_.awvalid || *pins_.wvalid) {
      throw std::runtime_error("the registers do not answer a write");
    }
  }
  quiet();
}

}  // namespace tessera
