// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// nllbtranslate among the speech elements of gst-plugins-rs: stand-ins push what those push
// (net/aws, text/accumulate, video/closedcaption), down to the names of events and metas.

#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "plugins/common/metas.h"
#include "tests/elements/harness.h"

namespace gst_lingua_tests {
namespace {

using Texts = std::vector<std::string>;

struct Word {
  const char* text;
  GstClockTime pts, duration;
};

class Peers : public ::testing::Test {
 protected:
  void SetUp() override { model_.write("config.json", "{}"); }

  /// As translationbin sets up a translator.
  std::string line(const std::string& properties = "") const {
    return "nllbtranslate model=" + model_.path() +
           " input-language-code=en-US output-language-code=fr-FR " + properties;
  }

  /// A transcriber: a word a buffer, a GAP where nobody speaks, an event at the end of a turn.
  static void transcribe(Harness& harness, const std::vector<Word>& words) {
    GstClockTime end = 0;
    for (const Word& word : words) {
      if (word.pts > end) harness.push_gap(end, word.pts - end);
      EXPECT_EQ(harness.push(word.text, word.pts, word.duration), GST_FLOW_OK);
      end = word.pts + word.duration;
    }
    harness.push_custom("rstranscribe/final-transcript");
  }

  /// textaccumulate: one buffer with all words, which the meta lists with their own times.
  static GstBuffer* accumulate(const std::vector<Word>& words) {
    std::string text;
    GstBufferList* list = gst_buffer_list_new();
    for (const Word& word : words) {
      text += (text.empty() ? "" : " ") + std::string(word.text);
      gst_buffer_list_add(list, text_buffer(word.text, word.pts, word.duration));
    }
    GstBuffer* buffer = text_buffer(text, words.front().pts,
                                    words.back().pts + words.back().duration - words.front().pts);
    GstCustomMeta* meta = gst_buffer_add_custom_meta(buffer, GST_TEXT_ACCUMULATE_SENTENCE_META);
    gst_structure_set(gst_custom_meta_get_structure(meta), "words", GST_TYPE_BUFFER_LIST, list,
                      nullptr);
    gst_buffer_list_unref(list);
    return buffer;
  }

  static void change_speaker(Harness& harness, const char* name) {
    harness.push(gst_event_new_custom(
        GST_EVENT_CUSTOM_DOWNSTREAM,
        gst_structure_new("rstranscribe/speaker-change", "speaker", G_TYPE_STRING, name, nullptr)));
  }

  Folder model_;
};

const std::vector<Word> words = {
    {"How", 1000 * ms, 200 * ms}, {"are", 1200 * ms, 100 * ms}, {"you?", 1500 * ms, 300 * ms}};

TEST_F(Peers, HaveTheirPropertiesSet) {
  Harness translator(line());
  // What translationbin and transcriberbin look for before they set it.
  for (const char* name : {"input-language-code", "output-language-code", "latency", "lateness"})
    EXPECT_NE(g_object_class_find_property(G_OBJECT_GET_CLASS(translator.element()), name), nullptr)
        << name;
}

TEST_F(Peers, AccumulateSentencesForIt) {
  Harness translator(line(), GST_NLLB_TRANSLATE_META);
  translator.begin();
  change_speaker(translator, "Ann");
  translator.push(accumulate(words));
  const Text text = translator.pull();
  EXPECT_EQ(text.text, "fra_Latn(How are you?)");
  EXPECT_EQ(text.pts, 1000 * ms);
  EXPECT_EQ(text.duration, 800 * ms);
  EXPECT_STREQ(gst_structure_get_string(text.meta, "speaker"), "Ann");
  GstCustomMeta* sentence =
      gst_buffer_get_custom_meta(text.buffer.get(), GST_TEXT_ACCUMULATE_SENTENCE_META);
  ASSERT_NE(sentence, nullptr);
  EXPECT_FALSE(gst_structure_has_field(gst_custom_meta_get_structure(sentence), "words"))
      << "no word of the source stands in the translation";
}

TEST_F(Peers, PushListsOfWords) {
  // As textaccumulate did before it joined them.
  Harness translator(line());
  translator.begin();
  GstBufferList* list = gst_buffer_list_new();
  for (const Word& word : words)
    gst_buffer_list_add(list, text_buffer(word.text, word.pts, word.duration));
  EXPECT_EQ(gst_pad_push_list(translator.get()->srcpad, list), GST_FLOW_OK);
  for (const Word& word : words) {
    const Text text = translator.pull();
    EXPECT_EQ(text.text, "fra_Latn(" + std::string(word.text) + ")");
    EXPECT_EQ(text.pts, word.pts);
    EXPECT_EQ(text.duration, word.duration);
  }
}

TEST_F(Peers, SendWordsWithoutAnAccumulator) {
  Harness translator(line());
  translator.begin();
  change_speaker(translator, "Ann");
  transcribe(translator, words);
  for (const Word& word : words) {
    const Text text = translator.pull();
    EXPECT_EQ(text.pts, word.pts);
    EXPECT_EQ(text.duration, word.duration);
  }
  translator.settle();
  EXPECT_TRUE(translator.empty());
  Texts order;
  while (GstEvent* event = gst_harness_try_pull_event(translator.get())) {
    if (GST_EVENT_TYPE(event) == GST_EVENT_GAP)
      order.emplace_back("gap");
    else if (const GstStructure* said = gst_event_get_structure(event);
             said && GST_EVENT_TYPE(event) == GST_EVENT_CUSTOM_DOWNSTREAM)
      order.emplace_back(gst_structure_get_name(said));
    gst_event_unref(event);
  }
  EXPECT_EQ(order,
            (Texts{"rstranscribe/speaker-change", "gap", "gap", "rstranscribe/final-transcript"}));
}

TEST_F(Peers, AreNotWaitedForWithoutSynchronisation) {
  // Words that come when they are said, with or without times of their own.
  Harness translator(line("latency=-1"));
  gst_harness_use_testclock(translator.get());
  translator.begin();
  const std::array<std::pair<Word, GstClockTime>, 3> wanted = {{
      {{"How", 1000 * ms, 200 * ms}, 200 * ms},
      {{"are", 1200 * ms, none}, 1000 * ms},
      {{"you?", none, none}, 1000 * ms},
  }};
  GstClockTime now = 5000 * ms;
  for (const auto& [word, duration] : wanted) {
    now += 100 * ms;
    gst_harness_set_time(translator.get(), now);
    translator.push(word.text, word.pts, word.duration);
    const Text text = translator.pull();
    EXPECT_EQ(text.pts, now) << word.text;
    EXPECT_EQ(text.duration, duration) << word.text;
  }
}

TEST_F(Peers, FindTheLanguageInAMatroskaFile) {
  const std::string subtitles =
      model_.write("in.srt", "1\n00:00:01,000 --> 00:00:03,000\nGood morning.\n\n");
  const std::string film = model_.path() + "/out.mkv";
  const std::pair<const char*, const char*> languages[] = {
      {"de-AT", "de"}, {"fr", "fr"}, {"jpn_Jpan", "ja"}, {"spa", "es"}};
  for (const auto& [code, tag] : languages) {
    EXPECT_EQ(run_pipeline("filesrc location=" + subtitles + " ! subparse ! nllbtranslate model=" +
                           model_.path() + " output-language-code=" + code +
                           " ! matroskamux ! filesink location=" + film),
              "");
    std::string found;
    EXPECT_EQ(run_pipeline("filesrc location=" + film + " ! matroskademux ! fakesink", {},
                           [&found](GstMessage* message) {
                             if (GST_MESSAGE_TYPE(message) != GST_MESSAGE_TAG) return;
                             GstTagList* tags;
                             gst_message_parse_tag(message, &tags);
                             gchar* language = nullptr;
                             if (gst_tag_list_get_string(tags, GST_TAG_LANGUAGE_CODE, &language))
                               found = language;
                             g_free(language);
                             gst_tag_list_unref(tags);
                           }),
              "");
    EXPECT_EQ(found, tag) << code;
    // And what reads the file takes it for the source's language: nothing is left to translate.
    Texts said;
    EXPECT_EQ(
        run_pipeline(
            "filesrc location=" + film + " ! matroskademux ! nllbtranslate model=" + model_.path() +
                " output-language-code=" + code + " ! fakesink name=s signal-handoffs=true",
            [&said](GstElement* pipeline) {
              GstElement* sink = gst_bin_get_by_name(GST_BIN(pipeline), "s");
              g_signal_connect(
                  sink, "handoff",
                  G_CALLBACK(+[](GstElement*, GstBuffer* buffer, GstPad*, gpointer texts) {
                    static_cast<Texts*>(texts)->push_back(text_of(buffer));
                  }),
                  &said);
              gst_object_unref(sink);
            }),
        "");
    ASSERT_EQ(said.size(), 1U);
    EXPECT_EQ(said[0].find('('), said[0].rfind('(')) << "it was translated once: " << said[0];
  }
}

}  // namespace
}  // namespace gst_lingua_tests
