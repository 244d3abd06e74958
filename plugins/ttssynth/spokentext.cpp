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

using gst_tts::AudioChunk;
using gst_tts::ReachedMark;
using gst_tts::SpokenWord;

/// Rounded up: never before the buffer that begins with this sample.
GstClockTime
SpokenText::time_of (int64_t sample) const
{
  return start_ + gst_util_uint64_scale_ceil (static_cast<guint64> (sample), GST_SECOND,
                                              static_cast<guint64> (rate_));
}

void
SpokenText::add (const AudioChunk &chunk)
{
  for (const SpokenWord &word : chunk.words)
    words_.push_back ({request_.text.substr (word.offset, word.length),
                       static_cast<guint> (word.offset), time_of (word.sample), false});
  for (const ReachedMark &mark : chunk.marks)
    marks_.push_back ({mark.name, 0, time_of (mark.sample), false});
}

void
SpokenText::describe (GstBuffer *buffer)
{
  if (share_ > 0)
    tell_target (buffer);
  describe (words_, buffer, false);
  describe (marks_, buffer, true);
}

void
SpokenText::describe (std::deque<Event> &events, GstBuffer *buffer, bool marks)
{
  GstClockTime begin = GST_BUFFER_PTS (buffer);
  GstClockTime end = begin + GST_BUFFER_DURATION (buffer);
  while (!events.empty () && events.front ().pts < begin)
    events.pop_front ();
  GValue list = G_VALUE_INIT;
  gst_value_array_init (&list, 1);
  for (Event &event : events) {
    if (event.pts >= end)
      break;
    if (!event.posted)
      post (event, marks);
    event.posted = true;
    GstStructure *structure =
        marks ? gst_structure_new ("mark", "name", G_TYPE_STRING, event.text.c_str (), "pts",
                                   G_TYPE_UINT64, event.pts, nullptr)
              : gst_structure_new ("word", "text", G_TYPE_STRING, event.text.c_str (), "pts",
                                   G_TYPE_UINT64, event.pts, "offset", G_TYPE_UINT, event.offset,
                                   nullptr);
    GValue value = G_VALUE_INIT;
    g_value_init (&value, GST_TYPE_STRUCTURE);
    g_value_take_boxed (&value, structure);
    gst_value_array_append_and_take_value (&list, &value);
  }
  if (gst_value_array_get_size (&list) == 0) {
    g_value_unset (&list);
    return;
  }
  GstCustomMeta *known = gst_buffer_get_custom_meta (buffer, GST_TTS_SYNTH_WORDS_META);
  gst_structure_take_value (known ? gst_custom_meta_get_structure (known)
                                  : add_meta (buffer, GST_TTS_SYNTH_WORDS_META),
                            marks ? "marks" : "words", &list);
}

void
SpokenText::tell_target (GstBuffer *buffer) const
{
  double target = static_cast<double> (GST_BUFFER_DURATION (buffer)) * share_;
  gst_structure_set (add_meta (buffer, GST_SCALETEMPO_TARGET_DURATION_META), "duration",
                     G_TYPE_UINT64, static_cast<guint64> (std::llround (target)), nullptr);
}

void
SpokenText::post (const Event &event, bool mark) const
{
  GstStructure *structure = gst_structure_new (
      mark ? "ttssynth/mark" : "ttssynth/word", mark ? "name" : "text", G_TYPE_STRING,
      event.text.c_str (), "pts", GST_TYPE_CLOCK_TIME, event.pts, "running-time",
      GST_TYPE_CLOCK_TIME, timeline_.running_time (event.pts), nullptr);
  if (!mark)
    gst_structure_set (structure, "offset", G_TYPE_UINT, event.offset, nullptr);
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
