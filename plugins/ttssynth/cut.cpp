// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/ttssynth/cut.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace gst_lingua {

using gst_tts::AudioChunk;
using gst_tts::ReachedMark;
using gst_tts::SpokenWord;

namespace {

// 5 ms.
constexpr int fades_a_second = 200;

void
fade_out (std::vector<int16_t> &samples, size_t length)
{
  length = std::min (length, samples.size ());
  for (size_t i = 0; i < length; i++) {
    int16_t &sample = samples[samples.size () - 1 - i];
    sample = static_cast<int16_t> (sample * static_cast<double> (i) / static_cast<double> (length));
  }
}

} // namespace

void
cut (AudioChunk &chunk, int64_t samples, int64_t end, int sample_rate)
{
  chunk.samples.resize (static_cast<size_t> (samples));
  fade_out (chunk.samples, static_cast<size_t> (sample_rate / fades_a_second));
  auto is_cut = [end] (const SpokenWord &word) { return word.sample >= end; };
  chunk.words.erase (std::remove_if (chunk.words.begin (), chunk.words.end (), is_cut),
                     chunk.words.end ());
  auto is_behind = [end] (const ReachedMark &mark) { return mark.sample >= end; };
  chunk.marks.erase (std::remove_if (chunk.marks.begin (), chunk.marks.end (), is_behind),
                     chunk.marks.end ());
}

} // namespace gst_lingua
