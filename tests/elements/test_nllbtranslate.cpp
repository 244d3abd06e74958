// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "tests/elements/translator.h"

namespace gst_lingua_tests {
namespace {

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
    translator.push(text, 0, 0);
    EXPECT_EQ(translator.pull().duration, wanted) << text << ", which a file gives no time";
    translator.push(text, 1000 * ms, static_cast<GstClockTime>(-500 * GstClockTimeDiff(ms)));
    EXPECT_EQ(translator.pull().duration, wanted) << text << ", which ends before it begins";
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

TEST_F(NllbTranslate, KeepsTheLinesOfADialogue) {
  Translator translator(line("input-language-code=de"));
  translator.begin("pango-markup");
  const std::pair<const char*, const char*> cues[] = {
      {"- Who is\nthere?\n- Me.", "- Who is there?\n- Me."},
      {"<i>[MUSIC]</i>\nMAN: Hello\nthere.\nWOMAN: Hi.", "[MUSIC]\nMAN: Hello there.\nWOMAN: Hi."},
      {"♪ La la\nla la ♪", "♪ La la la la ♪"},
      {"<v Ann>Hello.</v>\n<v Ben>Hi.</v>", "Hello.\nHi."},
      {"I was\n- and am - here.", "I was - and am - here."},
      {"今日は\nいい天気。", "今日はいい天気。"},
  };
  for (const auto& [cue, lines] : cues) {
    translator.push(cue, 0, 1000 * ms);
    EXPECT_EQ(translator.pull().text, lines);
  }
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

}  // namespace
}  // namespace gst_lingua_tests
