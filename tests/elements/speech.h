// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <gst/audio/audio.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <ostream>
#include <string>
#include <vector>

#include "plugins/ttssynth/gstttssynth.h"
#include "tests/elements/harness.h"
#include "tests/elements/stub_voice.h"

namespace gst_lingua_tests {

using gst_tts::stub_rate;

/// Sound without a break in it: when, and how loud.
struct Stretch {
  GstClockTime start = 0;
  GstClockTime end = 0;
  bool loud = false;
  bool operator==(const Stretch& other) const {
    return start == other.start && end == other.end && loud == other.loud;
  }
};

inline std::ostream& operator<<(std::ostream& out, const Stretch& stretch) {
  return out << (stretch.loud ? "speech " : "silence ") << stretch.start / ms << "-"
             << stretch.end / ms;
}

class Speech : public Harness {
 public:
  explicit Speech(const std::string& properties = "", bool live = false)
      : Harness(launch(properties)) {
    if (!live) make_source_not_live();
  }

  ~Speech() {
    gst_element_set_state(element(), GST_STATE_NULL);
    if (!filter_) return;
    gst_element_set_state(filter_, GST_STATE_NULL);
    gst_object_unref(filter_);
  }

  /// A cue of the length that its text takes to speak.
  void push_cue(const std::string& text, GstClockTime pts) {
    push(text, pts, static_cast<GstClockTime>(text.size()) * gst_tts::stub_character_ms * ms);
  }

  /// All that comes out up to the end, stretches of speech and of silence by timestamps; checks
  /// what holds for all sound: buffers of 20 ms at most but for silence, without gaps between
  /// timestamps that DISCONT does not tell.
  std::vector<Stretch> listen() {
    pull_event(GST_EVENT_EOS);
    std::vector<Stretch> stretches;
    GstClockTime expected = none;
    while (GstBuffer* buffer = gst_harness_try_pull(get())) {
      const GstClockTime start = GST_BUFFER_PTS(buffer);
      const GstClockTime end = start + GST_BUFFER_DURATION(buffer);
      const gsize samples = gst_buffer_get_size(buffer) / 2;
      EXPECT_NEAR(static_cast<double>(end - start),
                  static_cast<double>(samples) * GST_SECOND / stub_rate, 1.0);
      EXPECT_EQ(start != expected, bool(GST_BUFFER_IS_DISCONT(buffer))) << start / ms;
      expected = end;
      const bool loud = loudest(buffer) > 0;
      EXPECT_EQ(loud, !GST_BUFFER_FLAG_IS_SET(buffer, GST_BUFFER_FLAG_GAP));
      EXPECT_LE(end - start, (loud ? 20 : 100) * ms);
      if (!stretches.empty() && stretches.back().loud == loud && stretches.back().end == start)
        stretches.back().end = end;
      else
        stretches.push_back({start, end, loud});
      gst_buffer_unref(buffer);
    }
    return stretches;
  }

  static int loudest(GstBuffer* buffer) {
    std::vector<int16_t> samples(gst_buffer_get_size(buffer) / sizeof(int16_t));
    gst_buffer_extract(buffer, 0, samples.data(), samples.size() * sizeof(int16_t));
    int most = 0;
    for (const int16_t sample : samples)
      most = std::max(most, std::abs(sample));
    return most;
  }

  /// The rate of the sound that came last.
  int rate() const {
    GstCaps* caps = gst_pad_get_current_caps(get()->sinkpad);
    GstAudioInfo info;
    EXPECT_TRUE(caps && gst_audio_info_from_caps(&info, caps));
    gst_clear_caps(&caps);
    return GST_AUDIO_INFO_RATE(&info);
  }

  /// What is behind the element becomes something else, which takes nothing but such caps.
  void relink(const char* caps) {
    GstPad* src = gst_pad_get_peer(get()->sinkpad);
    EXPECT_TRUE(gst_pad_unlink(src, get()->sinkpad));
    filter_ = gst_parse_launch((std::string("capsfilter caps=") + caps).c_str(), nullptr);
    gst_element_set_state(filter_, GST_STATE_PLAYING);
    GstPad* filter_sink = gst_element_get_static_pad(filter_, "sink");
    GstPad* filter_src = gst_element_get_static_pad(filter_, "src");
    EXPECT_EQ(gst_pad_link(filter_src, get()->sinkpad), GST_PAD_LINK_OK);
    EXPECT_EQ(gst_pad_link(src, filter_sink), GST_PAD_LINK_OK);
    for (GstPad* pad : {src, filter_sink, filter_src})
      gst_object_unref(pad);
  }

 private:
  GstElement* filter_ = nullptr;

  static std::string launch(const std::string& properties) {
    GST_ELEMENT_REGISTER(ttssynth, nullptr);
    return "ttssynth " + properties;
  }
};

}  // namespace gst_lingua_tests
