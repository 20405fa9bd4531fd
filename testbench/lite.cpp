#include "lite.hpp"

#include <stdexcept>
#include <utility>

namespace tessera {
namespace {

constexpr int PATIENCE = 64;  // cycles in which a request must be answered

}  // namespace

Lite::Lite(const HostPins& pins, std::function<void()> clock)
    : pins_(pins), clock_(std::move(clock)) {}

void Lite::quiet() {
  *pins_.awvalid = *pins_.wvalid = *pins_.bready = *pins_.arvalid = *pins_.rready = 0;
}

bool Lite::write(uint32_t address, uint32_t value) {
  *pins_.awaddr = address;
  *pins_.wdata = value;
  *pins_.awvalid = *pins_.wvalid = *pins_.bready = 1;
  bool answered = false;
  bool good = false;
  for (int i = 0; i < PATIENCE && !answered; i++) {
    bool addressTaken = *pins_.awvalid && *pins_.awready;
    bool dataTaken = *pins_.wvalid && *pins_.wready;
    answered = *pins_.bvalid;
    good = *pins_.bresp == 0;
    clock_();
    if (addressTaken) *pins_.awvalid = 0;
    if (dataTaken) *pins_.wvalid = 0;
  }
  if (!answered || *pins_.awvalid || *pins_.wvalid) {
    throw std::runtime_error("the registers do not answer a write");
  }
  quiet();
  return good;
}

uint32_t Lite::read(uint32_t address, bool& good) {
  *pins_.araddr = address;
  *pins_.arvalid = *pins_.rready = 1;
  bool answered = false;
  uint32_t value = 0;
  for (int i = 0; i < PATIENCE && !answered; i++) {
    bool taken = *pins_.arvalid && *pins_.arready;
    answered = *pins_.rvalid;
    value = *pins_.rdata;
    good = *pins_.rresp == 0;
    clock_();
    if (taken) *pins_.arvalid = 0;
  }
  if (!answered || *pins_.arvalid) throw std::runtime_error("the registers do not answer a read");
  quiet();
  return value;
}

}  // namespace tessera
