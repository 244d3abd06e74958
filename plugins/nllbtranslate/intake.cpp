// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "plugins/nllbtranslate/intake.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>

#include "gst-translate/text/language.h"
#include "gst-translate/text/utf8.h"
#include "plugins/common/error.h"
#include "plugins/common/metas.h"
#include "plugins/common/tags.h"
#include "plugins/nllbtranslate/gstnllbtranslatepad.h"

namespace gst_lingua {

using gst_translate::Error;
using gst_translate::find_language;
using gst_translate::Language;
using gst_translate::ModelInfo;
using gst_translate::TranslationRequest;
using gst_translate::Translator;

namespace {

constexpr const char *default_language = "eng_Latn";

bool
speaks (const ModelInfo &model, const std::string &flores)
{
  return std::find (model.languages.begin (), model.languages.end (), flores) !=
         model.languages.end ();
}

Error
unknown_language (const std::string &code, const ModelInfo &model)
{
  return {Error::Kind::Settings,
          "The model in " + model.folder + " does not speak \"" + code + "\": it speaks " +
              std::to_string (model.languages.size ()) +
              " languages, named by FLORES-200 (jpn_Jpan), ISO 639 (ja) or BCP 47 (ja-JP) codes."};
}

std::string
speaker_in (const GstStructure *structure)
{
  const gchar *speaker = gst_structure_get_string (structure, "speaker");
  return speaker ? speaker : "";
}

} // namespace

std::string
wanted_language (GstPad *pad, const TranslationSettings &settings)
{
  Ref<gchar> own (gst_nllb_translate_pad_dup_language_code (GST_NLLB_TRANSLATE_PAD (pad)));
  return own ? own.get () : settings.output_language;
}

std::string
flores_code (const std::string &code)
{
  const Language *language = find_language (code);
  return language ? std::string (language->flores) : code;
}

std::vector<Ref<GstPad>>
source_pads (GstElement *element)
{
  std::vector<Ref<GstPad>> pads;
  GST_OBJECT_LOCK (element);
  for (GList *pad = element->srcpads; pad; pad = pad->next)
    pads.emplace_back (GST_PAD (gst_object_ref (pad->data)));
  GST_OBJECT_UNLOCK (element);
  return pads;
}

bool
is_too_late (GstClockTimeDiff late, const TranslationSettings &settings)
{
  auto limit = static_cast<GstClockTimeDiff> (settings.max_backlog * GST_MSECOND);
  return late > 0 && (settings.late_policy == LatePolicy::Drop || (limit > 0 && late > limit));
}

Intake::Intake (GstElement *element, GstPad *src, Latency &latency, QueueTask &queue,
                const ModelLoader &loader, const Guarded<TranslationSettings> &settings)
    : element_ (element), src_ (src), latency_ (latency), queue_ (queue),
      notify_ (queue.notifier ()), loader_ (loader), settings_ (settings), input_ (element)
{
}

void
Intake::reset (bool full)
{
  input_.reset (full);
  if (full) {
    timeline_.reset ();
    language_.clear ();
    speaker_.clear ();
    refused_languages_.clear ();
  }
}

GstFlowReturn
Intake::prepare (Item &item)
{
  if (item.event) {
    prepare_event (item.event.get ());
    return GST_FLOW_OK;
  }

  auto job = std::make_unique<AwaitedTranslation> ();
  read (item.buffer.get (), *job);
  if (!job->text.text.empty ()) {
    if (!queue_.wait ([this] { return loader_.finished (); }))
      return GST_FLOW_FLUSHING;
    std::shared_ptr<Translator> model = loader_.model ();
    if (!model) {
      // The loader has said why.
      queue_.error_was_posted ();
      return GST_FLOW_ERROR;
    }
    GstClockTimeDiff late =
        latency_.late_by (timeline_, GST_BUFFER_PTS (item.buffer.get ()), queue_.running_time ());
    job->late = is_too_late (late, settings_.get ());
    if (!job->late)
      submit (*job, *model, late);
  }
  item.work = std::move (job);
  return GST_FLOW_OK;
}

void
Intake::prepare_event (GstEvent *event)
{
  switch (GST_EVENT_TYPE (event)) {
  case GST_EVENT_STREAM_START:
    language_.clear ();
    speaker_.clear ();
    break;
  case GST_EVENT_CAPS: {
    GstCaps *caps;
    gst_event_parse_caps (event, &caps);
    input_.set_caps (caps);
    break;
  }
  case GST_EVENT_SEGMENT:
    input_.reset (false);
    timeline_.set_segment (event, latency_.lateness ());
    break;
  case GST_EVENT_TAG:
    if (std::string language = language_of (event); !language.empty ()) {
      language_ = find_language (language) ? language : "";
      if (language_.empty ())
        post_warning (element_, Error (Error::Kind::Settings,
                                       "The stream's language tag \"" + language +
                                           "\" is unknown: set the property input-language-code."));
    }
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
Intake::read (GstBuffer *buffer, AwaitedTranslation &job)
{
  job.text = input_.read (buffer);
  job.text.text = std::string (gst_translate::trim (job.text.text));
  GstCustomMeta *meta = gst_buffer_get_custom_meta (buffer, GST_TEXT_ACCUMULATE_SENTENCE_META);
  if (job.text.speaker.empty () && meta)
    job.text.speaker = speaker_in (gst_custom_meta_get_structure (meta));
  if (job.text.speaker.empty ())
    job.text.speaker = speaker_;
}

void
Intake::submit (AwaitedTranslation &job, Translator &model, GstClockTimeDiff late)
{
  TranslationSettings now = settings_.get ();
  std::string source = !now.input_language.empty () ? now.input_language
                       : !language_.empty ()        ? language_
                                                    : default_language;
  job.source = flores_code (source);
  if (!speaks (model.model (), job.source))
    throw unknown_language (source, model.model ());
  choose_languages (job, model.model ());
  if (job.targets.empty ())
    return;

  TranslationRequest request;
  request.text = job.text.text;
  request.source = job.source;
  request.targets = job.targets;
  request.search = now.search;
  request.guards = now.guards;
  request.keep_unknown = now.keep_unknown;
  request.shortlist = now.shortlist;
  request.batch_size = static_cast<int> (now.batch_size);
  request.cancel = job.cancel;
  if (now.fragments) {
    job.fragments = std::make_shared<FragmentQueue> (job.targets.size (), notify_);
    request.on_fragment = [fragments = job.fragments] (const gst_translate::Fragment &fragment) {
      fragments->add (fragment);
    };
  }
  if (latency_.upstream ().live)
    request.deadline = std::chrono::steady_clock::now () - std::chrono::nanoseconds (late);
  job.submitted = g_get_monotonic_time ();
  request.on_ready = [ready = job.ready, notify = notify_] {
    *ready = g_get_monotonic_time ();
    notify ();
  };
  job.result = model.submit (std::move (request));
}

/// What each linked pad is to get, and what the engine has to be asked for: all that is not the
/// source's own language.
void
Intake::choose_languages (AwaitedTranslation &job, const ModelInfo &model)
{
  TranslationSettings now = settings_.get ();
  for (Ref<GstPad> &pad : source_pads (element_)) {
    if (!gst_pad_is_linked (pad.get ()))
      continue;
    std::string wanted = wanted_language (pad.get (), now);
    std::string flores = flores_code (wanted);
    if (!speaks (model, flores)) {
      if (pad.get () == src_)
        throw unknown_language (wanted, model);
      // One pad's mistake must not stop the others.
      if (refused_languages_.insert (wanted).second)
        post_warning (element_, unknown_language (wanted, model));
      continue;
    }
    if (flores != job.source &&
        std::find (job.targets.begin (), job.targets.end (), flores) == job.targets.end ())
      job.targets.push_back (flores);
    job.languages.emplace_back (std::move (pad), flores);
  }
}

} // namespace gst_lingua
