// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// textsegmenter on a timeline: the times of its sentences, and the gaps between them.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/elements/segmenter.h"

namespace gst_lingua_tests {
namespace {

using Texts = std::vector<std::string>;

TEST(TextSegmenterTimeline, SharesACuesTimeAmongItsSentences) {
  Segmenter segmenter;
  segmenter.begin();
  segmenter.push("12345678。12345678。", 2000 * ms, 2000 * ms);
  segmenter.end();
  Text first = segmenter.pull();
  EXPECT_EQ(first.pts, 2000 * ms);
  EXPECT_EQ(first.duration, 1000 * ms);
  Text second = segmenter.pull();
  EXPECT_EQ(second.pts, 3000 * ms);
  EXPECT_EQ(second.duration, 1000 * ms);
}

TEST(TextSegmenterTimeline, SpansTheCuesOfASentence) {
  Segmenter segmenter;
  segmenter.begin();
  segmenter.push("The meeting", 1000 * ms, 1000 * ms);
  segmenter.push("starts。", 3000 * ms, 500 * ms);
  segmenter.end();
  Text text = segmenter.pull();
  EXPECT_EQ(text.text, "The meeting starts。");
  EXPECT_EQ(text.pts, 1000 * ms);
  EXPECT_EQ(text.duration, 2500 * ms);

  const GValue* value = gst_structure_get_value(text.meta, "words");
  ASSERT_NE(value, nullptr);
  auto* words = static_cast<GstBufferList*>(g_value_get_boxed(value));
  ASSERT_EQ(gst_buffer_list_length(words), 2U);
  GstBuffer* second = gst_buffer_list_get(words, 1);
  EXPECT_EQ(text_of(second), "starts。");
  EXPECT_EQ(GST_BUFFER_PTS(second), 3000 * ms);
  EXPECT_EQ(GST_BUFFER_DURATION(second), 500 * ms);
  EXPECT_EQ(GST_BUFFER_OFFSET(second), 12U);
}

TEST(TextSegmenterTimeline, FillsTheTimeBetweenSentencesWithGaps) {
  Segmenter segmenter;
  segmenter.begin();
  segmenter.push("One。", 1000 * ms, 1000 * ms);
  segmenter.push("Two。", 5000 * ms, 1000 * ms);
  segmenter.push_gap(6000 * ms, 2000 * ms);
  segmenter.end();
  const GstClockTime wanted[][2] = {{0, 1000}, {2000, 3000}, {6000, 2000}};
  for (const auto& [start, duration] : wanted) {
    auto gap = segmenter.pull_event(GST_EVENT_GAP);
    GstClockTime gap_start, gap_duration;
    gst_event_parse_gap(gap.get(), &gap_start, &gap_duration);
    EXPECT_EQ(gap_start, start * ms);
    EXPECT_EQ(gap_duration, duration * ms);
  }
}

TEST(TextSegmenterTimeline, KeepsAGapBackWhileASentenceIsPending) {
  Segmenter segmenter;
  segmenter.begin();
  segmenter.push("The meeting", 0, 1000 * ms);
  segmenter.push_gap(1000 * ms, 1000 * ms);
  segmenter.push("starts。", 2000 * ms, 1000 * ms);
  segmenter.end();
  EXPECT_EQ(segmenter.pull().duration, 3000 * ms);
  while (auto event = gst_harness_try_pull_event(segmenter.get())) {
    EXPECT_NE(GST_EVENT_TYPE(event), GST_EVENT_GAP);
    gst_event_unref(event);
  }
}

struct Gap {
  GstClockTime start = none;
  GstClockTime duration = none;
};

Gap pull_gap(Harness& harness) {
  Gap gap;
  auto event = harness.pull_event(GST_EVENT_GAP);
  if (event) gst_event_parse_gap(event.get(), &gap.start, &gap.duration);
  return gap;
}

/// A muxer that waits for this text may be what a demuxer waits for.
TEST(TextSegmenterTimeline, KeepsNothingBackFromADemuxer) {
  Segmenter segmenter;
  segmenter.make_source_not_live();
  gst_harness_use_systemclock(segmenter.get());
  segmenter.begin_sparse();
  segmenter.push("Two men. One dog.", 0, 1000 * ms);
  EXPECT_EQ(segmenter.pull().text, "Two men.");
  EXPECT_EQ(segmenter.pull().text, "One dog.") << "its cue ends there";
  segmenter.push_gap(1000 * ms, 500 * ms);
  Gap gap = pull_gap(segmenter);
  while (gap.start < 1000 * ms)
    gap = pull_gap(segmenter);
  EXPECT_EQ(gap.start + gap.duration, 1500 * ms);

  segmenter.push("We met Dr.", 2000 * ms, 1000 * ms);
  segmenter.push("Smith", 3000 * ms, 1000 * ms);
  segmenter.push_gap(4000 * ms, 500 * ms);
  const Text text = segmenter.pull();
  EXPECT_EQ(text.text, "We met Dr. Smith") << "nothing follows";
  EXPECT_EQ(text.pts, 2000 * ms);
  EXPECT_EQ(text.duration, 2000 * ms);
  do
    gap = pull_gap(segmenter);
  while (gap.start < 4000 * ms);
  EXPECT_EQ(gap.start + gap.duration, 4500 * ms);

  segmenter.push("and then", 5000 * ms, 1000 * ms);
  EXPECT_EQ(segmenter.pull().text, "and then") << "the demuxer seems to wait";
}

TEST(TextSegmenterTimeline, LetsGapsPassAndAFinishedSentenceLeave) {
  Segmenter segmenter("language-code=en");
  segmenter.make_source_not_live();
  segmenter.begin();
  segmenter.push("It rained.", 1000 * ms, 2000 * ms);
  for (GstClockTime second = 3; second < 30; ++second)
    segmenter.push_gap(second * GST_SECOND, GST_SECOND);
  segmenter.push("See Fig.", 30000 * ms, 1000 * ms);
  segmenter.push_gap(31000 * ms, 1000 * ms);
  segmenter.settle();
  EXPECT_EQ(segmenter.pull().text, "It rained.");
  EXPECT_TRUE(segmenter.empty()) << "a number may come";
  GstClockTime position = 0;
  for (int i = 0; i < 28; ++i) {
    const Gap gap = pull_gap(segmenter);
    EXPECT_GE(gap.start, position);
    position = gap.start + gap.duration;
    if (i == 0) {
      EXPECT_EQ(position, 1000 * ms) << "the time before the sentence";
    }
  }
  EXPECT_EQ(position, 30000 * ms);
  segmenter.push("3 now.", 32000 * ms, 1000 * ms);
  segmenter.end();
  const Text text = segmenter.pull();
  EXPECT_EQ(text.text, "See Fig. 3 now.");
  EXPECT_EQ(text.pts, 30000 * ms);
  EXPECT_EQ(text.duration, 3000 * ms);
}

TEST(TextSegmenterTimeline, LetsWhatHasNoEndLeaveInSilence) {
  for (const char* properties : {"max-wait=1500 latency=20000", "latency=3000", "max-pause=2000"}) {
    Segmenter segmenter(properties);
    segmenter.make_source_not_live();
    segmenter.begin();
    segmenter.push("no end to this", 0, 1000 * ms);
    segmenter.push_gap(1000 * ms, 400 * ms);
    segmenter.settle();
    EXPECT_TRUE(segmenter.empty()) << properties;
    segmenter.push_gap(1400 * ms, 3000 * ms);
    EXPECT_EQ(segmenter.pull().text, "no end to this") << properties;
    EXPECT_EQ(pull_gap(segmenter).start, 1000 * ms);
  }
}

TEST(TextSegmenterTimeline, TellsOfTheTimeBeforeWhatIsPending) {
  Segmenter segmenter;
  segmenter.make_source_not_live();
  segmenter.begin();
  segmenter.push("no end", 5000 * ms, 1000 * ms);
  const Gap gap = pull_gap(segmenter);
  EXPECT_EQ(gap.start, 0U);
  EXPECT_EQ(gap.duration, 5000 * ms);
}

TEST(TextSegmenterTimeline, TakesTimesThatStopForNone) {
  for (GstFormat format : {GST_FORMAT_BYTES, GST_FORMAT_TIME}) {
    Segmenter segmenter("language-code=en");
    segmenter.make_source_not_live();
    segmenter.begin();
    segmenter.push_segment(format);
    bool first = true;
    for (char c : std::string("I met Dr. Smith now. He left.")) {
      segmenter.push(std::string(1, c), first ? 0 : none);
      first = false;
    }
    segmenter.end();
    const Text text = segmenter.pull();
    EXPECT_EQ(text.text, "I met Dr. Smith now.");
    EXPECT_EQ(text.pts, none);
    EXPECT_EQ(segmenter.pull_to_end(), Texts{"He left."});
  }
}

TEST(TextSegmenterTimeline, PassesOnAGapWithoutADuration) {
  // Else a sink that waits for something to show in PAUSED waits for ever.
  Segmenter segmenter;
  segmenter.begin();
  segmenter.push_gap(0, none);
  Gap gap = pull_gap(segmenter);
  EXPECT_EQ(gap.start, 0U);
  EXPECT_EQ(gap.duration, none);

  segmenter.push("One。", 1000 * ms, 1000 * ms);
  EXPECT_EQ(pull_gap(segmenter).duration, 1000 * ms) << "the time before the sentence";
  segmenter.push_gap(1500 * ms, none);
  EXPECT_EQ(pull_gap(segmenter).start, 2000 * ms) << "time does not go back";
  segmenter.push_gap(3000 * ms, none);
  gap = pull_gap(segmenter);
  EXPECT_EQ(gap.start, 2000 * ms);
  EXPECT_EQ(gap.duration, 1000 * ms) << "nothing was said until then";
}

TEST(TextSegmenterTimeline, SendsAGapBehindTheTextThatWasPending) {
  for (GstClockTime duration : {GstClockTime(0), 2000 * ms}) {
    Segmenter segmenter;
    segmenter.begin();
    segmenter.push("no end", 0, 1000 * ms);
    segmenter.push_gap(4000 * ms - duration, duration > 0 ? duration : none);
    segmenter.push_custom("rstranscribe/final-transcript");
    EXPECT_EQ(segmenter.pull().text, "no end");
    Gap gap = pull_gap(segmenter);
    EXPECT_EQ(gap.start, 1000 * ms);
    EXPECT_EQ(gap.duration, 3000 * ms);
    segmenter.pull_event(GST_EVENT_CUSTOM_DOWNSTREAM);
  }
}

TEST(TextSegmenterTimeline, SendsAGapBehindAllTextThatWasPending) {
  // An end that nobody closed the quotation before: two sentences leave at once.
  Segmenter segmenter;
  segmenter.begin();
  segmenter.push("「One。 Two。", 0, 2000 * ms);
  segmenter.push_gap(2000 * ms, 3000 * ms);
  segmenter.end();
  const Text first = segmenter.pull();
  const Text second = segmenter.pull();
  EXPECT_GE(second.pts, first.pts + first.duration);
  Gap gap = pull_gap(segmenter);
  while (gap.start < second.pts)  // the space between them
    gap = pull_gap(segmenter);
  EXPECT_EQ(gap.start, second.pts + second.duration);
  EXPECT_EQ(gap.start + gap.duration, 5000 * ms);
}

TEST(TextSegmenterTimeline, LeavesOutWhatLiesOutsideTheSegment) {
  Segmenter segmenter;
  segmenter.begin();
  GstSegment segment;
  gst_segment_init(&segment, GST_FORMAT_TIME);
  segment.start = segment.time = 10 * GST_SECOND;
  segment.stop = 20 * GST_SECOND;
  segmenter.push(gst_event_new_segment(&segment));
  segmenter.push("Before。", 1 * GST_SECOND, 1 * GST_SECOND);
  segmenter.push("Across。", 9 * GST_SECOND, 2 * GST_SECOND);
  segmenter.push("Inside。", 15 * GST_SECOND, 1 * GST_SECOND);
  segmenter.push("Behind。", 20 * GST_SECOND, 1 * GST_SECOND);
  segmenter.end();
  EXPECT_EQ(segmenter.pull_to_end(), (Texts{"Across。", "Inside。"}));
}

TEST(TextSegmenterTimeline, GivesEverySentenceADuration) {
  Segmenter segmenter;
  segmenter.begin();
  segmenter.push("A cue of some length。", 1000 * ms);
  Text text = segmenter.pull();
  EXPECT_EQ(text.pts, 1000 * ms);
  EXPECT_GT(text.duration, 1000 * ms) << "time to say it";
  EXPECT_LT(text.duration, 4000 * ms);

  // Two sentences of one cue follow each other.
  segmenter.push("One is here。Two is here。", 10000 * ms);
  const Text one = segmenter.pull();
  const Text two = segmenter.pull();
  EXPECT_EQ(one.pts, 10000 * ms);
  EXPECT_GT(one.duration, 500 * ms);
  EXPECT_GE(two.pts, one.pts + one.duration);
  EXPECT_GT(two.duration, 500 * ms);

  // It ends where the next text begins.
  segmenter.push("This one would last for quite a while", 20000 * ms);
  segmenter.push_custom("rstranscribe/final-transcript");
  EXPECT_GT(segmenter.pull().duration, 2000 * ms);
  segmenter.push("This one would last for quite a while.", 30000 * ms);
  segmenter.push("Yes。", 30500 * ms);
  text = segmenter.pull();
  EXPECT_EQ(text.pts, 30000 * ms);
  EXPECT_EQ(text.duration, 500 * ms);

  // Half a character at the end has no time of its own.
  segmenter.push("half \xe6\x97", 40000 * ms);
  segmenter.end();
  while (text.pts < 40000 * ms)
    text = segmenter.pull();
  EXPECT_EQ(text.text, "half \uFFFD");
  EXPECT_GT(text.duration, 200 * ms);
  EXPECT_LT(text.duration, 2000 * ms);
}

TEST(TextSegmenterTimeline, TakesAGapForAPause) {
  Segmenter segmenter("max-pause=600");
  segmenter.begin();
  segmenter.push("no full stop", 0, 1000 * ms);
  segmenter.push_gap(1000 * ms, 500 * ms);
  segmenter.settle();
  EXPECT_TRUE(segmenter.empty());
  segmenter.push_gap(1500 * ms, 200 * ms);
  Text text = segmenter.pull();
  EXPECT_EQ(text.text, "no full stop");
  EXPECT_EQ(reason_of(text), "pause");
}

TEST(TextSegmenterTimeline, ShiftsRunningTimeByLateness) {
  Segmenter segmenter("lateness=1500");
  segmenter.begin();
  auto event = segmenter.pull_event(GST_EVENT_SEGMENT);
  const GstSegment* segment;
  gst_event_parse_segment(event.get(), &segment);
  EXPECT_EQ(segment->base, 1500 * ms);
}

/// What is still pending when it comes is not wanted; what follows may be.
TEST(TextSegmenterTimeline, BeginsASegmentThoughTheRestOfTheOldOneIsRefused) {
  for (GstFlowReturn flow : {GST_FLOW_EOS, GST_FLOW_NOT_LINKED}) {
    Segmenter segmenter;
    Gate gate(segmenter);
    gate.answer(flow);
    segmenter.begin();
    segmenter.push("Half a sentence", 0, GST_SECOND);
    segmenter.push_segment(GST_FORMAT_TIME, 10 * GST_SECOND);
    gate.await(1);
    gate.answer(GST_FLOW_OK);
    if (flow == GST_FLOW_NOT_LINKED) {
      while (segmenter.push_custom("any"))  // until upstream learns of it
        g_usleep(1000);
      gst_harness_push_upstream_event(segmenter.get(), gst_event_new_reconfigure());
    }
    EXPECT_EQ(segmenter.push("文。", 12 * GST_SECOND, GST_SECOND), GST_FLOW_OK)
        << gst_flow_get_name(flow);
    const Text text = segmenter.pull();
    EXPECT_EQ(text.text, "文。") << gst_flow_get_name(flow);
    EXPECT_EQ(text.pts, 12 * GST_SECOND);
    auto* event = gst_pad_get_sticky_event(segmenter.get()->sinkpad, GST_EVENT_SEGMENT, 0);
    const GstSegment* segment;
    gst_event_parse_segment(event, &segment);
    EXPECT_EQ(segment->start, 10 * GST_SECOND) << gst_flow_get_name(flow);
    gst_event_unref(event);
  }
}

TEST(TextSegmenterTimeline, JoinsNothingBackwards) {
  Segmenter segmenter;
  segmenter.begin();
  segmenter.push_backwards(60 * GST_SECOND);
  segmenter.push("of the report", 50 * GST_SECOND, GST_SECOND);
  EXPECT_EQ(segmenter.pull().text, "of the report");
  segmenter.push("This is the end", 40 * GST_SECOND, GST_SECOND);
  const Text text = segmenter.pull();
  EXPECT_EQ(text.text, "This is the end");
  EXPECT_EQ(text.pts, 40 * GST_SECOND);
  segmenter.end();
  segmenter.pull_event(GST_EVENT_SEGMENT);
  while (auto* event = gst_harness_try_pull_event(segmenter.get())) {
    EXPECT_NE(GST_EVENT_TYPE(event), GST_EVENT_GAP) << "nothing is known of the time between";
    gst_event_unref(event);
  }
}

}  // namespace
}  // namespace gst_lingua_tests
