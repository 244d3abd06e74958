// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/DeviceGuard.h>
#include <c10/core/InferenceMode.h>

#include <memory>
#include <vector>

#include "gst-translate/decode/network.h"
#include "gst-translate/decode/torch/parameters.h"
#include "gst-translate/decode/torch/positions.h"

namespace gst_translate::torch_backend {

/// What every thread needs that runs operators: no gradients, its share of the cores, and of
/// several devices the one that is meant. The thread's own is put back after that, and nothing is
/// begun on a device of which nobody has asked for anything.
class Session {
 public:
  Session(const at::Device& device, int threads) : device_(device) {
    static thread_local int current = 0;
    if (current != threads) at::set_num_threads(current = threads);
  }

 private:
  const c10::InferenceMode guard_;
  const c10::DeviceGuard device_;
};

/// What users are told of what libtorch threw in the middle of a translation; its own words are the
/// detail.
Error failure(const c10::Error& error, const at::Device& device);

struct TorchMemory : EncoderMemory {
  std::vector<float> output() const override;

  at::Tensor encoded;                    ///< [sentences, length, width]
  std::vector<at::Tensor> keys, values;  ///< a decoder layer each: [sentences, heads, length, size]
  at::Tensor mask;                       ///< [sentences, 1, 1, length], undefined: nothing padded
  int64_t sentences = 0;
};

/// Plain operators of libtorch on any of its devices, in the order of transformers.
class TorchNetwork : public Network {
 public:
  TorchNetwork(const Weights& weights, const ModelConfig& config, const at::Device& device,
               at::ScalarType precision, bool int8, int threads, const Progress& progress);
  /// `parameters`: all that `config` speaks of, as `options` say.
  TorchNetwork(Parameters parameters, const ModelConfig& config, const at::TensorOptions& options,
               int threads);

  std::shared_ptr<const EncoderMemory> encode(const std::vector<std::vector<int32_t>>& sentences,
                                              const Interrupt& interrupt) override;
  std::unique_ptr<Decoder> decode(std::shared_ptr<const EncoderMemory> memory,
                                  const std::vector<DecoderRow>& rows, int max_length) override;
  int64_t bytes() const override { return parameters_.bytes; }

  /// From now on there are few shapes of tensors, whatever the texts: lengths are filled up to
  /// powers of two. A device that compiles each operator for each shape, and keeps what it has
  /// compiled, needs that: MPS, which is asked for it here.
  void fill_up_lengths() { fills_up_ = true; }
  bool fills_up_lengths() const { return fills_up_; }

  const ModelConfig& config() const { return config_; }
  const Parameters& parameters() const { return parameters_; }
  const at::TensorOptions& options() const { return options_; }
  int threads() const { return threads_; }
  double embedding_scale() const { return embedding_scale_; }
  Positions& positions() { return positions_; }

  at::Tensor embed(const at::Tensor& table, const at::Tensor& ids) const {
    return at::embedding(table, ids) * embedding_scale_;
  }

 private:
  const ModelConfig config_;
  const int threads_;
  const at::TensorOptions options_;
  const Parameters parameters_;
  Positions positions_;
  const double embedding_scale_;
  bool fills_up_ = options_.device().is_mps();
};

/// Puts a model on a device; `place` as for `open_torch_network`. Throws `Error`.
std::unique_ptr<TorchNetwork> load_torch_network(const Weights& weights, const ModelConfig& config,
                                                 NetworkPlace& place, const Progress& progress);

}  // namespace gst_translate::torch_backend
