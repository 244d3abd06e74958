// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "tests/elements/translator.h"

namespace gst_lingua_tests {
namespace {

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
  GstBuffer* text = text_buffer("One, two, HOLD.", 1000 * ms, 500 * ms);
  GST_BUFFER_FLAG_SET(text, GST_BUFFER_FLAG_DISCONT);
  translator.push(text);
  for (const std::string wanted : {"deu_Latn(One, ", "two, "}) {
    const Text fragment = translator.pull();
    EXPECT_EQ(fragment.text, wanted);
    EXPECT_EQ(bool(GST_BUFFER_IS_DISCONT(fragment.buffer.get())), wanted != "two, ");
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

TEST_F(NllbTranslate, PutsNoLineBreaksIntoFragments) {
  Translator translator(line("fragments=true"));
  translator.begin();
  translator.push("- One, two.\n- Three.", 0, 1000 * ms);
  translator.end();
  EXPECT_EQ(translator.pull_to_end(), (Texts{"deu_Latn(- One, ", "two. - Three.)"}));
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

}  // namespace
}  // namespace gst_lingua_tests
