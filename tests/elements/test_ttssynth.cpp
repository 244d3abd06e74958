// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

// ttssynth with a voice that sounds for 50 ms a byte of text (stub_voice.cpp).

#include <gtest/gtest.h>

#include <unistd.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "plugins/common/metas.h"
#include "plugins/common/registermetas.h"
#include "tests/elements/speech.h"

namespace gst_lingua_tests {
namespace {

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

TEST(TtsSynth, HasAsManySamplesAtAnotherRateAsTheSpeechHadAtItsOwn) {
  // 200 s, which no rounding of single buffers may lengthen; all of it sounds.
  const std::string text(4000, 'a');
  for (const int rate : {8000, 11025, 22050, 44100, 48000}) {
    Speech speech;
    gst_harness_set_sink_caps_str(speech.get(),
                                  ("audio/x-raw, rate=" + std::to_string(rate)).c_str());
    speech.begin();
    speech.push(text);
    speech.end();
    speech.pull_event(GST_EVENT_EOS);
    guint64 samples = 0;
    int quietest = 1000;
    while (GstBuffer* buffer = gst_harness_try_pull(speech.get())) {
      EXPECT_EQ(GST_BUFFER_PTS(buffer),
                gst_util_uint64_scale_round(samples, GST_SECOND, static_cast<guint64>(rate)));
      samples += gst_buffer_get_size(buffer) / 2;
      quietest = std::min(quietest, Speech::loudest(buffer));
      gst_buffer_unref(buffer);
    }
    EXPECT_EQ(samples, static_cast<guint64>(rate) * 200);
    EXPECT_GT(quietest, 400) << "at " << rate;
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
  EXPECT_TRUE(speech.error_is(GST_CORE_ERROR, GST_CORE_ERROR_NEGOTIATION, "audioconvert"));
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

TEST(TtsSynth, GivesTheEngineWhatItsPropertiesSay) {
  Speech speech("language-code=de voice=some near-voice=true rate=1.5 pitch=-2 volume=0.5");
  speech.begin();
  speech.push("four");
  speech.settle();
  gst_tts::SpeechRequest request = gst_tts::stub_last_request();
  EXPECT_EQ(request.text, "four");
  EXPECT_EQ(request.language, "de");
  EXPECT_EQ(request.voice, "some");
  EXPECT_TRUE(request.near_voice);
  EXPECT_EQ(request.rate, 1.5);
  EXPECT_EQ(request.pitch, -2.0);
  EXPECT_EQ(request.volume, 0.5);
  g_object_set(speech.element(), "voice", nullptr, "pitch", 3.0, nullptr);
  speech.push("five");
  speech.settle();
  request = gst_tts::stub_last_request();
  EXPECT_EQ(request.voice, "");
  EXPECT_EQ(request.pitch, 3.0);
}

TEST(TtsSynth, GivesTheEngineTheLexicon) {
  const std::string path = testing::TempDir() + "/ttssynth-lexicon-" + std::to_string(getpid());
  std::ofstream(path) << "four\ten\tfore\n";
  Speech speech("lexicon=" + path);
  speech.begin();
  speech.push("four");
  speech.settle();
  EXPECT_NE(gst_tts::stub_last_request().lexicon, nullptr);
  std::remove(path.c_str());
  EXPECT_TRUE(refuses_to_start("fakesrc ! ttssynth lexicon=/nowhere ! fakesink", GST_RESOURCE_ERROR,
                               GST_RESOURCE_ERROR_NOT_FOUND, "/nowhere"));
}

// Speakers.

/// What the engine was asked for when this was said.
gst_tts::SpeechRequest asked(Speech& speech, const char* text) {
  speech.push(text);
  speech.settle();
  return gst_tts::stub_last_request();
}

TEST(TtsSynth, SpeakersHaveTheVoicesOfTheMap) {
  Speech speech(
      "pitch=1 rate=2 speaker-map=\"speakers, Anna=stub, Bob=(structure)[b, voice=stub, pitch=-3, "
      "rate=0.75]\"");
  speech.begin("pango-markup");
  EXPECT_EQ(asked(speech, "<v Anna>one</v>").voice, "stub");
  const auto bob = asked(speech, "<v Bob>two</v>");
  EXPECT_EQ(bob.pitch, -2) << "beside what the property says";
  EXPECT_EQ(bob.rate, 1.5);
  const auto nobody = asked(speech, "three");
  EXPECT_EQ(nobody.voice, "");
  EXPECT_EQ(nobody.speaker, 0);
  EXPECT_EQ(nobody.pitch, 1);
}

TEST(TtsSynth, UnknownSpeakersHaveVoicesOfTheirOwn) {
  Speech speech("speaker-map=speakers");
  Speech other("speaker-map=speakers");
  std::set<int> voices;
  for (auto* one : {&speech, &other})
    one->begin("pango-markup");
  for (int i = 0; i < 20; i++) {
    const std::string name = "Speaker" + std::to_string(i);
    voices.insert(asked(speech, ("<v " + name + ">one</v>").c_str()).speaker);
  }
  EXPECT_EQ(voices.size(), 20U) << "no two have the same";
  EXPECT_EQ(voices.count(0), 0U);
  const int zoe = asked(other, "<v Zoe>one</v>").speaker;
  EXPECT_NE(asked(other, "<v Bob>one</v>").speaker, zoe);
  EXPECT_EQ(asked(other, "<v Zoe>two</v>").speaker, zoe);
  Speech again("speaker-map=speakers");
  again.begin("pango-markup");
  asked(again, "<v Bob>one</v>");
  EXPECT_EQ(asked(again, "<v Zoe>one</v>").speaker, zoe) << "in every run";
}

TEST(TtsSynth, SpeakersAreToldByEventsAndMetas) {
  gst_lingua::register_meta(GST_TEXT_ACCUMULATE_SENTENCE_META);
  Speech speech("speaker-map=speakers");
  speech.begin();
  const auto change = [&speech](const char* name) {
    return speech.push(gst_event_new_custom(
        GST_EVENT_CUSTOM_DOWNSTREAM,
        gst_structure_new("rstranscribe/speaker-change", "speaker", G_TYPE_STRING, name, nullptr)));
  };
  change("Anna");
  const int anna = asked(speech, "one").speaker;
  change("Bob");
  const int bob = asked(speech, "two").speaker;
  EXPECT_NE(anna, 0);
  EXPECT_NE(anna, bob);
  GstBuffer* buffer = gst_buffer_new_memdup("three", 5);
  gst_structure_set(gst_lingua::add_meta(buffer, GST_TEXT_ACCUMULATE_SENTENCE_META), "speaker",
                    G_TYPE_STRING, "Anna", nullptr);
  speech.push(buffer);
  speech.settle();
  EXPECT_EQ(gst_tts::stub_last_request().speaker, anna);
}

TEST(TtsSynth, WithoutAMapAllSpeakAlike) {
  Speech speech;
  speech.begin("pango-markup");
  EXPECT_EQ(asked(speech, "<v Anna>one</v>").speaker, 0);
  GstStructure* map = nullptr;
  g_object_get(speech.element(), "speaker-map", &map, nullptr);
  EXPECT_EQ(map, nullptr);
}

TEST(TtsSynth, ASpeakerMapThatMakesNoSenseIsAWarning) {
  Speech speech("speaker-map=\"speakers, Anna=stub\"");
  speech.begin("pango-markup");
  GstStructure* map = gst_structure_new("speakers", "Bob", G_TYPE_BOOLEAN, TRUE, nullptr);
  g_object_set(speech.element(), "speaker-map", map, nullptr);
  gst_structure_free(map);
  EXPECT_TRUE(speech.warning_is(GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS, "\"Bob\""));
  EXPECT_EQ(asked(speech, "<v Anna>one</v>").voice, "stub") << "the one before stays";
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

// Words.

/// The words that buffers carry, each on the one in which it begins.
std::vector<std::string> words_on_buffers(Speech& speech) {
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
  return words;
}

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

  EXPECT_EQ(words_on_buffers(speech), (std::vector<std::string>{"one", "two"}));
}

TEST(TtsSynth, PutsWordsOnTheBuffersTheyBeginInAtAnotherRate) {
  // The filter holds sound back, so that a piece of speech and its buffer are not the same time.
  for (const char* rate : {"1.0", "1.282", "1.7"}) {
    Speech speech(std::string("rate=") + rate);
    gst_harness_set_sink_caps_str(speech.get(), "audio/x-raw, rate=48000");
    speech.begin();
    speech.push("a bc d ef g hi j kl");
    speech.end();
    speech.pull_event(GST_EVENT_EOS);
    EXPECT_EQ(words_on_buffers(speech),
              (std::vector<std::string>{"a", "bc", "d", "ef", "g", "hi", "j", "kl"}));
  }
}

TEST(TtsSynth, LosesNoWordWhereThereIsNoSoundYet) {
  Speech speech;
  gst_harness_set_sink_caps_str(speech.get(), "audio/x-raw, rate=8000");
  speech.begin();
  speech.push("TINY");
  speech.end();
  speech.pull_event(GST_EVENT_EOS);
  EXPECT_EQ(words_on_buffers(speech), (std::vector<std::string>{"TINY"}));
  EXPECT_NE(speech.element_message("ttssynth/word"), nullptr);
}

TEST(TtsSynth, NamesNoWordThatWasCut) {
  // "two" begins 156 ms from the start, in the piece of sound that is cut.
  Speech speech("overflow=clip rate=1.282");
  speech.begin();
  speech.push("one two", 0, 155 * ms);
  speech.push("four", 155 * ms, 400 * ms);
  speech.end();
  speech.pull_event(GST_EVENT_EOS);
  EXPECT_EQ(words_on_buffers(speech), (std::vector<std::string>{"one", "four"}));
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

TEST(TtsSynth, KeepsTheLanguageWhereALaterTagHasNone) {
  Speech speech;
  speech.begin();
  speech.push_language("de");
  speech.push("vier");
  speech.push(gst_event_new_tag(gst_tag_list_new(GST_TAG_TITLE, "a title", nullptr)));
  speech.settle();
  EXPECT_EQ(language_tag(speech), "de") << "a muxer that is linked now sees the last tags alone";
  speech.push("vier");
  speech.settle();
  EXPECT_EQ(language_tag(speech), "de");
}

TEST(TtsSynth, NamesTheLanguageInBothCodes) {
  for (const auto& [given, bcp47, flores] : std::vector<std::array<const char*, 3>>{
           {"jpn_Jpan", "ja", "jpn_Jpan"}, {"deu", "de", "deu_Latn"}, {"en", "en", "eng_Latn"}}) {
    Speech speech(std::string("language-code=") + given);
    speech.begin();
    speech.push("four");
    speech.settle();
    auto message = speech.element_message("ttssynth/synthesized-audio");
    ASSERT_NE(message, nullptr);
    const GstStructure* structure = gst_message_get_structure(message.get());
    EXPECT_STREQ(gst_structure_get_string(structure, "language-code"), bcp47);
    EXPECT_STREQ(gst_structure_get_string(structure, "flores-code"), flores);
  }
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

TEST(TtsSynth, GoesOnWhereTheEngineLostAClause) {
  Speech speech;
  speech.begin();
  speech.push("LOSE");
  speech.push("five!", 1000 * ms, 500 * ms);
  speech.end();
  EXPECT_EQ(speech.listen().back(), (Stretch{1000 * ms, 1250 * ms, true}));
  EXPECT_TRUE(speech.warning_is(GST_STREAM_ERROR, GST_STREAM_ERROR_FAILED, "spoke \"LOSE\""));
  EXPECT_TRUE(speech.quiet(GST_MESSAGE_WARNING));
}

TEST(TtsSynth, OpensTheEngineInProcessesOfItsOwnUnlessToldOtherwise) {
  for (const bool isolate : {true, false}) {
    Speech speech(isolate ? "" : "isolate=false");
    EXPECT_EQ(gst_tts::stub_last_isolate(), isolate);
    gboolean said = FALSE;
    g_object_get(speech.element(), "isolate", &said, nullptr);
    EXPECT_EQ(said, isolate);
  }
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

// What it takes, and what it tells.

TEST(TtsSynth, CountsNeitherTheSilenceBeforeNorTheWaitForTheNextAsDelay) {
  Speech speech;
  Gate gate(speech);
  gate.close();
  speech.begin();
  speech.push("ten letter", 1000 * ms, 400 * ms);
  gate.await(1);  // silence that downstream takes its time for
  g_usleep(G_USEC_PER_SEC);
  gate.open();
  gate.await(10);
  g_usleep(G_USEC_PER_SEC);  // and the next cue is not here yet
  speech.push("four", 1400 * ms, 400 * ms);
  speech.settle();
  EXPECT_LT(speech.property<guint>("max-observed-delay"), 1000U);
  EXPECT_EQ(speech.stat("texts"), 2U);
}

TEST(TtsSynth, LogsTheStoryOfAText) {
  Log log("ttssynth");
  Speech speech("max-compression=1.1");
  gst_harness_set_sink_caps_str(speech.get(), "audio/x-raw, rate=48000");
  speech.begin();
  speech.push("ten letter", 1000 * ms, 400 * ms);
  speech.push("four", 1400 * ms, 400 * ms);
  speech.end();
  speech.pull_event(GST_EVENT_EOS);
  EXPECT_TRUE(log.tells({"negotiated 48000 Hz, converted from 16000 Hz", "segment from 0:00:00",
                         "text of 10 bytes at 0:00:01.000000000 for 0:00:00.400000000",
                         "voice \"stub\" for eng_Latn",
                         "slot from 0:00:01.000000000 to 0:00:01.400000000: its own time",
                         "nobody speaks from 0:00:00.000000000 to 0:00:01.000000000",
                         "too long: may last until 0:00:01.400000000", "times as fast",
                         "first sound after", "spoken from 0:00:01.000000000 to 0:00:01.4",
                         "text of 4 bytes", "the end of the text before"}))
      << log.text();
}

}  // namespace
}  // namespace gst_lingua_tests
