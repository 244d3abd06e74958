// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/cpu/packed_store.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <utility>

#include "gst-translate/model/weight_names.h"

namespace gst_translate::cpu {
namespace {

constexpr size_t alignment = 64;  // a cache line, and the widest vector

constexpr int padded(int count, int unit) {
  return (count + unit - 1) / unit * unit;
}

}  // namespace

// Arena -----------------------------------------------------------------------------------------

Arena::Arena(size_t size) : size_(size) {
  void* address = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (address == MAP_FAILED) throw std::bad_alloc();
  data_ = static_cast<std::byte*>(address);
#ifdef MADV_HUGEPAGE
  madvise(address, size, MADV_HUGEPAGE);  // fewer page faults; it works without
#endif
}

Arena::~Arena() {
  if (data_ != nullptr) munmap(data_, size_);
}

Arena::Arena(Arena&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

Arena& Arena::operator=(Arena&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

// PackedStore -----------------------------------------------------------------------------------

void read_floats(const Kernels& kernels, const TensorView& tensor, size_t first, size_t count,
                 float* to) {
  const std::byte* from = tensor.data + first * bytes_of(tensor.type);
  switch (tensor.type) {
    case DataType::Float32:
      std::memcpy(to, from, count * sizeof(float));
      return;
    case DataType::Float16:
      kernels.from_float16(from, static_cast<int>(count), to);
      return;
    case DataType::BFloat16:
      kernels.from_bfloat16(from, static_cast<int>(count), to);
      return;
  }
}

PackedStore::PackedStore(const Weights& weights, const Kernels& kernels, ThreadPool& pool,
                         const Progress& progress)
    : weights_(weights), kernels_(kernels), pool_(pool), progress_(progress) {}

void PackedStore::use(Arena& arena) {
  arena_ = &arena;
  total_ = used_;
  used_ = 0;
}

template <typename T>
T* PackedStore::take(size_t count) {
  const size_t begin = used_;
  used_ += (count * sizeof(T) + alignment - 1) / alignment * alignment;
  return arena_ == nullptr ? nullptr : reinterpret_cast<T*>(arena_->data() + begin);
}

const float* PackedStore::vector(const std::string& name, int count) {
  const TensorView& view = weights_.get(name, {count});
  auto* to = take<float>(static_cast<size_t>(count));
  if (filling()) read_floats(kernels_, view, 0, static_cast<size_t>(count), to);
  return to;
}

PackedWeights PackedStore::linear(const std::vector<std::string>& names, int outputs, int inputs,
                                  WeightType type) {
  std::vector<const TensorView*> matrices, biases;
  for (const auto& name : names) {
    matrices.push_back(&weights_.get(weight_of(name), {outputs, inputs}));
    biases.push_back(&weights_.get(bias_of(name), {outputs}));
  }
  const int all = outputs * static_cast<int>(names.size());
  auto* bias = take<float>(static_cast<size_t>(padded(all, panel)));
  if (filling())
    for (size_t i = 0; i < biases.size(); ++i)
      read_floats(kernels_, *biases[i], 0, static_cast<size_t>(outputs),
                  bias + i * static_cast<size_t>(outputs));
  const auto row = [&](int output, float* to) {
    const TensorView& matrix = *matrices[static_cast<size_t>(output / outputs)];
    read_floats(kernels_, matrix,
                static_cast<size_t>(output % outputs) * static_cast<size_t>(inputs),
                static_cast<size_t>(inputs), to);
    return true;
  };
  return pack(matrices, all, inputs, type, row, bias, {});
}

PackedStore::Rows PackedStore::rows(const std::string& name, int outputs, int inputs,
                                    WeightType type, const std::vector<int32_t>& order) {
  const TensorView& matrix = weights_.get(name, {outputs, inputs});
  const auto row = [&](int output, float* to) {
    const int32_t from = order[static_cast<size_t>(output)];
    if (from < 0) return false;
    read_floats(kernels_, matrix, static_cast<size_t>(from) * static_cast<size_t>(inputs),
                static_cast<size_t>(inputs), to);
    return true;
  };
  Norms norms;
  if (type == WeightType::Int8) {
    const auto count = static_cast<size_t>(padded(static_cast<int>(order.size()), panel));
    norms = {take<float>(count), take<float>(count), take<float>(count)};
  }
  const PackedWeights weights =
      pack({&matrix}, static_cast<int>(order.size()), inputs, type, row, nullptr, norms);
  return {weights, static_cast<std::byte*>(const_cast<void*>(weights.data)), norms.error,
          norms.norm, norms.residual};
}

/// Packs panel by panel, on all threads. int8: each row by its largest weight.
PackedWeights PackedStore::pack(const std::vector<const TensorView*>& sources, int outputs,
                                int inputs, WeightType type, const Row& row, const float* bias,
                                const Norms& norms) {
  const int panels = padded(outputs, panel) / panel;
  const int width = type == WeightType::Int8 ? padded(inputs, 4) : inputs;
  const size_t panel_bytes =
      static_cast<size_t>(panel) * static_cast<size_t>(width) * element_size(type);
  PackedWeights packed;
  packed.type = type;
  packed.outputs = outputs;
  packed.inputs = inputs;
  packed.bias = bias;
  float* scale = nullptr;
  int32_t* sum = nullptr;
  if (type == WeightType::Int8) {
    const size_t rows = static_cast<size_t>(panels) * panel;
    packed.scale = scale = take<float>(rows);
    packed.sum = sum = take<int32_t>(rows);
  }
  auto* data = take<std::byte>(static_cast<size_t>(panels) * panel_bytes);
  packed.data = data;
  if (!filling()) return packed;

  const auto pack_row = [&](int output, float* values, uint16_t* halves) {
    const bool exists = output < outputs && row(output, values);
    if (!exists) std::fill_n(values, width, 0.0F);
    std::fill(values + inputs, values + width, 0.0F);
    std::byte* to = data + static_cast<size_t>(output / panel) * panel_bytes;
    const int place = output % panel;
    if (type == WeightType::Int8) {
      const RoundedRow rounded = kernels_.pack_int8(
          values, width, reinterpret_cast<int8_t*>(to) + std::ptrdiff_t{4} * place);
      scale[output] = rounded.scale;
      sum[output] = rounded.sum;
      if (norms.error == nullptr) return;
      norms.error[output] = rounded.error;
      norms.norm[output] = rounded.norm;
      norms.residual[output] = rounded.residual;
    } else if (type == WeightType::Float16) {
      auto* weights = reinterpret_cast<uint16_t*>(to) + place;
      kernels_.to_float16(values, width, halves);
      for (int k = 0; k < width; ++k, weights += panel)
        *weights = halves[k];
    } else {
      auto* weights = reinterpret_cast<float*>(to) + place;
      for (int k = 0; k < width; ++k, weights += panel)
        *weights = values[k];
    }
  };
  // In blocks, so that a load can be given up, and the sources' pages given back, on the way.
  const int block = std::max(1, static_cast<int>((size_t{4} << 20) / panel_bytes));
  for (int first = 0; first < panels; first += block) {
    const int count = std::min(block, panels - first);
    pool_.run(count, std::max(1, count / (4 * pool_.threads())), [&](int begin, int end, int) {
      std::vector<float> values(static_cast<size_t>(width));
      std::vector<uint16_t> halves(values.size());
      for (int output = (first + begin) * panel; output < (first + end) * panel; ++output)
        pack_row(output, values.data(), halves.data());
    });
    for (const TensorView* source : sources)
      weights_.forget(*source, source->data, source->bytes);
    const size_t open = static_cast<size_t>(panels - first - count) * panel_bytes;
    report(progress_, static_cast<double>(used_ - open) / static_cast<double>(total_));
  }
  return packed;
}

}  // namespace gst_translate::cpu
