// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// Translation and speech work at the same time: shown by having each wait for the other. Where one
// stage did not go on while the other is in the midst of a sentence, these waits would not end.

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>

#include "tests/elements/harness.h"

namespace gst_lingua_tests {
namespace {

/// Counts sentences that have come out of both stages; the threads wait here for one another.
class Rendezvous {
 public:
  int add(int& count) {
    const std::lock_guard lock(mutex_);
    changed_.notify_all();
    return ++count;
  }

  void await(const int& count, int wanted) {
    std::unique_lock lock(mutex_);
    const bool came = changed_.wait_for(lock, std::chrono::seconds(60),
                                        [&] { return broken_ || count >= wanted; });
    if (!came) broken_ = true;
  }

  int translated = 0;
  int spoken = 0;
  bool broken() const { return broken_; }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool broken_ = false;
};

void watch(GstElement* pipeline, const char* name, GstPadProbeCallback probe, Rendezvous& both) {
  GstElement* element = gst_bin_get_by_name(GST_BIN(pipeline), name);
  GstPad* pad = gst_element_get_static_pad(element, "src");
  gst_pad_add_probe(pad, GST_PAD_PROBE_TYPE_BUFFER, probe, &both, nullptr);
  gst_object_unref(pad);
  gst_object_unref(element);
}

/// Sentence n + 2 is not let out of the translation before n is heard.
GstPadProbeReturn on_translation(GstPad*, GstPadProbeInfo*, gpointer data) {
  auto& both = *static_cast<Rendezvous*>(data);
  const int number = both.add(both.translated);
  both.await(both.spoken, number - 2);
  return GST_PAD_PROBE_OK;
}

/// The first sound of sentence n is held until sentence n + 1 is translated.
GstPadProbeReturn on_sound(GstPad*, GstPadProbeInfo* info, gpointer data) {
  auto& both = *static_cast<Rendezvous*>(data);
  const GstCustomMeta* meta =
      gst_buffer_get_custom_meta(GST_PAD_PROBE_INFO_BUFFER(info), "TtsSynthWordsMeta");
  if (meta == nullptr) return GST_PAD_PROBE_OK;
  const GstStructure* structure = gst_custom_meta_get_structure(const_cast<GstCustomMeta*>(meta));
  const GValue* word = gst_value_array_get_value(gst_structure_get_value(structure, "words"), 0);
  guint offset = 1;
  gst_structure_get_uint(gst_value_get_structure(word), "offset", &offset);
  if (offset != 0) return GST_PAD_PROBE_OK;
  const int number = both.add(both.spoken);
  if (number < 12) both.await(both.translated, number + 1);
  return GST_PAD_PROBE_OK;
}

TEST(Overlap, TranslationGoesOnWhileASentenceIsSpoken) {
  std::string text;
  for (int i = 0; i < 12; i++)
    text += "The meeting starts at nine. ";
  const Folder folder;
  const std::string file = folder.write("text.txt", text);
  Rendezvous both;
  const std::string error = run_pipeline(
      "filesrc location=" + file +
          " ! textsegmenter ! nllbtranslate name=translator batch-size=1 output-language-code=de ! "
          "ttssynth name=speaker ! fakesink",
      [&both](GstElement* pipeline) {
        watch(pipeline, "translator", on_translation, both);
        watch(pipeline, "speaker", on_sound, both);
      });
  EXPECT_EQ(error, "");
  EXPECT_FALSE(both.broken()) << "one stage waited for the other to end";
  EXPECT_EQ(both.translated, 12);
  EXPECT_EQ(both.spoken, 12);
}

}  // namespace
}  // namespace gst_lingua_tests
