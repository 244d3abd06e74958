// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/ttssynth/spokentext.h"

#include <cmath>
#include <string>

#include "gst-translate/text/language.h"
#include "plugins/common/metas.h"
#include "plugins/common/registermetas.h"
#include "plugins/common/tags.h"

namespace gst_lingua {

using gst_tts::SpokenWord;

void
SpokenText::add (const std::vector<SpokenWord> &words)
{
  for (const SpokenWord &word : words) {
    // Rounded up: never before the buffer that begins with this sample.
    GstClockTime sounds_after = gst_util_uint64_scale_ceil (
        static_cast<guint64> (word.sample), GST_SECOND, static_cast<guint64> (rate_));
    words_.push_back ({request_.text.substr (word.offset, word.length),
                       static_cast<guint> (word.offset), start_ + sounds_after, false});
  }
}

void
SpokenText::describe (GstBuffer *buffer)
{
  if (share_ > 0)
    tell_target (buffer);

  GstClockTime begin = GST_BUFFER_PTS (buffer);
  GstClockTime end = begin + GST_BUFFER_DURATION (buffer);
  while (!words_.empty () && words_.front ().pts < begin)
    words_.pop_front ();
  GValue words = G_VALUE_INIT;
  gst_value_array_init (&words, 1);
  for (Word &word : words_) {
    if (word.pts >= end)
      break;
    if (!word.posted)
      post (word);
    word.posted = true;
    GValue value = G_VALUE_INIT;
    g_value_init (&value, GST_TYPE_STRUCTURE);
    g_value_take_boxed (&value,
                        gst_structure_new ("word", "text", G_TYPE_STRING, word.text.c_str (), "pts",
                                           G_TYPE_UINT64, word.pts, "offset", G_TYPE_UINT,
                                           word.offset, nullptr));
    gst_value_array_append_and_take_value (&words, &value);
  }
  if (gst_value_array_get_size (&words) > 0)
    gst_structure_take_value (add_meta (buffer, GST_TTS_SYNTH_WORDS_META), "words", &words);
  else
    g_value_unset (&words);
}

void
SpokenText::tell_target (GstBuffer *buffer) const
{
  double target = static_cast<double> (GST_BUFFER_DURATION (buffer)) * share_;
  gst_structure_set (add_meta (buffer, GST_SCALETEMPO_TARGET_DURATION_META), "duration",
                     G_TYPE_UINT64, static_cast<guint64> (std::llround (target)), nullptr);
}

void
SpokenText::post (Word &word) const
{
  GstStructure *structure = gst_structure_new (
      "ttssynth/word", "text", G_TYPE_STRING, word.text.c_str (), "offset", G_TYPE_UINT,
      word.offset, "pts", GST_TYPE_CLOCK_TIME, word.pts, "running-time", GST_TYPE_CLOCK_TIME,
      timeline_.running_time (word.pts), nullptr);
  gst_element_post_message (element_, gst_message_new_element (GST_OBJECT (element_), structure));
}

void
SpokenText::post_spoken (GstClockTime end, GstClockTime wanted, double compression) const
{
  GstStructure *structure = gst_structure_new (
      "ttssynth/synthesized-audio", "content", G_TYPE_STRING, request_.text.c_str (),
      "language-code", G_TYPE_STRING, bcp47 (request_.language).c_str (), "pts",
      GST_TYPE_CLOCK_TIME, start_, "running-time", GST_TYPE_CLOCK_TIME,
      timeline_.running_time (start_), "input-duration", GST_TYPE_CLOCK_TIME, wanted,
      "actual-duration", GST_TYPE_CLOCK_TIME, end - start_, "compression-factor", G_TYPE_DOUBLE,
      compression, nullptr);
  if (const auto *language = gst_translate::find_language (request_.language))
    gst_structure_set (structure, "flores-code", G_TYPE_STRING,
                       std::string (language->flores).c_str (), nullptr);
  gst_element_post_message (element_, gst_message_new_element (GST_OBJECT (element_), structure));
}

} // namespace gst_lingua
