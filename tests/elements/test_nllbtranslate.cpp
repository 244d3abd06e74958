// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "plugins/common/metas.h"
#include "tests/elements/harness.h"

namespace gst_lingua_tests {
namespace {

using Texts = std::vector<std::string>;

// Longer than any test: work that is not given up makes the test run into its time limit.
const char* const forever = "{\"sleep_ms\": 3600000}";

class NllbTranslate : public ::testing::Test {
 protected:
  void SetUp() override { configure("{}"); }

  /// How the stub engine behaves.
  void configure(const std::string& config) { model_.write("config.json", config); }

  std::string line(const std::string& properties = "") const {
    return "nllbtranslate model=" + model_.path() + " " + properties;
  }

  Folder model_;
};

/// With the meta of its output at hand.
class Translator : public Harness {
 public:
  explicit Translator(const std::string& launch) : Harness(launch, GST_NLLB_TRANSLATE_META) {}
};

/// A request pad with something linked to it.
class Branch {
 public:
  Branch(Harness& harness, const char* name, const char* language) : harness_(harness) {
    pad_ = gst_element_request_pad_simple(harness.element(), name);
    if (language) g_object_set(pad_, "language-code", language, nullptr);
    sink_ = gst_harness_new_with_element(harness.element(), nullptr, GST_PAD_NAME(pad_));
  }
  ~Branch() {
    if (pad_) remove();
    gst_harness_teardown(sink_);
  }
  Branch(const Branch&) = delete;
  Branch& operator=(const Branch&) = delete;

  GstPad* pad() const { return pad_; }
  GstHarness* sink() const { return sink_; }

  std::string pull() {
    GstBuffer* buffer = gst_harness_pull(sink_);
    EXPECT_NE(buffer, nullptr);
    std::string text = buffer ? text_of(buffer) : "";
    if (buffer) gst_buffer_unref(buffer);
    return text;
  }

  void remove() {
    gst_element_release_request_pad(harness_.element(), pad_);
    gst_object_unref(pad_);
    pad_ = nullptr;
  }

 private:
  Harness& harness_;
  GstPad* pad_;
  GstHarness* sink_;
};

std::string language_in(GstEvent* event) {
  GstTagList* tags;
  gst_event_parse_tag(event, &tags);
  gchar* code = nullptr;
  gst_tag_list_get_string(tags, GST_TAG_LANGUAGE_CODE, &code);
  std::string language = code ? code : "";
  g_free(code);
  return language;
}

std::string field(const GstStructure* structure, const char* name) {
  const gchar* value = gst_structure_get_string(structure, name);
  return value ? value : "(none)";
}

// Text and language.

TEST_F(NllbTranslate, TranslatesEachBuffer) {
  Translator translator(line());
  translator.begin();
  translator.push("One.", 1000 * ms, 500 * ms);
  Text text = translator.pull();
  EXPECT_EQ(text.text, "deu_Latn(One.)");
  EXPECT_EQ(text.pts, 1000 * ms);
  EXPECT_EQ(text.duration, 500 * ms);
  ASSERT_NE(text.meta, nullptr);
  EXPECT_EQ(field(text.meta, "source"), "One.");
  EXPECT_EQ(field(text.meta, "source-language"), "eng_Latn");
  EXPECT_EQ(field(text.meta, "language-code"), "deu_Latn");
  EXPECT_EQ(field(text.meta, "flaws"), "none");
}

TEST_F(NllbTranslate, TakesBytesWithoutCaps) {
  Translator translator(line("output-language-code=fr-FR"));
  translator.begin_bytes();
  translator.push("O\xc3");
  translator.push("\xa9\n");
  translator.end();
  EXPECT_EQ(translator.pull_to_end(), (Texts{"fra_Latn(O)", "fra_Latn(é)"}));
}

TEST_F(NllbTranslate, SaysWhichLanguageComesOut) {
  Translator translator(line("output-language-code=jpn_Jpan"));
  translator.begin();
  translator.push(
      gst_event_new_tag(gst_tag_list_new(GST_TAG_LANGUAGE_CODE, "en", GST_TAG_TITLE, "Talk",
                                         GST_TAG_LANGUAGE_NAME, "English", nullptr)));
  translator.push("One.");
  std::shared_ptr<GstEvent> event = translator.pull_event(GST_EVENT_TAG);
  EXPECT_EQ(language_in(event.get()), "ja");
  event = translator.pull_event(GST_EVENT_TAG);
  EXPECT_EQ(language_in(event.get()), "ja");
  GstTagList* tags;
  gst_event_parse_tag(event.get(), &tags);
  gchar* title = nullptr;
  EXPECT_TRUE(gst_tag_list_get_string(tags, GST_TAG_TITLE, &title));
  g_free(title);
  EXPECT_EQ(gst_tag_list_get_tag_size(tags, GST_TAG_LANGUAGE_NAME), 0U);
}

TEST_F(NllbTranslate, TakesTheSourceLanguageFromTheTag) {
  Translator translator(line());
  translator.begin();
  translator.push_language("es");
  translator.push("Uno.");
  EXPECT_EQ(field(translator.pull().meta, "source-language"), "spa_Latn");
  g_object_set(translator.element(), "input-language-code", "fr", nullptr);
  translator.push("Un.");
  EXPECT_EQ(field(translator.pull().meta, "source-language"), "fra_Latn");
}

TEST_F(NllbTranslate, WarnsOfATagThatItDoesNotKnow) {
  Translator translator(line());
  translator.begin();
  translator.push_language("und");
  translator.push("One.");
  EXPECT_EQ(field(translator.pull().meta, "source-language"), "eng_Latn");
  EXPECT_TRUE(translator.warning_is(GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS, "und"));
}

TEST_F(NllbTranslate, ChangesTheLanguageWhilePlaying) {
  Translator translator(line());
  translator.begin();
  translator.push("One.");
  EXPECT_EQ(translator.pull().text, "deu_Latn(One.)");
  EXPECT_EQ(language_in(translator.pull_event(GST_EVENT_TAG).get()), "de");
  g_object_set(translator.element(), "output-language-code", "ja", nullptr);
  translator.push("Two.");
  EXPECT_EQ(translator.pull().text, "jpn_Jpan(Two.)");
  EXPECT_EQ(language_in(translator.pull_event(GST_EVENT_TAG).get()), "ja");
}

TEST_F(NllbTranslate, LeavesTextOfTheSameLanguageAlone) {
  Translator translator(line("input-language-code=de"));
  translator.begin();
  translator.push("Eins.");
  EXPECT_EQ(translator.pull().text, "Eins.");
  EXPECT_EQ(translator.stat("engine-sentences"), 0U);
}

TEST_F(NllbTranslate, TakesMarkupOutAndEscapesIt) {
  Translator translator(line());
  gst_harness_set_sink_caps_str(translator.get(), "text/x-raw, format={pango-markup, utf8}");
  translator.begin("pango-markup");
  translator.push("<v Bob><i>Fish</i> &amp;amp; chips");
  Text text = translator.pull();
  EXPECT_EQ(text.text, "deu_Latn(Fish &amp; chips)");
  EXPECT_EQ(field(text.meta, "source"), "Fish & chips");
  EXPECT_EQ(field(text.meta, "speaker"), "Bob");
}

TEST_F(NllbTranslate, MakesAGapOfWhatHasNoWords) {
  Translator translator(line());
  translator.begin("pango-markup");
  translator.push("<i></i>", 1000 * ms, 500 * ms);
  translator.push("One.", 2000 * ms, 500 * ms);
  auto gap = translator.pull_event(GST_EVENT_GAP);
  GstClockTime start, duration;
  gst_event_parse_gap(gap.get(), &start, &duration);
  EXPECT_EQ(start, 1000 * ms);
  EXPECT_EQ(duration, 500 * ms);
  EXPECT_EQ(translator.pull().text, "deu_Latn(One.)");
}

TEST_F(NllbTranslate, TellsWhatTheGuardsFound) {
  Translator translator(line());
  translator.begin();
  translator.push("EMPTY");
  Text text = translator.pull();
  EXPECT_EQ(text.text, "");
  EXPECT_EQ(field(text.meta, "flaws"), "empty");
  EXPECT_EQ(translator.stat("flawed"), 1U);
}

TEST_F(NllbTranslate, KeepsTheMetasOfItsInput) {
  Translator translator(line());
  translator.begin();
  GstBuffer* buffer = text_buffer("One.", 0, 1000 * ms);
  GstCaps* caps = gst_caps_new_empty_simple("timestamp/test");
  gst_buffer_add_reference_timestamp_meta(buffer, caps, 42, none);
  gst_caps_unref(caps);
  translator.push(buffer);
  Text text = translator.pull();
  GstReferenceTimestampMeta* meta =
      gst_buffer_get_reference_timestamp_meta(text.buffer.get(), nullptr);
  ASSERT_NE(meta, nullptr);
  EXPECT_EQ(meta->timestamp, 42U);
}

TEST_F(NllbTranslate, PostsEachTranslation) {
  Translator translator(line());
  translator.begin();
  GstStructure* speaker =
      gst_structure_new("rstranscribe/speaker-change", "speaker", G_TYPE_STRING, "Ann", nullptr);
  translator.push(gst_event_new_custom(GST_EVENT_CUSTOM_DOWNSTREAM, speaker));
  translator.push("One.", 1000 * ms, 500 * ms);
  translator.pull();
  auto message = translator.element_message("nllbtranslate/raw");
  ASSERT_NE(message, nullptr);
  const GstStructure* raw = gst_message_get_structure(message.get());
  EXPECT_EQ(field(raw, "text"), "One.");
  EXPECT_EQ(field(raw, "translation"), "deu_Latn(One.)");
  EXPECT_EQ(field(raw, "source-language"), "eng_Latn");
  EXPECT_EQ(field(raw, "language-code"), "deu_Latn");
  EXPECT_EQ(field(raw, "speaker"), "Ann");
  GstClockTime start = 0, duration = 0;
  EXPECT_TRUE(gst_structure_get_clock_time(raw, "start-time", &start));
  EXPECT_TRUE(gst_structure_get_clock_time(raw, "duration", &duration));
  EXPECT_EQ(start, 1000 * ms);
  EXPECT_EQ(duration, 500 * ms);
}

// Pads.

TEST_F(NllbTranslate, SpeaksALanguageAPad) {
  Translator translator(line());
  Branch french(translator, "src_%u", "fr");
  Branch japanese(translator, "translate_src_%u", "ja");
  Branch plain(translator, "src_7", nullptr);
  EXPECT_STREQ(GST_PAD_NAME(french.pad()), "src_0");
  EXPECT_STREQ(GST_PAD_NAME(japanese.pad()), "translate_src_1");
  EXPECT_STREQ(GST_PAD_NAME(plain.pad()), "src_7");
  translator.begin();
  translator.push("One.");
  EXPECT_EQ(translator.pull().text, "deu_Latn(One.)");
  EXPECT_EQ(french.pull(), "fra_Latn(One.)");
  EXPECT_EQ(japanese.pull(), "jpn_Jpan(One.)");
  EXPECT_EQ(plain.pull(), "deu_Latn(One.)");
  EXPECT_EQ(translator.stat("engine-batches"), 1U) << "one pass for all";
  EXPECT_EQ(translator.stat("engine-sentences"), 3U) << "German once for both pads";
}

TEST_F(NllbTranslate, GivesEachPadAStreamOfItsOwn) {
  Translator translator(line());
  Branch french(translator, "src_%u", "fr");
  translator.begin();
  translator.push("One.");
  french.pull();
  std::vector<std::string> ids, languages;
  for (GstHarness* sink : {translator.get(), french.sink()}) {
    GstEvent* start = gst_pad_get_sticky_event(sink->sinkpad, GST_EVENT_STREAM_START, 0);
    GstEvent* tag = gst_pad_get_sticky_event(sink->sinkpad, GST_EVENT_TAG, 0);
    const gchar* id;
    gst_event_parse_stream_start(start, &id);
    ids.emplace_back(id);
    languages.push_back(language_in(tag));
    gst_event_unref(start);
    gst_event_unref(tag);
  }
  EXPECT_NE(ids[0], ids[1]);
  EXPECT_EQ(languages, (Texts{"de", "fr"}));
}

TEST_F(NllbTranslate, AddsAndRemovesPadsWhilePlaying) {
  Translator translator(line());
  translator.begin();
  translator.push("One.");
  EXPECT_EQ(translator.pull().text, "deu_Latn(One.)");
  {
    Branch french(translator, "src_%u", "fr");
    translator.push("Two.");
    EXPECT_EQ(french.pull(), "fra_Latn(Two.)") << "with all that goes before a buffer";
    g_object_set(french.pad(), "language-code", "es", nullptr);
    translator.push("Three.");
    EXPECT_EQ(french.pull(), "spa_Latn(Three.)");
  }
  EXPECT_EQ(translator.push("Four."), GST_FLOW_OK);
  for (const char* text : {"deu_Latn(Two.)", "deu_Latn(Three.)", "deu_Latn(Four.)"})
    EXPECT_EQ(translator.pull().text, text);
}

TEST_F(NllbTranslate, AsksNothingForPadsWithoutAPeer) {
  Translator translator(line());
  GstPad* pad = gst_element_request_pad_simple(translator.element(), "src_%u");
  g_object_set(pad, "language-code", "fr", nullptr);
  translator.begin();
  translator.push("One.");
  translator.pull();
  EXPECT_EQ(translator.stat("engine-sentences"), 1U);
  gst_element_release_request_pad(translator.element(), pad);
  gst_object_unref(pad);
}

TEST_F(NllbTranslate, GoesOnWhereOnePadsLanguageIsNone) {
  Translator translator(line());
  Branch wrong(translator, "src_%u", "tlh");
  translator.begin();
  for (const char* text : {"One.", "Two."}) {
    EXPECT_EQ(translator.push(text), GST_FLOW_OK);
    translator.pull();
  }
  EXPECT_TRUE(translator.warning_is(GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS, "tlh"));
  EXPECT_TRUE(translator.quiet(GST_MESSAGE_WARNING)) << "once is enough";
}

TEST_F(NllbTranslate, TakesPadPropertiesInALaunchLine) {
  Texts languages;
  const std::string error = run_pipeline(
      "filesrc location=" + model_.write("text.txt", "One.") + " ! " +
          line("name=t src_0::language-code=fr ! queue ! fakesink  t.src_0 ! queue ! fakesink"),
      {}, [&](GstMessage* message) {
        if (gst_message_has_name(message, "nllbtranslate/raw"))
          languages.push_back(field(gst_message_get_structure(message), "language-code"));
      });
  EXPECT_EQ(error, "");
  EXPECT_EQ(languages, (Texts{"deu_Latn", "fra_Latn"}));
}

// Batches.

TEST_F(NllbTranslate, TranslatesWhatWaitsInOneBatch) {
  configure("{\"sleep_ms\": 300}");
  Translator translator(line());
  Gate gate(translator);
  gate.close();
  translator.begin();
  translator.push("0");
  gate.await(1);  // while the first one is on its way out, others come
  Texts wanted{"deu_Latn(0)"};
  for (int i = 1; i <= 20; i++) {
    translator.push(std::to_string(i), static_cast<GstClockTime>(i) * 100 * ms, 50 * ms);
    translator.push_gap(static_cast<GstClockTime>(i) * 100 * ms + 50 * ms, 50 * ms);
    wanted.push_back("deu_Latn(" + std::to_string(i) + ")");
  }
  gate.open();
  translator.end();
  EXPECT_EQ(translator.pull_to_end(), wanted);
  // The engine may have begun with the first that it saw.
  EXPECT_LE(translator.stat("engine-batches"), 3U);
}

TEST_F(NllbTranslate, TakesNoMoreThanABatch) {
  configure("{\"sleep_ms\": 50}");
  Translator translator(line("batch-size=4"));
  Gate gate(translator);
  gate.close();
  translator.begin();
  translator.push("0");
  gate.await(1);
  for (int i = 1; i <= 8; i++)
    translator.push(std::to_string(i));
  gate.open();
  translator.end();
  EXPECT_EQ(translator.pull_to_end().size(), 9U);
  EXPECT_GE(translator.stat("engine-batches"), 3U);
}

TEST_F(NllbTranslate, TranslatesOnWhileDownstreamTakesItsTime) {
  Translator translator(line());
  Gate gate(translator);
  gate.close();
  translator.begin();
  for (int i = 0; i < 5; i++)
    translator.push(std::to_string(i));
  gate.await(1);
  // Runs into the test's time limit if it does not.
  while (translator.stat("engine-sentences") < 5)
    g_usleep(1000);
  EXPECT_EQ(gate.seen(), 1);
  gate.open();
  translator.end();
  EXPECT_EQ(translator.pull_to_end().size(), 5U);
}

TEST_F(NllbTranslate, KeepsWhatTheModelDoesNotKnowIfAsked) {
  Translator translator(line());
  translator.begin();
  translator.push("Rain ☂");
  EXPECT_EQ(translator.pull().text, "deu_Latn(Rain )");
  g_object_set(translator.element(), "keep-unknown", TRUE, nullptr);
  translator.push("Rain ☂");
  EXPECT_EQ(translator.pull().text, "deu_Latn(Rain ☂)");
}

TEST_F(NllbTranslate, LetsFragmentsLeaveBeforeTheRestIsThere) {
  Translator translator(line("fragments=true"));
  translator.begin();
  translator.push("One, two, HOLD.", 1000 * ms, 500 * ms);
  for (const char* wanted : {"deu_Latn(One, ", "two, "}) {
    const Text fragment = translator.pull();
    EXPECT_EQ(fragment.text, wanted);
    EXPECT_EQ(fragment.pts, 1000 * ms);
    EXPECT_EQ(fragment.duration, 500 * ms);
    EXPECT_EQ(field(fragment.meta, "source"), "One, two, HOLD.");
  }
  EXPECT_EQ(translator.element_message("nllbtranslate/raw"), nullptr) << "it is not whole yet";
  translator.flush();
  EXPECT_TRUE(translator.empty());
  EXPECT_TRUE(translator.quiet(GST_MESSAGE_ERROR));
}

TEST_F(NllbTranslate, MakesOneTranslationOfAllFragments) {
  Translator translator(line("fragments=true"));
  Branch french(translator, "src_0", "fr");
  Branch english(translator, "src_1", "en");
  translator.begin();
  translator.push("One, two.");
  translator.push("Three.");
  translator.end();
  EXPECT_EQ(translator.pull_to_end(), (Texts{"deu_Latn(One, ", "two.)", "deu_Latn(Three.)"}));
  for (const char* wanted : {"fra_Latn(One, ", "two.)", "fra_Latn(Three.)"})
    EXPECT_EQ(french.pull(), wanted);
  EXPECT_EQ(english.pull(), "One, two.") << "nothing to wait for";
  EXPECT_EQ(english.pull(), "Three.");
  EXPECT_EQ(field(gst_message_get_structure(translator.element_message("nllbtranslate/raw").get()),
                  "translation"),
            "deu_Latn(One, two.)");
  EXPECT_EQ(translator.stat("translations"), 4U);
}

TEST_F(NllbTranslate, SaysWhatAFragmentedTextBrokeOn) {
  Translator translator(line("fragments=true"));
  translator.begin();
  translator.push("FAIL");
  EXPECT_TRUE(
      translator.error_is(GST_STREAM_ERROR, GST_STREAM_ERROR_FAILED, "could not be translated"));
}

TEST_F(NllbTranslate, OpensAnotherModelWhenItsOptionsChange) {
  Translator translator(line());
  translator.begin();
  translator.push("One.");
  translator.pull();
  while (!translator.quiet(GST_MESSAGE_PROGRESS)) {
  }
  gst_element_set_state(translator.element(), GST_STATE_READY);
  g_object_set(translator.element(), "threads", 1, nullptr);
  gst_element_set_state(translator.element(), GST_STATE_PAUSED);
  EXPECT_FALSE(translator.quiet(GST_MESSAGE_PROGRESS));
  gst_element_set_state(translator.element(), GST_STATE_PLAYING);
}

TEST_F(NllbTranslate, KeepsGapsBetweenTexts) {
  Translator translator(line());
  translator.begin();
  Texts order;
  gst_pad_add_probe(
      translator.get()->sinkpad,
      static_cast<GstPadProbeType>(GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM),
      [](GstPad*, GstPadProbeInfo* info, gpointer list) {
        auto& seen = *static_cast<Texts*>(list);
        if (GST_PAD_PROBE_INFO_TYPE(info) & GST_PAD_PROBE_TYPE_BUFFER)
          seen.push_back(text_of(GST_PAD_PROBE_INFO_BUFFER(info)));
        else if (GST_EVENT_TYPE(GST_PAD_PROBE_INFO_EVENT(info)) == GST_EVENT_GAP)
          seen.emplace_back("gap");
        return GST_PAD_PROBE_OK;
      },
      &order, nullptr);
  translator.push("1", 0, 100 * ms);
  translator.push_gap(100 * ms, 100 * ms);
  translator.push("2", 200 * ms, 100 * ms);
  translator.push_gap(300 * ms, 100 * ms);
  translator.end();
  translator.pull_event(GST_EVENT_EOS);
  EXPECT_EQ(order, (Texts{"deu_Latn(1)", "gap", "deu_Latn(2)", "gap"}));
}

// The model.

TEST_F(NllbTranslate, NamesAMissingFolder) {
  EXPECT_TRUE(refuses_to_start("nllbtranslate model=/nowhere/at-all", GST_RESOURCE_ERROR,
                               GST_RESOURCE_ERROR_NOT_FOUND, "/nowhere/at-all"));
}

TEST_F(NllbTranslate, OpensTheModelWhilePaused) {
  configure("{\"load_ms\": 200}");
  Translator translator(line());
  translator.begin();
  translator.push("One.");  // waits for the model
  EXPECT_EQ(translator.pull().text, "deu_Latn(One.)");
  int last = -1;
  GstProgressType type = GST_PROGRESS_TYPE_ERROR;
  while (type != GST_PROGRESS_TYPE_COMPLETE) {
    auto message = translator.message(GST_MESSAGE_PROGRESS);
    ASSERT_NE(message, nullptr);
    gchar* code;
    gst_message_parse_progress(message.get(), &type, &code, nullptr);
    EXPECT_STREQ(code, "open");
    g_free(code);
    int percent = -1;
    EXPECT_TRUE(
        gst_structure_get_int(gst_message_get_structure(message.get()), "percent", &percent));
    EXPECT_GT(percent, last);
    last = percent;
    if (percent == 100) break;
  }
  EXPECT_EQ(last, 100);
}

TEST_F(NllbTranslate, GivesUpOpeningOnTheWayDown) {
  configure("{\"load_ms\": 3600000}");
  Translator translator(line());
  translator.begin();
  std::thread upstream([&] { EXPECT_EQ(translator.push("One."), GST_FLOW_FLUSHING); });
  EXPECT_EQ(gst_element_set_state(translator.element(), GST_STATE_READY), GST_STATE_CHANGE_SUCCESS);
  upstream.join();
  GstProgressType type = GST_PROGRESS_TYPE_START;
  while (type == GST_PROGRESS_TYPE_START || type == GST_PROGRESS_TYPE_CONTINUE) {
    auto message = translator.message(GST_MESSAGE_PROGRESS);
    ASSERT_NE(message, nullptr);
    gst_message_parse_progress(message.get(), &type, nullptr, nullptr);
  }
  EXPECT_EQ(type, GST_PROGRESS_TYPE_CANCELED);
  EXPECT_TRUE(translator.quiet(GST_MESSAGE_ERROR));
}

TEST_F(NllbTranslate, FlushesWhileTheModelOpens) {
  configure("{\"load_ms\": 3600000}");
  Translator translator(line());
  translator.begin();
  std::thread upstream([&] { EXPECT_EQ(translator.push("One."), GST_FLOW_FLUSHING); });
  g_usleep(20000);
  translator.flush();
  upstream.join();
  EXPECT_TRUE(translator.empty());
}

TEST_F(NllbTranslate, SaysWhyTheModelDoesNotOpen) {
  configure("{\"load_error\": \"The weights are torn.\"}");
  Translator translator(line());
  translator.begin();
  auto first =
      translator.message(static_cast<GstMessageType>(GST_MESSAGE_ERROR | GST_MESSAGE_PROGRESS));
  GstProgressType type;
  gst_message_parse_progress(first.get(), &type, nullptr, nullptr);
  EXPECT_EQ(type, GST_PROGRESS_TYPE_START);
  EXPECT_TRUE(translator.error_is(GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_READ, "torn"));
  auto last =
      translator.message(static_cast<GstMessageType>(GST_MESSAGE_ERROR | GST_MESSAGE_PROGRESS));
  gst_message_parse_progress(last.get(), &type, nullptr, nullptr);
  EXPECT_EQ(type, GST_PROGRESS_TYPE_ERROR) << "after the error";

  GstFlowReturn flow = GST_FLOW_OK;
  for (int i = 0; i < 2000 && flow == GST_FLOW_OK; i++) {
    flow = translator.push("One.");
    g_usleep(1000);
  }
  EXPECT_EQ(flow, GST_FLOW_ERROR);
  translator.end();
  EXPECT_TRUE(translator.quiet(GST_MESSAGE_ERROR)) << "once is enough";
}

TEST_F(NllbTranslate, OpensTheModelOnceForManyRuns) {
  Translator translator(line());
  translator.begin();
  translator.push("One.");
  translator.pull();
  auto progress = [&] {
    int starts = 0;
    while (!translator.quiet(GST_MESSAGE_PROGRESS))
      starts++;
    return starts;
  };
  EXPECT_GT(progress(), 0);
  gst_element_set_state(translator.element(), GST_STATE_READY);
  gst_element_set_state(translator.element(), GST_STATE_PAUSED);
  EXPECT_EQ(progress(), 0);
  gst_element_set_state(translator.element(), GST_STATE_PLAYING);
}

// What goes wrong.

TEST_F(NllbTranslate, SaysWhatATextBrokeOn) {
  Translator translator(line());
  translator.begin();
  translator.push("FAIL");
  EXPECT_TRUE(
      translator.error_is(GST_STREAM_ERROR, GST_STREAM_ERROR_FAILED, "could not be translated"));
  translator.end();
  EXPECT_TRUE(translator.quiet(GST_MESSAGE_ERROR));
}

TEST_F(NllbTranslate, RefusesALanguageThatTheModelDoesNotSpeak) {
  Translator translator(line("output-language-code=zul_Latn"));
  translator.begin();
  translator.push("One.");
  EXPECT_TRUE(translator.error_is(GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS, "zul_Latn"));
}

TEST_F(NllbTranslate, FlushesInTheMidstOfATranslation) {
  configure(forever);
  Translator translator(line());
  translator.begin();
  for (int i = 0; i < 3; i++)
    translator.push("One.");
  translator.flush();
  EXPECT_TRUE(translator.empty());
  EXPECT_TRUE(translator.quiet(GST_MESSAGE_ERROR)) << "nothing went wrong";
}

TEST_F(NllbTranslate, StopsInTheMidstOfATranslation) {
  configure(forever);
  Translator translator(line());
  translator.begin();
  translator.push("One.");
  EXPECT_EQ(gst_element_set_state(translator.element(), GST_STATE_NULL), GST_STATE_CHANGE_SUCCESS);
}

TEST_F(NllbTranslate, ThrowsAwayWhatAFlushOvertook) {
  configure("{\"sleep_ms\": 50}");
  Translator translator(line());
  translator.begin();
  for (int i = 0; i < 5; i++) {
    translator.push("old");
    translator.flush();
    translator.push_segment(GST_FORMAT_TIME);
  }
  translator.push("new");
  EXPECT_EQ(translator.pull().text, "deu_Latn(new)");
}

// Live.

TEST_F(NllbTranslate, MovesLateTextToWhenItIsReady) {
  Translator translator(line("latency=200"));
  gst_harness_use_testclock(translator.get());
  gst_harness_set_upstream_latency(translator.get(), 100 * ms);
  translator.begin();
  gst_harness_set_time(translator.get(), 1000 * ms);
  translator.push("early", 900 * ms, 100 * ms);
  EXPECT_EQ(translator.pull().pts, 900 * ms);
  gst_harness_set_time(translator.get(), 2000 * ms);
  translator.push("late", 1000 * ms, 100 * ms);
  EXPECT_EQ(translator.pull().pts, 1700 * ms);
  EXPECT_EQ(translator.stat("late"), 1U);
}

TEST_F(NllbTranslate, LeavesLateTextOutIfTold) {
  for (const char* policy : {"late-policy=drop", "late-policy=shift max-backlog=400"}) {
    Translator translator(line(std::string("latency=200 ") + policy));
    gst_harness_use_testclock(translator.get());
    translator.begin();
    gst_harness_set_time(translator.get(), 2000 * ms);
    translator.push("late", 1000 * ms, 100 * ms);
    translator.push("in time", 1900 * ms, 100 * ms);
    EXPECT_EQ(translator.pull().text, "deu_Latn(in time)") << policy;
    auto message = translator.message(GST_MESSAGE_QOS);
    ASSERT_NE(message, nullptr);
    guint64 dropped = 0;
    gst_message_parse_qos_stats(message.get(), nullptr, nullptr, &dropped);
    EXPECT_EQ(dropped, 1U);
    EXPECT_EQ(translator.stat("dropped"), 1U);
  }
}

TEST_F(NllbTranslate, StampsWithNowIfNotSynchronised) {
  Translator translator(line("latency=-1"));
  gst_harness_use_testclock(translator.get());
  translator.begin();
  gst_harness_set_time(translator.get(), 5000 * ms);
  translator.push("One.", 1000 * ms, 100 * ms);
  EXPECT_EQ(translator.pull().pts, 5000 * ms);
}

TEST_F(NllbTranslate, ObservesItsDelay) {
  configure("{\"sleep_ms\": 60}");
  Translator translator(line("latency=20"));
  std::atomic<int> notified{0};
  g_signal_connect(translator.element(), "notify::max-observed-delay",
                   G_CALLBACK(+[](GObject*, GParamSpec*, gpointer count) {
                     (*static_cast<std::atomic<int>*>(count))++;
                   }),
                   &notified);
  translator.begin();
  translator.push("One.", 0, 100 * ms);
  translator.pull();
  EXPECT_GE(translator.property<guint>("max-observed-delay"), 60U);
  EXPECT_EQ(notified, 1);
  EXPECT_TRUE(translator.warning_is(GST_CORE_ERROR, GST_CORE_ERROR_CLOCK, "latency"));
}

}  // namespace
}  // namespace gst_lingua_tests
