// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// How buffers go through every element: what downstream answers, a full queue, flushes.

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "tests/elements/kinds.h"

namespace gst_lingua_tests {
namespace {

using ElementsFlow = Elements;

TEST_P(ElementsFlow, GivesDownstreamsAnswerToUpstream) {
  for (GstFlowReturn flow : {GST_FLOW_ERROR, GST_FLOW_EOS, GST_FLOW_NOT_LINKED}) {
    Harness harness(line());
    Gate gate(harness);
    gate.answer(flow);
    harness.begin();
    EXPECT_TRUE(push_until(harness, flow)) << gst_flow_get_name(flow);
    EXPECT_TRUE(harness.quiet(GST_MESSAGE_ERROR)) << "upstream knows, and has to say it";
  }
}

TEST_P(ElementsFlow, SaysItselfThatTheStreamFailedWhereUpstreamIsAtItsEnd) {
  Harness harness(line());
  Gate gate(harness);
  gate.close();
  gate.answer(GST_FLOW_ERROR);
  harness.begin();
  push_text(harness);
  harness.end();
  gate.open();
  EXPECT_TRUE(harness.error_is(GST_STREAM_ERROR, GST_STREAM_ERROR_FAILED, ""));
}

TEST_P(ElementsFlow, GoesOnWhenDownstreamWantsTheNextSegment) {
  Harness harness(line());
  Gate gate(harness);
  gate.answer(GST_FLOW_EOS);
  harness.begin();
  EXPECT_TRUE(push_until(harness, GST_FLOW_EOS));
  gate.answer(GST_FLOW_OK);
  harness.push_segment(GST_FORMAT_TIME);
  EXPECT_EQ(push_text(harness), GST_FLOW_OK);
  harness.pull();
}

TEST_P(ElementsFlow, GoesOnWhenItIsLinkedAgain) {
  Harness harness(line());
  Gate gate(harness);
  gate.answer(GST_FLOW_NOT_LINKED);
  harness.begin();
  EXPECT_TRUE(push_until(harness, GST_FLOW_NOT_LINKED));
  gate.answer(GST_FLOW_OK);
  gst_harness_push_upstream_event(harness.get(), gst_event_new_reconfigure());
  EXPECT_EQ(push_text(harness), GST_FLOW_OK);
  harness.pull();
}

TEST_P(ElementsFlow, BeginsAnewAfterTheEnd) {
  Harness harness(line());
  harness.begin();
  push_text(harness);
  harness.end();
  harness.pull_event(GST_EVENT_EOS);
  EXPECT_EQ(push_text(harness), GST_FLOW_EOS);
  while (!harness.empty())
    harness.pull();
  harness.push(gst_event_new_stream_start("again"));
  harness.push_segment(GST_FORMAT_TIME);
  EXPECT_EQ(push_text(harness), GST_FLOW_OK);
  harness.pull();
}

TEST_P(ElementsFlow, LetsUpstreamWaitWhileItsQueueIsFull) {
  Harness harness(line());
  Gate gate(harness);
  gate.close();
  harness.begin();
  std::atomic<int> pushed{0};
  std::thread upstream([&] {
    while (push_text(harness) == GST_FLOW_OK)
      pushed++;
  });
  // It stops pushing some time, and goes on once downstream takes something.
  int before = -1;
  while (before != pushed) {
    before = pushed;
    g_usleep(100000);
  }
  EXPECT_LT(before, 1000);
  gate.open();
  while (pushed <= before)
    g_usleep(1000);
  harness.push(gst_event_new_flush_start());
  upstream.join();
}

TEST_P(ElementsFlow, FlushesWhileDownstreamBlocks) {
  Harness harness(line());
  Gate gate(harness);
  gate.close();
  harness.begin();
  push_text(harness);
  gate.await(1);
  for (int i = 0; i < 5; i++)
    push_text(harness);
  harness.flush();
  gate.open();
  EXPECT_TRUE(harness.empty());
  EXPECT_EQ(harness.stat("queued"), 0U);
  harness.push_segment(GST_FORMAT_TIME);
  EXPECT_EQ(push_text(harness), GST_FLOW_OK);
  harness.pull();
}

TEST_P(ElementsFlow, FlushesWhileUpstreamWaits) {
  Harness harness(line());
  Gate gate(harness);
  gate.close();
  harness.begin();
  GstFlowReturn last = GST_FLOW_OK;
  std::thread upstream([&] {
    while (last == GST_FLOW_OK)
      last = push_text(harness);
  });
  gate.await(1);
  g_usleep(20000);
  harness.push(gst_event_new_flush_start());
  upstream.join();
  EXPECT_EQ(last, GST_FLOW_FLUSHING);
  harness.push(gst_event_new_flush_stop(TRUE));
}

TEST_P(ElementsFlow, FlushesAnyTime) {
  Harness harness(line());
  harness.flush();  // before anything
  harness.begin();
  harness.flush();  // idle
  harness.push_segment(GST_FORMAT_TIME);
  push_text(harness);
  harness.end();
  harness.pull_event(GST_EVENT_EOS);
  while (!harness.empty())
    harness.pull();
  harness.flush();  // at the end
  harness.push_segment(GST_FORMAT_TIME);
  EXPECT_EQ(push_text(harness), GST_FLOW_OK);
  harness.pull();
}

TEST_P(ElementsFlow, FlushesAfterAnError) {
  Harness harness(line());
  Gate gate(harness);
  gate.answer(GST_FLOW_ERROR);
  harness.begin();
  EXPECT_TRUE(push_until(harness, GST_FLOW_ERROR));
  harness.flush();
  gate.answer(GST_FLOW_OK);
  harness.push_segment(GST_FORMAT_TIME);
  EXPECT_EQ(push_text(harness), GST_FLOW_OK);
  harness.pull();
}

TEST_P(ElementsFlow, KeepsTagsThatAFlushFindsWaiting) {
  Harness harness(line());
  Gate gate(harness);
  gate.close();
  harness.begin();
  push_text(harness);
  gate.await(1);
  harness.push(gst_event_new_tag(gst_tag_list_new(GST_TAG_TITLE, "kept", nullptr)));
  harness.flush();
  gate.open();
  gchar* title = nullptr;
  while (!title) {
    auto event = harness.pull_event(GST_EVENT_TAG);
    ASSERT_NE(event, nullptr);
    GstTagList* tags;
    gst_event_parse_tag(event.get(), &tags);
    gst_tag_list_get_string(tags, GST_TAG_TITLE, &title);
  }
  EXPECT_STREQ(title, "kept");
  g_free(title);
}

TEST_P(ElementsFlow, StopsWhileDownstreamBlocks) {
  Harness harness(line());
  Gate gate(harness);
  gate.close();
  harness.begin();
  for (int i = 0; i < 5; i++)
    push_text(harness);
  gate.await(1);
  // As in a pipeline, where the sink lets go before this element stops.
  gate.answer(GST_FLOW_FLUSHING);
  std::thread sink([&] { gate.open(); });
  EXPECT_EQ(gst_element_set_state(harness.element(), GST_STATE_READY), GST_STATE_CHANGE_SUCCESS);
  sink.join();
  EXPECT_EQ(push_text(harness), GST_FLOW_FLUSHING);
}

INSTANTIATE_TEST_SUITE_P(All, ElementsFlow, ::testing::ValuesIn(kinds), name_of);

}  // namespace
}  // namespace gst_lingua_tests
