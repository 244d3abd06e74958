// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <thread>

#include "tests/elements/translator.h"

namespace gst_lingua_tests {
namespace {

// Longer than any test: work that is not given up makes the test run into its time limit.
const char* const forever = "{\"sleep_ms\": 3600000}";

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

}  // namespace
}  // namespace gst_lingua_tests
