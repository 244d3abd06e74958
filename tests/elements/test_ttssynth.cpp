// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

// ttssynth with a voice that sounds for 50 ms a byte of text (stub_voice.cpp).

#include "plugins/ttssynth/gstttssynth.h"

#include <gst/audio/audio.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "plugins/common/metas.h"
#include "plugins/common/registermetas.h"
#include "tests/elements/harness.h"
#include "tests/elements/stub_voice.h"

namespace gst_lingua_tests {
namespace {

using gst_tts::stub_rate;

constexpr GstClockTime character = gst_tts::stub_character_ms * ms;

/// Sound without a break in it: when, and how loud.
struct Stretch {
  GstClockTime start = 0;
  GstClockTime end = 0;
  bool loud = false;
  bool operator==(const Stretch& other) const {
    return start == other.start && end == other.end && loud == other.loud;
  }
};

std::ostream& operator<<(std::ostream& out, const Stretch& stretch) {
  return out << (stretch.loud ? "speech " : "silence ") << stretch.start / ms << "-"
             << stretch.end / ms;
}

class Speech : public Harness {
 public:
  explicit Speech(const std::string& properties = "", bool live = false)
      : Harness(launch(properties)) {
    if (!live) make_source_not_live();
  }

  /// A cue of the length that its text takes to speak.
  void push_cue(const std::string& text, GstClockTime pts) {
    push(text, pts, static_cast<GstClockTime>(text.size()) * character);
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
    GstMapInfo map;
    EXPECT_TRUE(gst_buffer_map(buffer, &map, GST_MAP_READ));
    int most = 0;
    for (gsize i = 0; i < map.size / 2; i++)
      most = std::max(most, std::abs(reinterpret_cast<int16_t*>(map.data)[i]));
    gst_buffer_unmap(buffer, &map);
    return most;
  }

 private:
  static std::string launch(const std::string& properties) {
    GST_ELEMENT_REGISTER(ttssynth, nullptr);
    return "ttssynth " + properties;
  }
};

/// In a live pipeline, with a clock that the test turns.
class LiveSpeech : public Speech {
 public:
  explicit LiveSpeech(const std::string& properties = "") : Speech(properties, true) {
    gst_harness_use_testclock(get());
    gst_harness_set_upstream_latency(get(), 0);
    begin();
  }
  void set_time(GstClockTime time) { EXPECT_TRUE(gst_harness_set_time(get(), time)); }
  GstBuffer* next() { return gst_harness_pull(get()); }
};

// Sound.

TEST(TtsSynth, MakesMonoSound) {
  Speech speech;
  speech.begin();
  speech.push("four");
  auto event = speech.pull_event(GST_EVENT_CAPS);
  GstCaps* caps;
  gst_event_parse_caps(event.get(), &caps);
  GstAudioInfo info;
  ASSERT_TRUE(gst_audio_info_from_caps(&info, caps));
  EXPECT_EQ(GST_AUDIO_INFO_FORMAT(&info), GST_AUDIO_FORMAT_S16LE);
  EXPECT_EQ(GST_AUDIO_INFO_RATE(&info), stub_rate);
  EXPECT_EQ(GST_AUDIO_INFO_CHANNELS(&info), 1);
  speech.end();
  EXPECT_EQ(speech.listen(), (std::vector<Stretch>{{0, 200 * ms, true}}));
}

TEST(TtsSynth, MakesTheRateThatDownstreamTakes) {
  for (const char* caps : {"audio/x-raw, rate=48000", "audio/x-raw, rate={48000, 24000, 8000}"}) {
    Speech speech;
    gst_harness_set_sink_caps_str(speech.get(), caps);
    speech.begin();
    speech.push("one two", 100 * ms, 350 * ms);
    speech.push("four", 450 * ms, 200 * ms);
    speech.end();
    auto event = speech.pull_event(GST_EVENT_CAPS);
    GstCaps* given;
    gst_event_parse_caps(event.get(), &given);
    GstAudioInfo info;
    ASSERT_TRUE(gst_audio_info_from_caps(&info, given));
    speech.pull_event(GST_EVENT_EOS);
    guint64 samples = 0;
    while (GstBuffer* buffer = gst_harness_try_pull(speech.get())) {
      EXPECT_NEAR(static_cast<double>(GST_BUFFER_PTS(buffer)),
                  static_cast<double>(samples) * GST_SECOND / GST_AUDIO_INFO_RATE(&info), 1.0);
      samples += gst_buffer_get_size(buffer) / 2;
      gst_buffer_unref(buffer);
    }
    EXPECT_EQ(samples, static_cast<guint64>(GST_AUDIO_INFO_RATE(&info)) * 650 / 1000);
  }
}

TEST(TtsSynth, RefusesADownstreamThatTakesNoSuchSound) {
  Speech speech;
  gst_harness_set_sink_caps_str(speech.get(), "audio/x-raw, rate=96000");
  speech.begin();
  GstFlowReturn flow = GST_FLOW_OK;
  for (int i = 0; i < 2000 && flow == GST_FLOW_OK; i++) {
    flow = speech.push("four");
    g_usleep(1000);
  }
  EXPECT_EQ(flow, GST_FLOW_NOT_NEGOTIATED);
}

TEST(TtsSynth, HandsOutSoundAsItIsMade) {
  Speech speech;
  speech.begin();
  speech.push("ENDLESS");
  for (int i = 0; i < 10; i++) {
    GstBuffer* buffer = gst_harness_pull(speech.get());
    EXPECT_EQ(GST_BUFFER_PTS(buffer), static_cast<GstClockTime>(i) * 20 * ms);
    gst_buffer_unref(buffer);
  }
}

TEST(TtsSynth, StopsWithinABuffer) {
  Speech flushed;
  flushed.begin();
  flushed.push("ENDLESS");
  gst_buffer_unref(gst_harness_pull(flushed.get()));
  flushed.flush();
  while (!flushed.empty())
    gst_buffer_unref(gst_harness_pull(flushed.get()));
  flushed.push_segment(GST_FORMAT_TIME);
  flushed.push("four");
  flushed.end();
  EXPECT_EQ(flushed.listen(), (std::vector<Stretch>{{0, 200 * ms, true}}));
  EXPECT_TRUE(flushed.quiet(GST_MESSAGE_ERROR)) << "nothing went wrong";

  Speech stopped;
  stopped.begin();
  stopped.push("ENDLESS");
  gst_buffer_unref(gst_harness_pull(stopped.get()));
  EXPECT_EQ(gst_element_set_state(stopped.element(), GST_STATE_NULL), GST_STATE_CHANGE_SUCCESS);
}

TEST(TtsSynth, CountsSamplesWithoutDrift) {
  // A third of a millisecond is no whole number of samples; the timeline must hold all the same.
  Speech speech;
  speech.begin();
  for (guint64 i = 0; i < 50; i++)
    speech.push_cue("four", i * 400 * ms + i * ms / 3);
  speech.end();
  guint64 spoken = 0;
  for (const Stretch& stretch : speech.listen()) {
    if (!stretch.loud) continue;
    EXPECT_NEAR(static_cast<double>(stretch.start),
                static_cast<double>(spoken) * (400 + 1.0 / 3) * ms,
                static_cast<double>(GST_SECOND) / stub_rate);
    spoken++;
  }
  EXPECT_EQ(spoken, 50U);
}

TEST(TtsSynth, TakesVoiceSettingsWhilePlaying) {
  Speech speech("rate=2");
  speech.begin();
  speech.push("four");
  speech.settle();
  g_object_set(speech.element(), "rate", 1.0, "volume", 2.0, nullptr);
  speech.push("four");
  speech.end();
  int most = 0;
  GstClockTime length = 0;
  speech.pull_event(GST_EVENT_EOS);
  while (GstBuffer* buffer = gst_harness_try_pull(speech.get())) {
    const int loudness = Speech::loudest(buffer);
    if (loudness > 0) length += GST_BUFFER_DURATION(buffer);
    most = std::max(most, loudness);
    gst_buffer_unref(buffer);
  }
  EXPECT_EQ(length, 300 * ms) << "half of 200 ms, and 200 ms";
  EXPECT_EQ(most, 2000);
}

// Without a timeline.

TEST(TtsSynth, SpeaksUntimedTextsOneAfterTheOther) {
  Speech speech;
  speech.begin_bytes();
  speech.push("four");
  speech.push("five!");
  speech.end();
  EXPECT_EQ(speech.listen(),
            (std::vector<Stretch>{
                {0, 200 * ms, true}, {200 * ms, 450 * ms, false}, {450 * ms, 700 * ms, true}}));
}

TEST(TtsSynth, SpeaksNowWhereTheSinkHasRunDry) {
  Speech speech;
  gst_harness_use_testclock(speech.get());
  speech.begin_bytes();
  speech.push("four");
  speech.settle();
  EXPECT_TRUE(gst_harness_set_time(speech.get(), 3000 * ms));
  speech.push("five!");
  speech.end();
  EXPECT_EQ(speech.listen(),
            (std::vector<Stretch>{{0, 200 * ms, true}, {3050 * ms, 3300 * ms, true}}))
      << "with a moment for the sink, and no silence that a file would hold";
}

TEST(TtsSynth, LeavesOutWhatHasNoWords) {
  Speech speech;
  speech.begin("pango-markup");
  speech.push("<i> </i>");
  speech.push("<v Bob>four</v>");
  speech.end();
  EXPECT_EQ(speech.listen(), (std::vector<Stretch>{{0, 200 * ms, true}}));
}

// On a timeline.

TEST(TtsSynth, SpeaksEachCueAtItsTime) {
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

TEST(TtsSynth, FillsWithGapsIfTold) {
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

TEST(TtsSynth, FollowsTheGapsOfUpstream) {
  Speech speech;
  speech.begin();
  speech.push("four", 0, 500 * ms);
  speech.push_gap(500 * ms, 500 * ms);
  speech.end();
  EXPECT_EQ(speech.listen(),
            (std::vector<Stretch>{{0, 200 * ms, true}, {200 * ms, 1000 * ms, false}}));
}

TEST(TtsSynth, BeginsWhereASeekWent) {
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

// Speech that is longer than its cue: "ten letter" takes 500 ms.

std::vector<Stretch> speak_too_long(const std::string& properties, GstClockTime second = 400 * ms) {
  Speech speech(properties);
  speech.begin();
  speech.push("ten letter", 0, 400 * ms);
  speech.push("four", second, 400 * ms);
  speech.end();
  return speech.listen();
}

TEST(TtsSynth, SpeaksFasterByDefault) {
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

TEST(TtsSynth, SpeaksNoFasterThanAllowed) {
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

TEST(TtsSynth, UsesThePauseBeforeTheNextCue) {
  EXPECT_EQ(speak_too_long("", 1000 * ms),
            (std::vector<Stretch>{
                {0, 500 * ms, true}, {500 * ms, 1000 * ms, false}, {1000 * ms, 1200 * ms, true}}));
}

TEST(TtsSynth, UsesThePauseThatAGapTellsOf) {
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

TEST(TtsSynth, LetsTheLastCueTakeItsTime) {
  Speech speech;
  speech.begin();
  speech.push("ten letter", 0, 400 * ms);
  speech.end();
  EXPECT_EQ(speech.listen(), (std::vector<Stretch>{{0, 500 * ms, true}}));
}

TEST(TtsSynth, ClipsIfTold) {
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

TEST(TtsSynth, ShiftsIfTold) {
  EXPECT_EQ(speak_too_long("overflow=shift"), (std::vector<Stretch>{{0, 700 * ms, true}}));
}

TEST(TtsSynth, OverlapsIfTold) {
  EXPECT_EQ(speak_too_long("overflow=overlap"),
            (std::vector<Stretch>{{0, 500 * ms, true}, {400 * ms, 600 * ms, true}}));
}

TEST(TtsSynth, AllowsSomeOverflowIfTold) {
  EXPECT_EQ(speak_too_long("max-overflow=100"), (std::vector<Stretch>{{0, 700 * ms, true}}));
}

TEST(TtsSynth, TellsScaletempoWhatWouldFit) {
  Speech speech("overflow=overlap");
  speech.begin();
  speech.push("ten letter", 0, 400 * ms);
  GstBuffer* buffer = gst_harness_pull(speech.get());
  GstCustomMeta* meta = gst_buffer_get_custom_meta(buffer, GST_SCALETEMPO_TARGET_DURATION_META);
  ASSERT_NE(meta, nullptr);
  guint64 duration = 0;
  EXPECT_TRUE(gst_structure_get_uint64(gst_custom_meta_get_structure(meta), "duration", &duration));
  EXPECT_EQ(duration, 16 * ms) << "of 20, as 400 of 500";
  gst_buffer_unref(buffer);
}

// Words.

TEST(TtsSynth, TellsWhenEachWordSounds) {
  Speech speech;
  speech.begin();
  speech.push("one two", 1000 * ms, 400 * ms);
  speech.end();
  speech.pull_event(GST_EVENT_EOS);

  const std::pair<std::string, GstClockTime> wanted[] = {{"one", 1000 * ms}, {"two", 1200 * ms}};
  for (const auto& [text, pts] : wanted) {
    auto message = speech.element_message("ttssynth/word");
    ASSERT_NE(message, nullptr);
    const GstStructure* word = gst_message_get_structure(message.get());
    GstClockTime given = 0;
    EXPECT_EQ(gst_structure_get_string(word, "text"), text);
    EXPECT_TRUE(gst_structure_get_clock_time(word, "pts", &given));
    EXPECT_EQ(given, pts);
  }

  std::vector<std::string> words;
  while (GstBuffer* buffer = gst_harness_try_pull(speech.get())) {
    if (GstCustomMeta* meta = gst_buffer_get_custom_meta(buffer, GST_TTS_SYNTH_WORDS_META)) {
      const GValue* list = gst_structure_get_value(gst_custom_meta_get_structure(meta), "words");
      for (guint i = 0; i < gst_value_array_get_size(list); i++) {
        const auto* word = gst_value_get_structure(gst_value_array_get_value(list, i));
        guint64 pts = 0;
        EXPECT_TRUE(gst_structure_get_uint64(word, "pts", &pts));
        EXPECT_GE(pts, GST_BUFFER_PTS(buffer));
        EXPECT_LT(pts, GST_BUFFER_PTS(buffer) + GST_BUFFER_DURATION(buffer));
        words.emplace_back(gst_structure_get_string(word, "text"));
      }
    }
    gst_buffer_unref(buffer);
  }
  EXPECT_EQ(words, (std::vector<std::string>{"one", "two"}));
}

// Language and voice.

std::string language_tag(Speech& speech) {
  GstEvent* event = gst_pad_get_sticky_event(speech.get()->sinkpad, GST_EVENT_TAG, 0);
  if (!event) return "none";
  GstTagList* tags;
  gst_event_parse_tag(event, &tags);
  gchar* code = nullptr;
  gst_tag_list_get_string(tags, GST_TAG_LANGUAGE_CODE, &code);
  std::string language = code ? code : "none";
  g_free(code);
  gst_event_unref(event);
  return language;
}

TEST(TtsSynth, SpeaksTheTaggedLanguageAndTagsTheSound) {
  Speech speech;
  speech.begin();
  speech.push("four");
  speech.settle();
  EXPECT_EQ(language_tag(speech), "en") << "of itself";
  speech.push_language("de");
  speech.push("vier");
  speech.settle();
  EXPECT_EQ(language_tag(speech), "de");
  g_object_set(speech.element(), "language-code", "jpn_Jpan", nullptr);
  speech.push("四");
  speech.settle();
  EXPECT_EQ(language_tag(speech), "ja");
}

TEST(TtsSynth, FailsWhereTheLanguageHasNoVoice) {
  Speech speech;
  speech.begin();
  speech.push_language("zu");
  speech.push("ine");
  EXPECT_TRUE(speech.error_is(GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND, "Zulu"));
}

TEST(TtsSynth, DoesNotStartWithALanguageOrAVoiceThatThereIsNot) {
  EXPECT_TRUE(refuses_to_start("ttssynth language-code=zul_Latn", GST_RESOURCE_ERROR,
                               GST_RESOURCE_ERROR_NOT_FOUND, "Zulu"));
  EXPECT_TRUE(refuses_to_start("ttssynth voice=nobody", GST_RESOURCE_ERROR,
                               GST_RESOURCE_ERROR_NOT_FOUND, "voice"));
}

TEST(TtsSynth, IsSilentWhereALaterLanguageHasNoVoice) {
  Speech speech;
  speech.begin();
  speech.push("four", 0, 500 * ms);
  speech.push_language("zu");
  speech.push("ine", 1000 * ms, 500 * ms);
  speech.push("ine", 1500 * ms, 500 * ms);
  speech.push_language("en");
  speech.push("four", 2000 * ms, 500 * ms);
  speech.end();
  EXPECT_EQ(speech.listen(),
            (std::vector<Stretch>{
                {0, 200 * ms, true}, {200 * ms, 2000 * ms, false}, {2000 * ms, 2200 * ms, true}}));
  EXPECT_TRUE(speech.warning_is(GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND, "Zulu"));
  EXPECT_TRUE(speech.quiet(GST_MESSAGE_WARNING)) << "once is enough";
}

TEST(TtsSynth, NamesAnUnknownEngine) {
  GST_ELEMENT_REGISTER(ttssynth, nullptr);
  EXPECT_TRUE(refuses_to_start("ttssynth engine=nonesuch", GST_RESOURCE_ERROR,
                               GST_RESOURCE_ERROR_SETTINGS, "nonesuch"));
}

TEST(TtsSynth, SaysWhatWentWrongInTheMidst) {
  Speech speech;
  speech.begin();
  speech.push("FAIL");
  EXPECT_TRUE(speech.error_is(GST_STREAM_ERROR, GST_STREAM_ERROR_FAILED, "speech engine failed"));
}

TEST(TtsSynth, CountsWhatItCouldNotSay) {
  Speech speech;
  speech.begin();
  speech.push("?");
  speech.settle();
  EXPECT_EQ(speech.stat("unspoken-characters"), 1U);
}

TEST(TtsSynth, GivesTheSoundAStreamOfItsOwn) {
  Speech speech;
  speech.begin();
  speech.push("four");
  speech.settle();
  GstEvent* start = gst_pad_get_sticky_event(speech.get()->sinkpad, GST_EVENT_STREAM_START, 0);
  GstEvent* upstream = gst_pad_get_sticky_event(speech.get()->srcpad, GST_EVENT_STREAM_START, 0);
  const gchar *own, *upstreams;
  gst_event_parse_stream_start(start, &own);
  gst_event_parse_stream_start(upstream, &upstreams);
  EXPECT_STRNE(own, upstreams);
  gst_event_unref(start);
  gst_event_unref(upstream);
}

// Live.

TEST(TtsSynth, KeepsSoundComingWhileNobodySpeaks) {
  LiveSpeech speech("latency=100");
  // What is due at 120 ms is the silence of the first 20.
  for (GstClockTime time = 0; time < 100 * ms; time += 20 * ms) {
    EXPECT_TRUE(gst_harness_crank_single_clock_wait(speech.get()));
    GstBuffer* buffer = speech.next();
    EXPECT_EQ(GST_BUFFER_PTS(buffer), time);
    EXPECT_EQ(GST_BUFFER_DURATION(buffer), 20 * ms);
    EXPECT_EQ(Speech::loudest(buffer), 0);
    gst_buffer_unref(buffer);
  }
}

TEST(TtsSynth, TellsThatTimePassesWhileNobodySpeaks) {
  LiveSpeech speech("latency=100 fill=gap");
  EXPECT_TRUE(gst_harness_crank_single_clock_wait(speech.get()));
  auto gap = speech.pull_event(GST_EVENT_GAP);
  GstClockTime start, duration;
  gst_event_parse_gap(gap.get(), &start, &duration);
  EXPECT_EQ(start, 0U);
  EXPECT_EQ(duration, 200 * ms);
}

TEST(TtsSynth, SpeaksLateTextFromNowOn) {
  LiveSpeech speech("latency=100 fill=gap");
  speech.set_time(1000 * ms);
  speech.push("ten letter", 500 * ms, 1000 * ms);
  GstBuffer* buffer = speech.next();
  EXPECT_EQ(GST_BUFFER_PTS(buffer), 900 * ms) << "the earliest that can be in time";
  EXPECT_EQ(speech.stat("late"), 1U);
  gst_buffer_unref(buffer);
}

TEST(TtsSynth, LeavesOutWhatIsOver) {
  LiveSpeech speech("latency=100 fill=gap");
  speech.set_time(5000 * ms);
  speech.push("four", 500 * ms, 400 * ms);
  speech.push("four", 5000 * ms, 400 * ms);
  GstBuffer* buffer = speech.next();
  EXPECT_EQ(GST_BUFFER_PTS(buffer), 5000 * ms);
  gst_buffer_unref(buffer);
  EXPECT_NE(speech.message(GST_MESSAGE_QOS), nullptr);
  EXPECT_EQ(speech.stat("dropped"), 1U);
}

TEST(TtsSynth, SpeaksUntimedLiveTextWhenItComes) {
  LiveSpeech speech("latency=100 fill=gap");
  speech.set_time(3000 * ms);
  speech.push("four");
  GstBuffer* buffer = speech.next();
  EXPECT_EQ(GST_BUFFER_PTS(buffer), 3000 * ms);
  gst_buffer_unref(buffer);
}

TEST(TtsSynth, StampsWithNowIfNotSynchronised) {
  LiveSpeech speech("latency=-1");
  speech.set_time(3000 * ms);
  speech.push("four", 500 * ms, 400 * ms);
  GstBuffer* buffer = speech.next();
  EXPECT_EQ(GST_BUFFER_PTS(buffer), 3000 * ms);
  EXPECT_TRUE(GST_BUFFER_IS_DISCONT(buffer));
  gst_buffer_unref(buffer);
}

}  // namespace
}  // namespace gst_lingua_tests
