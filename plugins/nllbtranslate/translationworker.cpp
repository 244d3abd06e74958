// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "plugins/nllbtranslate/translationworker.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "plugins/common/qos.h"
#include "plugins/common/readingtime.h"
#include "plugins/nllbtranslate/debug.h"

namespace gst_lingua {

using gst_translate::Flaw;
using gst_translate::ModelInfo;
using gst_translate::Translation;
using gst_translate::TranslationResult;
using gst_translate::Translator;

namespace {

/// The index of a language among those that the engine was asked for.
std::optional<size_t>
target_of (const AwaitedTranslation &awaited, const std::string &language)
{
  const std::vector<std::string> &targets = awaited.languages.targets;
  auto target = std::find (targets.begin (), targets.end (), language);
  if (target == targets.end ())
    return std::nullopt;
  return static_cast<size_t> (target - targets.begin ());
}

/// Text that is in the pad's language already stays as it is.
Translation
untouched (const AwaitedTranslation &awaited, const std::string &language)
{
  Translation translation;
  translation.language = language;
  translation.text = awaited.text.text;
  return translation;
}

} // namespace

TranslationWorker::TranslationWorker (GstElement *element, GstPad *sink, GstPad *src,
                                      Latency &latency, const ModelLoader &loader,
                                      const Guarded<TranslationSettings> &settings)
    : element_ (element), src_ (src), latency_ (latency), loader_ (loader), settings_ (settings),
      queue_ (element, sink, src, *this, latency, {1}),
      intake_ (element, latency, queue_, loader, settings), combiner_ (gst_flow_combiner_new ())
{
  apply_settings ();
}

TranslationWorker::~TranslationWorker ()
{
  gst_flow_combiner_free (combiner_);
}

GstStructure *
TranslationWorker::stats () const
{
  Counts counts = counts_.get ();
  GstStructure *stats = gst_structure_new (
      "nllbtranslate/stats", "texts", G_TYPE_UINT64, counts.texts, "translations", G_TYPE_UINT64,
      counts.translations, "late", G_TYPE_UINT64, counts.late, "dropped", G_TYPE_UINT64,
      counts.dropped, "flawed", G_TYPE_UINT64, counts.flawed, "retried", G_TYPE_UINT64,
      counts.retried, "invalid-sequences", G_TYPE_UINT64, intake_.input ().invalid_sequences (),
      nullptr);
  if (std::shared_ptr<Translator> model = loader_.model ()) {
    const ModelInfo &info = model->model ();
    gst_translate::Stats engine = model->stats ();
    gst_structure_set (stats, "device", G_TYPE_STRING, info.device.c_str (), "precision",
                       G_TYPE_STRING, info.precision.c_str (), "model-bytes", G_TYPE_INT64,
                       static_cast<gint64> (info.bytes), "engine-batches", G_TYPE_UINT64,
                       static_cast<guint64> (engine.batches), "engine-sentences", G_TYPE_UINT64,
                       static_cast<guint64> (engine.sentences), "engine-tokens", G_TYPE_UINT64,
                       static_cast<guint64> (engine.tokens), nullptr);
  }
  return stats;
}

void
TranslationWorker::reset (bool full)
{
  intake_.reset (full);
  gst_flow_combiner_reset (combiner_);
  sticky_events_.flush ();
  position_ = GST_CLOCK_TIME_NONE;
  if (full) {
    for (Branch &branch : branches_)
      gst_flow_combiner_remove_pad (combiner_, branch.pad ());
    branches_.clear ();
    sticky_events_.reset ();
    timeline_.reset ();
    latency_.reset ();
    counts_.change ([] (Counts &all) { all = Counts (); });
  }
}

/// A pad may have come after the end.
void
TranslationWorker::replan ()
{
  update_branches ();
}

void
TranslationWorker::apply_settings ()
{
  // While one batch is in work the next one gathers.
  queue_.set_max_buffers (2 * static_cast<size_t> (settings_.get ().batch_size));
}

GstFlowReturn
TranslationWorker::prepare (Item &item)
{
  return intake_.prepare (item);
}

GstFlowReturn
TranslationWorker::process (Item item)
{
  update_branches ();
  if (item.event)
    return process_event (std::move (item.event), item.work.get ());
  auto &awaited = static_cast<AwaitedTranslation &> (*item.work);
  return process_text (item, awaited);
}

// Texts.

GstFlowReturn
TranslationWorker::process_text (const Item &item, AwaitedTranslation &awaited)
{
  GstBuffer *buffer = item.buffer.get ();
  GstClockTime pts = GST_BUFFER_PTS (buffer);
  if (awaited.outside) {
    GST_DEBUG_OBJECT (element_, "text %" G_GUINT64_FORMAT ": left out, outside the segment",
                      awaited.number);
    return GST_FLOW_OK;
  }
  if (awaited.text.text.empty ()) {
    GST_DEBUG_OBJECT (element_, "text %" G_GUINT64_FORMAT ": has no words", awaited.number);
    push_gap (pts, GST_BUFFER_DURATION (buffer));
    return GST_FLOW_OK;
  }
  if (!awaited.is_ready ())
    awaited.late = settings_.get ().is_too_late (late_by (pts));
  if (awaited.late) {
    drop (buffer, awaited);
    return GST_FLOW_OK;
  }

  if (awaited.fragments)
    return process_fragments (item, awaited);
  TranslationResult result;
  if (!await (awaited, result))
    return GST_FLOW_FLUSHING;
  TranslationTimes times = begin_output (item, awaited);
  end_output (item, awaited, result, times);
  return push (item, awaited, times, std::nullopt, [&] (const std::string &language) {
    std::optional<size_t> target = target_of (awaited, language);
    return std::optional (target ? result.translations.at (*target)
                                 : untouched (awaited, language));
  });
}

/// Clauses leave as they come from the engine, and what needs no translation right away.
GstFlowReturn
TranslationWorker::process_fragments (const Item &item, AwaitedTranslation &awaited)
{
  std::optional<TranslationTimes> times;
  std::vector<guint> counts (awaited.languages.targets.size ());
  for (;;) {
    if (!queue_.wait ([&awaited] { return !awaited.fragments->empty () || awaited.is_ready (); }))
      return GST_FLOW_FLUSHING;
    // The last fragment comes before the result.
    std::optional<FragmentQueue::Fragment> fragment = awaited.fragments->take ();

    GstFlowReturn flow = GST_FLOW_OK;
    if (!times) {
      times = begin_output (item, awaited);
      flow = push (item, awaited, *times, std::nullopt, [&] (const std::string &language) {
        return target_of (awaited, language) ? std::nullopt
                                             : std::optional (untouched (awaited, language));
      });
    }
    if (!fragment)
      break;
    // One that began with a line break would end its cue in a file of subtitles.
    std::replace (fragment->text.begin (), fragment->text.end (), '\n', ' ');
    if (flow == GST_FLOW_OK)
      flow = push (item, awaited, *times, counts[fragment->target]++,
                   [&] (const std::string &language) {
                     Translation part;
                     part.language = language;
                     part.text = fragment->text;
                     return target_of (awaited, language) == fragment->target
                                ? std::optional (std::move (part))
                                : std::nullopt;
                   });
    if (flow != GST_FLOW_OK)
      return flow;
  }
  TranslationResult result;
  if (!await (awaited, result))
    return GST_FLOW_FLUSHING;
  end_output (item, awaited, result, *times);
  return GST_FLOW_OK;
}

/// False when interrupted.
bool
TranslationWorker::await (AwaitedTranslation &awaited, TranslationResult &result)
{
  if (!queue_.wait ([&awaited] { return awaited.is_ready (); }))
    return false;
  if (awaited.result.valid ())
    result = awaited.result.get ();
  return true;
}

/// Something is ready now.
TranslationTimes
TranslationWorker::begin_output (const Item &item, const AwaitedTranslation &awaited)
{
  GstBuffer *buffer = item.buffer.get ();
  TranslationTimes times;
  times.delay = awaited.delay ();
  if (awaited.submitted)
    GST_DEBUG_OBJECT (element_, "text %" G_GUINT64_FORMAT ": ready after %" G_GUINT64_FORMAT " ms",
                      awaited.number, GST_TIME_AS_MSECONDS (times.delay));
  times.pts = stamp_for (GST_BUFFER_PTS (buffer), awaited);
  times.duration = GST_BUFFER_DURATION (buffer);
  // One that is negative, as a cue's that ends before it begins, is above what a signed one can be.
  bool open = times.duration == 0 || times.duration > G_MAXINT64;
  if (GST_CLOCK_TIME_IS_VALID (times.pts) && open)
    times.duration = reading_time (awaited.text.text);
  latency_.observe (times.delay);
  return times;
}

/// All of it is known now.
void
TranslationWorker::end_output (const Item &item, const AwaitedTranslation &awaited,
                               const TranslationResult &result, const TranslationTimes &times)
{
  for (const Translation &translation : result.translations) {
    GstStructure *raw = raw_message (item, awaited, translation, times, timeline_);
    gst_element_post_message (element_, gst_message_new_element (GST_OBJECT (element_), raw));
  }
  counts_.change ([&result] (Counts &all) {
    all.texts++;
    for (const Translation &translation : result.translations) {
      all.translations++;
      all.flawed += translation.flaws != Flaw::None;
      all.retried += translation.retried;
    }
  });
  if (GST_CLOCK_TIME_IS_VALID (times.pts))
    advance (times.pts + times.duration);
}

GstFlowReturn
TranslationWorker::push (const Item &item, const AwaitedTranslation &awaited,
                         const TranslationTimes &times, std::optional<guint> fragment,
                         const Choose &choose)
{
  GstFlowReturn flow = GST_FLOW_OK;
  for (Branch &branch : branches_) {
    GstPad *pad = branch.pad ();
    GstFlowReturn pushed = gst_pad_is_linked (pad) ? GST_FLOW_OK : GST_FLOW_NOT_LINKED;
    const LanguageChoice::Pad *wanted = awaited.languages.find (pad);
    if (wanted && wanted->refused) {
      if (!fragment && GST_CLOCK_TIME_IS_VALID (times.pts))
        branch.push (Ref<GstEvent> (gst_event_new_gap (times.pts, times.duration)).get ());
    } else if (std::optional<Translation> translation =
                   wanted ? choose (wanted->language) : std::nullopt) {
      pushed = branch.push (translation->text, translation->language, [&] (GstBuffer *out) {
        describe (out, item.buffer.get (), awaited, *translation, times, fragment);
        GST_LOG_OBJECT (pad, "text %" G_GUINT64_FORMAT ": pushing \"%s\", %" GST_PTR_FORMAT,
                        awaited.number, translation->text.c_str (), out);
      });
      GST_LOG_OBJECT (pad, "text %" G_GUINT64_FORMAT ": pushed, %s", awaited.number,
                      gst_flow_get_name (pushed));
      // A request pad that went meanwhile is no reason for the others to stop: see gsttee.c.
      if (pushed == GST_FLOW_FLUSHING && pad != src_ && !gst_pad_is_active (pad))
        pushed = GST_FLOW_NOT_LINKED;
    }
    flow = gst_flow_combiner_update_pad_flow (combiner_, pad, pushed);
  }
  if (flow != GST_FLOW_OK)
    GST_DEBUG_OBJECT (element_, "text %" G_GUINT64_FORMAT ": all pads together: %s", awaited.number,
                      gst_flow_get_name (flow));
  return flow;
}

/// It comes too late to be of use.
void
TranslationWorker::drop (GstBuffer *buffer, const AwaitedTranslation &awaited)
{
  GstClockTime pts = GST_BUFFER_PTS (buffer);
  GstClockTimeDiff late = late_by (pts);
  GST_INFO_OBJECT (element_,
                   "text %" G_GUINT64_FORMAT ": dropped, %" GST_STIME_FORMAT
                   " late, more than max-lateness",
                   awaited.number, GST_STIME_ARGS (late));
  Counts counts = counts_.change ([] (Counts &all) { all.dropped++; });
  post_qos_dropped (element_, timeline_, awaited.text.text, pts, GST_BUFFER_DURATION (buffer), late,
                    counts.texts, counts.dropped);
  push_gap (pts, GST_BUFFER_DURATION (buffer));
}

GstClockTimeDiff
TranslationWorker::late_by (GstClockTime pts)
{
  return latency_.late_by (timeline_, pts, queue_.running_time ());
}

/// The time of a translation that is ready now.
GstClockTime
TranslationWorker::stamp_for (GstClockTime pts, const AwaitedTranslation &awaited)
{
  if (!latency_.synchronised ()) {
    GstClockTime now = queue_.running_time ();
    return GST_CLOCK_TIME_IS_VALID (now) ? timeline_.position (now) : pts;
  }
  GstClockTimeDiff late = late_by (pts);
  if (late <= 0)
    return pts;
  GST_INFO_OBJECT (element_,
                   "text %" G_GUINT64_FORMAT ": %" GST_STIME_FORMAT
                   " late, of which the engine had it for %" G_GUINT64_FORMAT " ms: moved by that",
                   awaited.number, GST_STIME_ARGS (late), GST_TIME_AS_MSECONDS (awaited.delay ()));
  counts_.change ([] (Counts &all) { all.late++; });
  return pts + static_cast<GstClockTime> (late);
}

// Events.

GstFlowReturn
TranslationWorker::process_event (Ref<GstEvent> event, const Work *work)
{
  GST_LOG_OBJECT (element_, "%" GST_PTR_FORMAT, event.get ());
  switch (GST_EVENT_TYPE (event.get ())) {
  case GST_EVENT_CAPS:
    return GST_FLOW_OK;
  case GST_EVENT_SEGMENT: {
    const auto &segment = static_cast<const OwnSegment &> (*work);
    timeline_ = segment.timeline;
    event = share (segment.event.get ());
    position_ = GST_CLOCK_TIME_NONE;
    if (timeline_.timed ())
      advance (timeline_.start ());
    break;
  }
  case GST_EVENT_GAP: {
    GstClockTime start;
    GstClockTime duration;
    gst_event_parse_gap (event.get (), &start, &duration);
    push_gap (start, duration, event.get ());
    return GST_FLOW_OK;
  }
  default:
    break;
  }
  sticky_events_.remember (event.get ());
  for (Branch &branch : branches_)
    branch.push (event.get ());
  return GST_FLOW_OK;
}

/// Nothing to read there, but time goes on: from where the output has come to. `duration` may be
/// NONE, in which case nobody knows yet how long it lasts. `like`: the one that it stands for.
void
TranslationWorker::push_gap (GstClockTime start, GstClockTime duration, GstEvent *like)
{
  if (!GST_CLOCK_TIME_IS_VALID (start))
    return;
  bool open = !GST_CLOCK_TIME_IS_VALID (duration);
  GstClockTime end = open ? start : start + duration;
  GstClockTime now = latency_.synchronised () ? GST_CLOCK_TIME_NONE : queue_.running_time ();
  if (GST_CLOCK_TIME_IS_VALID (now)) {
    end = timeline_.position (now);
    start = MIN (start, end);
  }
  if (GST_CLOCK_TIME_IS_VALID (position_))
    start = MAX (start, position_);
  if (open)
    end = start;
  else if (end < start || (end == start && duration > 0))
    return;

  Ref<GstEvent> gap (gst_event_new_gap (start, open ? GST_CLOCK_TIME_NONE : end - start));
  if (like) {
    GstGapFlags flags;
    gst_event_parse_gap_flags (like, &flags);
    gst_event_set_gap_flags (gap.get (), flags);
    gst_event_set_seqnum (gap.get (), gst_event_get_seqnum (like));
  }
  for (Branch &branch : branches_)
    branch.push (gap.get ());
  advance (end);
}

/// Backwards the output comes to no position.
void
TranslationWorker::advance (GstClockTime end)
{
  if (!timeline_.backwards ())
    position_ = end;
}

/// Pads come and go while PLAYING.
void
TranslationWorker::update_branches ()
{
  std::vector<Ref<GstPad>> pads = source_pads (element_);
  branches_.remove_if ([&] (const Branch &branch) {
    bool gone = std::none_of (pads.begin (), pads.end (), [&branch] (const Ref<GstPad> &pad) {
      return pad.get () == branch.pad ();
    });
    if (gone) {
      GST_INFO_OBJECT (element_, "pad %s has gone", GST_OBJECT_NAME (branch.pad ()));
      gst_flow_combiner_remove_pad (combiner_, branch.pad ());
    }
    return gone;
  });

  TranslationSettings now = settings_.get ();
  for (Ref<GstPad> &pad : pads) {
    auto branch = std::find_if (branches_.begin (), branches_.end (), [&pad] (const Branch &known) {
      return known.pad () == pad.get ();
    });
    bool is_new = branch == branches_.end ();
    if (is_new) {
      branch = branches_.emplace (branches_.end (), pad.get ());
      gst_flow_combiner_add_pad (combiner_, pad.get ());
    }
    branch->set_language (language_of (pad.get (), now));
    if (is_new) {
      GST_INFO_OBJECT (element_, "pad %s has come", GST_OBJECT_NAME (pad.get ()));
      for (const Ref<GstEvent> &event : sticky_events_.get ())
        branch->push (event.get ());
    }
  }
}

} // namespace gst_lingua
