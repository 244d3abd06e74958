// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "plugins/nllbtranslate/intake.h"

#include <chrono>
#include <memory>
#include <utility>

#include "gst-translate/segment/cue_lines.h"
#include "gst-translate/text/utf8.h"
#include "plugins/common/metas.h"
#include "plugins/nllbtranslate/debug.h"

namespace gst_lingua {

using gst_translate::TranslationRequest;
using gst_translate::Translator;

namespace {

std::string
speaker_in (const GstStructure *structure)
{
  const gchar *speaker = gst_structure_get_string (structure, "speaker");
  return speaker ? speaker : "";
}

/// "deu_Latn, fra_Latn"
std::string
list (const std::vector<std::string> &words)
{
  std::string text;
  for (const std::string &word : words)
    text += (text.empty () ? "" : ", ") + word;
  return text;
}

} // namespace

Intake::Intake (GstElement *element, Latency &latency, QueueTask &queue, const ModelLoader &loader,
                const Guarded<TranslationSettings> &settings)
    : element_ (element), latency_ (latency), queue_ (queue), notify_ (queue.notifier ()),
      loader_ (loader), settings_ (settings), input_ (element), languages_ (element)
{
}

void
Intake::reset (bool full)
{
  input_.reset (full);
  if (full) {
    timeline_.reset ();
    languages_.reset ();
    speaker_.clear ();
    texts_ = 0;
  }
}

GstFlowReturn
Intake::prepare (Item &item)
{
  if (item.event) {
    prepare_event (item);
    return GST_FLOW_OK;
  }

  GstBuffer *buffer = item.buffer.get ();
  auto awaited = std::make_unique<AwaitedTranslation> ();
  awaited->number = ++texts_;
  GST_LOG_OBJECT (element_,
                  "text %" G_GUINT64_FORMAT ": arrived at %" GST_TIME_FORMAT ", %" GST_PTR_FORMAT,
                  awaited->number, GST_TIME_ARGS (item.arrival), buffer);
  read (buffer, *awaited);
  awaited->outside = !timeline_.contains (GST_BUFFER_PTS (buffer), GST_BUFFER_DURATION (buffer));
  if (!awaited->text.text.empty () && !awaited->outside) {
    if (!loader_.finished ())
      GST_DEBUG_OBJECT (element_, "text %" G_GUINT64_FORMAT ": waits for the model",
                        awaited->number);
    if (!queue_.wait ([this] { return loader_.finished (); }))
      return GST_FLOW_FLUSHING;
    std::shared_ptr<Translator> model = loader_.model ();
    if (!model) {
      // The loader has said why.
      queue_.error_was_posted ();
      return GST_FLOW_ERROR;
    }
    TranslationSettings now = settings_.get ();
    GstClockTimeDiff late =
        latency_.late_by (timeline_, GST_BUFFER_PTS (buffer), queue_.running_time ());
    awaited->late = now.is_too_late (late);
    if (!awaited->late)
      submit (*awaited, *model, now, late);
  }
  item.work = std::move (awaited);
  return GST_FLOW_OK;
}

void
Intake::prepare_event (Item &item)
{
  GstEvent *event = item.event.get ();
  switch (GST_EVENT_TYPE (event)) {
  case GST_EVENT_STREAM_START:
    input_.begin_stream ();
    languages_.reset ();
    speaker_.clear ();
    break;
  case GST_EVENT_CAPS: {
    GstCaps *caps;
    gst_event_parse_caps (event, &caps);
    input_.set_caps (caps);
    break;
  }
  case GST_EVENT_SEGMENT: {
    input_.reset (false);
    auto segment = std::make_unique<OwnSegment> ();
    segment->event = timeline_.set_segment (event, latency_.lateness ());
    segment->timeline = timeline_;
    item.work = std::move (segment);
    break;
  }
  case GST_EVENT_TAG:
    languages_.read (event);
    break;
  case GST_EVENT_EOS:
    input_.finish ();
    break;
  default:
    if (gst_event_has_name (event, "rstranscribe/speaker-change"))
      speaker_ = speaker_in (gst_event_get_structure (event));
    break;
  }
}

void
Intake::read (GstBuffer *buffer, AwaitedTranslation &awaited)
{
  bool cue = input_.is_cue (buffer);
  for (const gst_translate::PlainText &part : input_.read_parts (buffer)) {
    if (awaited.text.speaker.empty ())
      awaited.text.speaker = part.speaker;
    awaited.text.text += (awaited.text.text.empty () ? "" : "\n") +
                         (cue ? gst_translate::join_cue_lines (part.text) : part.text);
  }
  awaited.text.text = std::string (gst_translate::trim (awaited.text.text));
  GstCustomMeta *meta = gst_buffer_get_custom_meta (buffer, GST_TEXT_ACCUMULATE_SENTENCE_META);
  if (awaited.text.speaker.empty () && meta)
    awaited.text.speaker = speaker_in (gst_custom_meta_get_structure (meta));
  if (awaited.text.speaker.empty ())
    awaited.text.speaker = speaker_;
}

void
Intake::submit (AwaitedTranslation &awaited, Translator &model, const TranslationSettings &settings,
                GstClockTimeDiff late)
{
  awaited.languages = languages_.choose (settings, model.model ());
  const LanguageChoice &languages = awaited.languages;
  if (languages.targets.empty ()) {
    GST_DEBUG_OBJECT (element_,
                      "text %" G_GUINT64_FORMAT ": passes as it is, nobody wants it in "
                      "another language than %s",
                      awaited.number, languages.source.c_str ());
    return;
  }

  TranslationRequest request;
  request.text = awaited.text.text;
  request.source = languages.source;
  request.targets = languages.targets;
  request.search = settings.search ();
  request.guards = settings.guards;
  request.prepare = settings.prepare;
  request.keep_unknown = settings.keep_unknown;
  request.shortlist = settings.shortlist;
  request.batch_size = static_cast<int> (settings.batch_size);
  request.cancel = awaited.cancel;
  if (settings.fragments) {
    awaited.fragments = std::make_shared<FragmentQueue> (languages.targets.size (), notify_);
    request.on_fragment = [fragments =
                               awaited.fragments] (const gst_translate::Fragment &fragment) {
      fragments->add (fragment);
    };
  }
  if (latency_.upstream ().live)
    request.deadline = std::chrono::steady_clock::now () - std::chrono::nanoseconds (late);
  GST_DEBUG_OBJECT (
      element_,
      "text %" G_GUINT64_FORMAT ": submitted, %s to %s, deadline %" GST_STIME_FORMAT ", \"%s\"",
      awaited.number, languages.source.c_str (), list (languages.targets).c_str (),
      GST_STIME_ARGS (request.deadline ? -late : GST_CLOCK_STIME_NONE), awaited.text.text.c_str ());
  awaited.submitted = g_get_monotonic_time ();
  request.on_ready = [ready = awaited.ready, notify = notify_] {
    *ready = g_get_monotonic_time ();
    notify ();
  };
  awaited.result = model.submit (std::move (request));
}

} // namespace gst_lingua
