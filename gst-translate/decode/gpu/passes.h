// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "gst-translate/decode/gpu/attended_product.h"
#include "gst-translate/decode/gpu/attention.h"
#include "gst-translate/decode/gpu/embedding.h"
#include "gst-translate/decode/gpu/folded_attention.h"
#include "gst-translate/decode/gpu/grid.h"
#include "gst-translate/decode/gpu/head.h"
#include "gst-translate/decode/gpu/linear.h"
#include "gst-translate/decode/gpu/many_slots.h"
#include "gst-translate/decode/gpu/model_view.h"
#include "gst-translate/decode/gpu/screen.h"
#include "gst-translate/decode/gpu/selection.h"
#include "gst-translate/decode/gpu/slot_attention.h"

// The kernels of a pass through the encoder or the decoder, in their order. A pass computes some
// slots, each the next token of a text; where all arguments lie is fixed once, and what changes
// from pass to pass lies in memory, so that a pass can be recorded and run many times.

namespace gst_translate::gpu {

/// What the kernels of a pass leave to the next ones.
struct Buffers {
  float* residual = nullptr;  ///< [slots, width]
  float* between = nullptr;   ///< [most_folded_slots, width], likewise
  float* scores = nullptr;    ///< [2, most_folded_slots, heads, most_folded_tokens]
  void* normalised = nullptr;
  void* queries = nullptr;
  void* attended = nullptr;     ///< [slots, width]
  void* inner = nullptr;        ///< [slots, the most numbers of a product but the head's]
  ScreenTile* tiles = nullptr;  ///< [slots, `tiles_of_slot`]
  float* floors = nullptr;      ///< [slots, most_blocks]
  SlotState state;
  const float* positions = nullptr;  ///< [capacity, width]
  const SlotInput* input = nullptr;  ///< [slots], the host's memory
  const int32_t* pass = nullptr;     ///< the host's memory
};

struct DecoderPass {
  const ModelView* model = nullptr;
  Buffers buffers;
  int slots = 0;             ///< of this pass
  int cache_slots = 0;       ///< the most of any pass
  int capacity = 0;          ///< positions of the cache
  int memory_tokens = 0;     ///< rows of the memory of each layer
  void* cache = nullptr;     ///< [layers, capacity + 1, cache slots, 2 width]
  void* memory = nullptr;    ///< [layers, memory tokens, 2 width]
  FoldedSentence folded;     ///< of all layers, in place of the memory; or none
  float* logits = nullptr;   ///< [slots, vocabulary], of many slots [vocabulary, slots]
  int candidates = 1;        ///< 1, 8 or 16; 0: all logits are wanted
  void* best = nullptr;      ///< [slots, parts] of `Best`
  void* selected = nullptr;  ///< [slots] of `Best`, the host's memory
  int32_t* done = nullptr;   ///< [slots], the host's memory: the pass, once it is over
};

struct EncoderPass {
  const ModelView* model = nullptr;
  Buffers buffers;
  int slots = 0;           ///< tokens of all sentences
  int memory_tokens = 0;   ///< rows of the memory of each layer
  void* cache = nullptr;   ///< [slots, 2 width]
  void* memory = nullptr;  ///< [decoder layers, memory tokens, 2 width]
};

/// As a number of slots: more than a block of `Linear` has, which the device's library multiplies.
constexpr int many_slots = 64;

/// The most blocks that a kernel has because so many run at once.
constexpr int most_blocks = 512;

/// Tokens that are attended to where the queries are made.
constexpr int most_attended_together = 256;

/// Into how many parts the vocabulary is divided to look for the best tokens of each slot, so that
/// all of a device looks at once.
constexpr int vocabulary_parts(int slots, int vocabulary) {
  constexpr int tokens_of_part = Scan<1>::threads;
  const int blocks = (slots <= 8 ? 2 : 4) * most_vocabulary_parts;
  const int parts = (vocabulary + tokens_of_part - 1) / tokens_of_part;
  return std::min({parts, blocks / slots, most_vocabulary_parts});
}

/// The candidates that a pass can be asked for, which is at least `wanted`; 0: none.
constexpr int candidates_for(int wanted) {
  return wanted <= 1 ? 1 : wanted <= 8 ? 8 : wanted <= 16 ? 16 : 0;
}

/// `Launcher`: operator()(kernel, grid); multiply(product), by the device's library; processors(),
/// how many blocks run at once; shared_limit(), the most shared memory of a block; clusters(),
/// whether blocks can run together. `Weight`: of the layers; T, or int8_t.
template <typename T, typename Weight, int Slots, typename Launcher>
class Passes {
 public:
  Passes(Launcher& launch, const ModelView& model, const Buffers& buffers, int slots)
      : launch_(launch), model_(model), buffers_(buffers), slots_(slots) {}

  void encode(const EncoderPass& pass) {
    embed(model_.encoder_embedding, 0, 0);
    Range sentence;
    sentence.first = buffers_.state.cross_first;
    sentence.count = buffers_.state.cross_count;
    for (const auto& layer : model_.encoder) {
      if constexpr (has_many) {
        attended_by_slots(layer.self_norm, layer.self_qkv, 3 * model_.width, model_.encoder_heads,
                          nullptr, sentence);
      } else {
        normed<Output::Scatter>(layer.self_norm, layer.self_qkv, 3 * model_.width, buffers_.queries,
                                pass.cache);
        attend(pass.cache, model_.encoder_heads, slots_, sentence);
      }
      linear<Output::Add>(layer.self_out, model_.width, model_.width, buffers_.attended, nullptr);
      normed<Output::Relu>(layer.ffn_norm, layer.fc1, model_.encoder_ffn, buffers_.inner);
      linear<Output::Add>(layer.fc2, model_.width, model_.encoder_ffn, buffers_.inner, nullptr);
    }
    normalise(model_.encoder_norm);
    for (size_t i = 0; i < model_.decoder.size(); ++i)
      linear<Output::Store>(model_.decoder[i].cross_kv, 2 * model_.width, model_.width,
                            buffers_.normalised,
                            static_cast<T*>(pass.memory) + i * row_numbers(pass.memory_tokens));
  }

  template <int Count>
  void decode(const DecoderPass& pass) {
    embed(model_.decoder_embedding, pass.cache_slots, pass.capacity);
    Range past, sentence;
    past.count = buffers_.state.count;
    past.made = buffers_.state.made;
    past.stride = pass.cache_slots;
    past.writer = buffers_.state.writer;
    past.capacity = pass.capacity;
    past.kept = sentence.kept = true;
    sentence.first = buffers_.state.cross_first;
    sentence.count = buffers_.state.cross_count;
    for (size_t i = 0; i < model_.decoder.size(); ++i) {
      const DecoderLayerView& layer = model_.decoder[i];
      T* cache =
          static_cast<T*>(pass.cache) + i * row_numbers((pass.capacity + 1) * pass.cache_slots);
      T* memory = static_cast<T*>(pass.memory) + i * row_numbers(pass.memory_tokens);
      attended<Output::Scatter>(layer.self_norm, layer.self_qkv, 3 * model_.width, cache,
                                pass.capacity, past);
      if (pass.folded.scores != nullptr) {
        if constexpr (Slots <= 8) {
          const FoldedSentence folded = folded_layer(pass.folded, i);
          if (slots_ == 1)
            attend_folded<1>(layer, folded);
          else
            attend_folded<most_folded_slots>(layer, folded);
        }
      } else {
        linear<Output::Add>(layer.self_out, model_.width, model_.width, buffers_.attended, nullptr);
        attended<Output::Store>(layer.cross_norm, layer.cross_query, model_.width, memory,
                                pass.memory_tokens, sentence);
        linear<Output::Add>(layer.cross_out, model_.width, model_.width, buffers_.attended,
                            nullptr);
      }
      normed<Output::Relu>(layer.ffn_norm, layer.fc1, model_.decoder_ffn, buffers_.inner);
      linear<Output::Add>(layer.fc2, model_.width, model_.decoder_ffn, buffers_.inner, nullptr);
    }
    select<Count>(pass);
  }

 private:
  static constexpr bool has_many = Slots > most_slots;
  static constexpr bool norms_apart = Slots > 8 || sizeof(T) == 4;
  static constexpr bool rounded = sizeof(Weight) < sizeof(T);
  static_assert(!(rounded && has_many), "many slots are multiplied with the numbers of 16 bits");

  size_t row_numbers(int rows) const {
    return static_cast<size_t>(rows) * 2 * static_cast<size_t>(model_.width);
  }
  int parts() const {
    if constexpr (has_many)
      return SlotScan<1>::parts(slots_, launch_.processors());
    else
      return vocabulary_parts(slots_, model_.vocabulary);
  }
  int blocks_of_slots() const { return (slots_ + Slots - 1) / Slots; }

  static NormArguments<T> norm_of(const Matrix& norm) {
    return {static_cast<const T*>(norm.weight), static_cast<const T*>(norm.bias)};
  }

  void embed(const void* table, int cache_slots, int capacity) {
    EmbeddingArguments<T> a;
    a.table = static_cast<const T*>(table);
    a.positions = buffers_.positions;
    a.width = model_.width;
    a.scale = model_.embedding_scale;
    a.padding = model_.padding;
    a.input = buffers_.input;
    a.pass = buffers_.pass;
    a.cache_slots = cache_slots;
    a.capacity = capacity;
    a.state = buffers_.state;
    a.residual = buffers_.residual;
    launch_(Embedding<T>{a}, Grid{slots_, 1, Embedding<T>::threads, 0});
  }

  void normalise(const Matrix& norm) {
    NormaliseArguments<T> a;
    a.residual = buffers_.residual;
    a.depth = model_.width;
    a.norm = norm_of(norm);
    a.output = static_cast<T*>(buffers_.normalised);
    constexpr int together = has_many ? 4 : 1;  // slots of a block
    launch_(Normalise<T>{a}, Grid{slots_ / together, 1, together * Normalise<T>::threads,
                                  Normalise<T>::shared_bytes(model_.width)});
  }

  /// A product of the residual stream behind a norm.
  template <Output What>
  void normed(const Matrix& norm, const Matrix& matrix, int rows, void* output,
              void* cache = nullptr) {
    if constexpr (norms_apart) {
      normalise(norm);
      linear<What>(matrix, rows, model_.width, buffers_.normalised, output, cache);
    } else {
      LinearArguments<T, Weight> a = arguments_of(matrix, rows, model_.width);
      a.norm = norm_of(norm);
      finish<What, true>(a, output, cache);
    }
  }

  template <Output What>
  void linear(const Matrix& matrix, int rows, int depth, const void* input, void* output,
              void* cache = nullptr) {
    if constexpr (has_many) {
      multiply_many<What>(matrix, rows, depth, input, output);
    } else {
      LinearArguments<T, Weight> a = arguments_of(matrix, rows, depth);
      a.input = static_cast<const T*>(input);
      finish<What, false>(a, output, cache);
    }
  }

  LinearArguments<T, Weight> arguments_of(const Matrix& matrix, int rows, int depth) const {
    LinearArguments<T, Weight> a;
    if constexpr (rounded) {
      a.weight = matrix.rounded.weight;
      a.scale = matrix.rounded.scale;
    } else {
      a.weight = static_cast<const T*>(matrix.weight);
    }
    a.bias = static_cast<const T*>(matrix.bias);
    a.folded = matrix.folded;
    a.rows = rows;
    a.depth = depth;
    a.slots = slots_;
    a.residual = buffers_.residual;
    return a;
  }

  void set_outputs(LinearArguments<T, Weight>& a, void* output, void* cache) const {
    a.output = static_cast<T*>(output);
    a.sum = buffers_.residual;
    a.cache = static_cast<T*>(cache);
    a.destination = buffers_.state.destination;
  }

  template <Output What, bool Norm>
  void finish(LinearArguments<T, Weight> a, void* output, void* cache) {
    set_outputs(a, output, cache);
    launch_linear<What, Norm>(a);
  }

  template <Output What, bool Norm, typename Stored>
  void launch_linear(const LinearArguments<T, Stored>& a) {
    using Kernel = Linear<T, Slots, Norm, What, Stored>;
    const int threads = Kernel::threads(a.depth);
    if constexpr (Slots == most_slots && HasTiles<T>::value && sizeof(Stored) == sizeof(T)) {
      // Two blocks share a multiprocessor, each with half of the warps: of a small matrix, which
      // has half of the slots, too; and of the encoder's keys and values, which has many.
      const int half = (threads + 63) / 64 * 32;
      using Half = Linear<T, Slots / 2, Norm, What, Stored>;
      if (a.rows == a.depth && Half::blocks(a.rows) <= launch_.processors())
        return launch_product<Half>(a, Slots / 2, half);
      if (What == Output::Store && Kernel::blocks(a.rows) > launch_.processors())
        return launch_product<Kernel>(a, Slots, half);
    }
    launch_product<Kernel>(a, Slots, threads);
  }

  /// `slots`: of a block.
  template <typename Kernel, typename Arguments>
  void launch_product(const Arguments& a, int slots, int threads) {
    launch_(Kernel{a}, Grid{Kernel::blocks(a.rows), (slots_ + slots - 1) / slots, threads,
                            Kernel::shared_bytes(threads, a.depth)});
  }

  /// By the library.
  template <Output What>
  void multiply_many(const Matrix& matrix, int rows, int depth, const void* input, void* output) {
    const auto* weight = static_cast<const T*>(matrix.weight);
    const auto* from = static_cast<const T*>(input);
    if constexpr (What == Output::Add)
      launch_.multiply(Product<T, float>{weight, from, buffers_.residual, matrix.bias_of_sum, rows,
                                         depth, slots_, true, false});
    else
      launch_.multiply(Product<T, T>{weight, from, static_cast<T*>(output),
                                     static_cast<const T*>(matrix.bias), rows, depth, slots_, false,
                                     What == Output::Relu});
  }

  /// A product of the residual stream behind a norm, and the attention that it is for. Scatter:
  /// into `cache`, too.
  template <Output What>
  void attended(const Matrix& norm, const Matrix& matrix, int rows, void* cache, int longest,
                const Range& range) {
    const int heads = model_.decoder_heads, size = model_.width / heads;
    if constexpr (has_many) return attended_by_slots(norm, matrix, rows, heads, cache, range);
    if constexpr (!norms_apart && HasTiles<T>::value) {
      using Kernel = AttendedProduct<T, What, Weight>;
      // A longer text has more threads than the product.
      if (launch_.clusters() && Kernel::can(size) && blocks_of_slots() == 1 &&
          longest <= most_attended_together) {
        LinearArguments<T, Weight> a = arguments_of(matrix, rows, model_.width);
        a.norm = norm_of(norm);
        set_outputs(a, buffers_.queries, cache);
        const Kernel kernel{{a}, {attention_of(cache, heads, range)}};
        const int threads = Kernel::Product::threads(a.depth);
        launch_(kernel,
                Grid{Kernel::Product::blocks(rows), 1, threads,
                     Kernel::shared_bytes(threads, a.depth, size), Kernel::blocks_of_head(size)});
        return;
      }
    }
    normed<What>(norm, matrix, rows, buffers_.queries, cache);
    attend(cache, heads, longest, range);
  }

  FoldedSentence folded_layer(FoldedSentence sentence, size_t layer) const {
    const size_t columns = layer * static_cast<size_t>(model_.decoder_heads * most_folded_tokens);
    sentence.scores += columns * 2 * static_cast<size_t>(model_.width);
    sentence.constants += columns * 2;
    sentence.outputs += columns * static_cast<size_t>(model_.width);
    sentence.tokens = buffers_.state.cross_count;
    return sentence;
  }

  /// The output of the self-attention, and all of the cross-attention. `Together`: slots.
  template <int Together>
  void attend_folded(const DecoderLayerView& layer, const FoldedSentence& sentence) {
    const int width = model_.width, heads = model_.decoder_heads;
    OutputAndScoresArguments<T, Weight> first;
    first.output = arguments_of(layer.self_out, width, width);
    first.output.input = static_cast<const T*>(buffers_.attended);
    first.output.sum = buffers_.between;
    first.folded = sentence.scores;
    first.tokens = sentence.tokens;
    first.scores = buffers_.scores;
    first.heads = heads;
    using First = OutputAndScores<T, Together, Weight>;
    const int threads = First::threads(width);
    launch_(First{first},
            Grid{First::blocks(width, heads), 1, threads, First::shared_bytes(threads, width)});
    FoldedAttentionArguments<T> second;
    second.sentence = sentence;
    second.bias = static_cast<const T*>(layer.cross_out.bias);
    second.scores = buffers_.scores;
    second.before = buffers_.between;
    second.residual = buffers_.residual;
    second.width = width;
    second.heads = heads;
    second.slots = slots_;
    using Second = FoldedAttention<T, Together>;
    launch_(Second{second},
            Grid{Second::blocks(width), 1, Second::threads, Second::shared_bytes()});
  }

  AttentionArguments<T> attention_of(const void* cache, int heads, const Range& range) const {
    AttentionArguments<T> a;
    a.queries = static_cast<const T*>(buffers_.queries);
    a.cache = static_cast<const T*>(cache);
    a.width = model_.width;
    a.size = model_.width / heads;
    a.scale = 1.0F / sqrtf(static_cast<float>(a.size));
    a.range = range;
    a.output = static_cast<T*>(buffers_.attended);
    return a;
  }

  void attend(const void* cache, int heads, int longest, const Range& range) {
    const AttentionArguments<T> a = attention_of(cache, heads, range);
    // Where there are many blocks, they need not have many threads to keep a device busy; but all
    // tokens of a sentence are asked for at once.
    const int most = slots_ <= 8 ? Attention<T>::most_threads : range.writer == nullptr ? 256 : 128;
    const int threads = std::min(Attention<T>::threads(longest), most);
    launch_(Attention<T>{a},
            Grid{heads, slots_, threads, Attention<T>::shared_bytes(threads, a.size)});
  }

  /// As `attended`, for many slots. Queries, keys and values that are made here are read where the
  /// library has left them; without a `cache`, they are all that there is.
  void attended_by_slots(const Matrix& norm, const Matrix& matrix, int rows, int heads, void* cache,
                         const Range& range) {
    const bool makes_keys = rows == 3 * model_.width;
    auto* product = static_cast<T*>(makes_keys ? buffers_.inner : buffers_.queries);
    normed<Output::Store>(norm, matrix, rows, product);
    SlotAttentionArguments<T> a{attention_of(cache, heads, range), rows, 2 * model_.width};
    a.of.queries = product;
    if (cache == nullptr) {
      a.of.cache = product + model_.width;
      a.cache_stride = rows;
    } else if (makes_keys) {
      using Keep = KeepKeysAndValues<T>;
      launch_(
          Keep{{product, model_.width, slots_, static_cast<T*>(cache), buffers_.state.destination}},
          Grid{Keep::blocks(model_.width, slots_), 1, Keep::threads, 0});
    }
    // As it was fastest on an H200. Of a sentence that is encoded, several slots lie together.
    if (slots_ <= 128)
      attend_by_slots<1, 4>(a);
    else if (slots_ <= 512)
      attend_by_slots<1, 8>(a);
    else if (cache != nullptr)
      attend_by_slots<1, 2>(a);
    else if (slots_ <= 1024)
      attend_by_slots<2, 4>(a);
    else
      attend_by_slots<4, 4>(a);
  }

  template <int Together, int Tokens>
  void attend_by_slots(const SlotAttentionArguments<T>& a) {
    using Kernel = SlotAttention<T, Together, Tokens>;
    launch_(Kernel{a}, Grid{Kernel::blocks(model_.width), slots_ / Together, Kernel::threads, 0});
  }

  template <int Count>
  void select(const DecoderPass& pass) {
    auto* best = static_cast<Best<Count>*>(pass.best);
    if constexpr (sizeof(T) == 2 && !has_many) {
      if (pass.candidates > 0 && model_.screen.weight != nullptr)
        screen(pass, best);
      else
        score(pass, best);
    } else {
      score(pass, best);
    }
    launch_(Select<Count>{{best, parts(), buffers_.pass, static_cast<Best<Count>*>(pass.selected),
                           pass.done}},
            Grid{slots_, 1, Select<Count>::threads, 0});
  }

  template <int Count>
  void screen(const DecoderPass& pass, Best<Count>* best) {
    RescoreArguments<T, Count> r;
    if constexpr (HasTiles<T>::value)
      r.floors_of_slot = screen_by_tiles();
    else
      r.floors_of_slot = screen_one_by_one(pass);
    r.weight = static_cast<const T*>(model_.head);
    r.vocabulary = model_.vocabulary;
    r.depth = model_.width;
    r.normalised = static_cast<const T*>(buffers_.normalised);
    r.tiles = buffers_.tiles;
    r.floors = buffers_.floors;
    r.best = best;
    using OurRescore = Rescore<T, Count, (Slots > 8 ? 4 : 1)>;
    launch_(OurRescore{r}, Grid{parts(), slots_, OurRescore::threads, OurRescore::shared_bytes()});
  }

  /// What tiles score to within their bounds. Returns the floors of a slot.
  int screen_by_tiles() {
    ScreenArguments<T> a;
    a.matrix = model_.screen;
    a.vocabulary = model_.vocabulary;
    a.depth = model_.width;
    a.slots = slots_;
    a.residual = buffers_.residual;
    a.norm = norm_of(model_.decoder_norm);
    a.normalised = static_cast<T*>(buffers_.normalised);
    a.tiles = buffers_.tiles;
    a.floors = buffers_.floors;
    using OurScreen = Screen<T, Slots>;
    const int threads = OurScreen::threads(model_.width, launch_.shared_limit());
    const int blocks = std::min(launch_.processors(), most_blocks);
    launch_(OurScreen{a}, Grid{blocks, blocks_of_slots(), threads,
                               OurScreen::shared_bytes(threads, model_.width)});
    return blocks;
  }

  int screen_one_by_one(const DecoderPass& pass) {
    normalise(model_.decoder_norm);
    LinearArguments<T, int8_t> head;
    head.weight = model_.screen.weight;
    head.scale = model_.screen.scale;
    head.rows = model_.vocabulary;
    head.depth = model_.width;
    head.slots = slots_;
    head.input = static_cast<const T*>(buffers_.normalised);
    head.sum = pass.logits;
    launch_linear<Output::Logits, false>(head);
    FloorArguments<T> a;
    a.rows = model_.screen.rows;
    a.vocabulary = model_.vocabulary;
    a.depth = model_.width;
    a.normalised = head.input;
    a.scores = pass.logits;
    a.tiles = buffers_.tiles;
    a.floors = buffers_.floors;
    launch_(Floor<T>{a}, Grid{parts(), slots_, Floor<T>::threads, Floor<T>::shared_bytes()});
    return parts();
  }

  template <int Count>
  void score(const DecoderPass& pass, Best<Count>* best) {
    if constexpr (has_many) {
      normalise(model_.decoder_norm);
      launch_.multiply(Product<T, float>{static_cast<const T*>(buffers_.normalised),
                                         static_cast<const T*>(model_.head), pass.logits, nullptr,
                                         slots_, model_.width, model_.vocabulary, false, false});
      using Kernel = SlotScan<Count>;
      launch_(Kernel{{pass.logits, model_.vocabulary, slots_, best}},
              Grid{parts(), (slots_ + 31) / 32, Kernel::threads, Kernel::shared_bytes()});
    } else if constexpr (HasTiles<T>::value) {
      HeadArguments<T> head;
      head.weight = static_cast<const T*>(model_.head);
      head.vocabulary = model_.vocabulary;
      head.depth = model_.width;
      head.slots = slots_;
      head.residual = buffers_.residual;
      head.norm = norm_of(model_.decoder_norm);
      head.logits = pass.logits;
      using OurHead = Head<T, Slots>;
      const int threads = OurHead::threads(model_.width, launch_.shared_limit());
      launch_(OurHead{head}, Grid{launch_.processors(), blocks_of_slots(), threads,
                                  OurHead::shared_bytes(threads, model_.width)});
    } else {
      normalise(model_.decoder_norm);
      LinearArguments<T> head;
      head.weight = static_cast<const T*>(model_.head);
      head.rows = model_.vocabulary;
      head.depth = model_.width;
      head.slots = slots_;
      head.input = static_cast<const T*>(buffers_.normalised);
      head.sum = pass.logits;
      launch_linear<Output::Logits, false>(head);
    }
    if constexpr (!has_many)
      launch_(Scan<Count>{{pass.logits, model_.vocabulary, best}},
              Grid{parts(), slots_, Scan<Count>::threads, Scan<Count>::shared_bytes()});
  }

  Launcher& launch_;
  const ModelView& model_;
  const Buffers& buffers_;
  const int slots_;
};

template <typename T, typename Weight, int Slots, typename Launcher>
void launch_slots(Launcher& launch, const DecoderPass& pass) {
  Passes<T, Weight, Slots, Launcher> passes(launch, *pass.model, pass.buffers, pass.slots);
  if (pass.candidates <= 1)
    passes.template decode<1>(pass);
  else if (pass.candidates == 8)
    passes.template decode<8>(pass);
  else
    passes.template decode<16>(pass);
}

template <typename T, typename Weight, int Slots, typename Launcher>
void launch_slots(Launcher& launch, const EncoderPass& pass) {
  Passes<T, Weight, Slots, Launcher>(launch, *pass.model, pass.buffers, pass.slots).encode(pass);
}

/// Whether a pass is one of kernels whose `Weight` is int8_t: with more slots, the numbers of 16
/// bits are read, as a product then waits for something else.
inline bool is_rounded(const DecoderPass& pass) {
  return pass.model->rounded && pass.slots <= most_slots;
}
inline bool is_rounded(const EncoderPass& /*pass*/) {
  return false;
}

/// Launches the kernels of a pass, of those that fit its number of slots.
template <typename T, typename Weight = T, typename Pass, typename Launcher>
void launch_pass(Launcher& launch, const Pass& pass) {
  if constexpr (!HasTiles<T>::value) {
    launch_slots<T, Weight, 8>(launch, pass);
  } else {
    if (pass.slots <= 8)
      launch_slots<T, Weight, 8>(launch, pass);
    else if (pass.slots <= 16)
      launch_slots<T, Weight, 16>(launch, pass);
    else if (pass.slots <= most_slots)
      launch_slots<T, Weight, most_slots>(launch, pass);
    else if constexpr (sizeof(Weight) == sizeof(T))
      launch_slots<T, T, many_slots>(launch, pass);
  }
}

}  // namespace gst_translate::gpu
