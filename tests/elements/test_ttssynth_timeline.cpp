// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

// ttssynth on a timeline, with a voice that sounds for 50 ms a byte of text (stub_voice.cpp).

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "plugins/common/registermetas.h"
#include "tests/elements/speech.h"

namespace gst_lingua_tests {
namespace {

TEST(TtsSynthTimeline, SpeaksEachCueAtItsTime) {
  Speech speech;
  speech.begin();
  speech.push("four", 1000 * ms, 500 * ms);
  speech.push("four", 3000 * ms, 500 * ms);
  speech.end();
  EXPECT_EQ(speech.listen(), (std::vector<Stretch>{{0, 1000 * ms, false},
                                                   {1000 * ms, 1200 * ms, true},
                                                   {1200 * ms, 3000 * ms, false},
                                                   {3000 * ms, 3200 * ms, true}}));
}

TEST(TtsSynthTimeline, FillsWithGapsIfTold) {
  Speech speech("fill=gap");
  speech.begin();
  speech.push("four", 1000 * ms, 500 * ms);
  speech.push_gap(1500 * ms, 1000 * ms);
  speech.push("four", 3000 * ms, 500 * ms);
  speech.end();
  const GstClockTime wanted[][2] = {{0, 1000}, {1200, 1300}, {2500, 500}};
  for (const auto& [start, duration] : wanted) {
    auto gap = speech.pull_event(GST_EVENT_GAP);
    GstClockTime gap_start, gap_duration;
    gst_event_parse_gap(gap.get(), &gap_start, &gap_duration);
    EXPECT_EQ(gap_start, start * ms);
    EXPECT_EQ(gap_duration, duration * ms);
  }
  EXPECT_EQ(speech.listen(),
            (std::vector<Stretch>{{1000 * ms, 1200 * ms, true}, {3000 * ms, 3200 * ms, true}}));
}

TEST(TtsSynthTimeline, SendsNoSilenceWithoutEnd) {
  const GstClockTime day = 86400 * GST_SECOND, far = (GstClockTime{1} << 63) - 1;
  for (const GstClockTime pts : {day + 1000 * ms, far}) {
    Speech speech;
    speech.begin();
    speech.push("four", pts, 500 * ms);
    speech.end();
    EXPECT_TRUE(speech.warning_is(GST_STREAM_ERROR, GST_STREAM_ERROR_FORMAT, "more than a day"));
    auto gap = speech.pull_event(GST_EVENT_GAP);
    GstClockTime start, duration;
    gst_event_parse_gap(gap.get(), &start, &duration);
    EXPECT_EQ(start, 0U);
    EXPECT_EQ(duration, pts);
    EXPECT_EQ(speech.listen(), (std::vector<Stretch>{{pts, pts + 200 * ms, true}}));
  }
}

TEST(TtsSynthTimeline, FollowsTheGapsOfUpstream) {
  Speech speech;
  speech.begin();
  speech.push("four", 0, 500 * ms);
  speech.push_gap(500 * ms, 500 * ms);
  speech.end();
  EXPECT_EQ(speech.listen(),
            (std::vector<Stretch>{{0, 200 * ms, true}, {200 * ms, 1000 * ms, false}}));
}

/// A muxer that waits for this sound may be what a demuxer waits for.
TEST(TtsSynthTimeline, GivesADemuxerAllTheTimeThatItToldOf) {
  for (const char* text : {"four", " ", "FAR TOO LONG"}) {
    Speech speech;
    speech.begin_sparse();
    speech.push(text, 1000 * ms, 500 * ms);
    GstClockTime end = 0;
    while (end < 1500 * ms) {
      GstBuffer* buffer = gst_harness_pull(speech.get());
      ASSERT_NE(buffer, nullptr) << text << ": it waits for what comes next, after " << end / ms;
      end = GST_BUFFER_PTS(buffer) + GST_BUFFER_DURATION(buffer);
      gst_buffer_unref(buffer);
    }
    EXPECT_NEAR(static_cast<double>(end), 1500.0 * ms, 10.0 * ms) << text;
    speech.push_gap(1500 * ms, 100 * ms);
    GstBuffer* buffer = gst_harness_pull(speech.get());
    ASSERT_NE(buffer, nullptr);
    EXPECT_EQ(Speech::loudest(buffer), 0);
    gst_buffer_unref(buffer);
  }
}

/// Whoever plays a part again and again waits for its end before the next one comes.
TEST(TtsSynthTimeline, EndsAPartThoughItsLastTextIsTooLong) {
  for (GstEvent* end : {gst_event_new_segment_done(GST_FORMAT_TIME, 500 * ms),
                        gst_event_new_stream_group_done(1)}) {
    Speech speech;
    const GstEventType type = GST_EVENT_TYPE(end);
    speech.begin();
    speech.push("FAR TOO LONG", 0, 100 * ms);
    speech.push(end);
    EXPECT_NE(speech.pull_event(type), nullptr) << gst_event_type_get_name(type);
  }
}

TEST(TtsSynthTimeline, PassesOnAGapOfUnknownLength) {
  for (const char* fill : {"fill=silence", "fill=gap", "fill=silence latency=-1"}) {
    Speech speech(fill);
    speech.begin();
    speech.push_gap(0, none);
    auto gap = speech.pull_event(GST_EVENT_GAP);
    ASSERT_NE(gap, nullptr) << fill;
    GstClockTime start, duration;
    gst_event_parse_gap(gap.get(), &start, &duration);
    EXPECT_EQ(duration, none) << fill;
  }
}

/// A pipeline whose text begins with a gap comes to PAUSED.
TEST(TtsSynthTimeline, PrerollsWithAGap) {
  GST_ELEMENT_REGISTER(ttssynth, nullptr);
  for (const char* fill : {"silence", "gap"}) {
    for (const GstClockTime length : {none, 500 * ms}) {
      GstElement* pipeline = gst_parse_launch(
          (std::string("ttssynth name=e fill=") + fill + " ! fakesink").c_str(), nullptr);
      GstElement* element = gst_bin_get_by_name(GST_BIN(pipeline), "e");
      GstPad* sink = gst_element_get_static_pad(element, "sink");
      gst_element_set_state(pipeline, GST_STATE_PAUSED);
      GstSegment segment;
      gst_segment_init(&segment, GST_FORMAT_TIME);
      gst_pad_send_event(sink, gst_event_new_stream_start("test"));
      gst_pad_send_event(sink, gst_event_new_segment(&segment));
      gst_pad_send_event(sink, gst_event_new_gap(0, length));
      EXPECT_EQ(gst_element_get_state(pipeline, nullptr, nullptr, 10 * GST_SECOND),
                GST_STATE_CHANGE_SUCCESS)
          << fill << " " << length;
      gst_element_set_state(pipeline, GST_STATE_NULL);
      gst_object_unref(sink);
      gst_object_unref(element);
      gst_object_unref(pipeline);
    }
  }
}

TEST(TtsSynthTimeline, SpeaksOnlyWhatLiesInTheSegment) {
  Speech speech;
  speech.begin();
  GstSegment segment;
  gst_segment_init(&segment, GST_FORMAT_TIME);
  segment.start = segment.time = segment.position = 1000 * ms;
  segment.stop = 3000 * ms;
  speech.push(gst_event_new_segment(&segment));
  speech.push("before", 500 * ms, 500 * ms);
  speech.push("four", 900 * ms, 600 * ms);
  speech.push("four", 2000 * ms, 500 * ms);
  speech.push("behind", 3000 * ms, 500 * ms);
  speech.end();
  EXPECT_EQ(speech.listen(), (std::vector<Stretch>{{1000 * ms, 1200 * ms, true},
                                                   {1200 * ms, 2000 * ms, false},
                                                   {2000 * ms, 2200 * ms, true}}))
      << "what has begun before is spoken from the segment's start on";
  EXPECT_EQ(speech.stat("texts"), 2U);
}

TEST(TtsSynthTimeline, BeginsWhereASeekWent) {
  Speech speech;
  speech.begin();
  speech.flush();
  speech.push_segment(GST_FORMAT_TIME, 60 * GST_SECOND);
  speech.push("four", 60 * GST_SECOND + 500 * ms, 500 * ms);
  speech.end();
  EXPECT_EQ(speech.listen(),
            (std::vector<Stretch>{{60 * GST_SECOND, 60 * GST_SECOND + 500 * ms, false},
                                  {60 * GST_SECOND + 500 * ms, 60 * GST_SECOND + 700 * ms, true}}));
}

TEST(TtsSynthTimeline, SaysNothingBackwards) {
  Speech speech;
  speech.begin();
  speech.push_backwards(60 * GST_SECOND);
  speech.push("four", 50 * GST_SECOND, 500 * ms);
  speech.push("four", 40 * GST_SECOND, 500 * ms);
  for (GstClockTime second : {50U, 40U}) {
    GstClockTime start, duration;
    gst_event_parse_gap(speech.pull_event(GST_EVENT_GAP).get(), &start, &duration);
    EXPECT_EQ(start, second * GST_SECOND);
    EXPECT_EQ(duration, 500 * ms);
  }
  // Then forwards again, and where a seek wants no sound.
  GstSegment segment;
  gst_segment_init(&segment, GST_FORMAT_TIME);
  segment.flags = GST_SEGMENT_FLAG_TRICKMODE_NO_AUDIO;
  speech.push(gst_event_new_segment(&segment));
  speech.push("four", 1 * GST_SECOND, 500 * ms);
  speech.push_segment(GST_FORMAT_TIME);
  speech.push("four", 0, 500 * ms);
  speech.end();
  EXPECT_EQ(speech.listen(), (std::vector<Stretch>{{0, 200 * ms, true}}));
}

/// Takes the sound away as it comes, since hours of it are too much to keep, and compares its times
/// with the count of its samples.
class SampleCounter {
 public:
  SampleCounter(Speech& speech, int rate)
      : rate_(rate), pad_(gst_pad_get_peer(speech.get()->sinkpad)) {
    probe_ = gst_pad_add_probe(
        pad_, GST_PAD_PROBE_TYPE_BUFFER,
        [](GstPad*, GstPadProbeInfo* info, gpointer self) {
          static_cast<SampleCounter*>(self)->add(GST_PAD_PROBE_INFO_BUFFER(info));
          return GST_PAD_PROBE_DROP;
        },
        this, nullptr);
  }
  ~SampleCounter() {
    gst_pad_remove_probe(pad_, probe_);
    gst_object_unref(pad_);
  }
  SampleCounter(const SampleCounter&) = delete;
  SampleCounter& operator=(const SampleCounter&) = delete;

  guint64 samples = 0;
  GstClockTimeDiff drift = 0;              ///< the most that a time is away from the count, in ns
  std::vector<GstClockTime> begin_speech;  ///< when speech begins behind silence

 private:
  void add(GstBuffer* buffer) {
    const GstClockTime counted =
        gst_util_uint64_scale_round(samples, GST_SECOND, static_cast<guint64>(rate_));
    drift = std::max(drift, std::abs(GST_CLOCK_DIFF(counted, GST_BUFFER_PTS(buffer))));
    const bool silent = GST_BUFFER_FLAG_IS_SET(buffer, GST_BUFFER_FLAG_GAP);
    if (!silent && was_silent_) begin_speech.push_back(GST_BUFFER_PTS(buffer));
    was_silent_ = silent;
    samples += gst_buffer_get_size(buffer) / sizeof(int16_t);
  }

  const int rate_;
  GstPad* pad_;
  gulong probe_;
  bool was_silent_ = true;
};

TEST(TtsSynthTimeline, DoesNotDriftInTenHours) {
  constexpr GstClockTime ten_hours = 36000 * GST_SECOND;
  constexpr GstClockTime distance = 61 * GST_SECOND + 7654321;  // no whole sample
  for (const int rate : {stub_rate, 44100}) {
    Speech speech;
    gst_harness_set_sink_caps_str(speech.get(),
                                  ("audio/x-raw,rate=" + std::to_string(rate)).c_str());
    SampleCounter counter(speech, rate);
    speech.begin();
    std::vector<GstClockTime> cues;
    for (GstClockTime time = distance; time < ten_hours; time += distance) {
      speech.push(cues.size() % 2 ? "four" : "a cue that is longer", time, 500 * ms);
      cues.push_back(time);
    }
    speech.push_gap(ten_hours - GST_SECOND, GST_SECOND);
    speech.end();
    speech.pull_event(GST_EVENT_EOS);
    EXPECT_EQ(counter.samples, 36000U * static_cast<guint64>(rate));
    EXPECT_LE(counter.drift, 1);
    ASSERT_EQ(counter.begin_speech.size(), cues.size());
    for (size_t i = 0; i < cues.size(); ++i)
      EXPECT_NEAR(static_cast<double>(counter.begin_speech[i]), static_cast<double>(cues[i]),
                  static_cast<double>(GST_SECOND) / rate)
          << i;
  }
}

// Speech that is longer than its cue: "ten letter" takes 500 ms.

std::vector<Stretch> speak_too_long(const std::string& properties, GstClockTime second = 400 * ms) {
  Speech speech(properties);
  speech.begin();
  speech.push("ten letter", 0, 400 * ms);
  speech.push("four", second, 400 * ms);
  speech.end();
  return speech.listen();
}

TEST(TtsSynthTimeline, SpeaksFasterByDefault) {
  Speech speech;
  speech.begin();
  speech.push("ten letter", 0, 400 * ms);
  speech.push("four", 400 * ms, 400 * ms);
  speech.end();
  EXPECT_EQ(speech.listen().back(), (Stretch{400 * ms, 600 * ms, true}));
  auto message = speech.element_message("ttssynth/synthesized-audio");
  ASSERT_NE(message, nullptr);
  const GstStructure* structure = gst_message_get_structure(message.get());
  GstClockTime wanted = 0, actual = 0;
  double factor = 0;
  EXPECT_TRUE(gst_structure_get_clock_time(structure, "input-duration", &wanted));
  EXPECT_TRUE(gst_structure_get_clock_time(structure, "actual-duration", &actual));
  EXPECT_TRUE(gst_structure_get_double(structure, "compression-factor", &factor));
  EXPECT_EQ(wanted, 400 * ms);
  EXPECT_LE(actual, 400 * ms) << "within two per cent below";
  EXPECT_GE(actual, 390 * ms);
  EXPECT_NEAR(factor, 1.25, 0.04);
  EXPECT_EQ(speech.stat("compressed"), 1U);
}

TEST(TtsSynthTimeline, SpeaksNoFasterThanAllowed) {
  Speech speech("max-compression=1.1");
  speech.begin();
  speech.push("ten letter", 0, 400 * ms);
  speech.push("four", 400 * ms, 400 * ms);
  speech.end();
  speech.listen();
  GstClockTime actual = 0;
  auto message = speech.element_message("ttssynth/synthesized-audio");
  EXPECT_TRUE(gst_structure_get_clock_time(gst_message_get_structure(message.get()),
                                           "actual-duration", &actual));
  EXPECT_NEAR(static_cast<double>(actual) / ms, 500 / 1.1, 5);
  message = speech.element_message("ttssynth/synthesized-audio");
  GstClockTime second = 0;
  EXPECT_TRUE(
      gst_structure_get_clock_time(gst_message_get_structure(message.get()), "pts", &second));
  EXPECT_EQ(second, actual) << "nothing is lost, the next begins later";
}

TEST(TtsSynthTimeline, UsesThePauseBeforeTheNextCue) {
  EXPECT_EQ(speak_too_long("", 1000 * ms),
            (std::vector<Stretch>{
                {0, 500 * ms, true}, {500 * ms, 1000 * ms, false}, {1000 * ms, 1200 * ms, true}}));
}

TEST(TtsSynthTimeline, UsesThePauseThatAGapTellsOf) {
  Speech speech;
  speech.begin();
  speech.push("ten letter", 0, 400 * ms);
  speech.push_gap(400 * ms, 200 * ms);
  speech.push("four", 600 * ms, 400 * ms);
  speech.end();
  EXPECT_EQ(speech.listen(),
            (std::vector<Stretch>{
                {0, 500 * ms, true}, {500 * ms, 600 * ms, false}, {600 * ms, 800 * ms, true}}));
}

TEST(TtsSynthTimeline, UsesThePauseThatGapsTellOfOneAfterTheOther) {
  Speech speech;
  speech.begin();
  speech.push("ten letter", 0, 400 * ms);
  speech.push_gap(400 * ms, 50 * ms);
  speech.push_language("en");
  speech.push_gap(450 * ms, 150 * ms);
  speech.end();
  EXPECT_EQ(speech.listen(),
            (std::vector<Stretch>{{0, 500 * ms, true}, {500 * ms, 600 * ms, false}}));
}

/// Nobody waits for what a sparse stream tells next; what it has told is used.
TEST(TtsSynthTimeline, UsesThePauseThatASparseStreamHasToldOf) {
  for (const char* tells : {"gap", "cue", "end", "nothing"}) {
    Speech speech;
    Gate gate(speech);
    gate.close();
    speech.begin_sparse();
    speech.push("four", 0, 200 * ms);
    gate.await(1);
    speech.push("ten letter", 200 * ms, 400 * ms);
    if (tells == std::string("gap")) {
      speech.push_gap(600 * ms, 50 * ms);
      speech.push_gap(650 * ms, 50 * ms);
    } else if (tells == std::string("cue")) {
      speech.push("four", 700 * ms, 200 * ms);
    } else if (tells == std::string("end")) {
      speech.end();
    }
    gate.open();
    speech.settle();
    EXPECT_EQ(speech.stat("compressed"), tells == std::string("nothing") ? 1U : 0U) << tells;
  }
}

TEST(TtsSynthTimeline, LetsTheLastCueTakeItsTime) {
  Speech speech;
  speech.begin();
  speech.push("ten letter", 0, 400 * ms);
  speech.end();
  EXPECT_EQ(speech.listen(), (std::vector<Stretch>{{0, 500 * ms, true}}));
}

TEST(TtsSynthTimeline, ClipsIfTold) {
  Speech speech("overflow=clip");
  speech.begin();
  speech.push("ten letter", 0, 400 * ms);
  speech.push("four", 400 * ms, 400 * ms);
  speech.push("four", 1000 * ms, 400 * ms);
  speech.end();
  EXPECT_EQ(speech.listen(),
            (std::vector<Stretch>{
                {0, 600 * ms, true}, {600 * ms, 1000 * ms, false}, {1000 * ms, 1200 * ms, true}}));
  EXPECT_EQ(speech.stat("clipped"), 1U);
}

TEST(TtsSynthTimeline, ShiftsIfTold) {
  EXPECT_EQ(speak_too_long("overflow=shift"), (std::vector<Stretch>{{0, 700 * ms, true}}));
}

TEST(TtsSynthTimeline, OverlapsIfTold) {
  EXPECT_EQ(speak_too_long("overflow=overlap"),
            (std::vector<Stretch>{{0, 500 * ms, true}, {400 * ms, 600 * ms, true}}));
}

TEST(TtsSynthTimeline, WhatIsFarTooLongBeginsBeforeAllOfItIsMade) {
  for (const char* overflow :
       {"overflow=refit", "overflow=clip", "overflow=overlap", "overflow=shift"}) {
    Speech speech(overflow);
    speech.begin();
    speech.push("ENDLESS", 0, 100 * ms);
    speech.push("four", 10000 * ms, 1000 * ms);
    for (int i = 0; i < 10; i++)
      gst_buffer_unref(gst_harness_pull(speech.get()));
    EXPECT_TRUE(speech.quiet(GST_MESSAGE_ERROR)) << overflow;
  }
}

TEST(TtsSynthTimeline, AllowsSomeOverflowIfTold) {
  EXPECT_EQ(speak_too_long("max-overflow=100"), (std::vector<Stretch>{{0, 700 * ms, true}}));
}

TEST(TtsSynthTimeline, CallsRefitWhatOthersCallCompress) {
  Speech speech("overflow=compress");
  GValue value = G_VALUE_INIT;
  g_value_init(&value, GST_TYPE_TTS_SYNTH_OVERFLOW);
  g_object_get_property(G_OBJECT(speech.element()), "overflow", &value);
  gchar* name = gst_value_serialize(&value);
  EXPECT_STREQ(name, "refit");
  g_free(name);
  g_value_unset(&value);
  EXPECT_EQ(speak_too_long("overflow=compress").back(), (Stretch{400 * ms, 600 * ms, true}));
}

/// For speech of 500 ms in a slot of 400: the sum of all buffers' durations, and of what scaletempo
/// would make of them.
std::pair<GstClockTime, GstClockTime> squeeze(const std::string& properties) {
  Speech speech(properties);
  speech.begin();
  speech.push("ten letter", 0, 400 * ms);
  speech.push_gap(400 * ms, none);
  speech.end();
  speech.pull_event(GST_EVENT_EOS);
  GstClockTime length = 0, squeezed = 0;
  while (GstBuffer* buffer = gst_harness_try_pull(speech.get())) {
    if (Speech::loudest(buffer) == 0) {
      gst_buffer_unref(buffer);
      continue;
    }
    length += GST_BUFFER_DURATION(buffer);
    GstCustomMeta* meta = gst_buffer_get_custom_meta(buffer, GST_SCALETEMPO_TARGET_DURATION_META);
    guint64 duration = 0;
    EXPECT_TRUE(meta && gst_structure_get_uint64(gst_custom_meta_get_structure(meta), "duration",
                                                 &duration));
    squeezed += duration;
    gst_buffer_unref(buffer);
  }
  return {length, squeezed};
}

TEST(TtsSynthTimeline, TellsScaletempoWhatWouldFit) {
  using Lengths = std::pair<GstClockTime, GstClockTime>;
  EXPECT_EQ(squeeze("overflow=overlap"), Lengths(500 * ms, 400 * ms));
  EXPECT_EQ(squeeze("overflow=shift"), Lengths(500 * ms, 400 * ms));
  EXPECT_EQ(squeeze("overflow=shift max-overflow=50"), Lengths(500 * ms, 450 * ms));
  EXPECT_EQ(squeeze("overflow=shift max-overflow=200"), Lengths(500 * ms, 500 * ms));
  EXPECT_EQ(squeeze("overflow=clip"), Lengths(400 * ms, 400 * ms)) << "what was cut is gone";
  EXPECT_EQ(squeeze("overflow=clip max-overflow=50"), Lengths(450 * ms, 450 * ms));
  const Lengths fitted = squeeze("overflow=refit");
  EXPECT_LE(fitted.first, 400 * ms);
  EXPECT_EQ(fitted.second, fitted.first) << "it fits already";
  const Lengths nearly = squeeze("overflow=refit max-compression=1.1");
  EXPECT_GT(nearly.first, 440 * ms);
  EXPECT_NEAR(static_cast<double>(nearly.second), 400.0 * ms, 1000);
}

}  // namespace
}  // namespace gst_lingua_tests
