// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/elements/segmenter.h"

namespace gst_lingua_tests {
namespace {

using Texts = std::vector<std::string>;

bool complete(const Text& text) {
  gboolean value = FALSE;
  gst_structure_get_boolean(text.meta, "complete", &value);
  return value;
}

TEST(TextSegmenter, CutsBytesWithoutCapsIntoSentences) {
  Segmenter segmenter;
  segmenter.begin_bytes();
  const std::string text = "Über Größe. Und 日本語。Fin";
  for (char byte : text)
    segmenter.push(std::string(1, byte));
  segmenter.end();

  auto caps = segmenter.pull_event(GST_EVENT_CAPS);
  GstCaps* given;
  gst_event_parse_caps(caps.get(), &given);
  EXPECT_STREQ(gst_structure_get_string(gst_caps_get_structure(given, 0), "format"), "utf8");
  auto segment = segmenter.pull_event(GST_EVENT_SEGMENT);
  const GstSegment* values;
  gst_event_parse_segment(segment.get(), &values);
  EXPECT_EQ(values->format, GST_FORMAT_TIME);

  Text first = segmenter.pull();
  EXPECT_EQ(first.text, "Über Größe.");
  EXPECT_EQ(first.pts, none);
  EXPECT_EQ(first.duration, none);
  EXPECT_EQ(segmenter.pull_to_end(), (Texts{"Und 日本語。", "Fin"}));
}

TEST(TextSegmenter, HasCountedNothingBeforeItStarts) {
  GstElement* element = gst_element_factory_make("textsegmenter", nullptr);
  GstStructure* stats = nullptr;
  g_object_get(element, "stats", &stats, nullptr);
  for (const char* field : {"sentences", "terminator", "pause", "deadline", "length", "end"}) {
    guint64 count = 1;
    EXPECT_TRUE(gst_structure_get_uint64(stats, field, &count)) << field;
    EXPECT_EQ(count, 0U) << field;
  }
  gst_structure_free(stats);
  gst_object_unref(element);
}

TEST(TextSegmenter, JoinsUntimedPiecesAsTheyAre) {
  Segmenter segmenter;
  segmenter.begin();
  for (const char* piece : {"transl", "ation", " works", ". Y", "es."})
    segmenter.push(piece);
  segmenter.end();
  EXPECT_EQ(segmenter.pull_to_end(), (Texts{"translation works.", "Yes."}));
}

TEST(TextSegmenter, JoinsTimedWordsWithSpacesWhereTheScriptHasThem) {
  Segmenter segmenter;
  segmenter.begin();
  GstClockTime time = 0;
  for (const char* word : {"Hello", "world.", "今日は", "晴れ。"})
    segmenter.push(word, time += 500 * ms, 400 * ms);
  segmenter.end();
  EXPECT_EQ(segmenter.pull_to_end(), (Texts{"Hello world.", "今日は晴れ。"}));
}

TEST(TextSegmenter, JoinsAsTold) {
  Segmenter verbatim("join=verbatim");
  verbatim.begin();
  verbatim.push("trans", 0, 100 * ms);
  verbatim.push("lation.", 100 * ms, 100 * ms);
  verbatim.end();
  EXPECT_EQ(verbatim.pull_to_end(), (Texts{"translation."}));

  Segmenter words("join=words");
  words.begin();
  words.push("two");
  words.push("words.");
  words.end();
  EXPECT_EQ(words.pull_to_end(), (Texts{"two words."}));
}

TEST(TextSegmenter, TakesMarkupOutOfCues) {
  Segmenter segmenter;
  segmenter.begin("pango-markup");
  segmenter.push("<i>Fish &amp;amp; chips</i> {\\an8}are", 0, 1000 * ms);
  segmenter.push("<v Bob>3 &lt; 4.", 1000 * ms, 1000 * ms);
  segmenter.end();
  EXPECT_EQ(segmenter.pull_to_end(), (Texts{"Fish & chips are", "3 < 4."}))
      << "another speaker says the second cue";
}

TEST(TextSegmenter, TellsTheVoicesOfACueApart) {
  Segmenter segmenter("language-code=en");
  segmenter.begin("pango-markup");
  segmenter.push("<v Ann>Who is there</v>\n<v Ben>It is me</v>", 1000 * ms, 2000 * ms);
  segmenter.end();
  const Text ann = segmenter.pull();
  const Text ben = segmenter.pull();
  EXPECT_EQ(ann.text, "Who is there");
  EXPECT_STREQ(gst_structure_get_string(ann.meta, "speaker"), "Ann");
  EXPECT_EQ(ann.pts, 1000 * ms);
  EXPECT_EQ(ben.text, "It is me");
  EXPECT_STREQ(gst_structure_get_string(ben.meta, "speaker"), "Ben");
  EXPECT_EQ(ben.pts, ann.pts + ann.duration);
  EXPECT_EQ(ben.pts + ben.duration, 3000 * ms);
}

TEST(TextSegmenter, ReadsCuesAsCues) {
  for (const char* format : {"pango-markup", "utf8"}) {
    Segmenter segmenter("language-code=en");
    segmenter.begin(format);
    segmenter.push("[MUSIC]", 0, 1000 * ms);
    segmenter.push("A long line that is\nwrapped", 1000 * ms, 1000 * ms);
    segmenter.push("as captions are", 2000 * ms, 1000 * ms);
    segmenter.push("- Who is there\n- Me", 3000 * ms, 1000 * ms);
    segmenter.end();
    EXPECT_EQ(
        segmenter.pull_to_end(),
        (Texts{"[MUSIC]", "A long line that is wrapped as captions are", "- Who is there", "- Me"}))
        << format;
  }
}

TEST(TextSegmenter, FillsCaptions) {
  Segmenter segmenter("language-code=en captions=true");
  segmenter.make_source_not_live();
  segmenter.begin();
  segmenter.push("Yes. No. We shall see, when the rain has stopped, who was right and who was not.",
                 0, 6000 * ms);
  for (GstClockTime i = 0; i < 20; ++i)
    segmenter.push(i % 2 ? "stay." : "We", 6000 * ms + i * 100 * ms, 100 * ms);
  segmenter.push_gap(8000 * ms, 9000 * ms);
  segmenter.push("The end.", 20000 * ms, 1000 * ms);
  segmenter.end();
  GstClockTime end = 0;
  std::string all;
  for (Text text = segmenter.pull();; text = segmenter.pull()) {
    EXPECT_GE(text.pts, end) << text.text;
    EXPECT_GE(text.duration, 1000 * ms) << text.text;
    EXPECT_LE(text.text.size() * 1000 * ms, uint64_t{20000} * text.duration + 1000 * ms)
        << text.text;
    end = text.pts + text.duration;
    all += text.text + "|";
    if (text.text == "The end.") break;
  }
  EXPECT_EQ(all.substr(0, 9), "Yes. No. ");
  EXPECT_NE(all.find("We shall see, when the rain has"), std::string::npos) << all;
  EXPECT_EQ(end, 21000 * ms);
}

TEST(TextSegmenter, KeepsTheOrderWhenCaptionsEnd) {
  Segmenter segmenter("language-code=en captions=true");
  segmenter.make_source_not_live();
  segmenter.begin();
  segmenter.push("Yes. And", 0, 500 * ms);
  segmenter.settle();
  g_object_set(segmenter.element(), "captions", FALSE, nullptr);
  segmenter.push("no.", 500 * ms, 500 * ms);
  segmenter.end();
  EXPECT_EQ(segmenter.pull_to_end(), (Texts{"Yes. And", "no."}));
}

TEST(TextSegmenter, TakesWhatTtmlparseGives) {
  Segmenter segmenter("language-code=en");
  segmenter.begin_bytes();
  segmenter.push_segment(GST_FORMAT_TIME);
  segmenter.push(std::string("It rained\nall day.\0", 19), 0, 1000 * ms);
  segmenter.end();
  EXPECT_EQ(segmenter.pull_to_end(), Texts{"It rained all day."});
  GstCaps* ttml = gst_caps_from_string("text/x-raw(meta:GstSubtitleMeta)");
  GstPad* sink = gst_element_get_static_pad(segmenter.element(), "sink");
  GstCaps* taken = gst_pad_get_pad_template_caps(sink);
  EXPECT_TRUE(gst_caps_can_intersect(taken, ttml));
  gst_caps_unref(taken);
  gst_caps_unref(ttml);
  gst_object_unref(sink);
}

TEST(TextSegmenter, EscapesWhatDownstreamWantsAsMarkup) {
  Segmenter segmenter;
  gst_harness_set_sink_caps_str(segmenter.get(), "text/x-raw, format={pango-markup, utf8}");
  segmenter.begin();
  segmenter.push("Fish & chips, 3 < 4.");
  segmenter.end();
  EXPECT_EQ(segmenter.pull_to_end(), (Texts{"Fish &amp; chips, 3 &lt; 4."}));
}

TEST(TextSegmenter, ChangesFormatWhenDownstreamAsks) {
  Segmenter segmenter;
  segmenter.begin();
  segmenter.push("a & b。 ");
  segmenter.push("c");
  EXPECT_EQ(segmenter.pull().text, "a & b。");
  gst_harness_set_sink_caps_str(segmenter.get(), "text/x-raw, format=pango-markup");
  gst_harness_push_upstream_event(segmenter.get(), gst_event_new_reconfigure());
  segmenter.push(" & d。 E");
  EXPECT_EQ(segmenter.pull().text, "c &amp; d。");
}

TEST(TextSegmenter, TellsWhyASentenceEnds) {
  Segmenter segmenter("max-chars=20 max-pause=600");
  segmenter.begin();
  segmenter.push("Short one。", 0, 1000 * ms);
  segmenter.push("A long one, that has to end before its end comes", 1000 * ms, 1000 * ms);
  segmenter.push_custom("rstranscribe/final-transcript");
  segmenter.push("said", 3000 * ms, 100 * ms);
  segmenter.push("later", 4000 * ms, 100 * ms);
  segmenter.end();

  Text text = segmenter.pull();
  EXPECT_EQ(reason_of(text), "terminator");
  EXPECT_TRUE(complete(text));
  text = segmenter.pull();
  EXPECT_EQ(reason_of(text), "length");
  EXPECT_FALSE(complete(text));
  while (reason_of(text) == "length")
    text = segmenter.pull();
  EXPECT_EQ(reason_of(text), "boundary");
  text = segmenter.pull();
  EXPECT_EQ(text.text, "said");
  EXPECT_EQ(reason_of(text), "pause");
  text = segmenter.pull();
  EXPECT_EQ(text.text, "later");
  EXPECT_EQ(reason_of(text), "end");
}

TEST(TextSegmenter, JoinsShortSentencesIfTold) {
  Segmenter segmenter("min-chars=10");
  segmenter.begin();
  segmenter.push("Yes. I will come. ");
  segmenter.end();
  EXPECT_EQ(segmenter.pull_to_end(), (Texts{"Yes. I will come."}));
}

TEST(TextSegmenter, ReadsMoreAbbreviationsFromAFile) {
  Folder folder;
  const std::string file = folder.write("mine.txt", "# ours\nQuux.\n");
  Segmenter segmenter("language-code=en abbreviations=" + file);
  segmenter.begin();
  segmenter.push("I met Quux. Smith today. ");
  segmenter.end();
  EXPECT_EQ(segmenter.pull_to_end(), (Texts{"I met Quux. Smith today."}));
}

TEST(TextSegmenter, ReadsTheAbbreviationsThatItHasWhenItStarts) {
  // The application may change its mind in READY, and the file may change, too.
  Folder folder;
  const std::string first = folder.write("first.txt", "Quux.\n");
  const std::string second = folder.write("second.txt", "Blarg.\n");
  Segmenter segmenter("language-code=en abbreviations=" + first);
  gst_element_set_state(segmenter.element(), GST_STATE_READY);
  g_object_set(segmenter.element(), "abbreviations", second.c_str(), nullptr);
  gst_element_set_state(segmenter.element(), GST_STATE_PLAYING);
  segmenter.begin();
  segmenter.push("I met Quux. Smith met Blarg. Jones. ");
  segmenter.end();
  EXPECT_EQ(segmenter.pull_to_end(), (Texts{"I met Quux.", "Smith met Blarg. Jones."}));
}

TEST(TextSegmenter, SaysWhichListOfAbbreviationsIsMissing) {
  Segmenter segmenter;
  GstElement* element = segmenter.element();
  gst_element_set_state(element, GST_STATE_READY);
  g_object_set(element, "abbreviations", "/nowhere/mine.txt", nullptr);
  EXPECT_EQ(gst_element_set_state(element, GST_STATE_PAUSED), GST_STATE_CHANGE_FAILURE);
  EXPECT_TRUE(
      segmenter.error_is(GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND, "/nowhere/mine.txt"));
  // It goes on once the mistake is mended.
  g_object_set(element, "abbreviations", nullptr, nullptr);
  EXPECT_NE(gst_element_set_state(element, GST_STATE_PAUSED), GST_STATE_CHANGE_FAILURE);
}

TEST(TextSegmenter, DrainsWhenATurnEnds) {
  for (const char* name : {"rstranscribe/final-transcript", "rstranscribe/speaker-change"}) {
    Segmenter segmenter;
    segmenter.begin();
    segmenter.push("no end", 0, 100 * ms);
    segmenter.push_custom(name);
    Text text = segmenter.pull();
    EXPECT_EQ(text.text, "no end") << name;
    EXPECT_EQ(reason_of(text), "boundary") << name;
    auto event = segmenter.pull_event(GST_EVENT_CUSTOM_DOWNSTREAM);
    EXPECT_TRUE(gst_event_has_name(event.get(), name));
  }
}

TEST(TextSegmenter, DrainsAtADiscontinuity) {
  Segmenter segmenter;
  segmenter.begin();
  segmenter.push("cut o\xc3");
  GstBuffer* buffer = text_buffer("new");
  GST_BUFFER_FLAG_SET(buffer, GST_BUFFER_FLAG_DISCONT);
  segmenter.push(buffer);
  segmenter.end();
  EXPECT_EQ(segmenter.pull_to_end(), (Texts{"cut o\uFFFD", "new"}));
}

TEST(TextSegmenter, DrainsWhenTheLanguageChanges) {
  Segmenter segmenter;
  segmenter.begin();
  segmenter.push_language("en");
  segmenter.push("no end");
  segmenter.push_language("eng");
  segmenter.push(" yet");
  segmenter.settle();
  EXPECT_TRUE(segmenter.empty()) << "the same language in another code";
  segmenter.push_language("ja");
  EXPECT_EQ(segmenter.pull().text, "no end yet");
}

TEST(TextSegmenter, DrainsAtANewSegmentAndANewStream) {
  Segmenter segmenter;
  segmenter.begin();
  segmenter.push("one");
  segmenter.push_segment(GST_FORMAT_TIME, 10 * GST_SECOND);
  EXPECT_EQ(segmenter.pull().text, "one");
  segmenter.push("two");
  segmenter.push(gst_event_new_stream_start("another"));
  EXPECT_EQ(segmenter.pull().text, "two");
}

TEST(TextSegmenter, DrainsWhereASegmentOrAGroupIsDone) {
  // What a segment seek plays ends without EOS.
  for (GstEventType type : {GST_EVENT_SEGMENT_DONE, GST_EVENT_STREAM_GROUP_DONE}) {
    Segmenter segmenter;
    segmenter.begin();
    segmenter.push("no end\xe6");
    segmenter.push(type == GST_EVENT_SEGMENT_DONE
                       ? gst_event_new_segment_done(GST_FORMAT_TIME, 1000 * ms)
                       : gst_event_new_stream_group_done(7));
    EXPECT_NE(segmenter.pull_event(type), nullptr);
    EXPECT_FALSE(segmenter.empty()) << "the event does not overtake the text";
    Text text = segmenter.pull();
    EXPECT_EQ(text.text, "no end\uFFFD");
    EXPECT_EQ(reason_of(text), "end");
  }
}

TEST(TextSegmenter, SendsTheTagsOfAFlushedTextBeforeNewerOnes) {
  Segmenter segmenter;
  segmenter.begin();
  segmenter.push("no end");
  segmenter.push(gst_event_new_tag(gst_tag_list_new(GST_TAG_TITLE, "old", nullptr)));
  segmenter.settle();
  segmenter.flush();
  segmenter.push(gst_event_new_tag(gst_tag_list_new(GST_TAG_TITLE, "new", nullptr)));
  segmenter.push_segment(GST_FORMAT_TIME);
  segmenter.push("more。");
  segmenter.pull();
  GstPad* src = gst_element_get_static_pad(segmenter.element(), "src");
  GstEvent* event = gst_pad_get_sticky_event(src, GST_EVENT_TAG, 0);
  ASSERT_NE(event, nullptr);
  GstTagList* tags;
  gst_event_parse_tag(event, &tags);
  gchar* title = nullptr;
  gst_tag_list_get_string(tags, GST_TAG_TITLE, &title);
  EXPECT_STREQ(title, "new");
  g_free(title);
  gst_event_unref(event);
  gst_object_unref(src);
}

TEST(TextSegmenter, ForgetsWhatASeekLeavesBehind) {
  Segmenter segmenter("max-pause=600");
  segmenter.begin();
  segmenter.push("before the seek", 1000 * ms, 1000 * ms);
  segmenter.settle();
  segmenter.flush();
  segmenter.push_segment(GST_FORMAT_TIME, 10 * GST_SECOND);
  segmenter.push("after it。", 10500 * ms, 500 * ms);
  Text text = segmenter.pull();
  EXPECT_EQ(text.text, "after it。");
  EXPECT_EQ(text.pts, 10500 * ms);
  segmenter.pull_event(GST_EVENT_FLUSH_STOP);
  auto gap = segmenter.pull_event(GST_EVENT_GAP);
  GstClockTime start, duration;
  gst_event_parse_gap(gap.get(), &start, &duration);
  EXPECT_EQ(start, 10 * GST_SECOND) << "from the beginning of the segment";
  EXPECT_EQ(duration, 500 * ms);
}

TEST(TextSegmenter, ForgetsHalfACharacterInAFlush) {
  Segmenter segmenter;
  segmenter.begin_bytes();
  segmenter.push("half \xe6\x97");
  segmenter.settle();
  segmenter.flush();
  segmenter.push_segment(GST_FORMAT_BYTES, 100);
  segmenter.push("whole。");
  segmenter.end();
  EXPECT_EQ(segmenter.pull_to_end(), Texts{"whole。"});
  EXPECT_EQ(segmenter.stat("invalid-sequences"), 0U);
}

TEST(TextSegmenter, DrainsOnAQuery) {
  Segmenter segmenter;
  segmenter.begin();
  segmenter.push("no end");
  GstQuery* query = gst_query_new_drain();
  gst_pad_peer_query(segmenter.get()->srcpad, query);
  gst_query_unref(query);
  EXPECT_EQ(segmenter.pull().text, "no end");
}

TEST(TextSegmenter, TakesTheRulesOfTheTaggedLanguage) {
  // "evtl." is an abbreviation in German alone.
  const char* text = "Er kommt evtl. Sie kommen. ";
  Segmenter german;
  german.begin();
  german.push_language("de");
  german.push(text);
  german.end();
  EXPECT_EQ(german.pull_to_end(), (Texts{"Er kommt evtl. Sie kommen."}));
}

TEST(TextSegmenter, ChangesRulesInTheMiddle) {
  // By TAG event: the same words under both rules.
  const char* text = "Er kommt evtl. Sie kommen. ";
  Segmenter tagged;
  tagged.begin();
  tagged.push_language("en");
  tagged.push(text);
  tagged.push_language("deu_Latn");
  tagged.push(text);
  tagged.end();
  const Texts both = {"Er kommt evtl.", "Sie kommen.", "Er kommt evtl. Sie kommen."};
  EXPECT_EQ(tagged.pull_to_end(), both);

  // By the property, which goes before the TAG event.
  Segmenter told("language-code=en");
  told.begin();
  told.push_language("de");
  told.push(text);
  told.settle();
  g_object_set(told.element(), "language-code", "de-AT", nullptr);
  told.push(text);
  told.end();
  EXPECT_EQ(told.pull_to_end(), both);
}

TEST(TextSegmenter, HandsOnWhatTheCoreSays) {
  Log log("linguacore");
  Segmenter segmenter("language-code=deu_Latn");
  segmenter.begin();
  segmenter.push("Ja. ");
  segmenter.settle();
  EXPECT_TRUE(log.tells({"DEBUG segment: language \"deu_Latn\": rules of \"de\""}));
}

TEST(TextSegmenter, TellsDownstreamTheLanguageThatItWasTold) {
  Segmenter segmenter("language-code=ja");
  segmenter.begin();
  auto tag = segmenter.pull_event(GST_EVENT_TAG);
  GstTagList* tags;
  gst_event_parse_tag(tag.get(), &tags);
  gchar* code = nullptr;
  EXPECT_TRUE(gst_tag_list_get_string(tags, GST_TAG_LANGUAGE_CODE, &code));
  EXPECT_STREQ(code, "ja");
  g_free(code);
}

TEST(TextSegmenter, TellsDownstreamOfANewLanguage) {
  Segmenter segmenter("language-code=en");
  segmenter.begin();
  segmenter.push("Yes. No");
  segmenter.pull_event(GST_EVENT_TAG);
  g_object_set(segmenter.element(), "language-code", "de", nullptr);
  segmenter.push("Ja. Nein");
  auto tag = segmenter.pull_event(GST_EVENT_TAG);
  GstTagList* tags;
  gst_event_parse_tag(tag.get(), &tags);
  gchar* code = nullptr;
  EXPECT_TRUE(gst_tag_list_get_string(tags, GST_TAG_LANGUAGE_CODE, &code));
  EXPECT_STREQ(code, "de");
  g_free(code);
}

TEST(TextSegmenter, ChangesSettingsWhilePlaying) {
  Segmenter segmenter;
  segmenter.begin();
  segmenter.push("one");
  segmenter.settle();
  g_object_set(segmenter.element(), "max-chars", 10, nullptr);
  segmenter.push("a long text, without any end to it");
  EXPECT_EQ(segmenter.pull().text, "one");
  EXPECT_EQ(reason_of(segmenter.pull()), "length");
}

TEST(TextSegmenter, KeepsEventsBehindTheSentenceBeforeThem) {
  Segmenter segmenter;
  segmenter.begin();
  segmenter.push("begun");
  segmenter.push_custom("test/mark");
  segmenter.settle();
  while (auto event = gst_harness_try_pull_event(segmenter.get())) {
    EXPECT_NE(GST_EVENT_TYPE(event), GST_EVENT_CUSTOM_DOWNSTREAM);
    gst_event_unref(event);
  }
  segmenter.push(" and ended。 Then");
  segmenter.pull_event(GST_EVENT_CUSTOM_DOWNSTREAM);
  EXPECT_EQ(segmenter.pull().text, "begun and ended。");
}

}  // namespace
}  // namespace gst_lingua_tests
