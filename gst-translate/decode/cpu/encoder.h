// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "gst-translate/decode/cpu/packed_model.h"
#include "gst-translate/decode/network.h"

namespace gst_translate::cpu {

struct CpuMemory : EncoderMemory {
  std::vector<float> output() const override;

  std::vector<int32_t> offsets;    ///< of each sentence's first token, and behind the last
  Floats encoded;                  ///< [tokens, width]
  std::vector<Floats> key_values;  ///< a decoder layer each: [tokens, 2 width]
};

/// The memory of a batch of sentences, with the keys and values of each decoder layer.
std::shared_ptr<const CpuMemory> encode(PackedModel& model,
                                        const std::vector<std::vector<int32_t>>& sentences);

}  // namespace gst_translate::cpu
