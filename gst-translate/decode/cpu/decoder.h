// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <vector>

#include "gst-translate/decode/cpu/encoder.h"
#include "gst-translate/decode/cpu/packed_model.h"
#include "gst-translate/decode/network.h"

namespace gst_translate::cpu {

class CpuDecoder : public Decoder {
 public:
  CpuDecoder(PackedModel& model, std::shared_ptr<const CpuMemory> memory,
             const std::vector<DecoderRow>& rows);

  void step(const std::vector<int32_t>& tokens, const Selection& selection,
            const Interrupt& interrupt, Candidates& candidates) override;
  void reorder(const std::vector<int32_t>& rows) override;

 private:
  using Clock = std::chrono::steady_clock;

  /// Keys and values of one position of all rows that there were: [layers][2][rows][width].
  struct Position {
    size_t rows = 0;
    Floats data;
  };
  struct Row {
    DecoderRow start;
    std::vector<int32_t> places;  // the row of each position that this row goes on from
    uint64_t groups = 0;
  };

  const float* cached(size_t layer, size_t part, size_t position, int32_t place) const;
  void embed(const std::vector<int32_t>& tokens, size_t length);
  void compute(const std::vector<int32_t>& tokens, const Selection& selection,
               Candidates& candidates);
  void give_up_hopeless_trial();
  void self_attention(size_t layer, size_t length);
  void cross_attention(size_t layer, size_t length);

  PackedModel& model_;
  std::shared_ptr<const CpuMemory> memory_;
  std::vector<Row> rows_;
  std::vector<Position> positions_;
  // [rows * length, ...]
  Floats x_, normed_, wide_, attended_;
  std::vector<const float*> keys_, values_;
  std::vector<Attended> items_;
  Clock::time_point step_begun_;
};

}  // namespace gst_translate::cpu
