// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "plugins/textsegmenter/sentenceworker.h"

#include <algorithm>
#include <utility>

#include "gst-translate/text/language.h"
#include "plugins/common/error.h"
#include "plugins/common/metas.h"
#include "plugins/common/push.h"
#include "plugins/common/registermetas.h"
#include "plugins/common/tags.h"

namespace gst_lingua {

using gst_translate::CutReason;
using gst_translate::JoinMode;
using gst_translate::SegmenterOptions;
using gst_translate::Sentence;
using gst_translate::TimedText;
using gst_translate::TimeSpan;

namespace {

// Buffers that wait in the queue before upstream does: some seconds of words, or a screenful of
// characters one by one.
constexpr size_t max_queued = 200;

// A closing quote is written together with the mark before it, so it comes soon if it comes.
constexpr GstClockTime closers_wait = 20 * GST_MSECOND;

const gchar *
name_of (CutReason reason)
{
  switch (reason) {
  case CutReason::Terminator:
    return "terminator";
  case CutReason::Pause:
    return "pause";
  case CutReason::Deadline:
    return "deadline";
  case CutReason::Length:
    return "length";
  case CutReason::Boundary:
    return "boundary";
  case CutReason::End:
    break;
  }
  return "end";
}

GstClockTime
clock_time (int64_t time)
{
  return time < 0 ? GST_CLOCK_TIME_NONE : static_cast<GstClockTime> (time);
}

/// A transcriber says that a turn ended (gst-plugins-rs).
bool
ends_turn (GstEvent *event)
{
  return gst_event_has_name (event, "rstranscribe/final-transcript") ||
         gst_event_has_name (event, "rstranscribe/speaker-change");
}

/// The earlier of two times, where NONE is never.
GstClockTime
earlier (GstClockTime a, GstClockTime b)
{
  return MIN (a, b);
}

} // namespace

SentenceWorker::SentenceWorker (GstElement *element, GstPad *sink, GstPad *src, Latency &latency)
    : src_ (src), latency_ (latency), queue_ (element, sink, src, *this, latency, max_queued),
      input_ (element), output_ (src)
{
}

void
SentenceWorker::configure (const std::function<void (Settings &)> &change)
{
  std::lock_guard<std::mutex> lock (mutex_);
  change (settings_);
  settings_changed_ = true;
}

SentenceWorker::Settings
SentenceWorker::settings () const
{
  std::lock_guard<std::mutex> lock (mutex_);
  return settings_;
}

GstStructure *
SentenceWorker::stats () const
{
  std::lock_guard<std::mutex> lock (mutex_);
  GstStructure *stats = gst_structure_new_empty ("textsegmenter/stats");
  guint64 total = 0;
  for (CutReason reason : {CutReason::Terminator, CutReason::Pause, CutReason::Deadline,
                           CutReason::Length, CutReason::Boundary, CutReason::End}) {
    guint64 count = sentences_.at (static_cast<size_t> (reason));
    gst_structure_set (stats, name_of (reason), G_TYPE_UINT64, count, nullptr);
    total += count;
  }
  gst_structure_set (stats, "sentences", G_TYPE_UINT64, total, "invalid-sequences", G_TYPE_UINT64,
                     input_.invalid_sequences (), nullptr);
  return stats;
}

void
SentenceWorker::reset (bool full)
{
  segmenter_.reset ();
  set_up_ = set_up_ && !full;
  input_.reset (full);
  speaker_.clear ();
  begun_ = false;
  position_ = last_end_ = pending_since_ = confirm_at_ = deadline_ = GST_CLOCK_TIME_NONE;
  last_arrival_ = 0;
  if (full) {
    held_.clear ();
    timeline_.reset ();
    output_ = TextOutput (src_);
    tagged_language_.clear ();
    tags_.reset ();
    latency_.reset ();
    std::lock_guard<std::mutex> lock (mutex_);
    sentences_.fill (0);
  } else {
    // Tags stay true across a flush.
    held_.erase (std::remove_if (held_.begin (), held_.end (),
                                 [] (const Ref<GstEvent> &event) {
                                   return !GST_EVENT_IS_STICKY (event.get ());
                                 }),
                 held_.end ());
  }
}

GstFlowReturn
SentenceWorker::process (Item item)
{
  GstFlowReturn flow = item.buffer ? process_buffer (item.buffer.get (), item.arrival)
                                   : process_event (std::move (item.event));
  if (flow == GST_FLOW_OK)
    arm ();
  return flow;
}

bool
SentenceWorker::answer (GstPad *sink, GstQuery *query)
{
  if (GST_QUERY_TYPE (query) == GST_QUERY_DRAIN)
    drain (CutReason::Boundary);
  return Worker::answer (sink, query);
}

GstFlowReturn
SentenceWorker::wake ()
{
  CutReason reason = confirm_at_ <= deadline_ ? CutReason::Terminator : CutReason::Deadline;
  std::optional<Sentence> sentence = segmenter_.cut (reason);
  if (!sentence)
    return GST_FLOW_OK;
  GstFlowReturn flow = emit (*sentence);
  if (flow == GST_FLOW_OK)
    arm ();
  return flow;
}

// Buffers.

GstFlowReturn
SentenceWorker::process_buffer (GstBuffer *buffer, GstClockTime arrival)
{
  bool timed = GST_BUFFER_PTS_IS_VALID (buffer);
  GstFlowReturn flow = GST_FLOW_OK;
  if (begun_ && GST_BUFFER_IS_DISCONT (buffer))
    flow = end (CutReason::Boundary);
  begun_ = true;
  if (flow == GST_FLOW_OK)
    flow = set_up (timed);
  if (flow != GST_FLOW_OK)
    return flow;

  gst_translate::PlainText text = input_.read (buffer);
  if (text.speaker != speaker_) {
    flow = drain (CutReason::Boundary);
    if (flow != GST_FLOW_OK)
      return flow;
    speaker_ = text.speaker;
  }
  if (GST_CLOCK_TIME_IS_VALID (arrival))
    last_arrival_ = arrival;
  return push_text (text.text, time_of (buffer, arrival));
}

/// Has a segmenter for the settings and the language that hold now.
GstFlowReturn
SentenceWorker::set_up (bool timed)
{
  bool changed = false;
  {
    std::lock_guard<std::mutex> lock (mutex_);
    std::swap (changed, settings_changed_);
    if (changed)
      now_ = settings_;
  }
  // Cues and words come timed, one a buffer; a file or a language model gives plain text.
  bool joins_words =
      now_.join == Join::Words || (now_.join == Join::Auto && timed && timeline_.timed ());
  bool arrivals = !timed || !latency_.synchronised ();
  if (set_up_ && !changed && joins_words == joins_words_ && arrivals == times_are_arrivals_)
    return GST_FLOW_OK;

  GstFlowReturn flow = drain (CutReason::Boundary);
  joins_words_ = joins_words;
  times_are_arrivals_ = arrivals;
  SegmenterOptions options;
  options.language = now_.language.empty () ? tagged_language_ : now_.language;
  options.join = joins_words ? JoinMode::Words : JoinMode::Verbatim;
  options.max_chars = now_.max_chars;
  options.min_chars = now_.min_chars;
  options.max_pause = static_cast<int64_t> (now_.max_pause * GST_MSECOND);
  options.abbreviations = now_.abbreviations;
  segmenter_.set_options (options);
  set_up_ = true;
  tell_language (now_.language);
  return flow;
}

TimeSpan
SentenceWorker::time_of (GstBuffer *buffer, GstClockTime arrival)
{
  TimeSpan time;
  if (!times_are_arrivals_) {
    time.start = static_cast<int64_t> (GST_BUFFER_PTS (buffer));
    time.end = time.start;
    if (GST_BUFFER_DURATION_IS_VALID (buffer))
      time.end += static_cast<int64_t> (GST_BUFFER_DURATION (buffer));
  } else if (GST_CLOCK_TIME_IS_VALID (arrival) && latency_.upstream ().time_passes) {
    time.start = time.end = static_cast<int64_t> (timeline_.position (arrival));
  }
  return time;
}

GstFlowReturn
SentenceWorker::push_text (std::string_view text, TimeSpan time)
{
  if (text.empty ())
    return GST_FLOW_OK;

  bool was_pending = pending ();
  GstClockTime start = clock_time (time.start);
  segmenter_.push (text, time);
  if (time.end >= 0)
    last_end_ = static_cast<GstClockTime> (time.end);

  GstClockTime cut = GST_CLOCK_TIME_NONE;
  while (std::optional<Sentence> sentence = segmenter_.next ()) {
    cut = clock_time (sentence->time.end);
    GstFlowReturn flow = emit (*sentence);
    if (flow != GST_FLOW_OK)
      return flow;
    was_pending = false;
  }
  // What is left begins in this piece, behind what was cut from it.
  if (!was_pending)
    pending_since_ =
        start != GST_CLOCK_TIME_NONE && cut != GST_CLOCK_TIME_NONE ? MAX (start, cut) : start;
  return GST_FLOW_OK;
}

GstFlowReturn
SentenceWorker::drain (CutReason reason)
{
  GstFlowReturn flow = GST_FLOW_OK;
  while (flow == GST_FLOW_OK) {
    std::optional<Sentence> sentence = segmenter_.finish (reason);
    if (!sentence)
      break;
    flow = emit (*sentence);
  }
  pending_since_ = GST_CLOCK_TIME_NONE;
  release_held ();
  return flow;
}

// Sentences.

GstFlowReturn
SentenceWorker::emit (const Sentence &sentence)
{
  if (!ensure_caps ())
    return GST_FLOW_NOT_NEGOTIATED;

  Ref<GstBuffer> buffer = output_.wrap (sentence.text);
  stamp (buffer.get (), sentence);
  describe (buffer.get (), sentence);
  GstClockTime pts = GST_BUFFER_PTS (buffer.get ());
  if (GST_CLOCK_TIME_IS_VALID (pts)) {
    fill_until (pts);
    GstClockTime end = pts;
    if (GST_BUFFER_DURATION_IS_VALID (buffer.get ()))
      end += GST_BUFFER_DURATION (buffer.get ());
    position_ = GST_CLOCK_TIME_IS_VALID (position_) ? MAX (position_, end) : end;
  }
  {
    std::lock_guard<std::mutex> lock (mutex_);
    sentences_.at (static_cast<size_t> (sentence.reason))++;
  }

  GstClockTime now = queue_.running_time ();
  if (GST_CLOCK_TIME_IS_VALID (now) && sentence.time.start >= 0) {
    Latency::Upstream upstream = latency_.upstream ();
    GstClockTime came = timeline_.running_time (static_cast<GstClockTime> (sentence.time.start));
    if (upstream.live && latency_.synchronised ())
      came += upstream.min;
    if (upstream.time_passes && now > came)
      latency_.observe (now - came);
  }

  pending_since_ = clock_time (sentence.time.end);
  GstFlowReturn flow = push (src_, std::move (buffer));
  release_held ();
  return flow;
}

void
SentenceWorker::stamp (GstBuffer *buffer, const Sentence &sentence) const
{
  GstClockTime start = clock_time (sentence.time.start);
  GstClockTime end = clock_time (sentence.time.end);
  if (GST_CLOCK_TIME_IS_VALID (start) && GST_CLOCK_TIME_IS_VALID (end) && end > start)
    GST_BUFFER_DURATION (buffer) = end - start;
  if (!latency_.synchronised ()) {
    GstClockTime now = queue_.running_time ();
    GST_BUFFER_PTS (buffer) =
        GST_CLOCK_TIME_IS_VALID (now) ? timeline_.position (now) : GST_CLOCK_TIME_NONE;
  } else if (!times_are_arrivals_) {
    GST_BUFFER_PTS (buffer) = start;
  }
  if (!GST_BUFFER_PTS_IS_VALID (buffer))
    GST_BUFFER_DURATION (buffer) = GST_CLOCK_TIME_NONE;
}

void
SentenceWorker::describe (GstBuffer *buffer, const Sentence &sentence) const
{
  GstStructure *meta = add_meta (buffer, GST_TEXT_ACCUMULATE_SENTENCE_META);
  gst_structure_set (meta, "reason", G_TYPE_STRING, name_of (sentence.reason), "complete",
                     G_TYPE_BOOLEAN, static_cast<gboolean> (sentence.complete), nullptr);
  if (!speaker_.empty ())
    gst_structure_set (meta, "speaker", G_TYPE_STRING, speaker_.c_str (), nullptr);
  if (times_are_arrivals_ || sentence.time.start < 0)
    return;

  GstBufferList *words = gst_buffer_list_new_sized (static_cast<guint> (sentence.words.size ()));
  for (const TimedText &piece : sentence.words) {
    std::string_view text = std::string_view (sentence.text).substr (piece.offset, piece.length);
    GstBuffer *word = gst_buffer_new_memdup (text.data (), text.size ());
    GST_BUFFER_OFFSET (word) = piece.offset;
    GST_BUFFER_PTS (word) = clock_time (piece.time.start);
    if (piece.time.start >= 0 && piece.time.end >= piece.time.start)
      GST_BUFFER_DURATION (word) = static_cast<GstClockTime> (piece.time.end - piece.time.start);
    gst_buffer_list_add (words, word);
  }
  gst_structure_set (meta, "words", GST_TYPE_BUFFER_LIST, words, nullptr);
  gst_buffer_list_unref (words);
}

/// Nothing was said up to there.
void
SentenceWorker::fill_until (GstClockTime position)
{
  if (GST_CLOCK_TIME_IS_VALID (position_) && position > position_ && ensure_caps ()) {
    push (src_, Ref<GstEvent> (gst_event_new_gap (position_, position - position_)));
    position_ = position;
  }
}

/// Whoever said which language this is meant it for the elements behind as well.
void
SentenceWorker::tell_language (const std::string &language)
{
  if (Ref<GstEvent> event = tags_.tell (language))
    push (src_, std::move (event));
}

bool
SentenceWorker::ensure_caps ()
{
  return output_.negotiate ();
}

// Events.

GstFlowReturn
SentenceWorker::process_event (Ref<GstEvent> event)
{
  GstFlowReturn flow = GST_FLOW_OK;
  switch (GST_EVENT_TYPE (event.get ())) {
  case GST_EVENT_STREAM_START:
    flow = end (CutReason::Boundary);
    tagged_language_.clear ();
    tags_.reset ();
    set_up_ = false;
    push (src_, std::move (event));
    return flow;
  case GST_EVENT_CAPS: {
    GstCaps *caps;
    gst_event_parse_caps (event.get (), &caps);
    if (input_.changes (caps))
      flow = end (CutReason::Boundary);
    input_.set_caps (caps);
    return flow;
  }
  case GST_EVENT_SEGMENT:
    return begin_segment (event.get ());
  case GST_EVENT_EOS:
    flow = end (CutReason::End);
    push (src_, std::move (event));
    return flow;
  case GST_EVENT_TAG:
    return process_tag (std::move (event));
  case GST_EVENT_GAP:
    return process_gap (std::move (event));
  default:
    if (ends_turn (event.get ()))
      flow = drain (CutReason::Boundary);
    forward (std::move (event));
    return flow;
  }
}

/// The text ends here, and a character cut in its middle with it.
GstFlowReturn
SentenceWorker::end (CutReason reason)
{
  GstFlowReturn flow = push_text (input_.finish (), {});
  if (flow == GST_FLOW_OK)
    flow = drain (reason);
  input_.reset (false);
  begun_ = false;
  return flow;
}

GstFlowReturn
SentenceWorker::begin_segment (GstEvent *event)
{
  GstFlowReturn flow = end (CutReason::Boundary);
  if (flow != GST_FLOW_OK)
    return flow;
  Ref<GstEvent> ours = timeline_.set_segment (event, latency_.lateness ());
  position_ = timeline_.timed () ? timeline_.start () : GST_CLOCK_TIME_NONE;
  last_end_ = GST_CLOCK_TIME_NONE;
  if (!ensure_caps ())
    return GST_FLOW_NOT_NEGOTIATED;
  push (src_, std::move (ours));

  tell_language (settings ().language);
  return GST_FLOW_OK;
}

GstFlowReturn
SentenceWorker::process_tag (Ref<GstEvent> event)
{
  GstFlowReturn flow = GST_FLOW_OK;
  std::string language = language_of (event.get ());
  if (!language.empty ()) {
    if (settings ().language.empty () && !same_language (language, tagged_language_)) {
      flow = drain (CutReason::Boundary);
      set_up_ = false;
    }
    tagged_language_ = gst_translate::find_language (language) ? language : "";
  }
  forward (tags_.merge (event.get (), settings ().language));
  return flow;
}

GstFlowReturn
SentenceWorker::process_gap (Ref<GstEvent> event)
{
  GstClockTime start;
  GstClockTime duration;
  gst_event_parse_gap (event.get (), &start, &duration);
  GstClockTime end = GST_CLOCK_TIME_IS_VALID (duration) ? start + duration : start;

  GstFlowReturn flow = GST_FLOW_OK;
  GstClockTime max_pause = now_.max_pause * GST_MSECOND;
  if (pending () && max_pause > 0 && GST_CLOCK_TIME_IS_VALID (last_end_) && !times_are_arrivals_ &&
      end >= last_end_ + max_pause)
    flow = drain (CutReason::Pause);
  // The time before a pending sentence is filled when the sentence leaves.
  if (!pending ()) {
    if (GST_CLOCK_TIME_IS_VALID (position_))
      fill_until (end);
    else
      forward (std::move (event));
  }
  return flow;
}

/// Behind the sentence that is pending, so that events stay in place.
void
SentenceWorker::forward (Ref<GstEvent> event)
{
  if (pending ())
    held_.push_back (std::move (event));
  else
    push (src_, std::move (event));
}

void
SentenceWorker::release_held ()
{
  std::vector<Ref<GstEvent>> held = std::move (held_);
  held_.clear ();
  for (Ref<GstEvent> &event : held)
    push (src_, std::move (event));
}

// Deadlines.

/// How long a finished sentence waits for what may still join it.
GstClockTime
SentenceWorker::confirmation_wait () const
{
  GstClockTime wait = now_.terminator_wait * GST_MSECOND;
  return segmenter_.awaits_only_closers () ? MIN (wait, closers_wait) : wait;
}

/// When to look again if nothing comes.
void
SentenceWorker::arm ()
{
  confirm_at_ = deadline_ = GST_CLOCK_TIME_NONE;
  bool from_pipe = false;
  if (pending ()) {
    Latency::Upstream upstream = latency_.upstream ();
    from_pipe = upstream.time_passes && !upstream.live;
    if (upstream.time_passes && now_.terminator_wait > 0 && segmenter_.awaits_confirmation ())
      confirm_at_ = last_arrival_ + confirmation_wait ();

    GstClockTime wait = GST_CLOCK_TIME_NONE;
    if (upstream.time_passes && now_.max_wait > 0)
      wait = now_.max_wait * GST_MSECOND;
    if (upstream.live && latency_.synchronised ())
      wait = earlier (wait, latency_.promised ());
    if (GST_CLOCK_TIME_IS_VALID (wait)) {
      GstClockTime since = last_arrival_;
      if (GST_CLOCK_TIME_IS_VALID (pending_since_)) {
        since = timeline_.running_time (pending_since_);
        if (!times_are_arrivals_)
          since += upstream.min;
      }
      deadline_ = since + wait;
    }
  }
  queue_.wake_at (earlier (confirm_at_, deadline_), from_pipe);
}

} // namespace gst_lingua
