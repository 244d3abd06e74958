// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>

#include "tests/elements/translator.h"

namespace gst_lingua_tests {
namespace {

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
