// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/elements/translator.h"

namespace gst_lingua_tests {
namespace {

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

TEST_F(NllbTranslate, EndsAPadThatComesAfterTheEnd) {
  Translator translator(line());
  translator.begin();
  translator.push("One.");
  EXPECT_EQ(translator.pull().text, "deu_Latn(One.)");
  Branch before(translator, "src_%u", "fr");
  translator.end();
  ASSERT_TRUE(before.pull_event(GST_EVENT_EOS));
  Branch after(translator, "src_%u", "es");
  ASSERT_TRUE(after.pull_event(GST_EVENT_SEGMENT));
  ASSERT_TRUE(after.pull_event(GST_EVENT_EOS));
  EXPECT_EQ(language_on(after.sink()->sinkpad), "es");
  EXPECT_EQ(translator.push("Two."), GST_FLOW_EOS) << "it is still the end";

  translator.flush();
  translator.push_segment(GST_FORMAT_TIME);
  Branch again(translator, "src_%u", "ja");
  EXPECT_EQ(translator.push("Three."), GST_FLOW_OK) << "no longer";
  EXPECT_EQ(again.pull(), "jpn_Jpan(Three.)");
  EXPECT_EQ(after.pull(), "spa_Latn(Three.)");
  EXPECT_EQ(before.pull(), "fra_Latn(Three.)");
}

TEST_F(NllbTranslate, EndsAPadThatIsLinkedAfterTheEnd) {
  Translator translator(line());
  GstPad* pad = gst_element_request_pad_simple(translator.element(), "src_%u");
  translator.begin();
  translator.push("One.");
  EXPECT_EQ(translator.pull().text, "deu_Latn(One.)");
  Branch before(translator, "src_%u", "fr");
  translator.end();
  ASSERT_TRUE(before.pull_event(GST_EVENT_EOS)) << "and so had the one that nobody is linked to";
  GstHarness* sink = gst_harness_new_with_element(translator.element(), nullptr, GST_PAD_NAME(pad));
  std::vector<GstEventType> types;
  while (types.empty() || types.back() != GST_EVENT_EOS) {
    GstEvent* event = gst_harness_pull_event(sink);
    ASSERT_NE(event, nullptr) << "after " << types.size() << " events";
    types.push_back(GST_EVENT_TYPE(event));
    gst_event_unref(event);
  }
  EXPECT_EQ(types.front(), GST_EVENT_STREAM_START);
  gst_harness_teardown(sink);
  gst_object_unref(pad);
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

bool answers_latency(GstPad* pad) {
  GstQuery* query = gst_query_new_latency();
  const bool answered = gst_pad_query(pad, query);
  gst_query_unref(query);
  return answered;
}

TEST_F(NllbTranslate, AnswersNothingThroughAPadThatIsReleased) {
  GstPad* pad;
  {
    Harness harness(line());
    harness.begin();
    pad = gst_element_request_pad_simple(harness.element(), "src_%u");
    EXPECT_TRUE(answers_latency(pad));
    gst_element_release_request_pad(harness.element(), pad);
    EXPECT_FALSE(answers_latency(pad));
    EXPECT_FALSE(gst_pad_send_event(pad, gst_event_new_reconfigure()));
  }
  // Whoever holds it may do so longer than the element lives.
  EXPECT_FALSE(answers_latency(pad));
  EXPECT_FALSE(gst_pad_send_event(pad, gst_event_new_latency(0)));
  gst_object_unref(pad);
}

TEST_F(NllbTranslate, IsAskedThroughPadsWhileTheyGo) {
  Harness harness(line());
  harness.begin();
  gst_harness_set_drop_buffers(harness.get(), TRUE);
  std::mutex mutex;
  GstPad* shown = nullptr;
  std::atomic<bool> done{false};
  std::thread asker([&] {
    while (!done) {
      GstPad* pad = nullptr;
      {
        const std::lock_guard lock(mutex);
        if (shown) pad = GST_PAD(gst_object_ref(shown));
      }
      if (!pad) continue;
      for (int i = 0; i < 5; i++) {
        answers_latency(pad);
        gst_pad_send_event(pad, gst_event_new_reconfigure());
        gst_pad_send_event(pad, gst_event_new_latency(0));
      }
      gst_object_unref(pad);
    }
  });
  for (int i = 0; i < 200; i++) {
    GstPad* pad = gst_element_request_pad_simple(harness.element(), "src_%u");
    {
      const std::lock_guard lock(mutex);
      std::swap(shown, pad);
    }
    harness.push("文。");
    {
      const std::lock_guard lock(mutex);
      pad = std::exchange(shown, nullptr);
    }
    gst_element_release_request_pad(harness.element(), pad);
    gst_object_unref(pad);
    if (i % 50 == 49) {
      gst_element_set_state(harness.element(), GST_STATE_READY);
      gst_element_set_state(harness.element(), GST_STATE_PLAYING);
      harness.begin();
    }
  }
  done = true;
  asker.join();
  EXPECT_TRUE(harness.quiet(GST_MESSAGE_ERROR));
}

}  // namespace
}  // namespace gst_lingua_tests
