// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// What GStreamer asks of every element that works in a thread of its own, asked of all three.

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "tests/elements/kinds.h"

namespace gst_lingua_tests {
namespace {

struct LatencyAnswer {
  bool answered = false;
  gboolean live = FALSE;
  GstClockTime min = 0, max = 0;
};

LatencyAnswer latency_of(GstElement* element) {
  LatencyAnswer answer;
  GstPad* pad = gst_element_get_static_pad(element, "src");
  GstQuery* query = gst_query_new_latency();
  answer.answered = gst_pad_query(pad, query);
  gst_query_parse_latency(query, &answer.live, &answer.min, &answer.max);
  gst_query_unref(query);
  gst_object_unref(pad);
  return answer;
}

struct Tags {
  std::string language, title;
  bool operator==(const Tags& other) const {
    return language == other.language && title == other.title;
  }
};

std::ostream& operator<<(std::ostream& out, const Tags& tags) {
  return out << "language \"" << tags.language << "\", title \"" << tags.title << "\"";
}

std::string tag_in(const GstTagList* tags, const char* name) {
  gchar* value = nullptr;
  gst_tag_list_get_string(tags, name, &value);
  std::string text = value ? value : "";
  g_free(value);
  return text;
}

/// What who is linked to the source pad now is told.
Tags sticky_tags(const Harness& harness) {
  GstPad* pad = gst_element_get_static_pad(harness.element(), "src");
  GstEvent* event = gst_pad_get_sticky_event(pad, GST_EVENT_TAG, 0);
  gst_object_unref(pad);
  if (!event) return {};
  GstTagList* tags;
  gst_event_parse_tag(event, &tags);
  Tags sticky{tag_in(tags, GST_TAG_LANGUAGE_CODE), tag_in(tags, GST_TAG_TITLE)};
  gst_event_unref(event);
  return sticky;
}

// Properties.

TEST_P(Elements, HasTheDefaultsThatItNames) {
  EXPECT_EQ(untrue_defaults(GetParam().name), std::vector<std::string>());
}

TEST_P(Elements, KeepsWhatItsPropertiesAreSetTo) {
  EXPECT_EQ(forgetful_properties(GetParam().name), std::vector<std::string>());
}

TEST_P(Elements, RefusesAnUnknownEncoding) {
  const std::string message =
      std::string("The property encoding of ") + GetParam().name + ": There is no encoding";
  EXPECT_TRUE(refuses_to_start(line("encoding=klingon"), GST_RESOURCE_ERROR,
                               GST_RESOURCE_ERROR_SETTINGS, message.c_str()));
}

TEST_P(Elements, RefusesAnUnknownLanguage) {
  EXPECT_TRUE(refuses_to_start(line(std::string(GetParam().language) + "=xx_nonsense"),
                               GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS, "xx_nonsense"));
}

TEST_P(Elements, HasStats) {
  Harness harness(line());
  EXPECT_EQ(harness.stat("queued"), 0U);
  EXPECT_EQ(harness.property<guint>("max-observed-delay"), 0U);
}

// Latency.

TEST_P(Elements, AnswersLatencyBeforeThereIsAnythingElse) {
  // As transcriberbin asks: a live source that sends nothing, PAUSED.
  GstElement* pipeline = gst_parse_launch(
      ("fakesrc is-live=true ! " + line("name=e") + " ! fakesink").c_str(), nullptr);
  ASSERT_NE(gst_element_set_state(pipeline, GST_STATE_PAUSED), GST_STATE_CHANGE_FAILURE);
  GstElement* element = gst_bin_get_by_name(GST_BIN(pipeline), "e");
  const LatencyAnswer answer = latency_of(element);
  EXPECT_TRUE(answer.answered);
  EXPECT_TRUE(answer.live);
  EXPECT_EQ(answer.min, GetParam().latency * ms);
  EXPECT_EQ(answer.max, none);
  gst_object_unref(element);
  gst_element_set_state(pipeline, GST_STATE_NULL);
  gst_object_unref(pipeline);
}

TEST_P(Elements, AddsItsLatencyToALivePipeline) {
  Harness harness(line());
  gst_harness_set_upstream_latency(harness.get(), 100 * ms);
  EXPECT_EQ(latency_of(harness.element()).min, (100 + GetParam().latency) * ms);
  g_object_set(harness.element(), "latency", 50, nullptr);
  EXPECT_NE(harness.message(GST_MESSAGE_LATENCY), nullptr);
  EXPECT_EQ(latency_of(harness.element()).min, 150 * ms);
}

TEST_P(Elements, AddsNothingWhereNothingIsLive) {
  const Folder folder;
  const std::string file = folder.write("text.txt", "文。");
  GstElement* pipeline = gst_parse_launch(
      ("filesrc location=" + file + " ! " + line("name=e") + " ! fakesink").c_str(), nullptr);
  gst_element_set_state(pipeline, GST_STATE_PAUSED);
  GstElement* element = gst_bin_get_by_name(GST_BIN(pipeline), "e");
  const LatencyAnswer answer = latency_of(element);
  EXPECT_TRUE(answer.answered);
  EXPECT_FALSE(answer.live);
  EXPECT_EQ(answer.min, 0U);
  gst_object_unref(element);
  gst_element_set_state(pipeline, GST_STATE_NULL);
  gst_object_unref(pipeline);
}

TEST_P(Elements, IsLiveWithoutPrerollIfNotSynchronised) {
  GstElement* element = gst_parse_launch(line("latency=-1").c_str(), nullptr);
  EXPECT_EQ(gst_element_set_state(element, GST_STATE_PAUSED), GST_STATE_CHANGE_NO_PREROLL);
  const LatencyAnswer answer = latency_of(element);
  EXPECT_TRUE(answer.answered);
  EXPECT_TRUE(answer.live);
  EXPECT_EQ(answer.min, 0U);
  gst_element_set_state(element, GST_STATE_NULL);
  gst_object_unref(element);
}

// Events and queries.

TEST_P(Elements, KeepsEventsInTheirPlace) {
  Harness harness(line());
  harness.begin();
  std::vector<std::string> order;
  gst_pad_add_probe(
      harness.get()->sinkpad,
      static_cast<GstPadProbeType>(GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM),
      [](GstPad*, GstPadProbeInfo* info, gpointer list) {
        auto& seen = *static_cast<std::vector<std::string>*>(list);
        if (GST_PAD_PROBE_INFO_TYPE(info) & GST_PAD_PROBE_TYPE_BUFFER) {
          if (seen.empty() || seen.back() != "data") seen.emplace_back("data");
        } else if (GST_EVENT_TYPE(GST_PAD_PROBE_INFO_EVENT(info)) == GST_EVENT_CUSTOM_DOWNSTREAM) {
          seen.emplace_back("event");
        }
        return GST_PAD_PROBE_OK;
      },
      &order, nullptr);
  for (int i = 0; i < 2; i++) {
    push_text(harness);
    harness.push_custom("test/mark");
  }
  harness.settle();
  EXPECT_EQ(order, (std::vector<std::string>{"data", "event", "data", "event"}));
}

/// Downstream answers the first serialized query with yes, the second with no, and so on.
TEST_P(Elements, GivesEachSerializedQueryItsOwnAnswer) {
  Harness harness(line());
  harness.begin();
  int asked = 0;
  GstPad* src = gst_element_get_static_pad(harness.element(), "src");
  gst_pad_add_probe(
      src, GST_PAD_PROBE_TYPE_QUERY_DOWNSTREAM,
      [](GstPad*, GstPadProbeInfo* info, gpointer count) {
        if (GST_QUERY_TYPE(GST_PAD_PROBE_INFO_QUERY(info)) != GST_QUERY_DRAIN)
          return GST_PAD_PROBE_OK;
        return (*static_cast<int*>(count))++ % 2 ? GST_PAD_PROBE_DROP : GST_PAD_PROBE_HANDLED;
      },
      &asked, nullptr);
  gst_object_unref(src);
  for (const bool answer : {true, false, true, false}) {
    push_text(harness);
    GstQuery* query = gst_query_new_drain();
    EXPECT_EQ(gst_pad_peer_query(harness.get()->srcpad, query), answer);
    gst_query_unref(query);
    EXPECT_FALSE(harness.empty()) << "the query overtook the text";
    while (!harness.empty())
      harness.pull();
  }
}

TEST_P(Elements, FailsAQueryThatAFlushFindsWaiting) {
  Harness harness(line());
  Gate gate(harness);
  gate.close();
  harness.begin();
  push_text(harness);
  gate.await(1);
  gboolean answer = TRUE;
  std::thread asker([&] {
    GstQuery* query = gst_query_new_drain();
    answer = gst_pad_peer_query(harness.get()->srcpad, query);
    gst_query_unref(query);
  });
  g_usleep(20000);
  harness.push(gst_event_new_flush_start());
  asker.join();
  EXPECT_FALSE(answer);
  harness.push(gst_event_new_flush_stop(TRUE));
}

TEST_P(Elements, PassesOnAGapWithoutADuration) {
  // Else a sink that waits in PAUSED for something to show waits for ever.
  Harness harness(line());
  harness.begin();
  harness.push_gap(0, none);
  EXPECT_NE(harness.pull_event(GST_EVENT_GAP), nullptr);
}

TEST_P(Elements, LeavesOutWhatLiesOutsideTheSegment) {
  Harness harness(line());
  harness.make_source_not_live();
  harness.begin();
  GstSegment segment;
  gst_segment_init(&segment, GST_FORMAT_TIME);
  segment.start = segment.time = 10000 * ms;
  segment.stop = 20000 * ms;
  harness.push(gst_event_new_segment(&segment));
  harness.push("前。", 1000 * ms, 1000 * ms);
  harness.push("後。", 20000 * ms, 1000 * ms);
  harness.settle();
  EXPECT_TRUE(harness.empty());
  harness.push("中。", 12000 * ms, 1000 * ms);
  EXPECT_NE(harness.pull().text, "");
}

TEST_P(Elements, PassesGapsBackwards) {
  Harness harness(line());
  harness.make_source_not_live();
  harness.begin();
  harness.push_backwards(60 * GST_SECOND);
  for (GstClockTime second : {50U, 40U, 30U}) {
    harness.push("文。", second * GST_SECOND, 2 * GST_SECOND);
    harness.push_gap((second - 8) * GST_SECOND, 8 * GST_SECOND);
  }
  harness.end();
  for (GstClockTime second : {42U, 32U, 22U}) {
    GstClockTime start = none, duration = none;
    do
      gst_event_parse_gap(harness.pull_event(GST_EVENT_GAP).get(), &start, &duration);
    while (duration == 2 * GST_SECOND);  // in place of speech
    EXPECT_EQ(start, second * GST_SECOND);
    EXPECT_EQ(duration, 8 * GST_SECOND);
  }
}

TEST_P(Elements, KeepsTheTagsOfBefore) {
  // Each TAG event replaces the one before on its pad: a muxer that is linked now sees the last.
  Harness harness(line());
  harness.begin();
  harness.push_language("fr");
  harness.push(gst_event_new_tag(gst_tag_list_new(GST_TAG_TITLE, "title", nullptr)));
  harness.settle();
  // A translation is in another language than its source.
  EXPECT_EQ(sticky_tags(harness), (Tags{line_.find("nllb") == 0 ? "de" : "fr", "title"}));

  harness.push(gst_event_new_stream_start("another"));
  harness.push_segment(GST_FORMAT_TIME);
  harness.push(gst_event_new_tag(gst_tag_list_new(GST_TAG_ARTIST, "artist", nullptr)));
  harness.settle();
  EXPECT_EQ(sticky_tags(harness), (Tags{line_.find("nllb") == 0 ? "de" : "", ""}));
}

TEST_P(Elements, TagsTheLanguageThatItWasTold) {
  Harness harness(line(std::string(GetParam().language) + "=jpn_Jpan"));
  harness.begin();
  harness.push_language("fr");
  harness.settle();
  EXPECT_EQ(sticky_tags(harness), (Tags{"ja", ""})) << "whatever upstream says";
  harness.push(gst_event_new_tag(gst_tag_list_new(GST_TAG_TITLE, "title", nullptr)));
  harness.settle();
  EXPECT_EQ(sticky_tags(harness), (Tags{"ja", "title"}));
}

TEST_P(Elements, BeginsWhereALivePipelineIs) {
  Harness harness(line());
  harness.join_live();
  harness.begin();
  harness.push("文。", joined, 1000 * ms);
  const Text first = harness.pull();
  EXPECT_GE(first.pts, joined - GetParam().latency * ms);
  EXPECT_LT(first.pts, joined + 2000 * ms);
}

TEST_P(Elements, LogsWhatItsQueueDoes) {
  Log log("lingua");
  Harness harness(line("latency=700"));
  gst_harness_set_upstream_latency(harness.get(), 100 * ms);
  harness.begin();
  latency_of(harness.element());
  push_text(harness);
  harness.pull();
  harness.flush();
  harness.push_segment(GST_FORMAT_TIME);
  Gate gate(harness);
  gate.answer(GST_FLOW_ERROR);
  EXPECT_TRUE(push_until(harness, GST_FLOW_ERROR));
  EXPECT_TRUE(log.tells({
      "DEBUG promises a latency of 700 ms",
      "DEBUG task starts",
      "LOG queueing caps event",
      "DEBUG latency with upstream's 0:00:00.800000000",
      "LOG queueing buffer",
      "DEBUG flush begins",
      "DEBUG flushed",
      "DEBUG task starts",
      "DEBUG came to error",
      "DEBUG task rests: error",
      "DEBUG upstream gets error",
  }));
}

// Life.

TEST_P(Elements, RunsAgainAndAgain) {
  const Folder folder;
  const std::string file = folder.write("text.txt", "文。文。");
  GstElement* pipeline = gst_parse_launch(
      ("filesrc location=" + file + " ! " + line() + " ! fakesink sync=false").c_str(), nullptr);
  GstBus* bus = gst_element_get_bus(pipeline);
  for (int i = 0; i < 20; i++) {
    gst_element_set_state(pipeline, GST_STATE_PLAYING);
    if (i % 4 != 3) {
      GstMessage* message = gst_bus_timed_pop_filtered(
          bus, 20 * GST_SECOND, static_cast<GstMessageType>(GST_MESSAGE_EOS | GST_MESSAGE_ERROR));
      ASSERT_NE(message, nullptr);
      EXPECT_EQ(GST_MESSAGE_TYPE(message), GST_MESSAGE_EOS);
      gst_message_unref(message);
    }
    gst_element_set_state(pipeline, i % 2 ? GST_STATE_READY : GST_STATE_NULL);
  }
  gst_element_set_state(pipeline, GST_STATE_NULL);
  gst_object_unref(bus);
  gst_object_unref(pipeline);
}

TEST_P(Elements, SurvivesABusyWorld) {
  // Seeks, properties and queries from threads of their own, while states go up and down.
  const Folder folder;
  std::string text;
  for (int i = 0; i < 5000; i++)
    text += "文。x ";
  const std::string file = folder.write("text.txt", text);
  GstElement* pipeline = gst_parse_launch(("filesrc blocksize=7 location=" + file + " ! " +
                                           line("name=e") + " ! fakesink name=sink sync=false")
                                              .c_str(),
                                          nullptr);
  // What is said on the way must not be forgotten in NULL.
  gst_pipeline_set_auto_flush_bus(GST_PIPELINE(pipeline), FALSE);
  GstElement* element = gst_bin_get_by_name(GST_BIN(pipeline), "e");
  std::atomic<bool> done{false};
  std::thread seeker([&] {
    for (gint64 offset = 0; !done; offset = (offset + 7001) % 40000)
      gst_element_seek_simple(pipeline, GST_FORMAT_BYTES, GST_SEEK_FLAG_FLUSH, offset);
  });
  std::thread user([&] {
    for (guint i = 0; !done; i++) {
      g_object_set(element, "latency", 100 + i % 7, nullptr);
      latency_of(element);
      GstStructure* stats = nullptr;
      g_object_get(element, "stats", &stats, nullptr);
      gst_structure_free(stats);
      g_usleep(1000);
    }
  });
  for (int i = 0; i < 60; i++) {
    gst_element_set_state(pipeline, i % 10 == 9  ? GST_STATE_NULL
                                    : i % 5 == 4 ? GST_STATE_READY
                                    : i % 2      ? GST_STATE_PAUSED
                                                 : GST_STATE_PLAYING);
    g_usleep(5000);
  }
  done = true;
  gst_element_set_state(pipeline, GST_STATE_NULL);
  seeker.join();
  user.join();
  GstBus* bus = gst_element_get_bus(pipeline);
  EXPECT_EQ(gst_bus_pop_filtered(bus, GST_MESSAGE_ERROR), nullptr);

  // After all that it works as ever.
  while (GstMessage* old = gst_bus_pop(bus))
    gst_message_unref(old);
  gst_element_set_state(pipeline, GST_STATE_PAUSED);
  ASSERT_EQ(gst_element_get_state(pipeline, nullptr, nullptr, 20 * GST_SECOND),
            GST_STATE_CHANGE_SUCCESS);
  gst_element_seek_simple(pipeline, GST_FORMAT_BYTES, GST_SEEK_FLAG_FLUSH,
                          static_cast<gint64>(text.size()) - 40);
  gst_element_set_state(pipeline, GST_STATE_PLAYING);
  GstMessage* end = gst_bus_timed_pop_filtered(
      bus, 20 * GST_SECOND, static_cast<GstMessageType>(GST_MESSAGE_EOS | GST_MESSAGE_ERROR));
  ASSERT_NE(end, nullptr);
  EXPECT_EQ(GST_MESSAGE_TYPE(end), GST_MESSAGE_EOS);
  gst_message_unref(end);
  GstElement* sink = gst_bin_get_by_name(GST_BIN(pipeline), "sink");
  GstSample* last = nullptr;
  g_object_get(sink, "last-sample", &last, nullptr);
  EXPECT_NE(last, nullptr) << "nothing came out";
  if (last) gst_sample_unref(last);
  gst_object_unref(sink);
  gst_element_set_state(pipeline, GST_STATE_NULL);
  gst_bus_set_flushing(bus, TRUE);
  gst_object_unref(bus);
  gst_object_unref(element);
  gst_object_unref(pipeline);
}

INSTANTIATE_TEST_SUITE_P(All, Elements, ::testing::ValuesIn(kinds), name_of);

}  // namespace
}  // namespace gst_lingua_tests
