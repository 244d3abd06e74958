// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

// SSML through ttssynth with the real voices.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "plugins/common/metas.h"
#include "tests/elements/harness.h"

namespace gst_lingua_tests {
namespace {

constexpr const char* ssml_caps = "application/ssml+xml";
constexpr int rate = 22050;

struct Warning {
  GQuark domain;
  int code;
  std::string text;
};

struct Heard {
  std::vector<int16_t> samples;  ///< from the first buffer's time on
  GstClockTime start = none;
  std::vector<std::string> words, marks;      ///< of the metas
  std::map<std::string, GstClockTime> times;  ///< of both, by the messages
  std::vector<Warning> warnings;

  double seconds() const { return static_cast<double>(samples.size()) / rate; }

  /// The longest silence between two sounds, in seconds.
  double pause() const {
    size_t quiet = 0, longest = 0;
    bool sounded = false;
    for (const int16_t sample : samples) {
      const bool loud = sample > 64 || sample < -64;
      if (loud && sounded) longest = std::max(longest, quiet);
      quiet = loud ? 0 : quiet + 1;
      sounded = sounded || loud;
    }
    return static_cast<double>(longest) / rate;
  }

  /// Whether there is sound between two times, in seconds.
  bool sounds(double from, double to) const {
    for (auto i = static_cast<size_t>(from * rate);
         i < std::min(samples.size(), static_cast<size_t>(to * rate)); ++i)
      if (samples[i] > 1000) return true;
    return false;
  }
};

void collect(GstBuffer* buffer, const char* list, const char* field,
             std::vector<std::string>& names) {
  GstCustomMeta* meta = gst_buffer_get_custom_meta(buffer, GST_TTS_SYNTH_WORDS_META);
  const GValue* values =
      meta ? gst_structure_get_value(gst_custom_meta_get_structure(meta), list) : nullptr;
  for (guint i = 0; values && i < gst_value_array_get_size(values); ++i) {
    const GstStructure* one = gst_value_get_structure(gst_value_array_get_value(values, i));
    names.emplace_back(gst_structure_get_string(one, field));
  }
}

class Ssml : public Harness {
 public:
  explicit Ssml(const std::string& properties = "") : Harness("ttssynth " + properties) {
    make_source_not_live();
  }

  Heard listen() {
    Heard heard;
    pull_event(GST_EVENT_EOS);
    while (GstBuffer* buffer = gst_harness_try_pull(get())) {
      if (heard.start == none) heard.start = GST_BUFFER_PTS(buffer);
      const size_t before = heard.samples.size();
      heard.samples.resize(before + gst_buffer_get_size(buffer) / sizeof(int16_t));
      gst_buffer_extract(buffer, 0, heard.samples.data() + before, gst_buffer_get_size(buffer));
      collect(buffer, "words", "text", heard.words);
      collect(buffer, "marks", "name", heard.marks);
      gst_buffer_unref(buffer);
    }
    GstBus* bus = gst_element_get_bus(element());
    while (GstMessage* message = gst_bus_pop(bus)) {
      note(message, heard);
      gst_message_unref(message);
    }
    gst_object_unref(bus);
    return heard;
  }

  void begin() { gst_harness_set_src_caps_str(get(), ssml_caps); }

  void begin_without_caps() {
    GstSegment segment;
    gst_segment_init(&segment, GST_FORMAT_BYTES);
    gst_harness_push_event(get(), gst_event_new_stream_start("a file"));
    gst_harness_push_event(get(), gst_event_new_segment(&segment));
  }

 private:
  static void note(GstMessage* message, Heard& heard) {
    if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_WARNING) {
      GError* error = nullptr;
      gst_message_parse_warning(message, &error, nullptr);
      heard.warnings.push_back({error->domain, error->code, error->message});
      g_error_free(error);
    }
    const GstStructure* structure = gst_message_get_structure(message);
    const bool mark = gst_message_has_name(message, "ttssynth/mark");
    if (!mark && !gst_message_has_name(message, "ttssynth/word")) return;
    GstClockTime pts = none;
    gst_structure_get_clock_time(structure, "pts", &pts);
    heard.times[gst_structure_get_string(structure, mark ? "name" : "text")] = pts;
  }
};

std::string document(const std::string& content) {
  return "<speak>" + content + "</speak>";
}

Heard hear(const std::vector<std::string>& buffers, const std::string& properties = "") {
  Ssml ssml(properties);
  ssml.begin();
  for (const std::string& buffer : buffers)
    ssml.push(buffer);
  ssml.end();
  return ssml.listen();
}

TEST(SsmlStream, IsSpokenWithItsWordsAndMarks) {
  for (const char* properties : {"isolate=true", "isolate=false"}) {
    const Heard heard = hear(
        {document("one <mark name='middle'/> two<break time='800ms'/><sub alias='III'>three</sub> "
                  "<mark name='end'/>")},
        properties);
    EXPECT_EQ(heard.words, (std::vector<std::string>{"one", "two", "three"})) << properties;
    EXPECT_EQ(heard.marks, (std::vector<std::string>{"middle", "end"})) << properties;
    EXPECT_NEAR(heard.pause(), 0.8, 0.02) << properties;
    EXPECT_EQ(heard.times.at("middle"), heard.times.at("two")) << properties;
    EXPECT_GT(heard.times.at("end"), heard.times.at("three")) << properties;
    const double three = static_cast<double>(heard.times.at("three")) / GST_SECOND;
    EXPECT_FALSE(heard.sounds(three - 0.7, three - 0.05)) << properties;
    EXPECT_TRUE(heard.sounds(three, three + 0.3)) << properties;
  }
}

TEST(SsmlStream, IsOneDocumentHoweverItIsCut) {
  const std::string whole = document(
      "Hello <!-- </speak> --> <![CDATA[</speak>]]> wörld, <emphasis>"
      "good</emphasis> morning.");
  const Heard expected = hear({whole});
  ASSERT_GT(expected.samples.size(), 10000U);
  for (const size_t length : {1U, 7U, 4096U}) {
    std::vector<std::string> pieces;
    for (size_t at = 0; at < whole.size(); at += length)
      pieces.push_back(whole.substr(at, length));
    EXPECT_EQ(hear(pieces).samples, expected.samples) << length;
  }
}

/// As the file of a `filesrc`, or what comes through a pipe in pieces, which have no caps.
Heard hear_file(const std::string& text, size_t length = std::string::npos) {
  Ssml ssml;
  ssml.begin_without_caps();
  for (size_t at = 0; at < text.size(); at += std::min(length, text.size()))
    ssml.push(text.substr(at, length));
  ssml.end();
  return ssml.listen();
}

TEST(SsmlStream, IsKnownByItsBeginningWhereThereAreNoCaps) {
  const Heard expected = hear({document("one two")});
  for (const char* start : {"", "\n ", "\xEF\xBB\xBF<?xml version='1.0'?>\n"}) {
    for (const size_t length : {std::string::npos, size_t{1}, size_t{5}})
      EXPECT_EQ(hear_file(start + document("one two"), length).samples, expected.samples)
          << start << " in pieces of " << length;
  }
  for (const char* text : {"<speaker", "\n<speak"})
    EXPECT_FALSE(hear_file(text, 5).samples.empty()) << text;
  EXPECT_EQ(hear_file("<speak\n version='1.1'>one two</speak>").samples, expected.samples);
  EXPECT_NE(hear_file("A <speak>er.").words, expected.words);
}

TEST(SsmlStream, SpeaksEachDocument) {
  const Heard heard =
      hear({document("one") + "\n" + document("two") + "<speak/>" + "<speak>", "three</speak>\n"});
  EXPECT_EQ(heard.words, (std::vector<std::string>{"one", "two", "three"}));
}

TEST(SsmlStream, OfWhatIsDamagedTheTextIsSpokenWithAWarning) {
  const std::pair<const char*, const char*> damaged[] = {{"<speak>\none <b>two</speak>", "line 2"},
                                                         {"<speak>\n\none two", "line 3"}};
  for (const auto& [text, place] : damaged) {
    Ssml ssml;
    ssml.begin();
    ssml.push(text);
    ssml.end();
    const Heard heard = ssml.listen();
    EXPECT_EQ(heard.words, (std::vector<std::string>{"one", "two"})) << text;
    ASSERT_EQ(heard.warnings.size(), 1U) << text;
    EXPECT_EQ(heard.warnings[0].domain, GST_STREAM_ERROR);
    EXPECT_EQ(heard.warnings[0].code, GST_STREAM_ERROR_DECODE);
    EXPECT_NE(heard.warnings[0].text.find(place), std::string::npos) << heard.warnings[0].text;
  }
}

TEST(SsmlStream, SaysWhichVoiceIsMissing) {
  Ssml ssml;
  ssml.begin();
  ssml.push(document("<voice name='Joanna'>one two</voice>"));
  ssml.end();
  const Heard heard = ssml.listen();
  EXPECT_EQ(heard.words.size(), 2U);
  ASSERT_EQ(heard.warnings.size(), 1U);
  EXPECT_EQ(heard.warnings[0].domain, GST_RESOURCE_ERROR);
  EXPECT_EQ(heard.warnings[0].code, GST_RESOURCE_ERROR_NOT_FOUND);
  EXPECT_NE(heard.warnings[0].text.find("Joanna"), std::string::npos);
}

TEST(SsmlStream, IsSpokenAtItsTimeAndFitted) {
  const std::string text = document(
      "The meeting <emphasis>starts</emphasis> at nine. <break time='500ms'/> Bring the report.");
  const double slot = hear({text}).seconds() / 1.3;
  const auto begin = 2 * GST_SECOND;
  const auto end = begin + static_cast<GstClockTime>(slot * GST_SECOND);
  Ssml ssml;
  ssml.begin();
  ssml.push(text, begin, end - begin);
  ssml.push("<speak>one</speak>", end, GST_SECOND);
  ssml.push("<speak>two", 10 * GST_SECOND, GST_SECOND);  // is not whole, but no more comes in time
  ssml.push("<speak>three</speak>", 12 * GST_SECOND, GST_SECOND);
  ssml.end();
  const Heard heard = ssml.listen();
  EXPECT_EQ(heard.start, 0U);
  EXPECT_FALSE(heard.sounds(0, 1.99));
  EXPECT_TRUE(heard.sounds(2, 2.2));
  EXPECT_TRUE(heard.sounds(2 + slot - 0.4, 2 + slot));
  EXPECT_NEAR(static_cast<double>(heard.times.at("one")), static_cast<double>(end),
              20.0 * GST_MSECOND)
      << "the one before keeps to its slot";
  EXPECT_EQ(ssml.stat("compressed"), 1U);
  EXPECT_NEAR(static_cast<double>(heard.times.at("two")), 10.0 * GST_SECOND, 20.0 * GST_MSECOND);
  EXPECT_NEAR(static_cast<double>(heard.times.at("three")), 12.0 * GST_SECOND, 20.0 * GST_MSECOND);
}

TEST(SsmlStream, SaysItsLanguageItself) {
  Ssml ssml("language-code=en");
  ssml.begin();
  ssml.push("<speak xml:lang='de-DE'>Guten Morgen</speak>");
  ssml.end();
  gchar* code = nullptr;
  while (g_strcmp0(code, "de") != 0) {
    g_clear_pointer(&code, g_free);
    auto event = ssml.pull_event(GST_EVENT_TAG);
    ASSERT_NE(event, nullptr);
    GstTagList* tags;
    gst_event_parse_tag(event.get(), &tags);
    gst_tag_list_get_string(tags, GST_TAG_LANGUAGE_CODE, &code);
  }
  g_free(code);
}

TEST(SsmlStream, AFlushForgetsWhatIsNotWhole) {
  Ssml ssml;
  ssml.begin();
  ssml.push("<speak>one two three");
  ssml.settle();
  ssml.flush();
  ssml.push_segment(GST_FORMAT_TIME);
  ssml.push(document("four"));
  ssml.end();
  const Heard heard = ssml.listen();
  EXPECT_EQ(heard.words, (std::vector<std::string>{"four"}));
  EXPECT_TRUE(heard.warnings.empty());
}

TEST(SsmlStream, SilenceAndNothing) {
  EXPECT_NEAR(hear({document("<break time='600ms'/>")}).seconds(), 0.6, 0.001);
  EXPECT_TRUE(hear({document("")}).samples.empty());
  EXPECT_TRUE(hear({" \n "}).samples.empty());
}

}  // namespace
}  // namespace gst_lingua_tests
