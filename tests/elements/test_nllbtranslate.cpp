// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
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

  /// A launch line of the element that translates into German, unless the properties say otherwise.
  std::string line(const std::string& properties = "") const {
    return line_without_language("output-language-code=de " + properties);
  }
  std::string line_without_language(const std::string& properties = "") const {
    return "nllbtranslate model=" + model_.path() + " " + properties;
  }

  /// From now on the engine ends no batch, until it is let go.
  void hold() { model_.write("hold", ""); }
  void let_go() { std::filesystem::remove(model_.path() + "/hold"); }

  Folder model_;
};

/// With the meta of its output at hand.
class Translator : public Harness {
 public:
  explicit Translator(const std::string& launch) : Harness(launch, GST_NLLB_TRANSLATE_META) {}

  /// Waits until the engine has begun so many batches; a text has been pushed. Runs into the test's
  /// time limit if it does not.
  void await_batches(guint64 batches) const {
    while (stat("engine-batches") < batches)
      g_usleep(1000);
  }
  void await_queued(guint64 texts) const {
    while (stat("queued") < texts)
      g_usleep(1000);
  }
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

  std::shared_ptr<GstEvent> pull_event(GstEventType type) {
    for (;;) {
      GstEvent* event = gst_harness_pull_event(sink_);
      EXPECT_NE(event, nullptr) << "no " << gst_event_type_get_name(type) << " came out";
      if (!event) return nullptr;
      std::shared_ptr<GstEvent> owned(event, [](GstEvent* each) { gst_event_unref(each); });
      if (GST_EVENT_TYPE(event) == type) return owned;
    }
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

/// The language in the TAG event that whoever is linked to this pad now gets to see.
std::string language_on(GstPad* pad) {
  GstEvent* event = gst_pad_get_sticky_event(pad, GST_EVENT_TAG, 0);
  EXPECT_NE(event, nullptr);
  std::string language = event ? language_in(event) : "";
  if (event) gst_event_unref(event);
  return language;
}

std::string stream_id_on(GstPad* pad) {
  gchar* id = gst_pad_get_stream_id(pad);
  std::string text = id ? id : "";
  g_free(id);
  return text;
}

struct Gap {
  GstClockTime start = none, duration = none;
};

Gap gap_in(const std::shared_ptr<GstEvent>& event) {
  Gap gap;
  if (event) gst_event_parse_gap(event.get(), &gap.start, &gap.duration);
  return gap;
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
  EXPECT_EQ(field(text.meta, "flaws"), "none");
}

TEST_F(NllbTranslate, NamesLanguagesAsPeersAndAsModelsDo) {
  configure("{\"languages\": [\"eng_Latn\", \"zho_Hant\"]}");
  Translator translator(line("input-language-code=eng_Latn output-language-code=zho_Hant"));
  translator.begin();
  translator.push("One.");
  Text text = translator.pull();
  auto message = translator.element_message("nllbtranslate/raw");
  ASSERT_NE(message, nullptr);
  for (const GstStructure* said :
       {static_cast<const GstStructure*>(text.meta), gst_message_get_structure(message.get())}) {
    EXPECT_EQ(field(said, "source-language-code"), "en");
    EXPECT_EQ(field(said, "source-flores-code"), "eng_Latn");
    EXPECT_EQ(field(said, "language-code"), "zh-Hant");
    EXPECT_EQ(field(said, "flores-code"), "zho_Hant");
  }
}

TEST_F(NllbTranslate, PassesTextAsItIsWhereNobodySaysALanguage) {
  Translator translator(line_without_language());
  Branch french(translator, "src_%u", "fr");
  translator.begin();
  translator.push_language("en");
  translator.push("One.");
  EXPECT_EQ(translator.pull().text, "One.");
  EXPECT_EQ(french.pull(), "fra_Latn(One.)");
  EXPECT_EQ(language_on(translator.get()->sinkpad), "en");
  EXPECT_TRUE(translator.warning_is(GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS,
                                    "set the property output-language-code"));
  g_object_set(translator.element(), "output-language-code", "ja", nullptr);
  translator.push("Two.");
  EXPECT_EQ(translator.pull().text, "jpn_Jpan(Two.)");
  EXPECT_EQ(language_on(translator.get()->sinkpad), "ja");
  g_object_set(translator.element(), "output-language-code", nullptr, nullptr);
  translator.push("Three.");
  EXPECT_EQ(translator.pull().text, "Three.");
  EXPECT_TRUE(translator.quiet(GST_MESSAGE_WARNING)) << "once a stream is enough";
  translator.push(gst_event_new_stream_start("another"));
  translator.push_segment(GST_FORMAT_TIME);
  translator.push("Four.");
  EXPECT_EQ(translator.pull().text, "Four.");
  EXPECT_TRUE(translator.warning_is(GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS,
                                    "set the property output-language-code"));
}

TEST_F(NllbTranslate, GivesTimedTextADuration) {
  Translator translator(line());
  translator.begin();
  const std::pair<const char*, GstClockTime> texts[] = {
      {"One.", 1000 * ms},
      {"Twenty-four letters, yes", 2000 * ms},
      {"これは八文字です", 2000 * ms},
  };
  for (const auto& [text, wanted] : texts) {
    translator.push(text, 1000 * ms);
    EXPECT_EQ(translator.pull().duration, wanted) << text;
  }
  translator.push("Untimed.");
  EXPECT_EQ(translator.pull().duration, none);
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

TEST_F(NllbTranslate, KeepsTheLanguageWhereATagSaysNone) {
  Translator translator(line());
  Branch french(translator, "src_%u", "fr");
  translator.begin();
  translator.push_language("en");
  translator.push("One.");
  translator.push(gst_event_new_tag(gst_tag_list_new(GST_TAG_TITLE, "Talk", nullptr)));
  translator.settle();
  EXPECT_EQ(language_on(translator.get()->sinkpad), "de");
  EXPECT_EQ(language_on(french.sink()->sinkpad), "fr");
}

TEST_F(NllbTranslate, TakesTheSourceLanguageFromTheTag) {
  Translator translator(line());
  translator.begin();
  translator.push_language("es");
  translator.push("Uno.");
  EXPECT_EQ(field(translator.pull().meta, "source-language-code"), "es");
  g_object_set(translator.element(), "input-language-code", "fr", nullptr);
  translator.push("Un.");
  EXPECT_EQ(field(translator.pull().meta, "source-language-code"), "fr");
}

TEST_F(NllbTranslate, WarnsOfATagThatItDoesNotKnow) {
  Translator translator(line());
  translator.begin();
  translator.push_language("und");
  translator.push("One.");
  EXPECT_EQ(field(translator.pull().meta, "source-language-code"), "en");
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

TEST_F(NllbTranslate, ReadsTheLinesOfACueAsOne) {
  Translator translator(line());
  translator.begin();
  translator.push("A long line\nthat was wrapped.", 0, 1000 * ms);
  EXPECT_EQ(field(translator.pull().meta, "source"), "A long line that was wrapped.");
}

TEST_F(NllbTranslate, MakesAGapOfWhatHasNoWords) {
  Translator translator(line());
  translator.begin("pango-markup");
  translator.push("<i></i>", 1000 * ms, 500 * ms);
  translator.push("One.", 2000 * ms, 500 * ms);
  const Gap gap = gap_in(translator.pull_event(GST_EVENT_GAP));
  EXPECT_EQ(gap.start, 1000 * ms);
  EXPECT_EQ(gap.duration, 500 * ms);
  EXPECT_EQ(translator.pull().text, "deu_Latn(One.)");
}

TEST_F(NllbTranslate, PassesGapsOnThatDoNotSayHowLongTheyLast) {
  Translator translator(line());
  translator.begin();
  translator.push_gap(1000 * ms, none);
  const Gap gap = gap_in(translator.pull_event(GST_EVENT_GAP));
  EXPECT_EQ(gap.start, 1000 * ms);
  EXPECT_EQ(gap.duration, none);
}

TEST_F(NllbTranslate, DoesNotTranslateWhatNobodyWillSee) {
  Translator translator(line());
  translator.begin();
  translator.push_segment(GST_FORMAT_TIME, 10000 * ms);
  translator.push("before", 1000 * ms, 500 * ms);
  translator.push("across", 9900 * ms, 500 * ms);
  translator.push("in", 11000 * ms, 500 * ms);
  translator.end();
  EXPECT_EQ(translator.pull_to_end(), (Texts{"deu_Latn(across)", "deu_Latn(in)"}));
  EXPECT_EQ(translator.stat("engine-sentences"), 2U);
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

GstStructure* add_meta(GstBuffer* buffer, const char* name) {
  return gst_custom_meta_get_structure(gst_buffer_add_custom_meta(buffer, name));
}

TEST_F(NllbTranslate, LeavesOutWhatIsNotTrueOfATranslation) {
  const gchar* tags[] = {"bytes", nullptr};
  if (!gst_meta_get_info("TestBytesMeta"))
    gst_meta_register_custom("TestBytesMeta", tags, nullptr, nullptr, nullptr);
  Translator translator(line());
  translator.begin();
  GstBuffer* buffer = text_buffer("One.", 0, 1000 * ms);
  add_meta(buffer, "TestBytesMeta");
  GstBufferList* words = gst_buffer_list_new();
  gst_buffer_list_add(words, text_buffer("One."));
  gst_structure_set(add_meta(buffer, GST_TEXT_ACCUMULATE_SENTENCE_META), "reason", G_TYPE_STRING,
                    "terminator", "words", GST_TYPE_BUFFER_LIST, words, nullptr);
  gst_buffer_list_unref(words);
  translator.push(buffer);
  Text text = translator.pull();
  GstCustomMeta* sentence =
      gst_buffer_get_custom_meta(text.buffer.get(), GST_TEXT_ACCUMULATE_SENTENCE_META);
  ASSERT_NE(sentence, nullptr);
  EXPECT_EQ(field(gst_custom_meta_get_structure(sentence), "reason"), "terminator");
  EXPECT_FALSE(gst_structure_has_field(gst_custom_meta_get_structure(sentence), "words"))
      << "they are the source's";
  EXPECT_EQ(gst_buffer_get_custom_meta(text.buffer.get(), "TestBytesMeta"), nullptr)
      << "who tags a meta says on what it depends";
}

TEST_F(NllbTranslate, TellsOfItselfBehindAnotherTranslator) {
  Translator first(line("output-language-code=fr"));
  Translator second(line("output-language-code=ja"));
  first.begin();
  second.begin();
  second.push_language("fr");
  first.push("One.", 0, 1000 * ms);
  second.push(gst_buffer_ref(first.pull().buffer.get()));
  Text text = second.pull();
  EXPECT_EQ(text.text, "jpn_Jpan(fra_Latn(One.))");
  EXPECT_EQ(field(text.meta, "source"), "fra_Latn(One.)");
  EXPECT_EQ(field(text.meta, "source-language-code"), "fr");
  EXPECT_EQ(field(text.meta, "language-code"), "ja");
  int metas = 0;
  gst_buffer_foreach_meta(
      text.buffer.get(),
      [](GstBuffer*, GstMeta**, gpointer count) -> gboolean {
        ++*static_cast<int*>(count);
        return TRUE;
      },
      &metas);
  EXPECT_EQ(metas, 1);
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
  EXPECT_EQ(field(raw, "source-language-code"), "en");
  EXPECT_EQ(field(raw, "language-code"), "de");
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
  Branch plain(translator, "src_7", nullptr);
  Branch japanese(translator, "src_%u", "ja");
  EXPECT_STREQ(GST_PAD_NAME(french.pad()), "src_0");
  EXPECT_STREQ(GST_PAD_NAME(plain.pad()), "src_7");
  EXPECT_STREQ(GST_PAD_NAME(japanese.pad()), "src_8");
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
  translator.push(gst_event_new_tag(gst_tag_list_new(GST_TAG_TITLE, "Talk", nullptr)));
  translator.push("One.");
  french.pull();
  Branch late(translator, "src_%u", "es");
  translator.push("Two.");
  late.pull();
  const std::string upstream = stream_id_on(translator.get()->srcpad);
  EXPECT_EQ(stream_id_on(translator.get()->sinkpad), upstream + "/src");
  EXPECT_EQ(stream_id_on(french.sink()->sinkpad), upstream + "/src_0");
  EXPECT_EQ(stream_id_on(late.sink()->sinkpad), upstream + "/src_1") << "whenever it joins";
  EXPECT_EQ(language_on(translator.get()->sinkpad), "de");
  EXPECT_EQ(language_on(french.sink()->sinkpad), "fr");
  EXPECT_EQ(language_on(late.sink()->sinkpad), "es");
  GstEvent* tag = gst_pad_get_sticky_event(late.sink()->sinkpad, GST_EVENT_TAG, 0);
  GstTagList* tags;
  gst_event_parse_tag(tag, &tags);
  EXPECT_EQ(gst_tag_list_get_tag_size(tags, GST_TAG_TITLE), 1U) << "what was said before it came";
  gst_event_unref(tag);
}

TEST_F(NllbTranslate, AddsPadsWhilePlaying) {
  Translator translator(line());
  translator.begin();
  translator.push("One.");
  EXPECT_EQ(translator.pull().text, "deu_Latn(One.)");
  Branch french(translator, "src_%u", "fr");
  translator.push("Two.");
  EXPECT_EQ(french.pull(), "fra_Latn(Two.)") << "with all that goes before a buffer";
  g_object_set(french.pad(), "language-code", "es", nullptr);
  translator.push("Three.");
  EXPECT_EQ(french.pull(), "spa_Latn(Three.)");
  for (const char* text : {"deu_Latn(Two.)", "deu_Latn(Three.)"})
    EXPECT_EQ(translator.pull().text, text);
}

TEST_F(NllbTranslate, AddsPadsAfterAFlush) {
  Translator translator(line());
  translator.begin();
  translator.push("One.");
  translator.pull();
  translator.flush();
  translator.push_segment(GST_FORMAT_TIME, 1000 * ms);
  Branch french(translator, "src_%u", "fr");
  translator.push("Two.", 1000 * ms, 500 * ms);
  EXPECT_EQ(french.pull(), "fra_Latn(Two.)");
  GstEvent* event = gst_pad_get_sticky_event(french.sink()->sinkpad, GST_EVENT_SEGMENT, 0);
  const GstSegment* segment;
  gst_event_parse_segment(event, &segment);
  EXPECT_EQ(segment->start, 1000 * ms);
  gst_event_unref(event);
}

TEST_F(NllbTranslate, GoesOnWhenAPadGoesWhoseTranslationIsAwaited) {
  hold();
  Translator translator(line());
  auto french = std::make_unique<Branch>(translator, "src_%u", "fr");
  gpointer pad = french->pad();
  g_object_add_weak_pointer(G_OBJECT(french->pad()), &pad);
  translator.begin();
  translator.push("One.");
  translator.await_batches(1);
  french.reset();
  let_go();
  EXPECT_EQ(translator.pull().text, "deu_Latn(One.)");
  for (const char* text : {"Two.", "Three."}) {
    EXPECT_EQ(translator.push(text), GST_FLOW_OK);
    EXPECT_EQ(translator.pull().text, std::string("deu_Latn(") + text + ")");
  }
  EXPECT_EQ(pad, nullptr) << "nothing of it is left";
  EXPECT_EQ(translator.stat("engine-sentences"), 4U);
}

TEST_F(NllbTranslate, GoesOnWhenAPadGoesInTheMidstOfFragments) {
  Translator translator(line("fragments=true"));
  auto french = std::make_unique<Branch>(translator, "src_%u", "fr");
  Gate gate(translator);
  gate.close();
  translator.begin();
  translator.push("One, two.");
  gate.await(1);
  french.reset();
  gate.open();
  EXPECT_EQ(translator.push("Three."), GST_FLOW_OK);
  for (const char* text : {"deu_Latn(One, ", "two.)", "deu_Latn(Three.)"})
    EXPECT_EQ(translator.pull().text, text);
}

TEST_F(NllbTranslate, GoesOnWhileAPadIsInactive) {
  Translator translator(line());
  Branch french(translator, "src_%u", "fr");
  translator.begin();
  translator.push("One.");
  EXPECT_EQ(french.pull(), "fra_Latn(One.)");
  gst_pad_set_active(french.pad(), FALSE);
  EXPECT_EQ(translator.push("Two."), GST_FLOW_OK);
  translator.settle();
  gst_pad_set_active(french.pad(), TRUE);
  translator.push("Three.");
  EXPECT_EQ(french.pull(), "fra_Latn(Three.)");
  for (const char* text : {"deu_Latn(One.)", "deu_Latn(Two.)", "deu_Latn(Three.)"})
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

TEST_F(NllbTranslate, GivesGapsToAPadWhoseLanguageIsNone) {
  Translator translator(line());
  Branch wrong(translator, "src_%u", "tlh");
  translator.begin();
  for (const GstClockTime pts : {1000 * ms, 2000 * ms}) {
    EXPECT_EQ(translator.push("One.", pts, 500 * ms), GST_FLOW_OK);
    EXPECT_EQ(translator.pull().text, "deu_Latn(One.)");
    const Gap gap = gap_in(wrong.pull_event(GST_EVENT_GAP));
    EXPECT_EQ(gap.start, pts);
    EXPECT_EQ(gap.duration, 500 * ms);
  }
  EXPECT_TRUE(translator.warning_is(
      GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS,
      "language-code of the pad src_0: There is no language \"tlh\". The model knows deu_Latn"));
  EXPECT_TRUE(translator.quiet(GST_MESSAGE_WARNING)) << "once is enough";
  g_object_set(wrong.pad(), "language-code", "fr", nullptr);
  translator.push("Two.", 3000 * ms, 500 * ms);
  EXPECT_EQ(wrong.pull(), "fra_Latn(Two.)");
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
  EXPECT_EQ(languages, (Texts{"de", "fr"}));
}

// Batches.

TEST_F(NllbTranslate, TranslatesWhatWaitsInOneBatch) {
  hold();
  Translator translator(line());
  translator.begin();
  translator.push("0");
  translator.await_batches(1);  // while the first one is in work, others come
  Texts wanted{"deu_Latn(0)"};
  for (int i = 1; i <= 20; i++) {
    translator.push(std::to_string(i), static_cast<GstClockTime>(i) * 100 * ms, 50 * ms);
    translator.push_gap(static_cast<GstClockTime>(i) * 100 * ms + 50 * ms, 50 * ms);
    wanted.push_back("deu_Latn(" + std::to_string(i) + ")");
  }
  let_go();
  translator.end();
  EXPECT_EQ(translator.pull_to_end(), wanted);
  EXPECT_EQ(translator.stat("engine-batches"), 2U);
}

TEST_F(NllbTranslate, TakesNoMoreThanABatch) {
  hold();
  Translator translator(line("batch-size=4"));
  translator.begin();
  translator.push("0");
  translator.await_batches(1);
  for (int i = 1; i <= 8; i++)
    translator.push(std::to_string(i));
  let_go();
  translator.end();
  EXPECT_EQ(translator.pull_to_end().size(), 9U);
  EXPECT_EQ(translator.stat("engine-batches"), 3U);
}

TEST_F(NllbTranslate, ChangesTheBatchSizeWhilePlaying) {
  hold();
  Translator translator(line());
  translator.begin();
  translator.push("0");
  translator.await_batches(1);
  g_object_set(translator.element(), "batch-size", 2, nullptr);
  for (int i = 1; i <= 4; i++)
    translator.push(std::to_string(i));
  let_go();
  translator.end();
  EXPECT_EQ(translator.pull_to_end().size(), 5U);
  EXPECT_EQ(translator.stat("engine-batches"), 3U);
}

TEST_F(NllbTranslate, LetsWaitingTextsInOnceTheBatchIsLarger) {
  hold();
  Translator translator(line("batch-size=1"));
  translator.begin();
  translator.push("0");
  translator.await_batches(1);
  std::thread upstream([&] {
    for (int i = 1; i <= 8; i++)
      EXPECT_EQ(translator.push(std::to_string(i)), GST_FLOW_OK);
  });
  translator.await_queued(2);
  g_object_set(translator.element(), "batch-size", 8, nullptr);
  upstream.join();  // while nothing has left yet; runs into the test's time limit if it waits
  EXPECT_EQ(translator.stat("queued"), 8U);
  EXPECT_TRUE(translator.empty());
  let_go();
}

/// The messages of code "open" that wait on the bus.
int progress_messages(Translator& translator) {
  int messages = 0;
  while (!translator.quiet(GST_MESSAGE_PROGRESS))
    messages++;
  return messages;
}

TEST_F(NllbTranslate, OpensTheModelOnceWhateverTheRequestsAskFor) {
  Translator translator(line("batch-size=4"));
  translator.begin();
  translator.push("One.");
  translator.pull();
  EXPECT_GT(progress_messages(translator), 0);
  auto asked = [&] {
    translator.push("REQUEST");
    return translator.pull().text;
  };
  EXPECT_EQ(asked(), "beams -, length-penalty -, max-length -, batch-size 4, shortlist 0");
  g_object_set(translator.element(), "batch-size", 8, "shortlist", TRUE, "prepare", FALSE, "beams",
               3, "length-penalty", 0.5, "max-length", 77, nullptr);
  const char* const changed =
      "beams 3, length-penalty 0.5, max-length 77, batch-size 8, shortlist 1, as it is";
  EXPECT_EQ(asked(), changed);
  gst_element_set_state(translator.element(), GST_STATE_READY);
  gst_element_set_state(translator.element(), GST_STATE_PLAYING);
  translator.push(gst_event_new_stream_start("again"));
  translator.push_segment(GST_FORMAT_TIME);
  EXPECT_EQ(asked(), changed);
  EXPECT_EQ(progress_messages(translator), 0);
}

TEST_F(NllbTranslate, LeavesToTheModelWhatIsSetBack) {
  Translator translator(line("beams=3 length-penalty=0.5 max-length=77"));
  translator.begin();
  g_object_set(translator.element(), "beams", 0, "length-penalty", -101.0, "max-length", 1,
               nullptr);
  translator.push("REQUEST");
  EXPECT_EQ(translator.pull().text,
            "beams -, length-penalty -, max-length -, batch-size 32, shortlist 0");
  EXPECT_EQ(translator.property<guint>("beams"), 0U);
  EXPECT_EQ(translator.property<gdouble>("length-penalty"), -101);
  EXPECT_EQ(translator.property<guint>("max-length"), 1U);
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
  EXPECT_EQ(gate.seen(), 1) << "while downstream has the first";
  gate.open();
  translator.end();
  EXPECT_EQ(translator.pull_to_end().size(), 5U);
}

TEST_F(NllbTranslate, KeepsWhatTheModelDoesNotKnowUnlessToldNotTo) {
  Translator translator(line());
  translator.begin();
  translator.push("Rain ☂");
  EXPECT_EQ(translator.pull().text, "deu_Latn(Rain ☂)");
  g_object_set(translator.element(), "keep-unknown", FALSE, nullptr);
  translator.push("Rain ☂");
  EXPECT_EQ(translator.pull().text, "deu_Latn(Rain )");
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
  EXPECT_GT(progress_messages(translator), 0);
  gst_element_set_state(translator.element(), GST_STATE_READY);
  g_object_set(translator.element(), "threads", 1, nullptr);
  gst_element_set_state(translator.element(), GST_STATE_PAUSED);
  EXPECT_GT(progress_messages(translator), 0);
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

TEST_F(NllbTranslate, SpeaksLanguagesThatOnlyTheModelHas) {
  configure("{\"languages\": [\"tyv_Cyrl\", \"fy\"]}");
  for (const auto& [from, to] : {std::pair("fy", "tyv_Cyrl"), std::pair("tyv_Cyrl", "fy")}) {
    Translator translator(line_without_language(std::string("input-language-code=") + from +
                                                " output-language-code=" + to));
    translator.begin();
    translator.push("Hello.");
    EXPECT_EQ(translator.pull().text, to + std::string("(Hello.)"));
  }
}

TEST_F(NllbTranslate, NamesALanguageThatNotEvenTheModelHas) {
  Translator translator(line("output-language-code=tyv_Cyrl"));
  translator.begin();
  translator.push("Hello.");
  EXPECT_TRUE(
      translator.error_is(GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS,
                          "There is no language \"tyv_Cyrl\". The model knows deu_Latn, eng_Latn"));
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

TEST_F(NllbTranslate, TellsHowFarItIsAFewTimes) {
  configure("{\"load_ms\": 2500}");
  Translator translator(line());
  translator.begin();
  translator.push("One.");
  EXPECT_EQ(translator.pull().text, "deu_Latn(One.)");
  const int messages = progress_messages(translator);
  EXPECT_GE(messages, 3) << "start, at least once amid it, complete";
  EXPECT_LE(messages, 2 + 9);
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
  EXPECT_GT(progress_messages(translator), 0);
  gst_element_set_state(translator.element(), GST_STATE_READY);
  gst_element_set_state(translator.element(), GST_STATE_PAUSED);
  EXPECT_EQ(progress_messages(translator), 0);
  gst_element_set_state(translator.element(), GST_STATE_PLAYING);
}

TEST_F(NllbTranslate, DoesNotTakeTheLoadingForItsDelay) {
  configure("{\"load_ms\": 800}");
  Translator translator(line("latency=200"));
  translator.begin();
  translator.push("One.", 0, 100 * ms);
  translator.pull();
  EXPECT_LT(translator.property<guint>("max-observed-delay"), 200U);
  EXPECT_TRUE(translator.quiet(GST_MESSAGE_WARNING)) << "latency is right as it is";
}

TEST_F(NllbTranslate, TakesEachPrecisionThatItNames) {
  auto* kinds =
      static_cast<GEnumClass*>(g_type_class_ref(g_type_from_name("GstNllbTranslatePrecision")));
  ASSERT_GT(kinds->n_values, 1U);
  for (guint i = 0; i < kinds->n_values; i++) {
    const std::string word = kinds->values[i].value_nick;
    GstElement* element = gst_parse_launch(line("precision=" + word).c_str(), nullptr);
    EXPECT_EQ(gst_element_set_state(element, GST_STATE_READY), GST_STATE_CHANGE_SUCCESS) << word;
    gint kept = -1;
    g_object_get(element, "precision", &kept, nullptr);
    EXPECT_EQ(kept, kinds->values[i].value);
    gst_element_set_state(element, GST_STATE_NULL);
    gst_object_unref(element);
  }
  g_type_class_unref(kinds);
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

TEST_F(NllbTranslate, KeepsTheCauseForWhoLooksForIt) {
  Translator translator(line());
  translator.begin();
  translator.push("FAIL");
  auto message = translator.message(GST_MESSAGE_ERROR);
  ASSERT_NE(message, nullptr);
  gchar* debug = nullptr;
  gst_message_parse_error(message.get(), nullptr, &debug);
  EXPECT_NE(std::string(debug).find("the stub's own words"), std::string::npos) << debug;
  g_free(debug);
}

TEST_F(NllbTranslate, RefusesALanguageThatTheModelDoesNotSpeak) {
  Translator translator(line("output-language-code=zul_Latn"));
  translator.begin();
  translator.push("One.");
  EXPECT_TRUE(translator.error_is(
      GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS,
      "does not know the language \"zul_Latn\". The model knows deu_Latn, eng_Latn, fra_Latn, "
      "jpn_Jpan, spa_Latn."));
}

TEST_F(NllbTranslate, RefusesASourceThatTheModelDoesNotSpeak) {
  configure(
      "{\"languages\": [\"ace_Arab\", \"ace_Latn\", \"acm_Arab\", \"acq_Arab\", \"aeb_Arab\", "
      "\"afr_Latn\", \"ajp_Arab\", \"aka_Latn\", \"amh_Ethi\", \"apc_Arab\", \"arb_Arab\", "
      "\"ars_Arab\", \"ary_Arab\", \"arz_Arab\", \"asm_Beng\"]}");
  Translator translator(line("output-language-code=af"));
  translator.begin();
  translator.push("One.");
  EXPECT_TRUE(translator.error_is(GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS,
                                  "ars_Arab and 3 more. Set the property input-language-code"));
}

TEST_F(NllbTranslate, EndsAllPadsAfterAnError) {
  // The error comes after upstream's end, before it, and before anything is asked of the engine.
  for (const char* when : {"after", "before", "refused"}) {
    SCOPED_TRACE(when);
    const bool after = std::string(when) == "after";
    if (after) hold();
    Translator translator(
        line(std::string(when) == "refused" ? "output-language-code=zul_Latn" : ""));
    Branch french(translator, "src_%u", "fr");
    translator.begin();
    translator.push("FAIL");
    if (after) {
      translator.end();
      let_go();
    }
    EXPECT_NE(translator.message(GST_MESSAGE_ERROR), nullptr);
    if (!after) translator.end();
    EXPECT_NE(translator.pull_event(GST_EVENT_EOS), nullptr);
    EXPECT_NE(french.pull_event(GST_EVENT_EOS), nullptr);
  }
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
  for (const char* limit : {"max-lateness=0", "max-lateness=400"}) {
    Translator translator(line(std::string("latency=200 ") + limit));
    gst_harness_use_testclock(translator.get());
    translator.begin();
    gst_harness_set_time(translator.get(), 2000 * ms);
    translator.push("late", 1000 * ms, 100 * ms);
    translator.push("in time", 1900 * ms, 100 * ms);
    EXPECT_EQ(translator.pull().text, "deu_Latn(in time)") << limit;
    auto message = translator.message(GST_MESSAGE_QOS);
    ASSERT_NE(message, nullptr);
    guint64 dropped = 0, pts = 0;
    gint64 jitter = 0;
    gst_message_parse_qos(message.get(), nullptr, nullptr, nullptr, &pts, nullptr);
    gst_message_parse_qos_values(message.get(), &jitter, nullptr, nullptr);
    gst_message_parse_qos_stats(message.get(), nullptr, nullptr, &dropped);
    EXPECT_EQ(pts, 1000 * ms);
    EXPECT_EQ(jitter, static_cast<gint64>(800 * ms));
    EXPECT_EQ(dropped, 1U);
    EXPECT_EQ(translator.stat("dropped"), 1U);
    EXPECT_EQ(translator.stat("engine-sentences"), 1U) << "it costs nothing";
    const Gap gap = gap_in(translator.pull_event(GST_EVENT_GAP));
    EXPECT_EQ(gap.start, 1000 * ms);
    EXPECT_EQ(gap.duration, 100 * ms);
  }
}

TEST_F(NllbTranslate, MovesTextThatIsNotTooLate) {
  Translator translator(line("latency=200 max-lateness=900"));
  gst_harness_use_testclock(translator.get());
  translator.begin();
  gst_harness_set_time(translator.get(), 2000 * ms);
  translator.push("late", 1000 * ms, 100 * ms);
  EXPECT_EQ(translator.pull().pts, 1800 * ms);
}

TEST_F(NllbTranslate, ReadsItsLatenessOnceASegment) {
  Translator translator(line("lateness=100"));
  Gate gate(translator);
  gate.close();
  translator.begin();
  translator.push("One.", 0, 100 * ms);
  gate.await(1);
  translator.push_segment(GST_FORMAT_TIME, 1000 * ms);
  g_object_set(translator.element(), "lateness", 5000, nullptr);
  gate.open();
  const GstSegment* segment = nullptr;
  std::shared_ptr<GstEvent> event;
  do {
    event = translator.pull_event(GST_EVENT_SEGMENT);
    ASSERT_NE(event, nullptr);
    gst_event_parse_segment(event.get(), &segment);
  } while (segment->start != 1000 * ms);
  EXPECT_EQ(segment->base, 100 * ms) << "what it was when the segment came";
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

// Logs.

TEST_F(NllbTranslate, LogsTheWayOfASentence) {
  Log log("nllbtranslate");
  Translator translator(line());
  Branch french(translator, "src_%u", "fr");
  translator.begin();
  translator.push("One.", 1000 * ms, 500 * ms);
  translator.pull();
  french.pull();
  translator.settle();
  EXPECT_TRUE(log.tells({"INFO opening the model \"" + model_.path(), "is open after"}));
  EXPECT_TRUE(log.tells({"pad src has come", "pad src_0 has come", "negotiated text/x-raw",
                         "negotiated text/x-raw"}));
  EXPECT_TRUE(log.tells({
      "LOG text 1: arrived at",
      "DEBUG text 1: submitted, eng_Latn to deu_Latn, fra_Latn, deadline",
      "DEBUG text 1: ready after ",
      "LOG text 1: pushing \"deu_Latn(One.)\"",
      "LOG text 1: pushed, ok",
      "LOG text 1: pushing \"fra_Latn(One.)\"",
      "LOG text 1: pushed, ok",
  }));
}

TEST_F(NllbTranslate, LogsWhyATextIsLateOrMissing) {
  Log log("nllbtranslate");
  Translator translator(line("latency=200 max-lateness=500"));
  gst_harness_use_testclock(translator.get());
  translator.begin();
  gst_harness_set_time(translator.get(), 2000 * ms);
  translator.push("dropped", 1000 * ms, 100 * ms);
  translator.push("late", 1500 * ms, 100 * ms);
  translator.pull();
  auto french = std::make_unique<Branch>(translator, "src_%u", "fr");
  french.reset();
  translator.settle();
  EXPECT_TRUE(log.tells({"INFO text 1: dropped, +0:00:00.800000000 late",
                         "INFO text 2: +0:00:00.300000000 late", "requested", "released"}));
}

}  // namespace
}  // namespace gst_lingua_tests
