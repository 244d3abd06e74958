// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a property may be set to, the real engine takes: both ends of each range are translated
// with.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/elements/harness.h"

namespace gst_lingua_tests {
namespace {

/// A property of numbers or of an enum, and one of the ends of its range as a launch line has it.
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

std::vector<End> ends() {
  std::vector<End> all;
  GstElement* element = gst_element_factory_make("nllbtranslate", nullptr);
  guint count;
  GParamSpec** specs = g_object_class_list_properties(G_OBJECT_GET_CLASS(element), &count);
  for (guint i = 0; i < count; i++) {
    const bool own = specs[i]->owner_type == G_OBJECT_TYPE(element);
    if (!own || !(specs[i]->flags & G_PARAM_WRITABLE)) continue;
    for (const bool largest : {false, true})
      if (const std::string value = end_of(specs[i], largest); !value.empty())
        all.push_back({specs[i]->name, value});
  }
  g_free(specs);
  gst_object_unref(element);
  return all;
}

TEST(PropertyRanges, AreTakenByTheEngine) {
  const std::vector<End> all = ends();
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

}  // namespace
}  // namespace gst_lingua_tests
