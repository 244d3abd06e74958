// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/gpu/workspace.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>

namespace gst_translate::gpu {
namespace {

/// Passes are recorded for so many slots; what is between them leaves some empty.
constexpr std::array recorded_slots = {1,   2,    4,    8,    16,   32,   64,   128,  256,  512,
                                       768, 1024, 1536, 2048, 3072, 4096, 5120, 6144, 7168, 8192};

int slots_recorded_for(int wanted) {
  const auto* found = std::lower_bound(recorded_slots.begin(), recorded_slots.end(), wanted);
  return *found;
}

}  // namespace

void* Runtime::address_of(const at::Tensor& tensor) {
  return tensor.mutable_data_ptr();
}

at::Tensor Workspace::allocate(const std::vector<int64_t>& shape,
                               const at::TensorOptions& options) {
  tensors_.push_back(at::zeros(shape, options));
  return tensors_.back();
}

Workspace::Workspace(Runtime& runtime, const ModelView& model, const at::TensorOptions& options,
                     const at::Tensor& positions, const Size& size)
    : runtime_(runtime), model_(model), size_(size) {
  const int64_t slots = slots_recorded_for(size.slots);
  const int64_t width = model.width;
  const at::TensorOptions floats = options.dtype(at::kFloat), ints = options.dtype(at::kInt);
  const bool decodes = size.capacity > 0;
  const auto place = [&](const std::vector<int64_t>& shape, const at::TensorOptions& of) {
    return runtime.address_of(allocate(shape, of));
  };
  residual_ = allocate({slots, width}, floats);
  buffers_.residual = address<float>(residual_);
  buffers_.normalised = place({slots, width}, options);
  buffers_.queries = place({slots, width}, options);
  buffers_.attended = place({slots, width}, options);
  buffers_.inner =
      place({slots, std::max({model.encoder_ffn, model.decoder_ffn, 3 * model.width})}, options);
  buffers_.floors = static_cast<float*>(place({slots, most_blocks}, floats));
  const auto slot_numbers = [&] { return static_cast<int32_t*>(place({slots}, ints)); };
  buffers_.state.destination = slot_numbers();
  buffers_.state.cross_first = slot_numbers();
  buffers_.state.cross_count = slot_numbers();
  tensors_.push_back(positions);
  buffers_.positions = address<float>(positions);
  if (decodes) {
    const int64_t columns = static_cast<int64_t>(model.decoder_heads) * most_folded_tokens;
    buffers_.between = static_cast<float*>(place({most_folded_slots, width}, floats));
    buffers_.scores = static_cast<float*>(place({2, most_folded_slots, columns}, floats));
    buffers_.state.count = slot_numbers();
    buffers_.state.made = slot_numbers();
    const at::TensorOptions numbers = options.dtype(at::kShort);
    buffers_.state.writer = static_cast<uint16_t*>(place({slots, size.capacity}, numbers));
    buffers_.state.kept = static_cast<uint16_t*>(place({2, slots, size.capacity}, numbers));
    cache_ = allocate(
        {static_cast<int64_t>(model.decoder.size()), size.capacity + 1, slots, 2 * width}, options);
    logits_ = allocate({slots * model.vocabulary}, floats);
    if (model.screen.weight != nullptr)
      buffers_.tiles = static_cast<ScreenTile*>(place(
          {std::min<int64_t>(slots, most_slots), tiles_of_slot(model.vocabulary), 2}, floats));
    best_ =
        allocate({slots * most_vocabulary_parts, static_cast<int64_t>(sizeof(Best<16>) / 4)}, ints);
    shared_selected_ = runtime.share(static_cast<size_t>(slots) * sizeof(Best<16>));
    shared_done_ = runtime.share(static_cast<size_t>(slots) * sizeof(int32_t));
  } else {
    cache_ = allocate({slots, 2 * width}, options);
  }
  memory_ = allocate({static_cast<int64_t>(model.decoder.size()), size.memory_tokens, 2 * width},
                     options);
  shared_input_ = runtime.share(static_cast<size_t>(slots) * sizeof(SlotInput));
  shared_pass_ = runtime.share(sizeof(int32_t));
  buffers_.input = static_cast<const SlotInput*>(shared_input_.device);
  buffers_.pass = static_cast<const int32_t*>(shared_pass_.device);
}

at::Tensor Workspace::logits() const {
  const int64_t vocabulary = model_.vocabulary;
  const at::Tensor made = logits_.narrow(0, 0, slots_ * vocabulary);
  return slots_ > most_slots ? made.view({vocabulary, slots_}).t()
                             : made.view({slots_, vocabulary});
}

void Workspace::begin(RecordedPass& pass, int slots, const std::vector<SlotInput>& inputs) {
  auto* to = static_cast<SlotInput*>(shared_input_.host.get());
  std::copy(inputs.begin(), inputs.end(), to);
  std::fill(to + inputs.size(), to + slots, SlotInput());
  *static_cast<int32_t*>(shared_pass_.host.get()) = pass_ + 1;
  pass.run();
  // What has not begun is never over: nobody may wait for it.
  slots_ = slots;
  ++pass_;
}

void Workspace::encode(const std::vector<SlotInput>& inputs) {
  runtime_.wait();  // nobody else says when the last inputs have been read
  const int slots = slots_recorded_for(static_cast<int>(inputs.size()));
  auto& recorded = passes_[{slots, 0, false}];
  if (!recorded) {
    EncoderPass pass;
    pass.model = &model_;
    pass.buffers = buffers_;
    pass.slots = slots;
    pass.memory_tokens = size_.memory_tokens;
    pass.cache = address<void>(cache_);
    pass.memory = address<void>(memory_);
    recorded = runtime_.record(pass);
  }
  begin(*recorded, slots, inputs);
}

void Workspace::decode(const std::vector<SlotInput>& inputs, int candidates,
                       const Interrupt& interrupt) {
  gst_translate::check(interrupt);
  wait_until_idle();
  const int slots = slots_recorded_for(static_cast<int>(inputs.size()));
  const bool folded = is_folded_ && slots <= most_folded_slots;
  auto& recorded = passes_[{slots, candidates, folded}];
  if (!recorded) {
    DecoderPass pass;
    pass.model = &model_;
    pass.buffers = buffers_;
    pass.slots = slots;
    pass.cache_slots = static_cast<int>(cache_.size(2));
    pass.capacity = size_.capacity;
    pass.memory_tokens = size_.memory_tokens;
    pass.cache = address<void>(cache_);
    pass.memory = address<void>(memory_);
    if (folded) {
      pass.folded.scores = address<float>(folded_.scores);
      pass.folded.constants = address<float>(folded_.constants);
      pass.folded.outputs = address<float>(folded_.outputs);
    }
    pass.logits = address<float>(logits_);
    pass.candidates = candidates;
    pass.best = address<void>(best_);
    pass.selected = shared_selected_.device;
    pass.done = static_cast<int32_t*>(shared_done_.device);
    recorded = runtime_.record(pass);
  }
  begin(*recorded, slots, inputs);
  candidates_ = candidates;
  for (int asked = 0; !is_over(); ++asked) {
    gst_translate::check(interrupt);
    if (asked % 1024 == 1023) runtime_.check();
  }
}

void Workspace::fold(const SentenceFolding& folding, const at::Tensor& keys_and_values) {
  if (!folded_.scores.defined()) folded_ = folding.allocate();
  folding.fold(keys_and_values, folded_);
  is_folded_ = true;
}

template <typename Visit>
auto Workspace::visit_selected(int slot, Visit visit) const {
  const void* host = shared_selected_.host.get();
  if (candidates_ <= 1) return visit(static_cast<const Best<1>*>(host)[slot]);
  if (candidates_ == 8) return visit(static_cast<const Best<8>*>(host)[slot]);
  return visit(static_cast<const Best<16>*>(host)[slot]);
}

bool Workspace::is_over() const {
  const auto* done = static_cast<const volatile int32_t*>(shared_done_.host.get());
  for (int slot = 0; slot < slots_; ++slot)
    if (done[slot] != pass_) return false;
  std::atomic_thread_fence(std::memory_order_acquire);
  return true;
}

void Workspace::wait_until_idle() {
  if (pass_ == 0) return;
  while (!is_over())
    runtime_.check();
}

std::pair<int32_t, float> Workspace::candidate(int slot, int rank) const {
  return visit_selected(
      slot, [&](const auto& best) { return std::pair(best.token[rank], best.score[rank]); });
}

float Workspace::normaliser(int slot) const {
  return visit_selected(slot, [&](const auto& best) { return best.most + std::log(best.sum); });
}

}  // namespace gst_translate::gpu
