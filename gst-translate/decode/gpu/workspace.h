// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <map>
#include <memory>
#include <tuple>
#include <utility>
#include <vector>

#include "gst-translate/decode/gpu/runtime.h"
#include "gst-translate/decode/gpu/sentence_folding.h"
#include "gst-translate/decode/interrupt.h"

namespace gst_translate::gpu {

/// Where the passes of one decoder, or of the encoder, keep what they compute, and the passes that
/// were recorded for it.
class Workspace {
 public:
  /// What a workspace is made for.
  struct Size {
    int slots = 0;
    int capacity = 0;       ///< positions of the cache; 0: the encoder's
    int memory_tokens = 0;  ///< rows of the memory
    bool operator<(const Size& other) const {
      return std::tie(slots, capacity, memory_tokens) <
             std::tie(other.slots, other.capacity, other.memory_tokens);
    }
  };

  /// `positions`: [.., width] in float32, as long as any text.
  Workspace(Runtime& runtime, const ModelView& model, const at::TensorOptions& options,
            const at::Tensor& positions, const Size& size);

  const Size& size() const { return size_; }

  /// Keys and values of the encoder's output: [decoder layers, memory tokens, 2 width].
  const at::Tensor& memory() const { return memory_; }
  /// All texts are translations of one sentence, whose keys and values are folded into the weights
  /// for passes of few slots, until `unfold`. They are in `memory` all the same.
  void fold(const SentenceFolding& folding, const at::Tensor& keys_and_values);
  void unfold() { is_folded_ = false; }
  /// Of the last pass: [slots, vocabulary], float32.
  at::Tensor logits() const;
  /// [slots, width], float32.
  const at::Tensor& residual() const { return residual_; }

  /// Runs a pass of the encoder. The host does not wait for it.
  void encode(const std::vector<SlotInput>& inputs);

  /// Runs a pass of the decoder and waits for its end. `candidates`: 1, 8 or 16; 0: all logits
  /// are wanted, which otherwise are exact to within a bound. Throws `Error`.
  void decode(const std::vector<SlotInput>& inputs, int candidates, const Interrupt& interrupt);

  /// A slot's candidate `rank` of the last pass: token and logit; what to subtract from a logit for
  /// its log-probability.
  std::pair<int32_t, float> candidate(int slot, int rank) const;
  float normaliser(int slot) const;

  /// Waits for a pass that was given up.
  void wait_until_idle();

 private:
  void begin(RecordedPass& pass, int slots, const std::vector<SlotInput>& inputs);
  bool is_over() const;
  template <typename Visit>
  auto visit_selected(int slot, Visit visit) const;
  at::Tensor allocate(const std::vector<int64_t>& shape, const at::TensorOptions& options);
  template <typename T>
  T* address(const at::Tensor& tensor) const {
    return static_cast<T*>(runtime_.address_of(tensor));
  }

  Runtime& runtime_;
  const ModelView& model_;
  const Size size_;
  std::vector<at::Tensor> tensors_;
  at::Tensor memory_, logits_, residual_, cache_, best_;
  Buffers buffers_;
  SharedMemory shared_input_, shared_pass_, shared_selected_, shared_done_;
  SentenceFolding::Folded folded_;
  bool is_folded_ = false;
  // By slots and candidates, and whether the sentence is folded.
  std::map<std::tuple<int, int, bool>, std::unique_ptr<RecordedPass>> passes_;
  int32_t pass_ = 0;
  int slots_ = 0, candidates_ = 1;  // of the last pass
};

}  // namespace gst_translate::gpu
