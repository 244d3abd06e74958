// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "plugins/nllbtranslate/translationworker.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "plugins/common/metas.h"
#include "plugins/common/qos.h"
#include "plugins/common/registermetas.h"

namespace gst_lingua {

using gst_translate::Flaw;
using gst_translate::ModelInfo;
using gst_translate::Translation;
using gst_translate::TranslationResult;
using gst_translate::Translator;

namespace {

std::string
flaws_text (Flaw flaws)
{
  static const std::pair<Flaw, const char *> names[] = {
      {Flaw::Loop, "loop"},     {Flaw::Empty, "empty"},
      {Flaw::Copied, "copied"}, {Flaw::WrongScript, "wrong-script"},
      {Flaw::Length, "length"}, {Flaw::Truncated, "truncated"}};
  std::string text;
  for (const auto &[flaw, name] : names) {
    if (flaws & flaw)
      text += (text.empty () ? "" : "+") + std::string (name);
  }
  return text.empty () ? "none" : text;
}

bool
is_ready (const AwaitedTranslation &job)
{
  return !job.result.valid () ||
         job.result.wait_for (std::chrono::seconds (0)) == std::future_status::ready;
}

/// What a pad is to get: nothing where nothing was asked for, since the pad was unlinked, refused
/// or not there yet.
const std::string *
language_for (GstPad *pad, const AwaitedTranslation &job)
{
  auto chosen = std::find_if (job.languages.begin (), job.languages.end (),
                              [pad] (const auto &entry) { return entry.first.get () == pad; });
  return chosen == job.languages.end () ? nullptr : &chosen->second;
}

/// The index of a language among those that the engine was asked for.
std::optional<size_t>
target_of (const AwaitedTranslation &job, const std::string &language)
{
  auto target = std::find (job.targets.begin (), job.targets.end (), language);
  if (target == job.targets.end ())
    return std::nullopt;
  return static_cast<size_t> (target - job.targets.begin ());
}

/// Text that is in the pad's language already stays as it is.
Translation
untouched (const AwaitedTranslation &job, const std::string &language)
{
  Translation translation;
  translation.language = language;
  translation.text = job.text.text;
  return translation;
}

} // namespace

TranslationWorker::TranslationWorker (GstElement *element, GstPad *sink, GstPad *src,
                                      Latency &latency, const ModelLoader &loader,
                                      const Guarded<TranslationSettings> &settings)
    : element_ (element), src_ (src), latency_ (latency), loader_ (loader), settings_ (settings),
      queue_ (element, sink, src, *this, latency, 1),
      intake_ (element, src, latency, queue_, loader, settings),
      combiner_ (gst_flow_combiner_new ())
{
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
      counts.retried, "invalid-sequences", G_TYPE_UINT64, intake_.invalid_sequences (), nullptr);
  if (std::shared_ptr<Translator> model = loader_.model ()) {
    const ModelInfo &info = model->model ();
    gst_translate::Stats engine = model->stats ();
    gst_structure_set (stats, "device", G_TYPE_STRING, info.device.c_str (), "precision",
                       G_TYPE_STRING, info.precision.c_str (), "model-bytes", G_TYPE_INT64,
                       static_cast<gint64> (info.bytes), "engine-batches", G_TYPE_UINT64,
                       static_cast<guint64> (engine.batches), "engine-sentences", G_TYPE_UINT64,
                       static_cast<guint64> (engine.sentences), "engine-tokens", G_TYPE_UINT64,
                       static_cast<guint64> (engine.tokens), "scored-share", G_TYPE_DOUBLE,
                       engine.scored_share, nullptr);
  }
  return stats;
}

void
TranslationWorker::reset (bool full)
{
  intake_.reset (full);
  gst_flow_combiner_reset (combiner_);
  position_ = GST_CLOCK_TIME_NONE;
  if (full) {
    for (Branch &branch : branches_)
      gst_flow_combiner_remove_pad (combiner_, branch.pad ());
    branches_.clear ();
    timeline_.reset ();
    latency_.reset ();
    counts_.change ([] (Counts &all) { all = Counts (); });
  }
}

GstFlowReturn
TranslationWorker::prepare (Item &item)
{
  // While one batch is in work the next one gathers.
  queue_.set_max_buffers (2 * static_cast<size_t> (settings_.get ().batch_size));
  return intake_.prepare (item);
}

GstFlowReturn
TranslationWorker::process (Item item)
{
  update_branches ();
  if (item.event)
    return process_event (std::move (item.event));
  auto &job = static_cast<AwaitedTranslation &> (*item.work);
  GstBuffer *buffer = item.buffer.get ();
  if (job.text.text.empty ())
    return process_gap (GST_BUFFER_PTS (buffer), GST_BUFFER_DURATION (buffer));
  return process_text (item, job);
}

// Texts.

GstFlowReturn
TranslationWorker::process_text (const Item &item, AwaitedTranslation &job)
{
  GstBuffer *buffer = item.buffer.get ();
  if (job.result.valid () && !is_ready (job))
    job.late = is_too_late (late_by (GST_BUFFER_PTS (buffer)), settings_.get ());
  if (job.late) {
    post_dropped (buffer);
    return process_gap (GST_BUFFER_PTS (buffer), GST_BUFFER_DURATION (buffer));
  }

  if (job.fragments)
    return process_fragments (item, job);
  TranslationResult result;
  if (!await (job, result))
    return GST_FLOW_FLUSHING;
  Output output = begin_output (item, job);
  end_output (item, job, result, output);
  return push (item, job, output, [&] (const std::string &language) -> std::optional<Translation> {
    std::optional<size_t> target = target_of (job, language);
    return target ? result.translations.at (*target) : untouched (job, language);
  });
}

/// Clauses leave as they come from the engine, and what needs no translation right away.
GstFlowReturn
TranslationWorker::process_fragments (const Item &item, AwaitedTranslation &job)
{
  std::optional<Output> output;
  std::vector<guint> counts (job.targets.size ());
  for (;;) {
    if (!queue_.wait ([&job] { return !job.fragments->empty () || is_ready (job); }))
      return GST_FLOW_FLUSHING;
    // The last fragment comes before the result.
    std::optional<FragmentQueue::Fragment> fragment = job.fragments->take ();

    GstFlowReturn flow = GST_FLOW_OK;
    if (!output) {
      output = begin_output (item, job);
      flow = push (item, job, *output, [&] (const std::string &language) {
        return target_of (job, language) ? std::nullopt : std::optional (untouched (job, language));
      });
    }
    if (!fragment)
      break;
    output->fragment = counts[fragment->target]++;
    if (flow == GST_FLOW_OK)
      flow = push (item, job, *output, [&] (const std::string &language) {
        Translation part;
        part.language = language;
        part.text = fragment->text;
        return target_of (job, language) == fragment->target ? std::optional (std::move (part))
                                                             : std::nullopt;
      });
    if (flow != GST_FLOW_OK)
      return flow;
  }
  TranslationResult result;
  if (!await (job, result))
    return GST_FLOW_FLUSHING;
  end_output (item, job, result, *output);
  return GST_FLOW_OK;
}

/// False when interrupted.
bool
TranslationWorker::await (AwaitedTranslation &job, TranslationResult &result)
{
  if (!queue_.wait ([&job] { return is_ready (job); }))
    return false;
  if (job.result.valid ())
    result = job.result.get ();
  return true;
}

/// Something is ready now.
TranslationWorker::Output
TranslationWorker::begin_output (const Item &item, const AwaitedTranslation &job)
{
  Output output;
  output.delay = job.delay ();
  output.pts = stamp_for (GST_BUFFER_PTS (item.buffer.get ()));
  latency_.observe (output.delay);
  return output;
}

/// All of it is known now.
void
TranslationWorker::end_output (const Item &item, const AwaitedTranslation &job,
                               const TranslationResult &result, const Output &output)
{
  for (const Translation &translation : result.translations)
    post_raw (item, job, translation, output);
  counts_.change ([&result] (Counts &all) {
    all.texts++;
    for (const Translation &translation : result.translations) {
      all.translations++;
      all.flawed += translation.flaws != Flaw::None;
      all.retried += translation.retried;
    }
  });
  GstClockTime duration = GST_BUFFER_DURATION (item.buffer.get ());
  if (GST_CLOCK_TIME_IS_VALID (output.pts))
    position_ = GST_CLOCK_TIME_IS_VALID (duration) ? output.pts + duration : output.pts;
}

GstFlowReturn
TranslationWorker::push (const Item &item, const AwaitedTranslation &job, const Output &output,
                         const Choose &choose)
{
  GstFlowReturn flow = GST_FLOW_OK;
  for (Branch &branch : branches_) {
    GstFlowReturn pushed = gst_pad_is_linked (branch.pad ()) ? GST_FLOW_OK : GST_FLOW_NOT_LINKED;
    const std::string *language = language_for (branch.pad (), job);
    if (std::optional<Translation> translation = language ? choose (*language) : std::nullopt)
      pushed = branch.push (translation->text, translation->language, [&] (GstBuffer *out) {
        describe (out, item, job, *translation, output);
      });
    flow = gst_flow_combiner_update_pad_flow (combiner_, branch.pad (), pushed);
  }
  return flow;
}

void
TranslationWorker::describe (GstBuffer *out, const Item &item, const AwaitedTranslation &job,
                             const Translation &translation, const Output &output) const
{
  auto flags = static_cast<GstBufferCopyFlags> (GST_BUFFER_COPY_FLAGS | GST_BUFFER_COPY_META);
  gst_buffer_copy_into (out, item.buffer.get (), flags, 0, static_cast<gsize> (-1));
  GST_BUFFER_PTS (out) = output.pts;
  GST_BUFFER_DURATION (out) = GST_BUFFER_DURATION (item.buffer.get ());
  GstStructure *meta = add_meta (out, GST_NLLB_TRANSLATE_META);
  gst_structure_set (meta, "source", G_TYPE_STRING, job.text.text.c_str (), "source-language",
                     G_TYPE_STRING, job.source.c_str (), "language-code", G_TYPE_STRING,
                     translation.language.c_str (), "flaws", G_TYPE_STRING,
                     flaws_text (translation.flaws).c_str (), "retried", G_TYPE_BOOLEAN,
                     static_cast<gboolean> (translation.retried), nullptr);
  if (output.fragment)
    gst_structure_set (meta, "fragment", G_TYPE_UINT, *output.fragment, nullptr);
  if (!job.text.speaker.empty ())
    gst_structure_set (meta, "speaker", G_TYPE_STRING, job.text.speaker.c_str (), nullptr);
}

void
TranslationWorker::post_raw (const Item &item, const AwaitedTranslation &job,
                             const Translation &translation, const Output &output) const
{
  GstClockTime start = GST_CLOCK_TIME_IS_VALID (output.pts) ? timeline_.running_time (output.pts)
                                                            : GST_CLOCK_TIME_NONE;
  GstStructure *raw = gst_structure_new (
      "nllbtranslate/raw", "text", G_TYPE_STRING, job.text.text.c_str (), "translation",
      G_TYPE_STRING, translation.text.c_str (), "source-language", G_TYPE_STRING,
      job.source.c_str (), "language-code", G_TYPE_STRING, translation.language.c_str (),
      "arrival-time", GST_TYPE_CLOCK_TIME, item.arrival, "start-time", GST_TYPE_CLOCK_TIME, start,
      "duration", GST_TYPE_CLOCK_TIME, GST_BUFFER_DURATION (item.buffer.get ()), "latency",
      GST_TYPE_CLOCK_TIME, output.delay, nullptr);
  if (!job.text.speaker.empty ())
    gst_structure_set (raw, "speaker", G_TYPE_STRING, job.text.speaker.c_str (), nullptr);
  gst_element_post_message (element_, gst_message_new_element (GST_OBJECT (element_), raw));
}

void
TranslationWorker::post_dropped (GstBuffer *buffer)
{
  GstClockTime pts = GST_BUFFER_PTS (buffer);
  Counts counts = counts_.change ([] (Counts &all) { all.dropped++; });
  post_qos_dropped (element_, timeline_, pts, GST_BUFFER_DURATION (buffer), late_by (pts),
                    counts.texts, counts.dropped);
}

GstClockTimeDiff
TranslationWorker::late_by (GstClockTime pts)
{
  return latency_.late_by (timeline_, pts, queue_.running_time ());
}

/// The time of a translation that is ready now.
GstClockTime
TranslationWorker::stamp_for (GstClockTime pts)
{
  if (!latency_.synchronised ()) {
    GstClockTime now = queue_.running_time ();
    return GST_CLOCK_TIME_IS_VALID (now) ? timeline_.position (now) : pts;
  }
  GstClockTimeDiff late = late_by (pts);
  if (late <= 0)
    return pts;
  counts_.change ([] (Counts &all) { all.late++; });
  return pts + static_cast<GstClockTime> (late);
}

// Events.

GstFlowReturn
TranslationWorker::process_event (Ref<GstEvent> event)
{
  switch (GST_EVENT_TYPE (event.get ())) {
  case GST_EVENT_CAPS:
    break;
  case GST_EVENT_SEGMENT:
    event = timeline_.set_segment (event.get (), latency_.lateness ());
    position_ = timeline_.timed () ? timeline_.start () : GST_CLOCK_TIME_NONE;
    push_event (event.get ());
    break;
  case GST_EVENT_GAP: {
    GstClockTime start;
    GstClockTime duration;
    gst_event_parse_gap (event.get (), &start, &duration);
    return process_gap (start, duration);
  }
  default:
    push_event (event.get ());
    break;
  }
  return GST_FLOW_OK;
}

/// Nothing to read there, but time goes on.
GstFlowReturn
TranslationWorker::process_gap (GstClockTime start, GstClockTime duration)
{
  if (!GST_CLOCK_TIME_IS_VALID (start))
    return GST_FLOW_OK;
  GstClockTime end = GST_CLOCK_TIME_IS_VALID (duration) ? start + duration : start;
  if (!latency_.synchronised ())
    end = timeline_.position (queue_.running_time ());
  if (GST_CLOCK_TIME_IS_VALID (position_))
    start = MAX (start, position_);
  if (end <= start)
    return GST_FLOW_OK;
  Ref<GstEvent> gap (gst_event_new_gap (start, end - start));
  push_event (gap.get ());
  position_ = end;
  return GST_FLOW_OK;
}

void
TranslationWorker::push_event (GstEvent *event)
{
  for (Branch &branch : branches_)
    branch.push (event);
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
    if (gone)
      gst_flow_combiner_remove_pad (combiner_, branch.pad ());
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
    branch->set_language (flores_code (wanted_language (pad.get (), now)));
    if (is_new && pad.get () != src_)
      branch->join (src_);
  }
}

} // namespace gst_lingua
