// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "plugins/textsegmenter/sentenceworker.h"

#include <utility>

#include "gst-translate/text/language.h"
#include "gst-translate/text/utf8.h"
#include "plugins/common/streamstart.h"
#include "plugins/common/tags.h"

GST_DEBUG_CATEGORY_EXTERN (gst_text_segmenter_debug);
#define GST_CAT_DEFAULT gst_text_segmenter_debug

namespace gst_lingua {

using gst_translate::CutReason;
using gst_translate::JoinMode;
using gst_translate::SegmenterOptions;
using gst_translate::Sentence;
using gst_translate::TimeSpan;

namespace {

// What waits in the queue before upstream does: some seconds of words, a screenful of characters
// one by one, or one block of a file, so that a long one is not read far ahead of its translation.
constexpr QueueTask::Limits max_queued = {200, 4096};

// A demuxer that has nothing more for so long waits until the time it has told of is used.
constexpr GstClockTime stall = 100 * GST_MSECOND;

// How often a live pipeline in which nobody speaks hears of it.
constexpr GstClockTime silence_step = 100 * GST_MSECOND;

/// A transcriber says that a turn ended (gst-plugins-rs).
bool
ends_turn (GstEvent *event)
{
  return gst_event_has_name (event, "rstranscribe/final-transcript") ||
         gst_event_has_name (event, "rstranscribe/speaker-change");
}

} // namespace

SentenceWorker::SentenceWorker (GstElement *element, GstPad *sink, GstPad *src, Latency &latency)
    : element_ (element), latency_ (latency),
      queue_ (element, sink, src, *this, latency, max_queued), input_ (element), output_ (src)
{
}

void
SentenceWorker::read_abbreviations ()
{
  std::string file = settings.get ().abbreviations;
  abbreviations_.clear ();
  if (!file.empty ())
    abbreviations_ = gst_translate::load_abbreviations (file);
  GST_DEBUG_OBJECT (element_, "%" G_GSIZE_FORMAT " lines of abbreviations", abbreviations_.size ());
}

GstStructure *
SentenceWorker::stats () const
{
  Counts counts = counts_.get ();
  GstStructure *stats = gst_structure_new_empty ("textsegmenter/stats");
  guint64 total = 0;
  for (CutReason reason : {CutReason::Terminator, CutReason::Pause, CutReason::Deadline,
                           CutReason::Length, CutReason::Boundary, CutReason::End}) {
    guint64 count = counts.by_reason.at (static_cast<size_t> (reason));
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
  captions_.reset ();
  set_up_ = set_up_ && !full;
  input_.reset (full);
  output_.reset (full);
  deadlines_.clear ();
  speaker_.clear ();
  begun_ = false;
  times_.forget ();
  pending_since_ = GST_CLOCK_TIME_NONE;
  last_arrival_ = 0;
  if (full) {
    sparse_ = false;
    timeline_.reset ();
    tagged_language_.clear ();
    tags_.reset ();
    latency_.reset ();
    counts_.change ([] (auto &counts) { counts = {}; });
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
  if (GST_QUERY_TYPE (query) == GST_QUERY_DRAIN) {
    drain (CutReason::Boundary);
    arm ();
  }
  return Worker::answer (sink, query);
}

GstFlowReturn
SentenceWorker::wake ()
{
  if (!pending ())
    return tell_of_silence ();
  CutReason reason = deadlines_.reason ();
  GST_DEBUG_OBJECT (element_, "time is up at %" GST_TIME_FORMAT ": %s",
                    GST_TIME_ARGS (deadlines_.next ()), name_of (reason));
  if (reason == CutReason::Deadline && holds_up_upstream ()) {
    GstFlowReturn flow = drain (CutReason::Deadline);
    arm ();
    return flow;
  }
  std::optional<Sentence> sentence = segmenter_.cut (reason);
  if (!sentence) {
    deadlines_.pass ();
    queue_.wake_at (deadlines_.next ());
    return GST_FLOW_OK;
  }
  GstFlowReturn flow = emit (*sentence);
  if (flow != GST_FLOW_OK)
    return flow;
  tell_of_gaps ();
  arm ();
  return GST_FLOW_OK;
}

void
SentenceWorker::replan ()
{
  arm ();
}

// Buffers.

GstFlowReturn
SentenceWorker::process_buffer (GstBuffer *buffer, GstClockTime arrival)
{
  GST_LOG_OBJECT (element_, "arrived at %" GST_TIME_FORMAT ": %" GST_PTR_FORMAT,
                  GST_TIME_ARGS (arrival), buffer);
  bool timed = GST_BUFFER_PTS_IS_VALID (buffer);
  GstFlowReturn flow = GST_FLOW_OK;
  if (begun_ && GST_BUFFER_IS_DISCONT (buffer))
    flow = end (CutReason::Boundary);
  begun_ = true;
  if (!timeline_.contains (GST_BUFFER_PTS (buffer), GST_BUFFER_DURATION (buffer))) {
    GST_DEBUG_OBJECT (element_, "left out, outside the segment: %" GST_PTR_FORMAT, buffer);
    return flow;
  }
  if (flow == GST_FLOW_OK)
    flow = set_up (timed);
  if (flow != GST_FLOW_OK)
    return flow;

  if (GST_CLOCK_TIME_IS_VALID (arrival))
    last_arrival_ = arrival;
  std::vector<gst_translate::PlainText> parts = input_.read_parts (buffer);
  std::string all;
  for (const gst_translate::PlainText &part : parts)
    all += part.text;
  TimeSpan time = times_.read (buffer, all, arrival);
  size_t said = 0;
  for (const gst_translate::PlainText &part : parts) {
    TimeSpan share = share_of (time, said, said + part.text.size (), all.size ());
    said += part.text.size ();
    flow = push_part (part, share);
    if (flow != GST_FLOW_OK)
      return flow;
  }
  if (timeline_.backwards ())
    return drain (CutReason::Boundary);
  return holds_up_upstream () || is_said (all) ? confirm () : GST_FLOW_OK;
}

/// What one voice says of a buffer.
GstFlowReturn
SentenceWorker::push_part (const gst_translate::PlainText &part, TimeSpan time)
{
  if (part.speaker != speaker_) {
    GST_DEBUG_OBJECT (element_, "\"%s\" speaks", part.speaker.c_str ());
    GstFlowReturn flow = drain (CutReason::Boundary);
    if (flow != GST_FLOW_OK)
      return flow;
    speaker_ = part.speaker;
  }
  return push_text (part.text, time);
}

/// A live speaker who has said a whole sentence waits for nothing: what could join it is a mark
/// once more, which comes with it, unless every character comes alone.
bool
SentenceWorker::is_said (const std::string &text)
{
  size_t first = 0;
  if (!text.empty ())
    gst_translate::next_character (text, first);
  return first < text.size () && segmenter_.awaits_only_repetition () && latency_.upstream ().live;
}

/// Text that is kept here keeps the time back, and that may keep a demuxer from going on: a muxer
/// waits for every stream, and the demuxer's other streams wait for the muxer.
bool
SentenceWorker::holds_up_upstream ()
{
  return sparse_ && timeline_.timed () && latency_.synchronised () && !latency_.upstream ().live;
}

/// What may be a whole sentence is one, since its text has ended there.
GstFlowReturn
SentenceWorker::confirm ()
{
  std::optional<Sentence> sentence;
  if (segmenter_.awaits_confirmation ())
    sentence = segmenter_.cut (CutReason::Terminator);
  GstFlowReturn flow = sentence ? emit (*sentence) : GST_FLOW_OK;
  if (flow == GST_FLOW_OK)
    tell_of_gaps ();
  return flow;
}

/// Has a segmenter for the settings and the language that hold now.
GstFlowReturn
SentenceWorker::set_up (bool timed)
{
  Settings wanted = now_;
  bool changed = settings.refresh (wanted, seen_settings_);
  // Cues and words come timed, one a buffer; a file or a language model gives plain text.
  JoinMode join = JoinMode::Verbatim;
  if (wanted.join == Join::Cues || (wanted.join == Join::Auto && (input_.reads_cues () || sparse_)))
    join = JoinMode::Cues;
  else if (wanted.join == Join::Words || (wanted.join == Join::Auto && timed && timeline_.timed ()))
    join = JoinMode::Words;
  bool arrivals = !timed || !latency_.synchronised ();
  if (set_up_ && !changed && join == join_ && arrivals == times_.are_arrivals ())
    return GST_FLOW_OK;

  // Times that stop were no times: a source of bytes has stamped its first buffer, and no other.
  bool times_stop = set_up_ && !changed && !timed && !times_.are_arrivals ();
  GstFlowReturn flow = times_stop ? GST_FLOW_OK : drain (CutReason::Boundary);
  now_ = std::move (wanted);
  join_ = join;
  times_.take_arrivals (arrivals);
  SegmenterOptions options;
  options.language = now_.language.empty () ? tagged_language_ : now_.language;
  options.join = join;
  options.max_chars = now_.max_chars;
  options.min_chars = now_.min_chars;
  options.max_pause = static_cast<int64_t> (now_.max_pause * GST_MSECOND);
  options.abbreviations = abbreviations_;
  GST_DEBUG_OBJECT (element_, "language \"%s\" by %s, pieces join %s, times are %s",
                    options.language.c_str (),
                    !now_.language.empty ()      ? "property"
                    : !options.language.empty () ? "tag"
                                                 : "nobody: rules of the scripts",
                    join == JoinMode::Cues    ? "as cues"
                    : join == JoinMode::Words ? "as words"
                                              : "as they are",
                    arrivals ? "arrivals" : "the text's");
  segmenter_.set_options (options);
  set_up_ = true;
  tell_language (now_.language);
  return flow;
}

GstFlowReturn
SentenceWorker::push_text (std::string_view text, TimeSpan time)
{
  if (text.empty ())
    return GST_FLOW_OK;

  bool was_pending = pending ();
  GstClockTime start = clock_time (time.start);
  segmenter_.push (text, time);
  times_.follow (time);

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
  tell_of_gaps ();
  return GST_FLOW_OK;
}

/// The time before what is pending is empty; so is the gap that was held, if nothing is.
void
SentenceWorker::tell_of_gaps ()
{
  if (!holds_text ())
    output_.release_gap ();
  else if (!captions_.pending () && !times_.are_arrivals () &&
           GST_CLOCK_TIME_IS_VALID (pending_since_))
    output_.fill_until (pending_since_);
}

GstFlowReturn
SentenceWorker::drain (CutReason reason)
{
  if (pending ())
    GST_DEBUG_OBJECT (element_, "drains %" G_GSIZE_FORMAT " bytes: %s", segmenter_.pending (),
                      name_of (reason));
  GstFlowReturn flow = GST_FLOW_OK;
  while (flow == GST_FLOW_OK) {
    std::optional<Sentence> sentence = segmenter_.finish (reason);
    if (!sentence)
      break;
    flow = emit (*sentence);
  }
  pending_since_ = GST_CLOCK_TIME_NONE;
  if (flow == GST_FLOW_OK)
    flow = show (captions_.finish ());
  output_.release ();
  return flow;
}

// Sentences.

GstFlowReturn
SentenceWorker::emit (const Sentence &sentence)
{
  SentenceOutput::Details details;
  details.speaker = speaker_;
  GstClockTime now = queue_.running_time ();
  times_.stamp (details, sentence, now);
  counts_.change (
      [&] (auto &counts) { counts.by_reason.at (static_cast<size_t> (sentence.reason))++; });
  times_.observe (sentence, now);
  pending_since_ = clock_time (sentence.time.end);
  if (!now_.captions || !GST_CLOCK_TIME_IS_VALID (details.pts))
    return output_.push (sentence, details);
  Sentence timed = sentence;
  timed.time = {static_cast<int64_t> (details.pts),
                static_cast<int64_t> (details.pts + details.duration)};
  GstFlowReturn flow = show (captions_.push (timed));
  // What others wait for does not wait for others.
  if (flow == GST_FLOW_OK && (latency_.upstream ().live || holds_up_upstream ()))
    flow = show (captions_.finish ());
  return flow;
}

/// Sends captions, which have times.
GstFlowReturn
SentenceWorker::show (const std::vector<Sentence> &captions)
{
  GstFlowReturn flow = GST_FLOW_OK;
  for (const Sentence &caption : captions) {
    SentenceOutput::Details details;
    details.speaker = speaker_;
    details.pts = clock_time (caption.time.start);
    details.duration = static_cast<GstClockTime> (caption.time.end - caption.time.start);
    if (flow == GST_FLOW_OK)
      flow = output_.push (caption, details);
  }
  return flow;
}

/// Whoever said which language this is meant it for the elements behind as well.
void
SentenceWorker::tell_language (const std::string &language)
{
  if (Ref<GstEvent> event = tags_.tell (language))
    output_.push (std::move (event));
}

// Events.

GstFlowReturn
SentenceWorker::process_event (Ref<GstEvent> event)
{
  GST_LOG_OBJECT (element_, "%" GST_PTR_FORMAT, event.get ());
  GstFlowReturn flow = GST_FLOW_OK;
  switch (GST_EVENT_TYPE (event.get ())) {
  case GST_EVENT_STREAM_START:
    flow = end (CutReason::Boundary);
    input_.begin_stream ();
    tagged_language_.clear ();
    tags_.reset ();
    set_up_ = false;
    sparse_ = is_sparse (event.get ());
    output_.push (std::move (event));
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
  case GST_EVENT_SEGMENT_DONE:
  case GST_EVENT_STREAM_GROUP_DONE:
  case GST_EVENT_EOS:
    flow = end (CutReason::End);
    output_.end ();
    output_.push (std::move (event));
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
  // What downstream did not take of it is no part of what follows.
  segmenter_.reset ();
  captions_.reset ();
  input_.reset (false);
  begun_ = false;
  return flow;
}

GstFlowReturn
SentenceWorker::begin_segment (GstEvent *event)
{
  GstFlowReturn flow = end (CutReason::Boundary);
  Ref<GstEvent> ours = timeline_.set_segment (event, latency_.lateness ());
  times_.forget ();
  if (!output_.negotiate ())
    return GST_FLOW_NOT_NEGOTIATED;
  output_.begin (std::move (ours), timeline_);

  tell_language (settings.get ().language);
  return flow;
}

GstFlowReturn
SentenceWorker::process_tag (Ref<GstEvent> event)
{
  GstFlowReturn flow = GST_FLOW_OK;
  std::string language = language_of (event.get ());
  std::string own = settings.get ().language;
  if (!language.empty ()) {
    if (own.empty () && !same_language (language, tagged_language_)) {
      GST_DEBUG_OBJECT (element_, "tagged language \"%s\"", language.c_str ());
      flow = drain (CutReason::Boundary);
      set_up_ = false;
    }
    tagged_language_ = gst_translate::find_language (language) ? language : "";
  }
  forward (tags_.merge (event.get (), own));
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
  if (pending () && !times_.are_arrivals () && GST_CLOCK_TIME_IS_VALID (times_.last_end ()))
    flow = hear_silence (end);
  if (flow == GST_FLOW_OK && !pending ())
    flow = show (captions_.pass (static_cast<int64_t> (end)));
  if (!output_.has_position ())
    forward (std::move (event));
  else if (holds_text ())
    output_.hold_gap (end);
  else
    output_.push_gap (end);
  return flow;
}

/// Nothing is said until `end`, as positions go, though text is pending. No clock is asked: a file
/// gives the same every time.
GstFlowReturn
SentenceWorker::hear_silence (GstClockTime end)
{
  GstClockTime said = times_.last_end ();
  if (end <= said)
    return GST_FLOW_OK;
  GstClockTime max_pause = now_.max_pause * GST_MSECOND;
  if ((max_pause > 0 && end >= said + max_pause) || holds_up_upstream ())
    return drain (CutReason::Pause);
  if (latency_.synchronised () && end >= said + latency_.promised ())
    return drain (CutReason::Deadline);

  GstFlowReturn flow = confirm ();
  GstClockTime max_wait = waits.get ().max_wait * GST_MSECOND;
  while (flow == GST_FLOW_OK && pending () && max_wait > 0 && end >= pending_since_ + max_wait) {
    std::optional<Sentence> sentence = segmenter_.cut (CutReason::Deadline);
    if (!sentence)
      break;
    flow = emit (*sentence);
  }
  return flow;
}

/// Behind the sentence that is pending, so that events stay in place.
void
SentenceWorker::forward (Ref<GstEvent> event)
{
  if (holds_text ()) {
    output_.hold (std::move (event));
  } else {
    output_.release ();
    output_.push (std::move (event));
  }
}

/// A muxer, or textoverlay, lets nothing else pass before it knows that there is no text. In a live
/// pipeline the clock says so, once text of that time would have left.
bool
SentenceWorker::tells_of_silence ()
{
  return output_.has_position () && latency_.upstream ().live && latency_.synchronised () &&
         (!GST_CLOCK_TIME_IS_VALID (timeline_.stop ()) || output_.position () < timeline_.stop ());
}

GstFlowReturn
SentenceWorker::tell_of_silence ()
{
  GstClockTime now = queue_.running_time ();
  GstClockTime behind = latency_.upstream ().min + latency_.promised ();
  if (GST_CLOCK_TIME_IS_VALID (now) && now > behind)
    output_.fill_until (timeline_.position (now - behind));
  arm ();
  return GST_FLOW_OK;
}

/// When to look again if nothing comes.
void
SentenceWorker::arm ()
{
  deadlines_.clear ();
  bool prerolls = false;
  if (pending ()) {
    Latency::Upstream upstream = latency_.upstream ();
    prerolls = upstream.time_passes && !upstream.live;
    Waits wanted = waits.get ();
    Deadlines::Waits limits;
    if (upstream.time_passes && wanted.terminator_wait > 0)
      limits.confirmation = wanted.terminator_wait * GST_MSECOND;
    if (upstream.time_passes && wanted.max_wait > 0)
      limits.end = wanted.max_wait * GST_MSECOND;
    if (upstream.live && latency_.synchronised ())
      limits.end = MIN (limits.end, latency_.promised ());

    GstClockTime since = last_arrival_;
    if (holds_up_upstream ()) {
      limits.end = MIN (limits.end, stall);
      prerolls = true;
    } else if (GST_CLOCK_TIME_IS_VALID (pending_since_)) {
      since = timeline_.running_time (pending_since_);
      if (!times_.are_arrivals ())
        since += upstream.min;
    }
    deadlines_.plan (segmenter_, limits, since, last_arrival_);
    GST_LOG_OBJECT (element_,
                    "%" G_GSIZE_FORMAT " bytes pending since %" GST_TIME_FORMAT
                    ", looks again at %" GST_TIME_FORMAT " for the %s",
                    segmenter_.pending (), GST_TIME_ARGS (since),
                    GST_TIME_ARGS (deadlines_.next ()), name_of (deadlines_.reason ()));
  } else if (tells_of_silence ()) {
    GstClockTime told = timeline_.running_time (output_.position ());
    GstClockTime now = queue_.running_time ();
    GstClockTime next = told + latency_.upstream ().min + latency_.promised () + silence_step;
    if (GST_CLOCK_TIME_IS_VALID (now))
      next = MAX (next, now + silence_step);
    queue_.wake_at (next);
    return;
  }
  queue_.wake_at (deadlines_.next (), prerolls);
}

} // namespace gst_lingua
