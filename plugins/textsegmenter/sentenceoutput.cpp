// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "plugins/textsegmenter/sentenceoutput.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "plugins/common/metas.h"
#include "plugins/common/push.h"
#include "plugins/common/registermetas.h"

GST_DEBUG_CATEGORY_EXTERN (gst_text_segmenter_debug);
#define GST_CAT_DEFAULT gst_text_segmenter_debug

namespace gst_lingua {

using gst_translate::Sentence;
using gst_translate::TimedText;

bool
SentenceOutput::negotiate ()
{
  bool agreed = text_.negotiate ();
  if (!agreed)
    GST_WARNING_OBJECT (pad_, "downstream does not take text");
  return agreed;
}

void
SentenceOutput::begin (Ref<GstEvent> segment, const Timeline &timeline)
{
  Ref<GstCaps> caps (gst_pad_get_current_caps (pad_));
  backwards_ = timeline.backwards ();
  position_ = timeline.timed () && !backwards_ ? timeline.start () : GST_CLOCK_TIME_NONE;
  GST_DEBUG_OBJECT (pad_, "segment begins at %" GST_TIME_FORMAT "%s, text is %" GST_PTR_FORMAT,
                    GST_TIME_ARGS (timeline.start ()), backwards_ ? ", backwards" : "",
                    caps.get ());
  push (std::move (segment));
}

// Sentences.

GstFlowReturn
SentenceOutput::push (const Sentence &sentence, const Details &details)
{
  GST_DEBUG_OBJECT (pad_,
                    "sentence of %" G_GSIZE_FORMAT " bytes ends by %s%s, pts %" GST_TIME_FORMAT
                    ", duration %" GST_TIME_FORMAT,
                    sentence.text.size (), name_of (sentence.reason),
                    sentence.complete ? "" : ", not complete", GST_TIME_ARGS (details.pts),
                    GST_TIME_ARGS (details.duration));
  GST_LOG_OBJECT (pad_, "\"%s\"", sentence.text.c_str ());
  if (!negotiate ())
    return GST_FLOW_NOT_NEGOTIATED;

  Ref<GstBuffer> buffer = text_.wrap (sentence.text);
  GST_BUFFER_PTS (buffer.get ()) = details.pts;
  GST_BUFFER_DURATION (buffer.get ()) = details.duration;
  describe (buffer.get (), sentence, details);
  if (GST_CLOCK_TIME_IS_VALID (details.pts) && !backwards_) {
    fill_until (details.pts);
    GstClockTime end = details.pts + details.duration;
    position_ = has_position () ? MAX (position_, end) : end;
  }
  GstFlowReturn flow = gst_lingua::push (pad_, std::move (buffer));
  GST_LOG_OBJECT (pad_, "sentence pushed: %s", gst_flow_get_name (flow));
  release_events ();
  return flow;
}

void
SentenceOutput::describe (GstBuffer *buffer, const Sentence &sentence, const Details &details) const
{
  GstStructure *meta = add_meta (buffer, GST_TEXT_ACCUMULATE_SENTENCE_META);
  gst_structure_set (meta, "reason", G_TYPE_STRING, name_of (sentence.reason), "complete",
                     G_TYPE_BOOLEAN, static_cast<gboolean> (sentence.complete), nullptr);
  if (!details.speaker.empty ())
    gst_structure_set (meta, "speaker", G_TYPE_STRING, details.speaker.c_str (), nullptr);
  if (!details.timed_words)
    return;

  GstBufferList *words = gst_buffer_list_new_sized (static_cast<guint> (sentence.words.size ()));
  for (const TimedText &piece : sentence.words) {
    std::string_view text = std::string_view (sentence.text).substr (piece.offset, piece.length);
    GstBuffer *word = gst_buffer_new_memdup (text.data (), text.size ());
    GST_BUFFER_OFFSET (word) = piece.offset;
    if (piece.time.start >= 0)
      GST_BUFFER_PTS (word) = static_cast<GstClockTime> (piece.time.start);
    if (piece.time.start >= 0 && piece.time.end >= piece.time.start)
      GST_BUFFER_DURATION (word) = static_cast<GstClockTime> (piece.time.end - piece.time.start);
    gst_buffer_list_add (words, word);
  }
  gst_structure_set (meta, "words", GST_TYPE_BUFFER_LIST, words, nullptr);
  gst_buffer_list_unref (words);
}

// Events.

void
SentenceOutput::push (Ref<GstEvent> event)
{
  gst_lingua::push (pad_, std::move (event));
}

void
SentenceOutput::hold (Ref<GstEvent> event)
{
  GST_LOG_OBJECT (pad_, "behind the pending sentence: %" GST_PTR_FORMAT, event.get ());
  held_.push_back (std::move (event));
}

void
SentenceOutput::push_gap (GstClockTime end)
{
  if (end > position_)
    fill_until (end);
  else
    push (Ref<GstEvent> (gst_event_new_gap (position_, GST_CLOCK_TIME_NONE)));
}

void
SentenceOutput::hold_gap (GstClockTime end)
{
  GST_LOG_OBJECT (pad_, "behind the pending sentence: a gap until %" GST_TIME_FORMAT,
                  GST_TIME_ARGS (end));
  gap_end_ = GST_CLOCK_TIME_IS_VALID (gap_end_) ? MAX (gap_end_, end) : end;
}

void
SentenceOutput::release_gap ()
{
  GstClockTime end = std::exchange (gap_end_, GST_CLOCK_TIME_NONE);
  if (GST_CLOCK_TIME_IS_VALID (end))
    fill_until (end);
}

void
SentenceOutput::release ()
{
  release_gap ();
  release_events ();
}

void
SentenceOutput::release_events ()
{
  std::vector<Ref<GstEvent>> held = std::move (held_);
  held_.clear ();
  for (Ref<GstEvent> &event : held)
    push (std::move (event));
}

void
SentenceOutput::fill_until (GstClockTime end)
{
  if (!has_position () || end <= position_ || !negotiate ())
    return;
  push (Ref<GstEvent> (gst_event_new_gap (position_, end - position_)));
  position_ = end;
}

void
SentenceOutput::reset (bool full)
{
  position_ = gap_end_ = GST_CLOCK_TIME_NONE;
  auto forgotten = [full] (const Ref<GstEvent> &event) {
    return full || !GST_EVENT_IS_STICKY (event.get ());
  };
  held_.erase (std::remove_if (held_.begin (), held_.end (), forgotten), held_.end ());
  if (full)
    text_ = TextOutput (pad_);
}

} // namespace gst_lingua
