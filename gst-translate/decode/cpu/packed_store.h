// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "gst-translate/api/progress.h"
#include "gst-translate/decode/cpu/kernels.h"
#include "gst-translate/decode/cpu/thread_pool.h"
#include "gst-translate/model/weights.h"

namespace gst_translate::cpu {

/// Bytes of the packed weights of one model, page-aligned, owned.
class Arena {
 public:
  Arena() = default;
  explicit Arena(size_t size);
  ~Arena();
  Arena(Arena&& other) noexcept;
  Arena& operator=(Arena&& other) noexcept;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  std::byte* data() { return data_; }
  const std::byte* data() const { return data_; }
  size_t size() const { return size_; }

 private:
  std::byte* data_ = nullptr;
  size_t size_ = 0;
};

/// Lays out the packed weights of a model, and fills them in. The same calls are made twice: once
/// to measure, once with an arena.
class PackedStore {
 public:
  PackedStore(const Weights& weights, const Kernels& kernels, ThreadPool& pool,
              const Progress& progress);

  /// After the calls that measure: begins again with an arena.
  void use(Arena& arena);
  size_t size() const { return used_; }

  /// The matrices `names` [outputs, inputs] one below the other, with their biases, as one.
  PackedWeights linear(const std::vector<std::string>& names, int outputs, int inputs,
                       WeightType type);

  /// A matrix without a bias. int8: how far each row is from what was stored, how long it is, and
  /// how far from the middles of what its upper bits leave open (`RoundedRow`), as Euclidean norms
  /// [outputs, padded]; else null.
  struct Rows {
    PackedWeights weights;
    std::byte* bytes = nullptr;  // those of the weights, for who keeps them in another order
    const float* error = nullptr;
    const float* norm = nullptr;
    const float* residual = nullptr;
  };

  /// The rows `order` of one matrix; -1 is a row of zeros.
  Rows rows(const std::string& name, int outputs, int inputs, WeightType type,
            const std::vector<int32_t>& order);

  /// Numbers as float32.
  const float* vector(const std::string& name, int count);

 private:
  using Row = std::function<bool(int output, float* to)>;  // false: zeros

  template <typename T>
  T* take(size_t count);
  bool filling() const { return arena_ != nullptr; }
  /// Where the norms of `Rows` go.
  struct Norms {
    float *error = nullptr, *norm = nullptr, *residual = nullptr;
  };
  PackedWeights pack(const std::vector<const TensorView*>& sources, int outputs, int inputs,
                     WeightType type, const Row& row, const float* bias, const Norms& norms);

  const Weights& weights_;
  const Kernels& kernels_;
  ThreadPool& pool_;
  const Progress& progress_;
  Arena* arena_ = nullptr;
  size_t used_ = 0, total_ = 0;
};

/// `count` stored numbers as float32, with the conversions that the kernels have.
void read_floats(const Kernels& kernels, const TensorView& tensor, size_t first, size_t count,
                 float* to);

}  // namespace gst_translate::cpu
