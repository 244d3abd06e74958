// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// textsegmenter on a clock that the test turns.

#include <gtest/gtest.h>

#include <string>

#include "plugins/common/metas.h"
#include "tests/elements/harness.h"

namespace gst_lingua_tests {
namespace {

std::string reason_of(const Text& text) {
  return text.meta ? gst_structure_get_string(text.meta, "reason") : "no meta";
}

/// In a live pipeline that has run for hours, whose source needs `source_ms`. Times are those since
/// it joined.
class LiveSegmenter : public Harness {
 public:
  explicit LiveSegmenter(const std::string& properties = "", guint source_ms = 0)
      : Harness("textsegmenter " + properties, GST_TEXT_ACCUMULATE_SENTENCE_META) {
    join_live(source_ms * ms);
    begin();
  }

  /// The time that the element waits for.
  GstClockTime deadline() { return awaited_time() - joined; }

  /// It does soon.
  bool comes_to_wait_for(GstClockTime time) {
    for (int i = 0; i < 2000 && deadline() != time; i++)
      g_usleep(1000);
    return deadline() == time;
  }

  /// At its beginning: no text is pending, it waits for the time to say so.
  bool awaits_silence() { return comes_to_wait_for(100 * ms); }

  /// Where the next GAP ends.
  GstClockTime pull_gap_end() {
    const auto gap = pull_event(GST_EVENT_GAP);
    GstClockTime start = 0, duration = 0;
    if (gap) gst_event_parse_gap(gap.get(), &start, &duration);
    return start + duration - joined;
  }

  void set_time(GstClockTime time) { set_running_time(joined + time); }

  GstFlowReturn push_timed(std::string_view text, GstClockTime pts, GstClockTime duration) {
    return push(text, joined + pts, duration);
  }
};

TEST(LiveTextSegmenter, LetsTheLastSentenceGoAfterAWhile) {
  LiveSegmenter segmenter("language-code=en");
  segmenter.set_time(1000 * ms);
  segmenter.push("How are you?");
  EXPECT_EQ(segmenter.deadline(), 1250 * ms);
  segmenter.reach_awaited_time();
  Text text = segmenter.pull();
  EXPECT_EQ(text.text, "How are you?");
  EXPECT_EQ(reason_of(text), "terminator");
}

TEST(LiveTextSegmenter, WaitsAnewWhenMoreComes) {
  LiveSegmenter segmenter("language-code=en terminator-wait=400");
  segmenter.push("It costs 3.");
  EXPECT_EQ(segmenter.deadline(), 400 * ms);
  segmenter.set_time(300 * ms);
  segmenter.push("14 euros.");
  EXPECT_EQ(segmenter.deadline(), 700 * ms);
  segmenter.reach_awaited_time();
  EXPECT_EQ(segmenter.pull().text, "It costs 3.14 euros.");
}

/// A limit that is set while text waits is meant for that text, and does not cut it.
TEST(LiveTextSegmenter, WaitsAsItIsToldMeanwhile) {
  LiveSegmenter segmenter("language-code=en terminator-wait=400");
  segmenter.push("It costs 3.");
  EXPECT_EQ(segmenter.deadline(), 400 * ms);
  g_object_set(segmenter.element(), "terminator-wait", 700, nullptr);
  EXPECT_TRUE(segmenter.comes_to_wait_for(700 * ms));
  segmenter.push("14 euros, ");
  EXPECT_TRUE(segmenter.comes_to_wait_for(3000 * ms));
  g_object_set(segmenter.element(), "max-wait", 900, nullptr);
  EXPECT_TRUE(segmenter.comes_to_wait_for(900 * ms));
  segmenter.reach_awaited_time();
  EXPECT_EQ(segmenter.pull().text, "It costs 3.14 euros,");
}

TEST(LiveTextSegmenter, DoesNotTakeAnAbbreviationForAnEnd) {
  LiveSegmenter segmenter("language-code=en latency=-1");
  segmenter.push("I saw Dr.");
  EXPECT_TRUE(segmenter.awaits_no_time());
}

TEST(LiveTextSegmenter, SendsASureSentenceWithItsMark) {
  for (const char* text : {"終わりました。", "वह चला गया।", "وہ چلا گیا۔", "ቤት ነን።"}) {
    LiveSegmenter segmenter;
    segmenter.push(text);
    EXPECT_TRUE(segmenter.awaits_silence()) << text;
    EXPECT_EQ(segmenter.pull().text, text);
  }
}

TEST(LiveTextSegmenter, WaitsAMomentForARepeatedMark) {
  LiveSegmenter segmenter("language-code=ja");
  segmenter.push("本当？");
  EXPECT_EQ(segmenter.deadline(), 20 * ms);
  segmenter.set_time(10 * ms);
  segmenter.push("！");
  EXPECT_EQ(segmenter.deadline(), 30 * ms);
  segmenter.reach_awaited_time();
  EXPECT_EQ(segmenter.pull().text, "本当？！");
}

TEST(LiveTextSegmenter, SendsASentenceWithTheCharacterThatFollows) {
  LiveSegmenter segmenter("language-code=en");
  segmenter.push("It is late.");
  segmenter.settle();
  EXPECT_TRUE(segmenter.empty());
  segmenter.push(" W");
  segmenter.settle();
  EXPECT_EQ(segmenter.pull().text, "It is late.");
}

TEST(LiveTextSegmenter, HoldsAFinishedSentenceUntilMoreComesIfTold) {
  LiveSegmenter segmenter("language-code=en terminator-wait=0 latency=-1");
  segmenter.push("It is late.");
  EXPECT_TRUE(segmenter.awaits_no_time());
  EXPECT_TRUE(segmenter.empty());
}

TEST(LiveTextSegmenter, CutsSoThatThePromisedLatencyIsKept) {
  // The text of 10 s comes at 10.3 s at the latest, and may stay for a second.
  LiveSegmenter segmenter("language-code=en latency=1000", 300);
  segmenter.set_time(10300 * ms);
  segmenter.push_timed("we went to the park, and then", 10000 * ms, 300 * ms);
  EXPECT_EQ(segmenter.deadline(), 11300 * ms);
  segmenter.reach_awaited_time();
  Text text = segmenter.pull();
  EXPECT_EQ(text.text, "we went to the park,");
  EXPECT_EQ(reason_of(text), "deadline");
  EXPECT_EQ(text.pts, joined + 10000 * ms);
  gboolean complete = TRUE;
  EXPECT_TRUE(gst_structure_get_boolean(text.meta, "complete", &complete));
  EXPECT_FALSE(complete);
}

TEST(LiveTextSegmenter, GivesWhatIsLeftItsOwnDeadline) {
  LiveSegmenter segmenter("language-code=en latency=1000");
  segmenter.push_timed("one, ", 0, 100 * ms);
  segmenter.set_time(500 * ms);
  segmenter.push_timed("two", 500 * ms, 100 * ms);
  EXPECT_EQ(segmenter.deadline(), 1000 * ms);
  segmenter.reach_awaited_time();
  EXPECT_EQ(segmenter.pull().text, "one,");
  const GstClockTime next = segmenter.deadline();
  EXPECT_GT(next, 1000 * ms);
  EXPECT_LE(next, 1500 * ms);
  segmenter.reach_awaited_time();
  EXPECT_EQ(segmenter.pull().text, "two");
}

TEST(LiveTextSegmenter, AddsLatenessToTheDeadline) {
  LiveSegmenter segmenter("language-code=en latency=1000 lateness=2000");
  segmenter.push_timed("no end", 0, 100 * ms);
  EXPECT_EQ(segmenter.deadline(), 3000 * ms);
}

TEST(LiveTextSegmenter, CutsWhatHasWaitedForTooLong) {
  LiveSegmenter segmenter("language-code=en latency=-1 max-wait=700");
  segmenter.set_time(100 * ms);
  segmenter.push("well, this goes on");
  EXPECT_EQ(segmenter.deadline(), 800 * ms);
  segmenter.reach_awaited_time();
  Text text = segmenter.pull();
  EXPECT_EQ(text.text, "well,");
  EXPECT_EQ(reason_of(text), "deadline");
}

TEST(LiveTextSegmenter, CutsThaiBetweenWordsAtTheDeadline) {
  LiveSegmenter segmenter("language-code=th latency=1000");
  segmenter.push_timed("ฉันไปโรงเรียน", 0, 500 * ms);
  segmenter.reach_awaited_time();
  EXPECT_EQ(segmenter.pull().text, "ฉันไปโรงเรียน") << "a timed piece is whole words";

  LiveSegmenter tokens("language-code=th latency=-1 max-wait=1000");
  tokens.push("ฉันไปโรงเรีย");
  tokens.reach_awaited_time();
  EXPECT_EQ(tokens.pull().text, "ฉันไป") << "the last word may go on";
  tokens.push("น");
  tokens.end();
  EXPECT_EQ(tokens.pull().text, "โรงเรียน");
}

TEST(LiveTextSegmenter, AFixedTranscriptStaysAsItLeft) {
  // What was cut at a deadline is not sent again, nor changed, when its sentence ends.
  LiveSegmenter segmenter("language-code=en latency=-1 max-wait=700");
  segmenter.push("first this, then");
  segmenter.reach_awaited_time();
  EXPECT_EQ(segmenter.pull().text, "first this,");
  segmenter.push(" that. And");
  EXPECT_EQ(segmenter.pull().text, "then that.");
}

TEST(LiveTextSegmenter, TakesNewWaitsWhilePlaying) {
  LiveSegmenter segmenter("language-code=en latency=-1 max-wait=5000");
  segmenter.push("this goes");
  EXPECT_EQ(segmenter.deadline(), 5000 * ms);
  g_object_set(segmenter.element(), "max-wait", 800, nullptr);
  segmenter.push(" on and");
  segmenter.settle();
  segmenter.push(" on");
  EXPECT_EQ(segmenter.deadline(), 800 * ms);
}

TEST(LiveTextSegmenter, PushesAGapOfALiveSourceAtOnce) {
  LiveSegmenter segmenter("language-code=en");
  segmenter.push_gap(joined, 500 * ms);
  auto gap = segmenter.pull_event(GST_EVENT_GAP);
  GstClockTime start, duration;
  gst_event_parse_gap(gap.get(), &start, &duration);
  EXPECT_EQ(start + duration, joined + 500 * ms);
}

TEST(LiveTextSegmenter, SaysThatNobodySpeaks) {
  // What was said a second and what the source needs ago has left by now.
  LiveSegmenter segmenter("language-code=en latency=1000", 300);
  segmenter.push_timed("It is late.", 0, 500 * ms);
  segmenter.reach_awaited_time();
  EXPECT_EQ(segmenter.pull().text, "It is late.");
  EXPECT_EQ(segmenter.pull_gap_end(), 0U) << "before the text";
  for (GstClockTime told = 600 * ms; told <= 1000 * ms; told += 100 * ms) {
    EXPECT_TRUE(segmenter.comes_to_wait_for(told + 1300 * ms));
    segmenter.reach_awaited_time();
    EXPECT_EQ(segmenter.pull_gap_end(), told);
  }
  segmenter.push_timed("and no end", 1050 * ms, 500 * ms);
  EXPECT_TRUE(segmenter.comes_to_wait_for(2350 * ms));
  segmenter.reach_awaited_time();
  const Text text = segmenter.pull();
  EXPECT_EQ(text.text, "and no end");
  EXPECT_EQ(text.pts, joined + 1050 * ms);
}

TEST(LiveTextSegmenter, SaysNothingBehindTheEnd) {
  LiveSegmenter segmenter("language-code=en");
  segmenter.push("It is late.");
  segmenter.push(gst_event_new_eos());
  EXPECT_EQ(segmenter.pull().text, "It is late.");
  EXPECT_TRUE(segmenter.awaits_no_time());
}

TEST(LiveTextSegmenter, StampsWithNowIfNotSynchronised) {
  LiveSegmenter segmenter("language-code=en latency=-1");
  segmenter.set_time(5000 * ms);
  segmenter.push_timed("A sentence. And more", 100 * ms, 100 * ms);
  Text text = segmenter.pull();
  EXPECT_EQ(text.pts, joined + 5000 * ms);
  EXPECT_GT(text.duration, 0U);
  EXPECT_LT(text.duration, 5000 * ms);
}

TEST(LiveTextSegmenter, ForgetsDeadlinesInAFlush) {
  LiveSegmenter segmenter("language-code=en");
  segmenter.push("How are you?");
  segmenter.deadline();
  segmenter.flush();
  segmenter.push_segment(GST_FORMAT_TIME);
  EXPECT_TRUE(segmenter.awaits_silence());
  EXPECT_TRUE(segmenter.empty());
}

TEST(LiveTextSegmenter, LetsTheClockRestInPaused) {
  LiveSegmenter segmenter("language-code=en");
  segmenter.push("How are you?");
  segmenter.deadline();
  gst_element_set_state(segmenter.element(), GST_STATE_PAUSED);
  EXPECT_TRUE(segmenter.awaits_no_time());
  gst_element_set_state(segmenter.element(), GST_STATE_PLAYING);
  segmenter.deadline();
  segmenter.reach_awaited_time();
  EXPECT_EQ(segmenter.pull().text, "How are you?");
}

TEST(LiveTextSegmenter, LetsThePipesFirstSentenceGoBeforeThePipelinePlays) {
  // A sink waits for it in PAUSED, where no clock runs, and the pipe may have no more for long.
  for (const char* properties : {"terminator-wait=1", "terminator-wait=0 max-wait=1"}) {
    Harness pipe(std::string("textsegmenter language-code=en ") + properties);
    pipe.make_source_not_live();
    pipe.begin_bytes();  // which plays
    gst_element_set_state(pipe.element(), GST_STATE_READY);
    gst_element_set_state(pipe.element(), GST_STATE_PAUSED);
    pipe.push(gst_event_new_stream_start("pipe"));
    pipe.push_segment(GST_FORMAT_BYTES);
    pipe.push("How are you?");
    EXPECT_EQ(pipe.pull().text, "How are you?") << properties;
  }
}

TEST(LiveTextSegmenter, KeepsALatencyThatChangesWhileTextIsPending) {
  LiveSegmenter segmenter("language-code=en latency=3000");
  segmenter.push_timed("no end", 0, 100 * ms);
  EXPECT_EQ(segmenter.deadline(), 3000 * ms);
  g_object_set(segmenter.element(), "latency", 1000, nullptr);
  // As the pipeline does once it has asked everybody.
  gst_harness_push_upstream_event(segmenter.get(), gst_event_new_latency(1000 * ms));
  EXPECT_TRUE(segmenter.comes_to_wait_for(1000 * ms));
  gst_harness_set_upstream_latency(segmenter.get(), 200 * ms);
  gst_harness_push_upstream_event(segmenter.get(), gst_event_new_latency(1200 * ms));
  EXPECT_TRUE(segmenter.comes_to_wait_for(1200 * ms));
  segmenter.reach_awaited_time();
  EXPECT_EQ(segmenter.pull().text, "no end");
}

TEST(LiveTextSegmenter, WaitsForNoTextOnceDrained) {
  LiveSegmenter segmenter("language-code=en");
  segmenter.push("How are you?");
  segmenter.deadline();
  GstQuery* query = gst_query_new_drain();
  gst_pad_peer_query(segmenter.get()->srcpad, query);
  gst_query_unref(query);
  EXPECT_TRUE(segmenter.awaits_silence());
  EXPECT_EQ(segmenter.pull().text, "How are you?");
}

TEST(LiveTextSegmenter, RestsOnceTheSegmentHasEnded) {
  LiveSegmenter segmenter("language-code=en latency=1000");
  GstSegment segment;
  gst_segment_init(&segment, GST_FORMAT_TIME);
  segment.stop = joined + 1000 * ms;
  segmenter.push(gst_event_new_segment(&segment));
  segmenter.set_time(60000 * ms);
  segmenter.push_timed("the last one, that goes on", 800 * ms, 5000 * ms);
  segmenter.reach_awaited_time();
  EXPECT_EQ(segmenter.pull().text, "the last one,");
  segmenter.reach_awaited_time();
  EXPECT_EQ(segmenter.pull().text, "that goes on");
  EXPECT_TRUE(segmenter.awaits_no_time());
}

TEST(LiveTextSegmenter, DoesNotGoBackBehindAGapThatItHeld) {
  LiveSegmenter segmenter("language-code=en latency=1000");
  segmenter.push_timed("one, two", 0, 800 * ms);
  segmenter.push_gap(joined + 800 * ms, 900 * ms);
  segmenter.reach_awaited_time();
  Text text = segmenter.pull();
  EXPECT_EQ(text.text, "one,");
  GstClockTime position = text.pts + text.duration;
  segmenter.reach_awaited_time();
  text = segmenter.pull();
  EXPECT_EQ(text.text, "two");
  EXPECT_GE(text.pts, position);
  position = text.pts + text.duration;
  segmenter.settle();
  GstClockTime start = 0, duration = 0;
  while (start < position) {
    auto gap = segmenter.pull_event(GST_EVENT_GAP);
    ASSERT_NE(gap, nullptr);
    gst_event_parse_gap(gap.get(), &start, &duration);
  }
  EXPECT_EQ(start, position) << "one gap, behind the text";
  EXPECT_EQ(start + duration, joined + 1700 * ms);
}

TEST(LiveTextSegmenter, ObservesHowLongTextStayed) {
  LiveSegmenter segmenter("language-code=en latency=1000", 300);
  segmenter.set_time(500 * ms);
  segmenter.push_timed("late", 100 * ms, 100 * ms);
  segmenter.reach_awaited_time();
  segmenter.pull();
  EXPECT_EQ(segmenter.property<guint>("max-observed-delay"), 1000U);
}

TEST(LiveTextSegmenter, LogsTheStoryOfASentence) {
  Log log("textsegmenter");
  LiveSegmenter segmenter("language-code=en latency=1000");
  segmenter.push_timed("we went, and then", 0, 500 * ms);
  segmenter.reach_awaited_time();
  segmenter.pull();
  segmenter.push_custom("rstranscribe/final-transcript");
  segmenter.pull();
  segmenter.settle();
  EXPECT_TRUE(log.tells({
      "DEBUG segment begins at 0:00:00.000000000, text is text/x-raw, format=(string)utf8",
      "LOG arrived at 10:00:00.000000000",
      "DEBUG language \"en\" by property, pieces join as words, times are the text's",
      "LOG 17 bytes pending since 10:00:00.000000000, looks again at 10:00:01.000000000",
      "DEBUG time is up at 10:00:01.000000000: deadline",
      "DEBUG sentence of 8 bytes ends by deadline, not complete, pts 10:00:00.000000000, duration",
      "LOG \"we went,\"",
      "LOG sentence pushed: ok",
      "DEBUG drains 8 bytes: boundary",
      "LOG \"and then\"",
  }));
}

TEST(LiveTextSegmenter, DoesNotWaitForTheClockWithAFile) {
  // What has a length and can be seeked lies there whole.
  Folder folder;
  const std::string file = folder.write("text.txt", "Is this all? It is.");
  GstElement* segmenter = nullptr;
  const std::string error = run_pipeline(
      "filesrc blocksize=1 location=" + file +
          " ! textsegmenter name=s terminator-wait=1 max-wait=1 ! fakesink",
      [&](GstElement* pipeline) { segmenter = gst_bin_get_by_name(GST_BIN(pipeline), "s"); });
  EXPECT_EQ(error, "");
  EXPECT_EQ(0U, [&] {
    guint delay = 1;
    g_object_get(segmenter, "max-observed-delay", &delay, nullptr);
    return delay;
  }());
  gst_object_unref(segmenter);
}

}  // namespace
}  // namespace gst_lingua_tests
