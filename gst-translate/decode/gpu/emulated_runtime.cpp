// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/gpu/emulated_runtime.h"

#include <algorithm>
#include <vector>

namespace gst_translate::gpu {
namespace {

constexpr size_t shared_bytes = 100 << 10;  // as devices for desktops have

class EmulatedLauncher {
 public:
  explicit EmulatedLauncher(Order order) : order_(order) {}

  template <typename Kernel>
  void operator()(const Kernel& kernel, const Grid& grid) {
    emulate(kernel, grid, order_);
  }
  template <typename T, typename Result>
  void multiply(const Product<T, Result>& product) const {
    const auto row = [&](const T* matrix, int i) {
      return matrix + static_cast<ptrdiff_t>(i) * product.depth;
    };
    for (int slot = 0; slot < product.slots; ++slot) {
      Result* output = product.output + static_cast<ptrdiff_t>(slot) * product.rows;
      for (int i = 0; i < product.rows; ++i) {
        float sum = product.adds ? to_float(output[i]) : 0;
        for (int k = 0; k < product.depth; ++k)
          sum += to_float(row(product.input, slot)[k]) * to_float(row(product.weight, i)[k]);
        if (product.bias != nullptr) sum += to_float(product.bias[i]);
        if (product.rectifies) sum = std::max(sum, 0.0F);
        output[i] = from_float<Result>(sum);
      }
    }
  }
  /// One order as a device that has one for each block of a small matrix, the other as one that has
  /// not.
  int processors() const { return order_ == Order::Ascending ? 4 : 2; }
  size_t shared_limit() const { return shared_bytes; }
  /// One order as a device that can, the other as one that cannot.
  bool clusters() const { return order_ == Order::Ascending; }

 private:
  Order order_;
};

template <typename Pass>
class EmulatedPass : public RecordedPass {
 public:
  EmulatedPass(const Pass& pass, Order order) : pass_(pass), order_(order) {}

  void run() override {
    EmulatedLauncher launcher(order_);
    switch (pass_.model->precision) {
      case Precision::Float16:
        return launch<Float16>(launcher);
      case Precision::Bfloat16:
        return launch<Bfloat16>(launcher);
      case Precision::Float32:
        break;
    }
    launch_pass<float>(launcher, pass_);
  }

 private:
  template <typename T>
  void launch(EmulatedLauncher& launcher) {
    if (is_rounded(pass_))
      launch_pass<T, int8_t>(launcher, pass_);
    else
      launch_pass<T>(launcher, pass_);
  }

  const Pass pass_;
  const Order order_;
};

class EmulatedRuntime : public Runtime {
 public:
  explicit EmulatedRuntime(Order order) : order_(order) {}

  SharedMemory share(size_t bytes) override {
    const auto quads = std::make_shared<std::vector<Quad>>(bytes / sizeof(Quad) + 1, zero_quad());
    SharedMemory memory;
    memory.host = std::shared_ptr<void>(quads, quads->data());
    memory.device = quads->data();
    return memory;
  }
  std::unique_ptr<RecordedPass> record(const DecoderPass& pass) override {
    return std::make_unique<EmulatedPass<DecoderPass>>(pass, order_);
  }
  std::unique_ptr<RecordedPass> record(const EncoderPass& pass) override {
    return std::make_unique<EmulatedPass<EncoderPass>>(pass, order_);
  }
  size_t shared_limit() const override { return shared_bytes; }
  void check() override {}
  void wait() override {}

 private:
  const Order order_;
};

}  // namespace

std::unique_ptr<Runtime> open_emulated_runtime(Order order) {
  return std::make_unique<EmulatedRuntime>(order);
}

}  // namespace gst_translate::gpu
