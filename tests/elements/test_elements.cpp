// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// What GStreamer asks of every element that works in a thread of its own, asked of all three.

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "plugins/common/queuetask.h"
#include "plugins/ttssynth/gstttssynth.h"
#include "tests/elements/harness.h"

namespace gst_lingua_tests {
namespace {

using namespace std::string_literals;

using Texts = std::vector<std::string>;

/// An element and how to use it: each text that is pushed makes something come out at once.
struct Kind {
  const char* name;
  const char* language;  ///< a property that takes a language code
  guint latency;         ///< its own, in ms
};

std::ostream& operator<<(std::ostream& out, const Kind& kind) {
  return out << kind.name;
}

const Kind kinds[] = {
    {"textsegmenter", "language-code", 3000},
    {"nllbtranslate", "output-language-code", 500},
    {"ttssynth", "language-code", 200},
};

class Elements : public ::testing::TestWithParam<Kind> {
 protected:
  static void SetUpTestSuite() { GST_ELEMENT_REGISTER(ttssynth, nullptr); }

  void SetUp() override {
    model_.write("config.json", "{}");
    line_ = GetParam().name;
    if (line_ == "nllbtranslate") line_ += " output-language-code=de model=" + model_.path();
  }

  /// A launch line of the element.
  std::string line(const std::string& properties = "") const { return line_ + " " + properties; }

  GstFlowReturn push_text(Harness& harness) const { return harness.push("文。"); }

  /// Pushes until upstream gets this; it need not be with the very next buffer.
  bool push_until(Harness& harness, GstFlowReturn flow) const {
    for (int i = 0; i < 2000; i++) {
      if (push_text(harness) == flow) return true;
      g_usleep(1000);
    }
    return false;
  }

  /// What an element made of its text, and what it warned of.
  struct Reading {
    std::string text;
    std::vector<std::string> warnings;
  };

  /// All that the element has read, up to the end that is sent here.
  Reading read_to_end(Harness& harness) const {
    harness.end();
    Reading reading;
    const std::vector<std::string> pieces = harness.pull_to_end();
    if (GetParam().name == "textsegmenter"s)
      for (const std::string& piece : pieces)
        reading.text += piece;
    GstBus* bus = gst_element_get_bus(harness.element());
    while (GstMessage* message = gst_bus_pop(bus)) {
      const GstStructure* structure = gst_message_get_structure(message);
      if (gst_message_has_name(message, "nllbtranslate/raw"))
        reading.text += gst_structure_get_string(structure, "text");
      if (gst_message_has_name(message, "ttssynth/synthesized-audio"))
        reading.text += gst_structure_get_string(structure, "content");
      if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_WARNING) {
        GError* error = nullptr;
        gst_message_parse_warning(message, &error, nullptr);
        EXPECT_TRUE(g_error_matches(error, GST_STREAM_ERROR, GST_STREAM_ERROR_DECODE));
        reading.warnings.emplace_back(error->message);
        g_error_free(error);
      }
      gst_message_unref(message);
    }
    gst_object_unref(bus);
    return reading;
  }

  Folder model_;
  std::string line_;
};

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

// Flow.

TEST_P(Elements, GivesDownstreamsAnswerToUpstream) {
  for (GstFlowReturn flow : {GST_FLOW_ERROR, GST_FLOW_EOS, GST_FLOW_NOT_LINKED}) {
    Harness harness(line());
    Gate gate(harness);
    gate.answer(flow);
    harness.begin();
    EXPECT_TRUE(push_until(harness, flow)) << gst_flow_get_name(flow);
    EXPECT_TRUE(harness.quiet(GST_MESSAGE_ERROR)) << "upstream knows, and has to say it";
  }
}

TEST_P(Elements, SaysItselfThatTheStreamFailedWhereUpstreamIsAtItsEnd) {
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

TEST_P(Elements, GoesOnWhenDownstreamWantsTheNextSegment) {
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

TEST_P(Elements, GoesOnWhenItIsLinkedAgain) {
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

TEST_P(Elements, BeginsAnewAfterTheEnd) {
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

TEST_P(Elements, LetsUpstreamWaitWhileItsQueueIsFull) {
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

// Flushes.

TEST_P(Elements, FlushesWhileDownstreamBlocks) {
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

TEST_P(Elements, FlushesWhileUpstreamWaits) {
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

TEST_P(Elements, FlushesAnyTime) {
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

TEST_P(Elements, FlushesAfterAnError) {
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

TEST_P(Elements, KeepsTagsThatAFlushFindsWaiting) {
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

TEST_P(Elements, StopsWhileDownstreamBlocks) {
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

// Text.

TEST_P(Elements, ReadsUtf16ByItsMarkWhereverItIsCut) {
  const std::string bytes = "\xFF\xFE\xE5\x65\x2C\x67\x02\x30\x3D\xD8\x00\xDE\x02\x30"s;
  for (size_t piece = 1; piece <= bytes.size(); piece++) {
    Harness harness(line());
    harness.begin_bytes();
    for (size_t at = 0; at < bytes.size(); at += piece)
      harness.push(bytes.substr(at, piece));
    const Reading reading = read_to_end(harness);
    EXPECT_EQ(reading.text, "日本。😀。") << piece;
    EXPECT_EQ(reading.warnings, Texts()) << piece;
  }
}

TEST_P(Elements, KeepsTheNulThatBelongsToACharacter) {
  Harness harness(line());
  harness.begin_bytes();
  harness.push(
      "\xFF\xFE"
      "a\0"s);
  harness.push("b\0.\0"s);
  harness.push("\0\0"s);  // one that ends a string
  EXPECT_EQ(read_to_end(harness).text, "ab.");
  EXPECT_EQ(harness.stat("invalid-sequences"), 0U);
}

TEST_P(Elements, DropsTheNulThatEndsAString) {
  for (const char* text : {"日本。", "caf\xE9."}) {
    Harness harness(line());
    harness.begin_bytes();
    harness.push(std::string(text) + "\0\0"s);
    EXPECT_EQ(read_to_end(harness).text, text[0] == 'c' ? "café." : text);
    EXPECT_EQ(harness.stat("invalid-sequences"), 0U);
  }
}

TEST_P(Elements, WarnsOnceOfAnEncodingThatItGuessed) {
  Harness harness(line());
  harness.begin_bytes();
  harness.push("caf\xE9.");
  harness.push("th\xE9.");
  const Reading reading = read_to_end(harness);
  EXPECT_EQ(reading.text, "café.thé.");
  EXPECT_EQ(reading.warnings, Texts{"The text is not UTF-8 and does not say what it is: it is read "
                                    "as windows-1252, a guess. Set the property encoding."});
}

TEST_P(Elements, ReadsTheEncodingThatItIsTold) {
  Harness harness(line("encoding=shift_jis"));
  harness.begin_bytes();
  harness.push("\x93\xFA\x96");
  harness.push("{\x81\x42");
  const Reading reading = read_to_end(harness);
  EXPECT_EQ(reading.text, "日本。");
  EXPECT_EQ(reading.warnings, Texts());
}

TEST_P(Elements, BelievesCapsThatSayUtf8) {
  Harness harness(line("encoding=shift_jis"));
  harness.begin();
  harness.push("日本。");
  harness.push("caf\xE9.");
  const Reading reading = read_to_end(harness);
  EXPECT_EQ(reading.text, "日本。caf\uFFFD.");
  EXPECT_EQ(reading.warnings,
            Texts{"The text is not valid UTF-8: 1 sequence was replaced by U+FFFD "
                  "so far. Convert it to UTF-8 first."});
}

TEST_P(Elements, KeepsTheEncodingInAFlushAndANewSegment) {
  Harness harness(line());
  harness.begin_bytes();
  harness.push("\xFF\xFE\xE5\x65\x2C"s);
  harness.settle();
  harness.flush();
  harness.push_segment(GST_FORMAT_BYTES, 100);
  harness.push("\x2C\x67\x02\x30");
  harness.push_segment(GST_FORMAT_BYTES, 200);
  harness.push("\xE5\x65\x02\x30");
  const std::string text = read_to_end(harness).text;
  EXPECT_EQ(text.substr(text.find("本")), "本。日。");
  EXPECT_EQ(harness.stat("invalid-sequences"), 0U);
}

TEST_P(Elements, FindsTheEncodingOfEachStream) {
  Harness harness(line());
  harness.begin_bytes();
  harness.push("\xFF\xFE\xE5\x65\x02\x30");
  harness.push(gst_event_new_stream_start("another"));
  harness.push_segment(GST_FORMAT_BYTES);
  harness.push("日本。");
  const Reading reading = read_to_end(harness);
  EXPECT_EQ(reading.text, "日。日本。");
  EXPECT_EQ(reading.warnings, Texts());
}

TEST_P(Elements, CountsDamageAcrossAFlushOnce) {
  Harness harness(line("encoding=utf-8"));
  harness.begin_bytes();
  harness.push("\xff文。");
  harness.settle();
  harness.flush();
  harness.push_segment(GST_FORMAT_BYTES, 100);
  harness.push("\xff文。");
  harness.end();
  harness.settle();
  EXPECT_EQ(harness.stat("invalid-sequences"), 2U);
}

TEST_P(Elements, CountsWhatIsNotUtf8) {
  Harness harness(line("encoding=utf-8"));
  harness.begin_bytes();
  harness.push("a\xff\xfe b\xff");
  harness.push("文。");
  EXPECT_TRUE(harness.warning_is(GST_STREAM_ERROR, GST_STREAM_ERROR_DECODE, "3 sequences"));
  harness.push("\xff文。");
  harness.end();
  EXPECT_TRUE(harness.warning_is(GST_STREAM_ERROR, GST_STREAM_ERROR_DECODE, "4 sequences"));
  EXPECT_EQ(harness.stat("invalid-sequences"), 4U);
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

// Pads that come and go.

class RequestPads : public ::testing::Test {
 protected:
  void SetUp() override { model_.write("config.json", "{}"); }

  std::string line() const {
    return "nllbtranslate output-language-code=de model=" + model_.path();
  }

  Folder model_;
};

bool answers_latency(GstPad* pad) {
  GstQuery* query = gst_query_new_latency();
  const bool answered = gst_pad_query(pad, query);
  gst_query_unref(query);
  return answered;
}

TEST_F(RequestPads, DoNothingOnceTheyAreReleased) {
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

TEST_F(RequestPads, AreAskedWhileTheyGo) {
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

/// Does nothing.
class Idler final : public gst_lingua::QueueTask::Worker {
 public:
  GstFlowReturn process(gst_lingua::Item) override { return GST_FLOW_OK; }
  void reset(bool) override {}
  GstStructure* stats() const override { return gst_structure_new_empty("stats"); }
};

TEST(QueueTask, LeavesANotifierThatOutlivesIt) {
  // An engine that other elements share goes on when this one is finalised.
  for (int i = 0; i < 200; i++) {
    GstElement* element = gst_bin_new(nullptr);
    GstPad* sink = gst_pad_new("sink", GST_PAD_SINK);
    GstPad* src = gst_pad_new("src", GST_PAD_SRC);
    Idler worker;
    gst_lingua::Latency latency(element, sink, 0);
    auto queue = std::make_unique<gst_lingua::QueueTask>(element, sink, src, worker, latency,
                                                         gst_lingua::QueueTask::Limits{1});
    std::atomic<int> notified{0};
    std::thread engine([notify = queue->notifier(), &notified] {
      for (; notified < 1000; ++notified)
        notify();
    });
    while (notified < 1)
      std::this_thread::yield();
    std::thread([&queue] { queue.reset(); }).join();  // not where suppressions hide races
    engine.join();
    gst_object_unref(sink);
    gst_object_unref(src);
    gst_object_unref(element);
  }
}

INSTANTIATE_TEST_SUITE_P(All, Elements, ::testing::ValuesIn(kinds),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace gst_lingua_tests
