// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// Where the time of a decoder's steps goes on a processor: a line in Markdown for each kernel, in
// the steps of real searches, beside what a plain read of the same weights takes on the same
// threads.
//
//   cpu_stages MODEL [THREADS [BEAMS [SENTENCES [TOKENS IN [TOKENS OUT]]]]]
//
// The model in int8, SENTENCES in a batch. ATEN_CPU_CAPABILITY chooses the kernels, as elsewhere.

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "gst-translate/decode/cpu/decoder.h"
#include "gst-translate/decode/cpu/encoder.h"
#include "gst-translate/decode/cpu/kernel_choice.h"
#include "gst-translate/decode/cpu/packed_model.h"
#include "gst-translate/decode/search.h"
#include "gst-translate/model/tokenizer.h"
#include "gst-translate/text/error.h"

namespace gst_translate::cpu {
namespace {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

enum Stage {
  SelfInput,
  SelfOutput,
  CrossQuery,
  CrossOutput,
  FeedForward1,
  FeedForward2,
  Look,
  Screen,
  Attention,
  Norm,
  Rounding,
  Choice,
  Reading,
  stages
};
constexpr std::array<const char*, stages> names = {
    "self-attention: queries, keys, values",
    "self-attention: output",
    "cross-attention: query",
    "cross-attention: output",
    "feed-forward 1",
    "feed-forward 2",
    "output layer: first look",
    "output layer: screen",
    "attention",
    "norm",
    "activations to integers",
    "output layer: choice, sums of exponentials",
    "stored rows: embeddings, exact scores",
};

/// What the kernels have taken, all threads together, while it was on.
struct Meter {
  struct alignas(64) Counter {
    std::atomic<int64_t> nanoseconds{0}, calls{0};
  };
  struct Matrix {
    const std::byte *first = nullptr, *last = nullptr;
    Stage stage = stages;
  };

  void add(Stage stage, Clock::time_point begun) {
    if (!on) return;
    counters[stage].nanoseconds += (Clock::now() - begun).count();
    ++counters[stage].calls;
  }
  void add_matrix(const PackedWeights& weights, Stage stage) {
    const auto* first = static_cast<const std::byte*>(weights.data);
    const auto outputs = static_cast<size_t>(weights.outputs + panel - 1) / panel * panel;
    const auto inputs = static_cast<size_t>(weights.inputs + 3) / 4 * 4;
    matrices.push_back({first, first + outputs * inputs * element_size(weights.type), stage});
  }
  Stage stage_of(const void* data) const {
    for (const Matrix& matrix : matrices)
      if (data >= matrix.first && data < matrix.last) return matrix.stage;
    return Screen;  // panels that were put together after a first look
  }
  size_t bytes_of(Stage stage) const {
    size_t bytes = 0;
    for (const Matrix& matrix : matrices)
      if (matrix.stage == stage) bytes += static_cast<size_t>(matrix.last - matrix.first);
    return bytes;
  }

  bool on = false;
  const Kernels* kernels = nullptr;
  std::vector<Matrix> matrices;
  std::array<Counter, stages> counters;
};

Meter& meter() {
  static Meter meter;
  return meter;
}

/// A kernel that is timed as a part of `stage`.
template <Stage stage, auto kernel>
struct Timed;
template <Stage stage, typename Result, typename... Arguments,
          Result (*Kernels::*kernel)(Arguments...)>
struct Timed<stage, kernel> {
  static Result run(Arguments... arguments) {
    const auto begun = Clock::now();
    if constexpr (std::is_void_v<Result>) {
      (meter().kernels->*kernel)(arguments...);
      meter().add(stage, begun);
    } else {
      const Result result = (meter().kernels->*kernel)(arguments...);
      meter().add(stage, begun);
      return result;
    }
  }
};

void multiply(const PackedWeights& weights, const Activations& x, int first, int last,
              Epilogue epilogue, float* out, size_t stride) {
  const auto begun = Clock::now();
  meter().kernels->multiply(weights, x, first, last, epilogue, out, stride);
  if (meter().on) meter().add(meter().stage_of(weights.data), begun);
}

/// The kernels, timed.
const Kernels& timed_kernels() {
  static Kernels timed;
  meter().kernels = &best_kernels();
  timed = best_kernels();
  timed.multiply = multiply;
  timed.multiply_nibbles = Timed<Look, &Kernels::multiply_nibbles>::run;
  timed.bound_products = Timed<Look, &Kernels::bound_products>::run;
  timed.transpose_nibbles = Timed<Screen, &Kernels::transpose_nibbles>::run;
  timed.attend = Timed<Attention, &Kernels::attend>::run;
  timed.layer_norm = Timed<Norm, &Kernels::layer_norm>::run;
  timed.largest = Timed<Rounding, &Kernels::largest>::run;
  timed.quantize_wide = Timed<Rounding, &Kernels::quantize_wide>::run;
  timed.quantize_narrow = Timed<Rounding, &Kernels::quantize_narrow>::run;
  timed.maximum = Timed<Choice, &Kernels::maximum>::run;
  timed.sum_of_exponentials = Timed<Choice, &Kernels::sum_of_exponentials>::run;
  timed.find_above = Timed<Choice, &Kernels::find_above>::run;
  timed.dot = Timed<Choice, &Kernels::dot>::run;
  timed.from_float16 = Timed<Reading, &Kernels::from_float16>::run;
  timed.from_bfloat16 = Timed<Reading, &Kernels::from_bfloat16>::run;
  return timed;
}

/// Turns the meter on for the steps alone, and counts them.
class MeteredDecoder : public Decoder {
 public:
  MeteredDecoder(std::unique_ptr<Decoder> decoder, int& steps, Seconds& time)
      : decoder_(std::move(decoder)), steps_(steps), time_(time) {}

  void step(const std::vector<int32_t>& tokens, const Selection& selection,
            const Interrupt& interrupt, Candidates& candidates) override {
    const auto begun = Clock::now();
    meter().on = true;
    decoder_->step(tokens, selection, interrupt, candidates);
    meter().on = false;
    time_ += Clock::now() - begun;
    ++steps_;
  }
  void reorder(const std::vector<int32_t>& rows) override { decoder_->reorder(rows); }

 private:
  std::unique_ptr<Decoder> decoder_;
  int& steps_;
  Seconds& time_;
};

class MeteredNetwork : public Network {
 public:
  explicit MeteredNetwork(PackedModel& model) : model_(model) {}

  std::shared_ptr<const EncoderMemory> encode(const std::vector<std::vector<int32_t>>& sentences,
                                              const Interrupt& /*interrupt*/) override {
    return cpu::encode(model_, sentences);
  }
  std::unique_ptr<Decoder> decode(std::shared_ptr<const EncoderMemory> memory,
                                  const std::vector<DecoderRow>& rows,
                                  int /*max_length*/) override {
    return std::make_unique<MeteredDecoder>(
        std::make_unique<CpuDecoder>(model_, std::static_pointer_cast<const CpuMemory>(memory),
                                     rows),
        steps, time);
  }
  int64_t bytes() const override { return static_cast<int64_t>(model_.bytes()); }

  int steps = 0;
  Seconds time{0};

 private:
  PackedModel& model_;
};

class IgnoringListener : public SearchListener {
 public:
  bool cancelled(size_t /*target*/) const override { return false; }
  void grown(size_t /*target*/, const std::vector<int32_t>& /*ids*/) override {}
  void found(std::vector<FoundTarget> /*targets*/) override {}
};

/// Sums up a block, a line of the cache at a time, asking for lines well ahead.
uint64_t sum(const std::byte* block, size_t bytes) {
  constexpr size_t line = 64, ahead = 8192;
  std::array<uint64_t, line / sizeof(uint64_t)> lanes{}, next{};
  for (size_t i = 0; i + line <= bytes; i += line) {
    __builtin_prefetch(block + i + ahead);
    __builtin_memcpy(next.data(), block + i, line);
    for (size_t lane = 0; lane < lanes.size(); ++lane)
      lanes[lane] += next[lane];
  }
  uint64_t all = 0;
  for (const uint64_t lane : lanes)
    all += lane;
  return all;
}

/// What a plain read of all the matrices of a step takes on the threads of the pool.
Seconds read_plainly(ThreadPool& pool) {
  constexpr size_t piece = size_t{1} << 20;
  std::vector<std::pair<const std::byte*, size_t>> pieces;
  for (const auto& matrix : meter().matrices)
    for (const std::byte* at = matrix.first; at < matrix.last; at += piece)
      pieces.emplace_back(at, std::min(piece, static_cast<size_t>(matrix.last - at)));
  std::atomic<uint64_t> all{0};
  const auto begun = Clock::now();
  pool.run(static_cast<int>(pieces.size()), 1, [&](int first, int last, int) {
    for (auto i = static_cast<size_t>(first); i < static_cast<size_t>(last); ++i)
      all += sum(pieces[i].first, pieces[i].second);
  });
  return Clock::now() - begun;
}

int run(const std::string& folder, int threads, int beams, int sentences, int tokens_in,
        int tokens_out) {
  const ModelConfig config = ModelConfig::read(folder);
  const Weights weights = Weights::open(folder);
  const Tokenizer tokenizer = Tokenizer::open(folder, config);
  PackedModel model(weights, config, tokenizer.token_texts(), WeightType::Int8, timed_kernels(),
                    threads, {});
  for (const DecoderLayer& layer : model.parameters.decoder) {
    meter().add_matrix(layer.self_qkv, SelfInput);
    meter().add_matrix(layer.self_out, SelfOutput);
    meter().add_matrix(layer.cross_query, CrossQuery);
    meter().add_matrix(layer.cross_out, CrossOutput);
    meter().add_matrix(layer.fc1, FeedForward1);
    meter().add_matrix(layer.fc2, FeedForward2);
  }
  meter().add_matrix(model.parameters.output.weights, Screen);

  std::vector<std::vector<int32_t>> texts;
  std::vector<SearchTarget> targets;
  for (int i = 0; i < sentences; ++i) {
    std::vector<int32_t> ids;
    for (int t = 0; t + 1 < tokens_in; ++t)
      ids.push_back(10 + (i * tokens_in + t) * 37 % std::min(config.vocabulary - 300, 20000));
    ids.push_back(config.eos.front());
    texts.push_back(ids);
    targets.push_back({{i, "deu_Latn", false}, {config.eos.front(), 10}});
  }
  SearchSettings settings;
  settings.beams = beams;
  settings.max_length = tokens_out + 2;
  settings.eos = {config.vocabulary};  // no token: all are as long as was asked for
  MeteredNetwork network(model);
  IgnoringListener listener;
  const auto round = [&] {
    search(network, network.encode(texts, {}), targets, settings, listener);
  };
  round();  // warm
  for (auto& counter : meter().counters)
    counter.nanoseconds = counter.calls = 0;
  network.steps = 0;
  network.time = Seconds(0);
  Seconds read(std::numeric_limits<double>::infinity());
  const auto begun = Clock::now();
  do {
    for (int i = 0; i < 5; ++i)
      read = std::min(read, read_plainly(model.pool));
    round();
  } while (Clock::now() - begun < std::chrono::seconds(10));

  const double steps = network.steps;
  const double step = network.time.count() / steps * 1e6;
  size_t all_bytes = 0;
  std::printf("%s, %d threads, %d beams, %d sentences, %d tokens in, %d out\n\n",
              best_kernels().name, model.pool.most(), beams, sentences, tokens_in, tokens_out);
  std::printf("| kernel | calls a step | us a step | share | GB/s |\n|---|---|---|---|---|\n");
  double rest = step;
  for (size_t stage = 0; stage < stages; ++stage) {
    const auto& counter = meter().counters[stage];
    const double time = static_cast<double>(counter.nanoseconds) / 1000 / steps / model.pool.most();
    size_t bytes = meter().bytes_of(static_cast<Stage>(stage));
    rest -= time;
    all_bytes += bytes;
    // A look reads half of the output layer, and leaves little to the screen.
    if (meter().counters[Look].calls > 0 && stage == Screen) bytes = 0;
    if (meter().counters[Look].calls > 0 && stage == Look) bytes = meter().bytes_of(Screen) / 2;
    std::printf("| %s | %.0f | %.1f | %.1f %% |", names[stage],
                static_cast<double>(counter.calls) / steps, time, 100 * time / step);
    std::printf(bytes > 0 ? " %.1f |\n" : " |\n", static_cast<double>(bytes) / time / 1000);
  }
  std::printf("| threads that wait, and all else | | %.1f | %.1f %% | |\n", rest,
              100 * rest / step);
  std::printf("| a step | | %.1f | 100 %% | %.1f |\n", step,
              static_cast<double>(all_bytes) / step / 1000);
  std::printf("| a plain read of its %.0f MB | | %.1f | %.0f %% | %.1f |\n",
              static_cast<double>(all_bytes) / 1e6, read.count() * 1e6,
              100 * read.count() * 1e6 / step, static_cast<double>(all_bytes) / read.count() / 1e9);
  return 0;
}

}  // namespace
}  // namespace gst_translate::cpu

int main(int argc, char** argv) {
  const auto number = [&](int i, int otherwise) {
    return argc > i ? std::max(1, std::atoi(argv[i])) : otherwise;  // NOLINT(cert-err34-c)
  };
  if (argc < 2) {
    std::fputs(
        "cpu_stages MODEL [THREADS [BEAMS [SENTENCES [TOKENS IN [TOKENS OUT]]]]]: a folder is "
        "missing\n",
        stderr);
    return 2;
  }
  try {
    return gst_translate::cpu::run(argv[1],
                                   number(2, static_cast<int>(std::thread::hardware_concurrency())),
                                   number(3, 1), number(4, 1), number(5, 20), number(6, 25));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "cpu_stages: %s\n", error.what());
    return 1;
  }
}
