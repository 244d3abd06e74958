// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// The bin in whole pipelines, with the bundled model and the real voices: what an application may
// do with its pads, in any order and at any time.

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <list>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/elements/harness.h"

namespace gst_lingua_tests {
namespace {

const std::string cues =
    "1\n00:00:01,000 --> 00:00:02,000\nGood morning.\n\n"
    "2\n00:00:03,000 --> 00:00:04,000\nThank you very much.\n\n"
    "3\n00:00:50,000 --> 00:00:52,000\nGood evening.\n\n";

/// What has come to a fakesink.
struct Heard {
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<std::string> texts;  ///< of text; of sound each is empty
  std::vector<GstClockTime> times;
  GstClockTime end = 0;

  bool wait_for(size_t count) {
    std::unique_lock<std::mutex> lock(mutex);
    return changed.wait_for(lock, std::chrono::seconds(120), [&] { return texts.size() >= count; });
  }
  bool wait_for(const std::string& text) {
    std::unique_lock<std::mutex> lock(mutex);
    return changed.wait_for(lock, std::chrono::seconds(120), [&] {
      return std::find(texts.begin(), texts.end(), text) != texts.end();
    });
  }
  std::vector<std::string> all() {
    std::lock_guard<std::mutex> lock(mutex);
    return texts;
  }
};

void on_handoff(GstElement*, GstBuffer* buffer, GstPad* pad, gpointer data) {
  auto& heard = *static_cast<Heard*>(data);
  GstCaps* caps = gst_pad_get_current_caps(pad);
  const bool is_text =
      caps && gst_structure_has_name(gst_caps_get_structure(caps, 0), "text/x-raw");
  if (caps) gst_caps_unref(caps);
  const std::lock_guard<std::mutex> lock(heard.mutex);
  heard.texts.push_back(is_text ? text_of(buffer) : "");
  heard.times.push_back(GST_BUFFER_PTS(buffer));
  heard.end = GST_BUFFER_PTS(buffer) + GST_BUFFER_DURATION(buffer);
  heard.changed.notify_all();
}

/// A pipeline that stays while the test does something with it.
class Pipeline {
 public:
  explicit Pipeline(const std::string& launch) {
    GError* error = nullptr;
    pipeline_ = gst_parse_launch(launch.c_str(), &error);
    EXPECT_EQ(error, nullptr) << error->message;
    bus_ = gst_element_get_bus(pipeline_);
  }
  ~Pipeline() {
    gst_element_set_state(pipeline_, GST_STATE_NULL);
    gst_object_unref(bus_);
    gst_object_unref(pipeline_);
  }
  Pipeline(const Pipeline&) = delete;
  Pipeline& operator=(const Pipeline&) = delete;

  GstElement* get() const { return pipeline_; }
  /// Belongs to the pipeline.
  GstElement* child(const char* name) const {
    GstElement* element = gst_bin_get_by_name(GST_BIN(pipeline_), name);
    EXPECT_NE(element, nullptr) << name;
    gst_object_unref(element);
    return element;
  }
  GstElement* bin() const { return child("b"); }

  void play() { gst_element_set_state(pipeline_, GST_STATE_PLAYING); }

  /// The text of the next ERROR, empty at EOS.
  std::string result() {
    GstMessage* message = gst_bus_timed_pop_filtered(
        bus_, 120 * GST_SECOND, static_cast<GstMessageType>(GST_MESSAGE_EOS | GST_MESSAGE_ERROR));
    if (!message) return "no end came";
    std::string text;
    if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_ERROR) {
      GError* error;
      gst_message_parse_error(message, &error, nullptr);
      text = error->message;
      g_error_free(error);
    }
    gst_message_unref(message);
    return text;
  }
  /// The text of the next WARNING, empty if there is none.
  std::string warning() {
    GstMessage* message = gst_bus_pop_filtered(bus_, GST_MESSAGE_WARNING);
    if (!message) return "";
    GError* error;
    gst_message_parse_warning(message, &error, nullptr);
    std::string text = error->message;
    g_error_free(error);
    gst_message_unref(message);
    return text;
  }

  void push(const char* text) const {
    GstFlowReturn flow;
    GstBuffer* buffer = text_buffer(text);
    g_signal_emit_by_name(child("in"), "push-buffer", buffer, &flow);
    gst_buffer_unref(buffer);
    EXPECT_EQ(flow, GST_FLOW_OK);
  }
  void end() const {
    GstFlowReturn flow;
    g_signal_emit_by_name(child("in"), "end-of-stream", &flow);
  }

  /// A sink behind a new pad of the bin; null if there is no such pad.
  GstPad* add_sink(const char* pad_name, const char* sink_name, Heard& heard) const {
    GstElement* sink = gst_element_factory_make("fakesink", sink_name);
    g_object_set(sink, "async", FALSE, "signal-handoffs", TRUE, nullptr);
    g_signal_connect(sink, "handoff", G_CALLBACK(on_handoff), &heard);
    gst_bin_add(GST_BIN(pipeline_), sink);
    gst_element_sync_state_with_parent(sink);
    GstPad* pad = gst_element_request_pad_simple(bin(), pad_name);
    if (!pad) return nullptr;
    GstPad* input = gst_element_get_static_pad(sink, "sink");
    EXPECT_EQ(gst_pad_link(pad, input), GST_PAD_LINK_OK);
    gst_object_unref(input);
    return pad;
  }
  /// For what comes to one sink or to several; written to until the pipeline is gone.
  Heard& add_listener() { return listeners_.emplace_back(); }
  Heard& listen(const char* sink_name) {
    GstElement* sink = child(sink_name);
    g_object_set(sink, "signal-handoffs", TRUE, nullptr);
    Heard& heard = add_listener();
    g_signal_connect(sink, "handoff", G_CALLBACK(on_handoff), &heard);
    return heard;
  }

 private:
  GstElement* pipeline_;
  GstBus* bus_;
  std::list<Heard> listeners_;
};

std::string file_line(const Folder& folder) {
  return "filesrc location=" + folder.write("cues.srt", cues) +
         " ! subparse ! translatespeechbin name=b segment=false ";
}

/// As an application feeds it by hand: live, each text now.
const std::string live_line =
    "appsrc name=in is-live=true do-timestamp=true format=time caps=text/x-raw,format=utf8 ! "
    "translatespeechbin name=b textsegmenter::latency=300 nllbtranslate::latency=300 ";

TEST(TranslateSpeechBin, HasHonestDefaults) {
  EXPECT_EQ(untrue_defaults("translatespeechbin"), std::vector<std::string>());
  EXPECT_EQ(forgetful_properties("translatespeechbin"), std::vector<std::string>());
}

TEST(TranslateSpeechBin, GivesTextAndSpeechInEachLanguage) {
  const Folder folder;
  Pipeline pipeline(file_line(folder) +
                    "b.audio_de ! fakesink name=spoken  b.text_ja ! fakesink name=ja  "
                    "b.text_de ! fakesink name=de  b.text_en ! fakesink name=en");
  Heard& spoken = pipeline.listen("spoken");
  Heard& ja = pipeline.listen("ja");
  Heard& de = pipeline.listen("de");
  Heard& en = pipeline.listen("en");
  pipeline.play();
  EXPECT_EQ(pipeline.result(), "");
  EXPECT_EQ(en.texts,
            (std::vector<std::string>{"Good morning.", "Thank you very much.", "Good evening."}))
      << "the input's own language is not translated";
  ASSERT_EQ(de.texts.size(), 3u);
  EXPECT_EQ(de.texts[0], "Guten Morgen.");
  EXPECT_EQ(de.times, (std::vector<GstClockTime>{1000 * ms, 3000 * ms, 50000 * ms}));
  ASSERT_EQ(ja.texts.size(), 3u);
  EXPECT_NE(ja.texts[0], de.texts[0]);
  EXPECT_EQ(ja.times, de.times);
  EXPECT_GT(spoken.end, 50 * GST_SECOND);
  EXPECT_EQ(pipeline.warning(), "");
}

TEST(TranslateSpeechBin, MakesAVoiceOnlyWhereOneIsHeard) {
  Pipeline pipeline(live_line + "b.text_de ! fakesink  b.audio_fr ! fakesink");
  GstElement* none = gst_bin_get_by_name(GST_BIN(pipeline.get()), "ttssynth-de");
  EXPECT_EQ(none, nullptr);
  pipeline.child("ttssynth-fr");
}

TEST(TranslateSpeechBin, TranslatesOnceForAllCodesOfALanguage) {
  Pipeline pipeline(live_line +
                    "b.text_de ! fakesink  b.audio_deu_Latn ! fakesink  b.audio_de-DE ! fakesink");
  EXPECT_EQ(pipeline.child("nllbtranslate")->numsrcpads, 2u) << "its own, and one for German";
}

TEST(TranslateSpeechBin, PassesPropertiesToWhatIsInside) {
  Pipeline pipeline(
      live_line +
      "ttssynth-pt-BR::rate=1.5 queue-text_de::leaky=downstream nllbtranslate::beams=3 "
      "input-language-code=fr  b.audio_pt-BR ! fakesink  b.text_de ! fakesink");
  gdouble rate = 0;
  g_object_get(pipeline.child("ttssynth-pt-BR"), "rate", &rate, nullptr);
  EXPECT_EQ(rate, 1.5);
  gint leaky = 0;
  g_object_get(pipeline.child("queue-text_de"), "leaky", &leaky, nullptr);
  EXPECT_EQ(leaky, 2);
  guint beams = 0;
  g_object_get(pipeline.child("nllbtranslate"), "beams", &beams, nullptr);
  EXPECT_EQ(beams, 3u);
  for (const auto& [element, property] : {std::pair("textsegmenter", "language-code"),
                                          std::pair("nllbtranslate", "input-language-code")}) {
    gchar* code = nullptr;
    g_object_get(pipeline.child(element), property, &code, nullptr);
    EXPECT_STREQ(code, "fr") << element;
    g_free(code);
  }
}

/// Sentences over several cues, which `segment` joins.
TEST(TranslateSpeechBin, MakesSentencesUnlessToldNotTo) {
  const std::string halves =
      "1\n00:00:01,000 --> 00:00:02,000\nGood\n\n2\n00:00:02,000 --> 00:00:03,000\nmorning.\n\n";
  const Folder folder;
  const std::string line = "filesrc location=" + folder.write("cues.srt", halves) +
                           " ! subparse ! translatespeechbin name=b b.text_en ! fakesink name=en ";
  for (const auto& [segment, count] : {std::pair(true, 1u), std::pair(false, 2u)}) {
    Pipeline pipeline(line);
    g_object_set(pipeline.bin(), "segment", segment, nullptr);
    Heard& heard = pipeline.listen("en");
    pipeline.play();
    EXPECT_EQ(pipeline.result(), "");
    EXPECT_EQ(heard.texts.size(), count);
  }
  // There and back, as a user interface may do it.
  Pipeline pipeline(line);
  for (const bool segment : {false, true, false, true})
    g_object_set(pipeline.bin(), "segment", segment, nullptr);
  Heard& heard = pipeline.listen("en");
  pipeline.play();
  EXPECT_EQ(pipeline.result(), "");
  EXPECT_EQ(heard.texts, std::vector<std::string>{"Good morning."});
}

TEST(TranslateSpeechBin, MakesSentencesToTheEndOfTheRun) {
  Pipeline pipeline(live_line + "b.text_en ! fakesink name=en async=false");
  Heard& heard = pipeline.listen("en");
  pipeline.play();
  pipeline.push("Good morning. ");
  ASSERT_TRUE(heard.wait_for(1));
  g_object_set(pipeline.bin(), "segment", FALSE, nullptr);
  pipeline.push("Thank ");
  pipeline.push("you. ");
  EXPECT_TRUE(heard.wait_for("Thank you.")) << "what is on its way is not torn";
  gst_element_set_state(pipeline.get(), GST_STATE_READY);
  pipeline.play();
  pipeline.push("Thank");
  EXPECT_TRUE(heard.wait_for("Thank"));
}

TEST(TranslateSpeechBin, EndsThoughNobodyListensToAnOutput) {
  const Folder folder;
  Pipeline pipeline(file_line(folder) + "b.text_de ! fakesink name=de");
  Heard& heard = pipeline.listen("de");
  std::vector<GstPad*> unlinked;
  for (const char* name : {"audio_de", "text_fr", "audio_ja"})
    unlinked.push_back(gst_element_request_pad_simple(pipeline.bin(), name));
  pipeline.play();
  EXPECT_EQ(pipeline.result(), "");
  EXPECT_EQ(heard.texts.size(), 3u);
  for (GstPad* pad : unlinked) {
    gst_element_release_request_pad(pipeline.bin(), pad);
    gst_object_unref(pad);
  }
}

TEST(TranslateSpeechBin, SpeaksLiveText) {
  Pipeline pipeline(live_line +
                    "b.text_de ! fakesink name=de sync=true  b.audio_de ! fakesink "
                    "name=spoken sync=true");
  Heard& heard = pipeline.listen("de");
  Heard& spoken = pipeline.listen("spoken");
  pipeline.play();
  pipeline.push("Good morning. ");
  pipeline.push("Thank you very much. ");
  EXPECT_TRUE(heard.wait_for("Guten Morgen."));
  EXPECT_TRUE(heard.wait_for(2));
  EXPECT_TRUE(spoken.wait_for(100)) << "two seconds";

  GstQuery* query = gst_query_new_latency();
  ASSERT_TRUE(gst_element_query(pipeline.get(), query));
  gboolean live;
  GstClockTime least;
  gst_query_parse_latency(query, &live, &least, nullptr);
  EXPECT_TRUE(live);
  EXPECT_GE(least, (300 + 300 + 200) * ms) << "what all of them promise";
  gst_query_unref(query);

  pipeline.end();
  EXPECT_EQ(pipeline.result(), "");
  EXPECT_EQ(pipeline.warning(), "");
}

TEST(TranslateSpeechBin, TakesPadsWhilePlaying) {
  Pipeline pipeline(live_line);
  pipeline.play();
  pipeline.push("Nobody listens yet. ");

  Heard& de = pipeline.add_listener();
  GstPad* german = pipeline.add_sink("text_de", "de", de);
  pipeline.push("Good morning. ");
  ASSERT_TRUE(de.wait_for("Guten Morgen."));
  Heard& fr = pipeline.add_listener();
  GstPad* french = pipeline.add_sink("text_fr", "fr", fr);
  Heard& spoken = pipeline.add_listener();
  GstPad* voice = pipeline.add_sink("audio_fr", "spoken", spoken);
  pipeline.push("Thank you very much. ");
  ASSERT_TRUE(fr.wait_for("Merci beaucoup."));
  ASSERT_TRUE(de.wait_for("Vielen Dank."));
  ASSERT_TRUE(spoken.wait_for(1));

  gst_element_release_request_pad(pipeline.bin(), german);
  gst_object_unref(german);
  gst_element_release_request_pad(pipeline.bin(), voice);
  gst_object_unref(voice);
  const size_t german_texts = de.all().size();
  pipeline.push("Thank you. ");
  ASSERT_TRUE(fr.wait_for("Merci."));
  EXPECT_EQ(de.all().size(), german_texts);

  // The same names are free again at once.
  Heard& again = pipeline.add_listener();
  german = pipeline.add_sink("text_de", "again", again);
  ASSERT_NE(german, nullptr);
  pipeline.push("Good morning. ");
  EXPECT_TRUE(again.wait_for("Guten Morgen."));
  gst_object_unref(german);
  gst_object_unref(french);
}

/// Pads that come and go as fast as they can, while text runs.
TEST(TranslateSpeechBin, LosesNoTextForOthersWhenPadsComeAndGo) {
  Pipeline pipeline(
      "appsrc name=in format=time caps=text/x-raw,format=utf8 ! translatespeechbin name=b "
      "b.text_de ! fakesink name=de");
  Heard& de = pipeline.listen("de");
  pipeline.play();
  std::thread source([&pipeline] {
    for (int i = 0; i < 60; i++)
      pipeline.push("Good morning. ");
    pipeline.end();
  });
  for (int i = 0; i < 10; i++) {
    GstElement* sinks[3];
    const char* pads[] = {"text_fr", "audio_fr", "audio_de"};
    GstPad* requested[3];
    for (int j = 0; j < 3; j++) {
      Heard& heard = pipeline.add_listener();
      requested[j] = pipeline.add_sink(pads[j], pads[j], heard);
      ASSERT_NE(requested[j], nullptr);
      sinks[j] = pipeline.child(pads[j]);
    }
    for (const int j : {i % 3, (i + 1) % 3, (i + 2) % 3}) {
      gst_element_release_request_pad(pipeline.bin(), requested[j]);
      gst_object_unref(requested[j]);
      gst_element_set_state(sinks[j], GST_STATE_NULL);
      gst_bin_remove(GST_BIN(pipeline.get()), sinks[j]);
    }
  }
  source.join();
  EXPECT_EQ(pipeline.result(), "");
  EXPECT_EQ(de.all().size(), 60u);
}

/// A sink that never takes what it has got.
class Stuck {
 public:
  Stuck(GstElement* sink) : pad_(gst_element_get_static_pad(sink, "sink")) {
    probe_ = gst_pad_add_probe(
        pad_, static_cast<GstPadProbeType>(GST_PAD_PROBE_TYPE_BLOCK | GST_PAD_PROBE_TYPE_BUFFER),
        [](GstPad*, GstPadProbeInfo*, gpointer) { return GST_PAD_PROBE_OK; }, nullptr, nullptr);
  }
  ~Stuck() {
    release();
    gst_object_unref(pad_);
  }
  void release() {
    if (probe_ != 0) gst_pad_remove_probe(pad_, probe_);
    probe_ = 0;
  }

 private:
  GstPad* pad_;
  gulong probe_;
};

TEST(TranslateSpeechBin, IsNotHeldUpByAnOutputThatIsStuck) {
  Pipeline pipeline(
      "appsrc name=in format=time caps=text/x-raw,format=utf8 ! "
      "translatespeechbin name=b segment=false queue-audio_de::max-size-buffers=30 "
      "b.text_de ! fakesink name=de async=false  b.audio_de ! fakesink name=stuck "
      "async=false  b.text_fr ! fakesink name=fr async=false");
  Heard& de = pipeline.listen("de");
  Heard& fr = pipeline.listen("fr");
  Stuck stuck(pipeline.child("stuck"));
  pipeline.play();
  for (int i = 0; i < 25; i++)
    pipeline.push("Good morning.");
  EXPECT_TRUE(de.wait_for(25));
  EXPECT_TRUE(fr.wait_for(25));

  // Whoever gives it up need not free it first.
  GstPad* voice = gst_element_get_static_pad(pipeline.bin(), "audio_de");
  gst_element_release_request_pad(pipeline.bin(), voice);
  gst_object_unref(voice);
  for (int i = 0; i < 60; i++)
    pipeline.push("Good morning.");
  EXPECT_TRUE(de.wait_for(85));
  EXPECT_TRUE(fr.wait_for(85));
  stuck.release();
}

TEST(TranslateSpeechBin, GoesOnWhenASinkIsShutDown) {
  Pipeline pipeline(
      "appsrc name=in format=time caps=text/x-raw,format=utf8 ! "
      "translatespeechbin name=b segment=false b.text_de ! fakesink name=de "
      "async=false  b.text_fr ! fakesink name=fr async=false");
  Heard& de = pipeline.listen("de");
  Heard& fr = pipeline.listen("fr");
  pipeline.play();
  pipeline.push("Good morning.");
  ASSERT_TRUE(de.wait_for(1));
  ASSERT_TRUE(fr.wait_for(1));
  gst_element_set_locked_state(pipeline.child("fr"), TRUE);
  gst_element_set_state(pipeline.child("fr"), GST_STATE_NULL);
  for (int i = 0; i < 20; i++)
    pipeline.push("Good evening.");
  EXPECT_TRUE(de.wait_for(21));
  gst_element_set_locked_state(pipeline.child("fr"), FALSE);
  gst_element_set_state(pipeline.child("fr"), GST_STATE_PLAYING);
  pipeline.push("Thank you very much.");
  EXPECT_TRUE(fr.wait_for(2)) << "it is heard again";
}

TEST(TranslateSpeechBin, NamesALanguageThatIsNone) {
  {
    Pipeline pipeline(live_line + "b.audio_xx ! fakesink");
    pipeline.play();
    const std::string error = pipeline.result();
    EXPECT_NE(error.find("\"xx\""), std::string::npos) << error;
  }
  {
    const Folder folder;
    Pipeline pipeline(file_line(folder) + "b.text_xx ! fakesink  b.text_de ! fakesink name=de");
    Heard& de = pipeline.listen("de");
    pipeline.play();
    EXPECT_EQ(pipeline.result(), "");
    EXPECT_EQ(de.texts.size(), 3u) << "it costs its pad alone";
  }
  {
    Pipeline pipeline(live_line + "b.text_de ! fakesink");
    pipeline.play();
    EXPECT_EQ(gst_element_request_pad_simple(pipeline.bin(), "audio_xx"), nullptr);
    EXPECT_NE(pipeline.result().find("\"xx\""), std::string::npos);
  }
  {
    Pipeline pipeline(
        "appsrc name=in ! translatespeechbin name=b model=/no/such/folder b.text_de ! "
        "fakesink");
    pipeline.play();
    EXPECT_NE(pipeline.result().find("/no/such/folder"), std::string::npos);
  }
}

/// In the thread that posts it, where applications with a synchronous handler hear of it.
TEST(TranslateSpeechBin, GivesAnotherPadToWhoHearsOfAFault) {
  Pipeline pipeline(live_line + "b.text_de ! fakesink");
  GstBus* bus = gst_element_get_bus(pipeline.get());
  gst_bus_set_sync_handler(
      bus,
      [](GstBus*, GstMessage* message, gpointer bin) -> GstBusSyncReply {
        if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_ERROR) {
          GstPad* pad = gst_element_request_pad_simple(GST_ELEMENT(bin), "text_fr");
          EXPECT_NE(pad, nullptr);
          gst_clear_object(&pad);
        }
        return GST_BUS_PASS;
      },
      pipeline.bin(), nullptr);
  pipeline.play();
  EXPECT_EQ(gst_element_request_pad_simple(pipeline.bin(), "audio_xx"), nullptr);
  EXPECT_NE(pipeline.result().find("\"xx\""), std::string::npos);
  gst_bus_set_sync_handler(bus, nullptr, nullptr, nullptr);
  gst_object_unref(bus);
}

TEST(TranslateSpeechBin, AsksForALanguageInThePadsName) {
  GstElement* bin = gst_element_factory_make("translatespeechbin", nullptr);
  for (const char* name : {"text_", "audio_", "text_%s", "src", "video_de"}) {
    GstPad* pad = gst_element_request_pad_simple(bin, name);
    EXPECT_EQ(pad, nullptr) << name;
  }
  gst_object_unref(bin);
}

/// GStreamer complains of it before the bin is asked, and asks.
TEST(TranslateSpeechBin, GivesEachPadOnce) {
  Pipeline pipeline(live_line);
  GstElementClass* kind = GST_ELEMENT_GET_CLASS(pipeline.bin());
  for (const auto& [name, form] :
       {std::pair("text_de", "text_%s"), std::pair("audio_de", "audio_%s")}) {
    GstPad* pad = gst_element_request_pad_simple(pipeline.bin(), name);
    ASSERT_NE(pad, nullptr);
    GstPadTemplate* pads = gst_element_class_get_pad_template(kind, form);
    EXPECT_EQ(kind->request_new_pad(pipeline.bin(), pads, name, nullptr), nullptr);
    gst_element_release_request_pad(pipeline.bin(), pad);
    gst_object_unref(pad);
  }
}

TEST(TranslateSpeechBin, StartsAgainAndAgain) {
  const Folder folder;
  Pipeline pipeline(file_line(folder) + "b.text_de ! fakesink name=de  b.audio_de ! fakesink");
  Heard& de = pipeline.listen("de");
  for (size_t i = 1; i <= 5; i++) {
    pipeline.play();
    EXPECT_EQ(pipeline.result(), "");
    EXPECT_EQ(de.all().size(), 3 * i);
    gst_element_set_state(pipeline.get(), i % 2 == 0 ? GST_STATE_READY : GST_STATE_NULL);
  }
}

TEST(TranslateSpeechBin, SeeksAsOneElement) {
  const Folder folder;
  Pipeline pipeline(file_line(folder) + "b.text_de ! fakesink name=de  b.audio_de ! fakesink");
  gst_element_set_state(pipeline.get(), GST_STATE_PAUSED);
  gst_element_get_state(pipeline.get(), nullptr, nullptr, 120 * GST_SECOND);
  Heard& de = pipeline.listen("de");
  EXPECT_TRUE(gst_element_seek_simple(pipeline.get(), GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH,
                                      40 * GST_SECOND));
  pipeline.play();
  EXPECT_EQ(pipeline.result(), "");
  ASSERT_EQ(de.texts.size(), 1u);
  EXPECT_EQ(de.texts[0], "Guten Abend.");
}

}  // namespace
}  // namespace gst_lingua_tests
