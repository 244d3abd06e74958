// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/cpu/network.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <thread>
#include <utility>

#include "gst-translate/decode/cpu/decoder.h"
#include "gst-translate/decode/cpu/encoder.h"
#include "gst-translate/decode/cpu/packed_model.h"
#include "gst-translate/decode/cpu/precision_memory.h"

namespace gst_translate {
namespace cpu {
namespace {

using Clock = std::chrono::steady_clock;

/// What int8 may lose. Sound kernels lose 0.023 (demo model) to 0.027 (12 layers of random
/// weights); sums that saturate, or wrong ones, lose several times that. When this changes, or the
/// kernels do, `PrecisionMemory` gets a new version.
constexpr double largest_rounding_error = 0.12;

int all_threads() {
  return static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
}

class CpuNetwork : public Network {
 public:
  CpuNetwork(Weights weights, const ModelConfig& config, const std::vector<std::string>& tokens,
             NetworkPlace& place, const Progress& progress)
      : weights_(std::move(weights)), config_(config) {
    const int threads = place.threads > 0 ? place.threads : all_threads();
    const auto open = [&](WeightType type) {
      model_.reset();
      model_ = std::make_unique<PackedModel>(weights_, config_, tokens, type, threads, progress);
    };
    if (place.precision == "auto") {
      const PrecisionMemory memory(weights_, best_kernels().name);
      place.precision = memory.recall();
      if (place.precision.empty()) {
        open(WeightType::Int8);
        place.precision =
            rounding_error(*model_, progress) < largest_rounding_error ? "int8" : "float16";
        memory.remember(place.precision);
      }
    }
    const WeightType type = type_of(place.precision);
    if (!model_ || model_->type != type) open(type);
    if (place.threads <= 0) choose_threads(progress);
    place.threads = model_->pool.threads();
    place.device = "cpu";
  }

  std::shared_ptr<const EncoderMemory> encode(
      const std::vector<std::vector<int32_t>>& sentences) override {
    return cpu::encode(*model_, sentences);
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

/// Keeps as many threads as make a token fastest: a small model's steps are over before several
/// threads have met, and cores that others use are no gain.
void CpuNetwork::choose_threads(const Progress& progress) {
  ThreadPool& pool = model_->pool;
  const int most = pool.threads();
  int best = 1;
  auto least = Clock::duration::max();
  for (int threads = 1;; threads = std::min(2 * threads, most)) {
    report(progress, 1);
    pool.resize(threads);
    const auto time = time_of_token();
    if (time < least) {
      least = time;
      best = threads;
    }
    if (threads == most || time > 2 * least) break;
  }
  pool.resize(best);
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
