// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a property may be set to, the real thing takes: each element works at both ends of each
// range.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/elements/harness.h"

namespace gst_lingua_tests {
namespace {

/// A property of numbers or of an enum, and an end of its range as a launch line has it.
struct End {
  std::string property;
  std::string value;
};

std::ostream& operator<<(std::ostream& out, const End& end) {
  return out << end.property << "=" << end.value;
}

/// What the smallest or the largest value of a property is called; empty if it has none.
std::string end_of(GParamSpec* spec, bool largest) {
  if (auto* of_uint = G_IS_PARAM_SPEC_UINT(spec) ? G_PARAM_SPEC_UINT(spec) : nullptr)
    return std::to_string(largest ? of_uint->maximum : of_uint->minimum);
  if (auto* of_int = G_IS_PARAM_SPEC_INT(spec) ? G_PARAM_SPEC_INT(spec) : nullptr)
    return std::to_string(largest ? of_int->maximum : of_int->minimum);
  if (auto* of_double = G_IS_PARAM_SPEC_DOUBLE(spec) ? G_PARAM_SPEC_DOUBLE(spec) : nullptr)
    return std::to_string(largest ? of_double->maximum : of_double->minimum);
  if (auto* of_enum = G_IS_PARAM_SPEC_ENUM(spec) ? G_PARAM_SPEC_ENUM(spec) : nullptr) {
    const GEnumClass* values = of_enum->enum_class;
    return values->values[largest ? values->n_values - 1 : 0].value_nick;
  }
  return "";
}

std::vector<End> ends(const char* name) {
  std::vector<End> all;
  GstElement* element = gst_element_factory_make(name, nullptr);
  guint count;
  GParamSpec** specs = g_object_class_list_properties(G_OBJECT_GET_CLASS(element), &count);
  for (guint i = 0; i < count; i++) {
    const bool own = specs[i]->owner_type == G_OBJECT_TYPE(element);
    if (!own || !(specs[i]->flags & G_PARAM_WRITABLE)) continue;
    for (const bool largest : {false, true})
      if (const std::string value = end_of(specs[i], largest); !value.empty())
        all.push_back({specs[i]->name, value});
    // 0 mostly stands for none, and 1 is the least.
    if (G_IS_PARAM_SPEC_UINT(specs[i]) && G_PARAM_SPEC_UINT(specs[i])->minimum == 0)
      all.push_back({specs[i]->name, "1"});
  }
  g_free(specs);
  gst_object_unref(element);
  return all;
}

TEST(PropertyRanges, AreTakenByTheEngine) {
  const std::vector<End> all = ends("nllbtranslate");
  EXPECT_GE(all.size(), 16U);
  for (const End& end : all) {
    SCOPED_TRACE(end);
    Harness translator("nllbtranslate input-language-code=en output-language-code=de " +
                       end.property + "=" + end.value);
    translator.begin();
    EXPECT_EQ(translator.push("Good morning.", 0, 1000 * ms), GST_FLOW_OK);
    translator.end();
    translator.pull_event(GST_EVENT_EOS);
    EXPECT_TRUE(translator.quiet(GST_MESSAGE_ERROR));
    EXPECT_EQ(translator.stat("translations") + translator.stat("dropped"), 1U);
  }
}

std::string without_spaces(std::string text) {
  text.erase(std::remove(text.begin(), text.end(), ' '), text.end());
  return text;
}

TEST(PropertyRanges, LoseNoTextInTheSegmenter) {
  const std::vector<End> all = ends("textsegmenter");
  EXPECT_GE(all.size(), 14U);
  const std::vector<std::string> words = {"How",   "are", "you?", "「行こう！」と言った。",
                                          "Fine,", "and"};
  std::string whole;
  for (const std::string& word : words)
    whole += word;
  for (const End& end : all) {
    for (const bool timed : {false, true}) {
      SCOPED_TRACE(end);
      Harness segmenter("textsegmenter " + end.property + "=" + end.value);
      segmenter.begin();
      GstClockTime time = 0;
      for (const std::string& word : words) {
        EXPECT_EQ(segmenter.push(word, timed ? time : none, timed ? 300 * ms : none), GST_FLOW_OK);
        time += 1000 * ms;
      }
      segmenter.end();
      std::string text;
      for (const std::string& sentence : segmenter.pull_to_end())
        text += sentence;
      EXPECT_EQ(without_spaces(text), whole);
      EXPECT_TRUE(segmenter.quiet(GST_MESSAGE_ERROR));
    }
  }
}

TEST(PropertyRanges, AreTakenByTheVoice) {
  const std::vector<End> all = ends("ttssynth");
  EXPECT_GE(all.size(), 14U);
  for (const End& end : all) {
    SCOPED_TRACE(end);
    Harness speech("ttssynth language-code=en " + end.property + "=" + end.value);
    speech.make_source_not_live();
    speech.begin();
    EXPECT_EQ(speech.push("Good morning.", 0, 1000 * ms), GST_FLOW_OK);
    speech.end();
    speech.pull_event(GST_EVENT_EOS);
    EXPECT_FALSE(speech.empty());
    EXPECT_TRUE(speech.quiet(GST_MESSAGE_ERROR));
    EXPECT_EQ(speech.stat("texts"), 1U);
  }
}

}  // namespace
}  // namespace gst_lingua_tests
