// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/cpu/network.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "gst-translate/decode/cpu/decoder.h"
#include "gst-translate/decode/cpu/encoder.h"
#include "gst-translate/decode/cpu/kernel_choice.h"
#include "gst-translate/decode/cpu/packed_model.h"
#include "gst-translate/text/log.h"

namespace gst_translate {
namespace cpu {
namespace {

using Clock = std::chrono::steady_clock;

int all_threads() {
  return static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
}

std::string threads_text(int threads) {
  return std::to_string(threads) + (threads == 1 ? " thread" : " threads");
}

class CpuNetwork : public Network {
 public:
  CpuNetwork(Weights weights, const ModelConfig& config, const std::vector<std::string>& tokens,
             NetworkPlace& place, const Progress& progress)
      : weights_(std::move(weights)), config_(config) {
    const auto begun = Clock::now();
    if (place.precision == "auto") place.precision = "int8";
    model_ = std::make_unique<PackedModel>(
        weights_, config_, tokens, type_of(place.precision), best_kernels(),
        place.threads > 0 ? place.threads : all_threads(), progress);
    log(LogLevel::Info, "cpu", [&] {
      return "The weights are packed in " + place.precision + " for the kernels " +
             model_->kernels.name + " (" + std::to_string(model_->bytes() >> 20) + " MiB) in " +
             in_milliseconds(Clock::now() - begun) + '.';
    });
    const bool chosen = place.threads <= 0;
    if (chosen) choose_threads(progress);
    place.threads = model_->pool.threads();
    place.device = "cpu";
    log(LogLevel::Info, "cpu", [&] {
      return "It runs on " + threads_text(place.threads) +
             (chosen ? ", the number that makes a token fastest now." : ", as asked for.");
    });
  }

  std::shared_ptr<const EncoderMemory> encode(const std::vector<std::vector<int32_t>>& sentences,
                                              const Interrupt& interrupt) override {
    const ThreadPool::Interruptible scope(model_->pool, interrupt);
    if (model_->choice) model_->pool.use(model_->choice->chosen());
    const auto begun = Clock::now();
    auto memory = cpu::encode(*model_, sentences);
    log(LogLevel::Trace, "cpu", [&] {
      return "Encoded " + std::to_string(memory->offsets.back()) + " tokens of " +
             std::to_string(sentences.size()) + " sentences in " +
             in_milliseconds(Clock::now() - begun) + '.';
    });
    return memory;
  }

  std::unique_ptr<Decoder> decode(std::shared_ptr<const EncoderMemory> memory,
                                  const std::vector<DecoderRow>& rows,
                                  int /*max_length*/) override {
    return std::make_unique<CpuDecoder>(*model_, std::static_pointer_cast<const CpuMemory>(memory),
                                        rows);
  }

  double scored_share(const DecoderRow& row) const override {
    return model_->output->scored_share(model_->groups_of(row));
  }

  int64_t bytes() const override { return static_cast<int64_t>(model_->bytes()); }

 private:
  static WeightType type_of(const std::string& precision) {
    if (precision == "int8") return WeightType::Int8;
    if (precision == "float16") return WeightType::Float16;
    return WeightType::Float32;
  }

  void choose_threads(const Progress& progress);
  Clock::duration time_of_token();

  const Weights weights_;
  const ModelConfig config_;
  std::unique_ptr<PackedModel> model_;
};

/// Begins with as many threads as make a token fastest: a small model's steps are over before
/// several threads have met, and cores that others use are no gain.
void CpuNetwork::choose_threads(const Progress& progress) {
  ThreadPool& pool = model_->pool;
  const int most = pool.most();
  int best = 1;
  auto least = Clock::duration::max();
  for (int threads = 1;; threads = ThreadChoice::larger(threads, most)) {
    report(progress, 1);
    pool.use(threads);
    const auto time = time_of_token();
    log(LogLevel::Debug, "cpu", [&] {
      return "A token takes " + in_milliseconds(time) + " with " + threads_text(pool.threads()) +
             '.';
    });
    if (time < least) {
      least = time;
      best = threads;
    }
    if (threads == most || time > 2 * least) break;
  }
  pool.use(best);
  model_->choice.emplace(most, best);
}

/// The fastest of some passes of one token through the encoder, which wait for memory and for
/// threads as the decoder's steps do, and read less (600M shape in int8: 176 of a step's 438 MB).
Clock::duration CpuNetwork::time_of_token() {
  constexpr auto long_enough = std::chrono::milliseconds(10);
  constexpr int passes = 64;
  auto least = Clock::duration::max();
  const auto begun = Clock::now();
  for (int i = 0; i < passes && Clock::now() - begun < long_enough; ++i) {
    const auto before = Clock::now();
    cpu::encode(*model_, {{config_.eos.front()}});
    least = std::min(least, Clock::now() - before);
  }
  return least;
}

}  // namespace
}  // namespace cpu

std::unique_ptr<Network> open_cpu_network(Weights weights, const ModelConfig& config,
                                          const std::vector<std::string>& tokens,
                                          NetworkPlace& place, const Progress& progress) {
  return std::make_unique<cpu::CpuNetwork>(std::move(weights), config, tokens, place, progress);
}

}  // namespace gst_translate
