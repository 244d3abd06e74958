// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

// ttssynth in a live pipeline, on a clock that the test turns, with a voice that sounds for 50 ms a
// byte of text (stub_voice.cpp).

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <string>
#include <vector>

#include "tests/elements/speech.h"

namespace gst_lingua_tests {
namespace {

constexpr auto signed_ms = static_cast<GstClockTimeDiff>(ms);
constexpr GstClockTimeDiff hour = 3600 * 1000 * signed_ms;

/// Joins a live pipeline that has run for hours; times are counted from then on.
class LiveSpeech : public Speech {
 public:
  explicit LiveSpeech(const std::string& properties = "") : Speech(properties, true) {
    join_live();
    begin();
    settle();  // it has joined
  }
  void set_time(GstClockTimeDiff time) { set_running_time(after(time)); }
  GstFlowReturn push_at(const std::string& text, GstClockTimeDiff time, GstClockTime duration) {
    return push(text, after(time), duration);
  }
  GstBuffer* next() { return gst_harness_pull(get()); }
  static GstClockTime after(GstClockTimeDiff time) {
    return static_cast<GstClockTime>(static_cast<GstClockTimeDiff>(joined) + time);
  }
  /// The time of the next sound.
  GstClockTimeDiff next_time() {
    GstBuffer* buffer = next();
    const GstClockTimeDiff time = GST_CLOCK_DIFF(joined, GST_BUFFER_PTS(buffer));
    gst_buffer_unref(buffer);
    return time;
  }
};

TEST(LiveTtsSynth, KeepsSoundComingWhileNobodySpeaks) {
  LiveSpeech speech("latency=100");
  // It begins where the sink is, 100 ms behind what is said now.
  for (GstClockTime time = joined - 100 * ms; time < joined; time += 20 * ms) {
    EXPECT_EQ(speech.awaited_time(), time + 120 * ms) << "no sound comes before it is due";
    speech.reach_awaited_time();
    GstBuffer* buffer = speech.next();
    EXPECT_EQ(GST_BUFFER_PTS(buffer), time);
    EXPECT_EQ(GST_BUFFER_DURATION(buffer), 20 * ms);
    EXPECT_EQ(Speech::loudest(buffer), 0);
    gst_buffer_unref(buffer);
  }
}

TEST(LiveTtsSynth, TellsThatTimePassesWhileNobodySpeaks) {
  LiveSpeech speech("latency=100 fill=gap");
  speech.reach_awaited_time();
  auto gap = speech.pull_event(GST_EVENT_GAP);
  GstClockTime start, duration;
  gst_event_parse_gap(gap.get(), &start, &duration);
  EXPECT_EQ(start, joined - 100 * ms) << "no word of the hours before";
  EXPECT_EQ(duration, 200 * ms);
}

TEST(LiveTtsSynth, SpeaksLateTextFromNowOn) {
  LiveSpeech speech("latency=100 fill=gap");
  speech.set_time(1000 * ms);
  speech.push_at("ten letter", 500 * ms, 1000 * ms);
  EXPECT_EQ(speech.next_time(), 900 * signed_ms) << "the earliest that can be in time";
  EXPECT_EQ(speech.stat("late"), 1U);
}

TEST(LiveTtsSynth, LeavesOutWhatIsOver) {
  LiveSpeech speech("latency=100 fill=gap");
  speech.set_time(5000 * ms);
  speech.push_at("four", 500 * ms, 400 * ms);
  speech.push_at("four", 5000 * ms, 400 * ms);
  EXPECT_EQ(speech.next_time(), 5000 * signed_ms);
  EXPECT_NE(speech.message(GST_MESSAGE_QOS), nullptr);
  EXPECT_EQ(speech.stat("dropped"), 1U);
}

// Speech takes longer than its text's time, 1000 ms for 300.

const char* const long_text = "Twenty letters, said";

/// When each text begins to sound, in ms.
std::vector<GstClockTimeDiff> beginnings(Speech& speech) {
  std::vector<GstClockTimeDiff> times;
  while (auto message = speech.element_message("ttssynth/synthesized-audio")) {
    GstClockTime pts = 0;
    gst_structure_get_clock_time(gst_message_get_structure(message.get()), "pts", &pts);
    times.push_back(GST_CLOCK_DIFF(joined, pts) / signed_ms);
  }
  return times;
}

TEST(LiveTtsSynth, SpeaksWhatCameInTimeThoughOthersTookItsTime) {
  const std::vector<GstClockTimeDiff> shifted = {0, 1000, 2000};
  const std::vector<GstClockTimeDiff> faster = {0, 667, 1334};
  for (const char* overflow : {"shift", "refit"}) {
    LiveSpeech speech(std::string("latency=100 fill=gap overflow=") + overflow);
    for (const GstClockTimeDiff time : {0, 300, 600})
      speech.push_at(long_text, time * signed_ms, 300 * ms);
    speech.settle();
    const std::vector<GstClockTimeDiff> times = beginnings(speech);
    const auto& wanted = overflow == std::string("shift") ? shifted : faster;
    ASSERT_EQ(times.size(), wanted.size()) << overflow;
    for (size_t i = 0; i < times.size(); ++i)
      EXPECT_NEAR(static_cast<double>(times[i]), static_cast<double>(wanted[i]), 25) << overflow;
    EXPECT_EQ(speech.stat("dropped"), 0U);
  }
}

/// A sink that plays holds the sound back, so that texts wait until long after their time.
TEST(LiveTtsSynth, SpeaksWhatCameInTimeAndHadToWait) {
  LiveSpeech speech("latency=100 fill=gap overflow=shift");
  Gate gate(speech);
  gate.close();
  speech.push_at(long_text, 0, 300 * ms);
  gate.await(1);
  speech.push_at(long_text, 300 * signed_ms, 300 * ms);
  speech.set_time(1050 * signed_ms);
  gate.open();
  speech.settle();
  EXPECT_EQ(beginnings(speech), (std::vector<GstClockTimeDiff>{0, 1000}));
  EXPECT_TRUE(speech.quiet(GST_MESSAGE_QOS));
}

// It catches up in stages.

/// What became of the texts, in order.
struct Said {
  GstClockTimeDiff start, end;  ///< ms
  double compression;
};

std::vector<Said> said(Speech& speech) {
  std::vector<Said> all;
  while (auto message = speech.element_message("ttssynth/synthesized-audio")) {
    const GstStructure* structure = gst_message_get_structure(message.get());
    GstClockTime pts = 0, length = 0;
    gst_structure_get_clock_time(structure, "pts", &pts);
    gst_structure_get_clock_time(structure, "actual-duration", &length);
    Said text{GST_CLOCK_DIFF(joined, pts) / signed_ms,
              GST_CLOCK_DIFF(joined, pts + length) / signed_ms, 0};
    gst_structure_get_double(structure, "compression-factor", &text.compression);
    all.push_back(text);
  }
  return all;
}

/// A text whose speech takes so long, with pauses in it.
std::string text_of(GstClockTimeDiff length, GstClockTimeDiff pauses = 0) {
  const auto letters = [](GstClockTimeDiff time) {
    return static_cast<size_t>(time / gst_tts::stub_character_ms);
  };
  return std::string(letters(length - pauses), 'a') + std::string(letters(pauses), ';');
}

/// A text with a second for it, behind one that takes so much longer than a second.
Said speak_lagging(GstClockTimeDiff lag, const std::string& text, const std::string& properties) {
  LiveSpeech speech("latency=100 fill=gap max-lateness=1000 " + properties);
  speech.push_at(text_of(1000 + lag), 0, none);
  speech.push_at(text, 1000 * signed_ms, 1000 * ms);
  speech.settle();
  const std::vector<Said> all = said(speech);
  EXPECT_EQ(all.size(), 2U) << lag;
  if (all.size() != 2) return {};
  EXPECT_EQ(all[1].start, 1000 + lag);
  return all[1];
}

TEST(LiveTtsSynth, DropsPausesFirst) {
  const Said second = speak_lagging(100, text_of(1000, 100), "");
  EXPECT_EQ(second.compression, 1);
  EXPECT_EQ(second.end - second.start, 900);
}

TEST(LiveTtsSynth, SpeaksFasterTheMoreItLags) {
  for (const GstClockTimeDiff lag : {100, 200, 400, 600, 800, 1000}) {
    const Said second = speak_lagging(lag, text_of(1000), "");
    const double wanted = 1 + 0.5 * static_cast<double>(lag) / 1000;
    EXPECT_NEAR(second.compression, wanted, 0.03) << lag;
    EXPECT_LE(second.compression, 1.5) << lag;
  }
}

TEST(LiveTtsSynth, SpeaksNoFasterThanItHasTo) {
  // What is left of its time is enough.
  EXPECT_EQ(speak_lagging(200, text_of(800), "").compression, 1);
  EXPECT_NEAR(speak_lagging(200, text_of(850), "").compression, 850.0 / 800, 0.02);
}

TEST(LiveTtsSynth, DoesNotHurryWhatOnlyCameLate) {
  LiveSpeech speech("latency=100 fill=gap");
  speech.set_time(600 * ms);
  for (const GstClockTimeDiff time : {0, 1000, 2000}) {
    speech.set_time((600 + time) * signed_ms);
    speech.push_at(text_of(1000), time * signed_ms, 1000 * ms);
    speech.settle();
  }
  for (const Said& text : said(speech)) {
    EXPECT_EQ(text.compression, 1);
    EXPECT_EQ(text.start % 1000, 500);
  }
}

TEST(LiveTtsSynth, CatchesUpSmoothly) {
  LiveSpeech speech("latency=100 fill=gap max-lateness=2000");
  speech.push_at(text_of(3000), 0, 1000 * ms);
  for (GstClockTimeDiff time = 1000; time < 16000; time += 1000)
    speech.push_at(text_of(1000), time * signed_ms, 1000 * ms);
  speech.settle();
  const std::vector<Said> all = said(speech);
  ASSERT_EQ(all.size(), 16U);
  for (size_t i = 2; i < all.size(); ++i) {
    EXPECT_LE(all[i].compression, all[i - 1].compression + 0.02) << i;
    EXPECT_LE(all[i].start % 1000, 1000 - 50) << i;
  }
  EXPECT_NEAR(all[1].compression, 1.25, 0.03);
  EXPECT_LT(all.back().end, 16050);
  EXPECT_EQ(speech.stat("dropped"), 0U);
}

TEST(LiveTtsSynth, LeavesOutTheOldestFirstAndSaysWhat) {
  LiveSpeech speech("latency=100 fill=gap max-lateness=500");
  speech.push_at(text_of(3000), 0, 1000 * ms);
  for (const char* text : {"first", "second", "third"})
    speech.push_at(text, 1000 * signed_ms, 100 * ms);
  speech.push_at("on time", 1900 * signed_ms, 500 * ms);
  speech.settle();
  for (const char* text : {"first", "second", "third"}) {
    auto message = speech.message(GST_MESSAGE_QOS);
    ASSERT_NE(message, nullptr);
    EXPECT_STREQ(gst_structure_get_string(gst_message_get_structure(message.get()), "content"),
                 text);
  }
  EXPECT_EQ(speech.stat("texts"), 2U) << "the one before them, and the one behind";
}

TEST(LiveTtsSynth, LeavesOutWhatLagsTooMuchForWhatIsNewer) {
  LiveSpeech speech("latency=100 fill=gap overflow=shift max-lateness=500");
  speech.push_at(long_text, 0, 300 * ms);
  speech.push_at("lags by 800", 200 * signed_ms, 300 * ms);
  speech.push_gap(LiveSpeech::after(500 * signed_ms), 50 * ms);
  speech.push_at("lags by 450", 550 * signed_ms, 300 * ms);
  speech.settle();
  auto message = speech.message(GST_MESSAGE_QOS);
  ASSERT_NE(message, nullptr);
  guint64 timestamp = 0;
  gst_message_parse_qos(message.get(), nullptr, nullptr, nullptr, &timestamp, nullptr);
  EXPECT_EQ(timestamp, LiveSpeech::after(200 * signed_ms));
  gint64 jitter = 0;
  gst_message_parse_qos_values(message.get(), &jitter, nullptr, nullptr);
  EXPECT_EQ(jitter, 800 * signed_ms);
  EXPECT_EQ(beginnings(speech), (std::vector<GstClockTimeDiff>{1000}));
  EXPECT_EQ(speech.stat("dropped"), 1U);
}

TEST(LiveTtsSynth, SpeaksTheNewestOnceItCanBeginAtOnce) {
  for (const bool ends : {false, true}) {
    LiveSpeech speech("latency=100 overflow=shift max-lateness=500");
    speech.push_at(long_text, 0, 300 * ms);
    speech.push_at("lags by 800", 200 * signed_ms, 300 * ms);
    speech.push_at("lags by 700", 300 * signed_ms, 300 * ms);
    speech.settle();
    EXPECT_EQ(beginnings(speech).size(), 1U);
    if (ends)
      speech.end();
    else
      speech.reach_awaited_time();
    auto message = speech.message(GST_MESSAGE_ELEMENT);
    ASSERT_NE(message, nullptr) << ends;
    GstClockTime pts = 0;
    gst_structure_get_clock_time(gst_message_get_structure(message.get()), "pts", &pts);
    EXPECT_NEAR(static_cast<double>(pts / ms), static_cast<double>(joined / ms + 1000), 25);
    EXPECT_EQ(speech.stat("dropped"), 1U);
  }
}

TEST(LiveTtsSynth, SpeaksAllThereIsIfTold) {
  LiveSpeech speech("latency=100 fill=gap overflow=shift max-lateness=-1");
  for (GstClockTimeDiff time = 0; time < 10; ++time)
    speech.push_at(long_text, time * 100 * signed_ms, 100 * ms);
  speech.settle();
  EXPECT_EQ(beginnings(speech).size(), 10U);
}

TEST(LiveTtsSynth, SpeaksUntimedLiveTextWhenItComes) {
  LiveSpeech speech("latency=100 fill=gap");
  speech.set_time(3000 * ms);
  speech.push("four");
  EXPECT_EQ(speech.next_time(), 3000 * signed_ms);
}

TEST(LiveTtsSynth, StampsWithNowIfNotSynchronised) {
  LiveSpeech speech("latency=-1");
  speech.set_time(3000 * ms);
  speech.push_at("four", 500 * ms, 400 * ms);
  GstBuffer* buffer = speech.next();
  EXPECT_EQ(GST_BUFFER_PTS(buffer), joined + 3000 * ms);
  EXPECT_TRUE(GST_BUFFER_IS_DISCONT(buffer));
  gst_buffer_unref(buffer);
}

// Where it begins.

TEST(LiveTtsSynth, SaysNothingOfTheTimeBeforeItJoined) {
  for (const char* fill : {"fill=silence", "fill=gap"}) {
    LiveSpeech speech(std::string("latency=100 ") + fill);
    speech.push_at("four", 0, 200 * ms);
    GstBuffer* buffer;
    guint before = 0;
    while (Speech::loudest(buffer = speech.next()) == 0) {
      before++;
      gst_buffer_unref(buffer);
    }
    EXPECT_EQ(GST_BUFFER_PTS(buffer), joined);
    EXPECT_LE(before, 1U) << "the 100 ms in which upstream's sound may still come";
    gst_buffer_unref(buffer);
  }
}

TEST(LiveTtsSynth, JoinsWhenItBeginsToPlay) {
  // It gets its segment and a text in PAUSED, where it cannot know the time.
  Speech speech("latency=100", true);
  speech.join_live();
  gst_element_set_state(speech.element(), GST_STATE_PAUSED);
  speech.begin();
  speech.settle();
  gst_element_set_state(speech.element(), GST_STATE_PLAYING);
  EXPECT_LE(speech.awaited_time(), joined) << "at once";
  speech.reach_awaited_time();
  EXPECT_EQ(speech.awaited_time(), joined + 20 * ms);
  speech.reach_awaited_time();
  GstBuffer* buffer = gst_harness_pull(speech.get());
  EXPECT_EQ(GST_BUFFER_PTS(buffer), joined - 100 * ms);
  gst_buffer_unref(buffer);
}

TEST(LiveTtsSynth, BeginsWithATextThatComesBeforeItPlays) {
  Speech speech("latency=100", true);
  speech.join_live();
  gst_element_set_state(speech.element(), GST_STATE_PAUSED);
  speech.begin();
  speech.push_gap(0, joined);
  speech.push("four", joined + 1000 * ms, 200 * ms);
  GstBuffer* buffer = gst_harness_pull(speech.get());
  EXPECT_EQ(GST_BUFFER_PTS(buffer), joined + 1000 * ms);
  EXPECT_TRUE(GST_BUFFER_IS_DISCONT(buffer));
  gst_buffer_unref(buffer);
}

TEST(LiveTtsSynth, HasSilenceBeforeATextThatComesBeforeThePipelinePlays) {
  Speech speech("latency=100", true);
  speech.join_live();
  gst_element_set_clock(speech.element(), nullptr);
  gst_element_set_base_time(speech.element(), 0);
  gst_element_set_state(speech.element(), GST_STATE_PAUSED);
  speech.begin();
  speech.push("four", 1000 * ms, 200 * ms);
  GstBuffer* buffer = gst_harness_pull(speech.get());
  EXPECT_EQ(GST_BUFFER_PTS(buffer), 0u);
  EXPECT_EQ(Speech::loudest(buffer), 0);
  gst_buffer_unref(buffer);
}

TEST(LiveTtsSynth, JoinsWhenUpstreamTurnsOutToBeLive) {
  Speech speech("latency=100", true);
  std::atomic<bool> answers{false};
  gst_pad_add_probe(
      speech.get()->srcpad, GST_PAD_PROBE_TYPE_QUERY_UPSTREAM,
      [](GstPad*, GstPadProbeInfo* info, gpointer yes) {
        const bool latency = GST_QUERY_TYPE(GST_PAD_PROBE_INFO_QUERY(info)) == GST_QUERY_LATENCY;
        return latency && !*static_cast<std::atomic<bool>*>(yes) ? GST_PAD_PROBE_DROP
                                                                 : GST_PAD_PROBE_OK;
      },
      &answers, nullptr);
  speech.join_live();
  speech.begin();
  speech.settle();
  speech.set_running_time(joined + 3600 * GST_SECOND);
  answers = true;
  gst_harness_push_upstream_event(speech.get(), gst_event_new_latency(100 * ms));
  speech.reach_awaited_time();
  speech.reach_awaited_time();
  GstBuffer* buffer = gst_harness_pull(speech.get());
  EXPECT_EQ(GST_BUFFER_PTS(buffer), joined + 3600 * GST_SECOND - 100 * ms);
  gst_buffer_unref(buffer);
}

TEST(LiveTtsSynth, JoinsAgainWithTheNextSegment) {
  LiveSpeech speech("latency=100");
  speech.set_time(hour);
  speech.flush();
  speech.push_segment(GST_FORMAT_TIME);
  speech.settle();
  speech.reach_awaited_time();
  EXPECT_EQ(speech.next_time(), hour - 100 * signed_ms);
}

TEST(LiveTtsSynth, BeginsAtTheStartWithThePipeline) {
  Speech speech("latency=100", true);
  speech.join_live(0, 0);
  speech.begin();
  EXPECT_EQ(speech.awaited_time(), 120 * ms);
  speech.reach_awaited_time();
  GstBuffer* buffer = gst_harness_pull(speech.get());
  EXPECT_EQ(GST_BUFFER_PTS(buffer), 0U);
  gst_buffer_unref(buffer);
}

// Where it ends.

TEST(LiveTtsSynth, RestsOnceTheSegmentHasStopped) {
  for (const char* fill : {"fill=silence", "fill=gap"}) {
    Speech speech(std::string("latency=100 ") + fill, true);
    speech.join_live();
    speech.begin();
    GstSegment segment;
    gst_segment_init(&segment, GST_FORMAT_TIME);
    segment.stop = joined + 50 * ms + 12345;  // no whole sample
    speech.push(gst_event_new_segment(&segment));
    speech.settle();
    while (gst_harness_wait_for_clock_id_waits(speech.get(), 1, 1) &&
           speech.awaited_time() <= segment.stop + 100 * ms)
      speech.reach_awaited_time();
    EXPECT_TRUE(speech.awaits_no_time()) << fill;
    speech.set_running_time(joined + 3600 * GST_SECOND);
    GstClockTime end = segment.stop;
    if (fill == std::string("fill=gap")) {
      end = 0;
      while (GstEvent* event = gst_harness_try_pull_event(speech.get())) {
        GstClockTime start = 0, duration = 0;
        if (GST_EVENT_TYPE(event) == GST_EVENT_GAP) gst_event_parse_gap(event, &start, &duration);
        end = std::max(end, start + duration);
        gst_event_unref(event);
      }
    } else {
      while (!speech.empty()) {
        GstBuffer* buffer = gst_harness_pull(speech.get());
        end = GST_BUFFER_PTS(buffer) + GST_BUFFER_DURATION(buffer);
        gst_buffer_unref(buffer);
      }
    }
    EXPECT_NEAR(static_cast<double>(end), static_cast<double>(segment.stop),
                static_cast<double>(GST_SECOND) / stub_rate);

    speech.push("four", joined + 10 * ms, 20 * ms);
    EXPECT_NE(speech.message(GST_MESSAGE_QOS), nullptr) << "its time is over";
  }
}

// Downstream is exchanged.

TEST(LiveTtsSynth, GoesOnInSilenceAtAnotherRate) {
  LiveSpeech speech("latency=100");
  speech.reach_awaited_time();
  EXPECT_EQ(speech.next_time(), -100 * signed_ms);
  EXPECT_EQ(speech.rate(), stub_rate);
  speech.relink("audio/x-raw,rate=48000");
  speech.reach_awaited_time();
  GstBuffer* buffer = speech.next();
  EXPECT_EQ(GST_BUFFER_PTS(buffer), joined - 80 * ms);
  EXPECT_EQ(gst_buffer_get_size(buffer), 2U * 48 * 20);
  EXPECT_EQ(speech.rate(), 48000);
  gst_buffer_unref(buffer);

  speech.push_at("four", 0, 200 * ms);
  gsize spoken = 0;
  while (spoken < 2U * 48 * 200) {
    buffer = speech.next();
    if (Speech::loudest(buffer) > 0) spoken += gst_buffer_get_size(buffer);
    gst_buffer_unref(buffer);
  }
  EXPECT_EQ(spoken, 2U * 48 * 200);
}

TEST(LiveTtsSynth, TellsOfGapsAfterTheRateHasChanged) {
  LiveSpeech speech("latency=100 fill=gap");
  speech.relink("audio/x-raw,rate=48000");
  speech.reach_awaited_time();
  EXPECT_NE(speech.pull_event(GST_EVENT_GAP), nullptr);
  EXPECT_EQ(speech.rate(), 48000);
}

/// Holds what the element pushes, as applications do while they link something else.
class Block {
 public:
  explicit Block(Speech& speech) : pad_(gst_pad_get_peer(speech.get()->sinkpad)) {
    probe_ = gst_pad_add_probe(
        pad_, static_cast<GstPadProbeType>(GST_PAD_PROBE_TYPE_BLOCK | GST_PAD_PROBE_TYPE_BUFFER),
        [](GstPad*, GstPadProbeInfo*, gpointer held) {
          *static_cast<std::atomic<bool>*>(held) = true;
          return GST_PAD_PROBE_OK;
        },
        &held_, nullptr);
  }
  ~Block() {
    gst_pad_remove_probe(pad_, probe_);
    gst_object_unref(pad_);
  }
  Block(const Block&) = delete;
  Block& operator=(const Block&) = delete;

  void await() {
    while (!held_)
      g_usleep(1000);
  }

 private:
  GstPad* pad_;
  gulong probe_;
  std::atomic<bool> held_{false};
};

TEST(LiveTtsSynth, PushesAgainWhatABlockedPadHeldForThePeerBefore) {
  LiveSpeech speech("latency=100");
  {
    Block block(speech);
    speech.reach_awaited_time();
    block.await();
    speech.relink("audio/x-raw,rate=48000");
  }
  GstBuffer* buffer = speech.next();
  EXPECT_EQ(GST_BUFFER_PTS(buffer), joined - 100 * ms);
  EXPECT_EQ(gst_buffer_get_size(buffer), 2U * 48 * 20);
  gst_buffer_unref(buffer);
  EXPECT_TRUE(speech.quiet(GST_MESSAGE_ERROR));
}

TEST(LiveTtsSynth, GoesOnInTheMidstOfSpeechAtAnotherRate) {
  LiveSpeech speech("latency=100");
  {
    Block block(speech);
    speech.push_at("ENDLESS", -100 * signed_ms, 1000 * ms);
    block.await();
    speech.relink("audio/x-raw,rate=48000");
  }
  GstClockTime end = joined - 100 * ms;
  for (int i = 0; i < 10; i++) {
    GstBuffer* buffer = speech.next();
    EXPECT_EQ(GST_BUFFER_PTS(buffer), end);
    end += GST_BUFFER_DURATION(buffer);
    EXPECT_EQ(gst_buffer_get_size(buffer) / 2,
              gst_util_uint64_scale_round(GST_BUFFER_DURATION(buffer), 48000, GST_SECOND));
    EXPECT_GT(Speech::loudest(buffer), 900);
    gst_buffer_unref(buffer);
  }
  speech.flush();
  EXPECT_TRUE(speech.quiet(GST_MESSAGE_ERROR));
}

TEST(LiveTtsSynth, SaysThatNobodyTakesItsSound) {
  for (const char* fill : {"fill=silence", "fill=gap"}) {
    LiveSpeech speech(std::string("latency=100 ") + fill);
    gst_harness_set_sink_caps_str(speech.get(), "audio/x-raw, rate=96000");
    speech.reach_awaited_time();
    EXPECT_TRUE(speech.error_is(GST_CORE_ERROR, GST_CORE_ERROR_NEGOTIATION, "audioconvert"))
        << fill;
  }
}

TEST(LiveTtsSynth, JoinsWhatIsLinkedLater) {
  LiveSpeech speech("latency=100");
  GstPad* src = gst_pad_get_peer(speech.get()->sinkpad);
  EXPECT_TRUE(gst_pad_unlink(src, speech.get()->sinkpad));
  Log log("ttssynth");
  speech.reach_awaited_time();
  while (!log.count("not-linked"))
    g_usleep(1000);
  speech.set_time(hour);
  EXPECT_EQ(gst_pad_link(src, speech.get()->sinkpad), GST_PAD_LINK_OK);
  gst_object_unref(src);
  EXPECT_LE(speech.awaited_time(), joined + 3600 * GST_SECOND) << "at once";
  speech.reach_awaited_time();
  EXPECT_EQ(speech.awaited_time(), joined + 3600 * GST_SECOND + 20 * ms);
  speech.reach_awaited_time();
  EXPECT_EQ(speech.next_time(), hour - 100 * signed_ms);
}

}  // namespace
}  // namespace gst_lingua_tests
