// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/ttssynth/speechworker.h"

#include <utility>

#include "gst-translate/text/language.h"
#include "gst-translate/text/utf8.h"
#include "gst-tts/ssml/ssml.h"
#include "plugins/common/error.h"
#include "plugins/common/push.h"
#include "plugins/common/qos.h"
#include "plugins/common/streamstart.h"
#include "plugins/ttssynth/cut.h"
#include "plugins/ttssynth/debug.h"
#include "plugins/ttssynth/spokentext.h"
#include "plugins/ttssynth/upstreamtext.h"

namespace gst_lingua {

using gst_tts::AudioChunk;
using gst_tts::CancelFlag;
using gst_tts::Error;
using gst_tts::FittedSpeech;
using gst_tts::SpeechRequest;

namespace {

// Texts that wait in the queue before upstream does: enough for translation to go on while one is
// spoken.
constexpr QueueTask::Limits max_queued = {16};

constexpr const char *default_language = "eng_Latn";

} // namespace

SpeechWorker::SpeechWorker (GstElement *element, GstPad *sink, GstPad *src, Latency &latency)
    : element_ (element), src_ (src), latency_ (latency),
      queue_ (element, sink, src, *this, latency, max_queued), input_ (element),
      output_ (src, queue_), slots_ (timeline_, output_, queue_),
      fitter_ (element, slots_, queue_, settings),
      silence_ (element, output_, slots_, queue_, settings)
{
  reset (true);
}

GstStructure *
SpeechWorker::stats () const
{
  Counts counts = counts_.get ();
  return gst_structure_new ("ttssynth/stats", "texts", G_TYPE_UINT64, counts.texts, "late",
                            G_TYPE_UINT64, counts.late, "dropped", G_TYPE_UINT64, counts.dropped,
                            "compressed", G_TYPE_UINT64, counts.compressed, "clipped",
                            G_TYPE_UINT64, counts.clipped, "unspoken-characters", G_TYPE_UINT64,
                            counts.unspoken_characters, "invalid-sequences", G_TYPE_UINT64,
                            input_.invalid_sequences (), nullptr);
}

void
SpeechWorker::count (guint64 Counts::*what)
{
  counts_.change ([what] (Counts &all) { (all.*what)++; });
}

void
SpeechWorker::interrupt ()
{
  *cancel_.get () = true;
}

void
SpeechWorker::reset (bool full)
{
  input_.reset (full);
  documents_.clear ();
  beginning_.reset ();
  output_.reset (full);
  silence_.end_segment ();
  postponed_.reset ();
  cancel_.change ([] (CancelFlag &flag) { flag = std::make_shared<std::atomic<bool>> (false); });
  if (full) {
    timeline_.reset ();
    tagged_language_.clear ();
    tags_.reset ();
    silent_language_.clear ();
    speaker_.clear ();
    speakers_.forget ();
    spoken_ = sparse_ = false;
    ssml_.reset ();
    counts_.change ([] (Counts &all) { all = Counts (); });
    latency_.reset ();
  }
}

void
SpeechWorker::set_engine (std::shared_ptr<gst_tts::Synthesizer> engine)
{
  SpeechSettings now = settings.get ();
  if (engine && (!now.language.empty () || !now.voice.empty ()))
    engine->voice_for (request_for (""));
  engine_ = std::move (engine);
  fitter_.set_engine (engine_);
  if (engine_)
    output_.set_speech_rate (engine_->sample_rate ());
}

GstFlowReturn
SpeechWorker::process (Item item)
{
  silence_.join ();
  return conclude (item.buffer ? process_buffer (std::move (item.buffer), item.arrival)
                               : process_event (std::move (item.event)));
}

GstFlowReturn
SpeechWorker::wake ()
{
  silence_.join ();
  return conclude (postponed_ ? say_postponed () : silence_.catch_up ());
}

void
SpeechWorker::replan ()
{
  silence_.arm ();
}

/// What follows from the answer of downstream.
GstFlowReturn
SpeechWorker::conclude (GstFlowReturn flow)
{
  if (flow != GST_FLOW_OK)
    GST_DEBUG_OBJECT (element_, "downstream: %s", gst_flow_get_name (flow));
  if (flow == GST_FLOW_OK) {
    silence_.join ();
    silence_.arm ();
  } else if (flow == GST_FLOW_NOT_LINKED) {
    silence_.leave ();
    silence_.arm ();
  } else if (flow == GST_FLOW_NOT_NEGOTIATED) {
    // While nobody speaks upstream pushes nothing, and would not learn of it.
    GST_ELEMENT_ERROR (element_, CORE, NEGOTIATION,
                       ("Downstream takes no sound as ttssynth makes it: S16LE, mono, 8000 to "
                        "48000 samples a second. Put audioconvert and audioresample behind it."),
                       ("streaming stopped, reason not-negotiated (%d)", flow));
    queue_.error_was_posted ();
  }
  return flow;
}

// Texts.

GstFlowReturn
SpeechWorker::process_buffer (Ref<GstBuffer> buffer, GstClockTime arrival)
{
  auto [pts, duration] = times_of (buffer.get ());
  if (timeline_.silent ())
    return GST_CLOCK_TIME_IS_VALID (pts) ? output_.push_gap (pts, duration) : GST_FLOW_OK;
  GstFlowReturn flow = GST_FLOW_OK;
  if (!ssml_) {
    if (beginning_) {
      // Now is when it is said: what came before may be an empty line of long ago.
      GstBuffer *whole = gst_buffer_append (beginning_.release (), gst_buffer_ref (buffer.get ()));
      gst_buffer_copy_into (whole, buffer.get (), GST_BUFFER_COPY_TIMESTAMPS, 0, G_MAXSIZE);
      buffer.reset (whole);
    }
    std::string bytes = first_bytes (buffer.get ());
    ssml_ = begins_as_ssml (bytes);
    if (!ssml_ && bytes.size () < most_first_bytes && !input_.is_cue (buffer.get ())) {
      beginning_ = std::move (buffer);
      return GST_FLOW_OK;
    }
  }
  if (ssml_.value_or (false))
    flow = say_documents (buffer.get (), arrival);
  else if (std::optional<Text> text = read (std::move (buffer), arrival))
    flow = say_or_postpone (std::move (*text));
  return flow == GST_FLOW_OK && sparse_ ? fill_time (pts, duration) : flow;
}

/// A demuxer has told how far it has come with the text, too: a muxer that waits for the sound may
/// be what it waits for.
GstFlowReturn
SpeechWorker::fill_time (GstClockTime pts, GstClockTime duration)
{
  if (slots_.live () || !latency_.synchronised () || !GST_CLOCK_TIME_IS_VALID (pts) ||
      !GST_CLOCK_TIME_IS_VALID (duration))
    return GST_FLOW_OK;
  return silence_.fill_until (MAX (MIN (pts + duration, timeline_.stop ()), output_.position ()));
}

/// Nothing where nothing is to be said.
std::optional<SpeechWorker::Text>
SpeechWorker::read (Ref<GstBuffer> buffer, GstClockTime arrival)
{
  gst_translate::PlainText words = input_.read (buffer.get ());
  SpeechRequest request = request_for (std::string (gst_translate::trim (words.text)));
  return complete (std::move (buffer), arrival, std::move (request), words.speaker);
}

/// With the voice of who speaks; nothing where nothing is to be said.
std::optional<SpeechWorker::Text>
SpeechWorker::complete (Ref<GstBuffer> buffer, GstClockTime arrival, SpeechRequest request,
                        const std::string &speaker)
{
  auto [pts, duration] = times_of (buffer.get ());
  GST_LOG_OBJECT (element_,
                  "text of %" G_GSIZE_FORMAT " bytes at %" GST_TIME_FORMAT " for %" GST_TIME_FORMAT
                  ", came at %" GST_TIME_FORMAT,
                  request.text.size (), GST_TIME_ARGS (pts), GST_TIME_ARGS (duration),
                  GST_TIME_ARGS (arrival));
  if (request.text.empty () && request.runs.empty ())
    return std::nullopt;
  if (!timeline_.contains (pts, duration)) {
    GST_DEBUG_OBJECT (element_, "outside the segment: not spoken");
    return std::nullopt;
  }
  speakers_.apply (settings.get ().speakers,
                   speaker.empty () ? speaker_of (buffer.get ()) : speaker, request);
  if (!has_voice (request))
    return std::nullopt;
  return Text{std::move (buffer), arrival, std::move (request)};
}

// SSML.

/// A buffer with times of its own has whole documents.
GstFlowReturn
SpeechWorker::say_documents (GstBuffer *buffer, GstClockTime arrival)
{
  auto [pts, duration] = times_of (buffer);
  GstFlowReturn flow = GST_FLOW_OK;
  if (GST_CLOCK_TIME_IS_VALID (pts))
    flow = say_rest ();
  documents_.push (input_.read (buffer).text, buffer, arrival);
  while (flow == GST_FLOW_OK) {
    std::optional<SsmlDocuments::Document> document = documents_.next ();
    if (!document)
      break;
    flow = say_document (std::move (*document));
  }
  if (flow == GST_FLOW_OK && GST_CLOCK_TIME_IS_VALID (pts) && GST_CLOCK_TIME_IS_VALID (duration))
    flow = say_rest ();
  return flow;
}

/// What is left of a document that never ended, or text that was too little to know what it is.
GstFlowReturn
SpeechWorker::say_rest ()
{
  if (beginning_) {
    std::optional<Text> text = read (std::move (beginning_), GST_CLOCK_TIME_NONE);
    return text ? say_or_postpone (std::move (*text)) : GST_FLOW_OK;
  }
  std::optional<SsmlDocuments::Document> rest = documents_.rest ();
  return rest ? say_document (std::move (*rest)) : GST_FLOW_OK;
}

GstFlowReturn
SpeechWorker::say_document (SsmlDocuments::Document document)
{
  SpeechRequest request = request_for ("");
  for (const Error &flaw : gst_tts::read_ssml (document.text, request))
    GST_ELEMENT_WARNING (element_, STREAM, DECODE, ("%s", flaw.what ()),
                         ("%s", flaw.detail ().c_str ()));
  std::optional<Text> text =
      complete (std::move (document.buffer), document.arrival, std::move (request), "");
  return text ? say_or_postpone (std::move (*text)) : GST_FLOW_OK;
}

Slot
SpeechWorker::slot_for (const Text &text) const
{
  auto [pts, duration] = times_of (text.buffer.get ());
  return slots_.find (pts, duration, text.arrival, settings.get ().overflow);
}

/// Speech that lags behind its text by too much waits until it can begin at once; if a newer text
/// comes first it is left out.
GstFlowReturn
SpeechWorker::say_or_postpone (Text text)
{
  if (postponed_)
    leave_out (*postponed_, slot_for (*postponed_), "lags by more than max-lateness");
  postponed_.reset ();
  Slot slot = slot_for (text);
  if (slot.missed || !settings.get ().is_too_late (slot.lag))
    return say (text, slot);
  GST_DEBUG_OBJECT (element_, "lags by %" GST_TIME_FORMAT ": waits, unless a newer text comes",
                    GST_TIME_ARGS (slot.lag));
  postponed_ = std::move (text);
  return GST_FLOW_OK;
}

GstFlowReturn
SpeechWorker::say_postponed ()
{
  if (!postponed_)
    return GST_FLOW_OK;
  Text text = std::move (*postponed_);
  postponed_.reset ();
  return say (text, slot_for (text));
}

GstFlowReturn
SpeechWorker::say (const Text &text, Slot slot)
{
  GST_DEBUG_OBJECT (element_, "slot from %" GST_TIME_FORMAT " to %" GST_TIME_FORMAT ": %s%s%s",
                    GST_TIME_ARGS (slot.start), GST_TIME_ARGS (slot.end), slot.reason,
                    slot.late ? ", late" : "", slot.missed ? ", over already" : "");
  if (slot.late)
    count (&Counts::late);
  if (slot.missed) {
    leave_out (text, slot, "its time is over");
    return GST_FLOW_OK;
  }
  tell_language (text.request.language);
  GstFlowReturn flow = silence_.lead_in (slot);
  if (flow != GST_FLOW_OK)
    return flow;
  begun_ = g_get_monotonic_time ();
  FittedSpeech speech;
  if (!fitter_.fit (text.request, sparse_, slot, speech))
    return GST_FLOW_FLUSHING;
  begun_ += fitter_.waited ();
  if (speech.compression > 1.0)
    count (&Counts::compressed);
  return play (text.request, slot, speech);
}

SpeechRequest
SpeechWorker::request_for (const std::string &text)
{
  SpeechRequest request;
  request.text = text;
  SpeechSettings now = settings.get ();
  request.language = !now.language.empty ()       ? now.language
                     : !tagged_language_.empty () ? tagged_language_
                                                  : default_language;
  request.voice = now.voice;
  request.near_voice = now.near_voice;
  request.rate = now.rate;
  request.pitch = now.pitch;
  request.volume = now.volume;
  request.cancel = cancel_.get ();
  request.lexicon = lexicon_;
  return request;
}

/// As the elements before say, or whoever recognised the speech.
std::string
SpeechWorker::speaker_of (GstBuffer *buffer) const
{
  std::string speaker = speaker_in (buffer);
  return speaker.empty () ? speaker_ : speaker;
}

/// A stream that cannot be spoken at all is an error. One that changes to a language without a
/// voice goes on in silence, with a warning.
bool
SpeechWorker::has_voice (const SpeechRequest &request)
{
  try {
    std::string voice = engine_->voice_for (request);
    GST_DEBUG_OBJECT (element_, "voice \"%s\" for %s", voice.c_str (), request.language.c_str ());
    silent_language_.clear ();
    return true;
  } catch (const Error &error) {
    if (error.kind () != Error::Kind::NotFound || !spoken_)
      throw;
    GST_DEBUG_OBJECT (element_, "no voice for %s: not spoken", request.language.c_str ());
    if (silent_language_ != request.language)
      post_warning (element_, error);
    silent_language_ = request.language;
    return false;
  }
}

void
SpeechWorker::leave_out (const Text &text, const Slot &slot, const char *reason)
{
  auto [pts, duration] = times_of (text.buffer.get ());
  GstClockTimeDiff late = GST_CLOCK_DIFF (pts, slot.start);
  GST_INFO_OBJECT (element_, "left out: %s, it would begin %" GST_STIME_FORMAT " after its time",
                   reason, GST_STIME_ARGS (late));
  Counts counts = counts_.change ([] (Counts &all) { all.dropped++; });
  post_qos_dropped (element_, timeline_, text.request.text, pts, duration, late, counts.texts,
                    counts.dropped);
}

GstFlowReturn
SpeechWorker::play (const SpeechRequest &request, const Slot &slot, FittedSpeech &speech)
{
  SpeechSettings now = settings.get ();
  int64_t room = fitter_.room (slot);
  int64_t length = speech.duration.samples;
  int64_t end = now.overflow == Overflow::Clip ? room : G_MAXINT64;
  bool clips = length > end;
  if (clips)
    GST_INFO_OBJECT (element_, "cut after %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " samples",
                     end, length);

  GstClockTime start = output_.position ();
  SpokenText spoken (element_, timeline_, request, start, engine_->sample_rate ());
  length = MIN (length, end);
  if (!slot.open ())
    spoken.set_share (length > room ? static_cast<double> (room) / static_cast<double> (length)
                                    : 1.0);
  auto describe = [&spoken] (GstBuffer *buffer) { spoken.describe (buffer); };

  AudioChunk chunk;
  int64_t played = 0;
  GstFlowReturn flow = GST_FLOW_OK;
  while (flow == GST_FLOW_OK && played < end && speech.utterance->next (chunk)) {
    if (queue_.interrupted ())
      return GST_FLOW_FLUSHING;
    if (played == 0)
      observe_delay ();
    if (clips && played + static_cast<int64_t> (chunk.samples.size ()) >= end)
      cut (chunk, end - played, end, engine_->sample_rate ());
    played += static_cast<int64_t> (chunk.samples.size ());
    spoken.add (chunk);
    flow = output_.push (chunk.samples, describe);
  }
  if (flow == GST_FLOW_OK)
    flow = output_.finish (describe);
  spoken_ = true;
  for (const Error &loss : speech.utterance->losses ())
    post_warning (element_, loss);
  for (const Error &deviation : speech.utterance->deviations ())
    post_warning (element_, deviation);
  counts_.change ([&] (Counts &all) {
    all.texts++;
    all.clipped += clips;
    all.unspoken_characters += speech.utterance->dropped_characters ();
  });
  GST_LOG_OBJECT (element_, "spoken from %" GST_TIME_FORMAT " to %" GST_TIME_FORMAT ": %s",
                  GST_TIME_ARGS (start), GST_TIME_ARGS (output_.position ()),
                  gst_flow_get_name (flow));
  spoken.post_spoken (output_.position (), slot.open () ? GST_CLOCK_TIME_NONE : slot.length (),
                      speech.compression);
  return flow;
}

/// The voice has made its first sound.
void
SpeechWorker::observe_delay ()
{
  auto delay = static_cast<GstClockTime> (g_get_monotonic_time () - begun_) * GST_USECOND;
  GST_LOG_OBJECT (element_, "first sound after %" GST_TIME_FORMAT, GST_TIME_ARGS (delay));
  latency_.observe (delay);
}

// Events.

GstFlowReturn
SpeechWorker::process_event (Ref<GstEvent> event)
{
  if (GST_EVENT_TYPE (event.get ()) == GST_EVENT_GAP)
    return process_gap (event.get ());
  // Behind what was said before, and not lost where that did not arrive.
  GstFlowReturn said = ends_text (event.get ()) ? say_rest () : GST_FLOW_OK;
  if (said == GST_FLOW_OK)
    said = say_postponed ();
  GstFlowReturn passed = pass_on (std::move (event));
  return said == GST_FLOW_OK ? passed : said;
}

GstFlowReturn
SpeechWorker::pass_on (Ref<GstEvent> event)
{
  switch (GST_EVENT_TYPE (event.get ())) {
  case GST_EVENT_STREAM_START:
    input_.begin_stream ();
    tagged_language_.clear ();
    speaker_.clear ();
    tags_.reset ();
    silence_.end_segment ();
    spoken_ = false;
    sparse_ = is_sparse (event.get ());
    push (src_, derived_stream_start (event.get (), src_, GST_STREAM_TYPE_AUDIO));
    return GST_FLOW_OK;
  case GST_EVENT_CAPS: {
    GstCaps *caps;
    gst_event_parse_caps (event.get (), &caps);
    input_.set_caps (caps);
    ssml_ = gst_structure_has_name (gst_caps_get_structure (caps, 0), "application/ssml+xml");
    return GST_FLOW_OK;
  }
  case GST_EVENT_SEGMENT:
    return begin_segment (event.get ());
  case GST_EVENT_TAG:
    process_tag (std::move (event));
    return GST_FLOW_OK;
  case GST_EVENT_EOS:
    input_.finish ();
    silence_.end_segment ();
    break;
  default:
    if (gst_event_has_name (event.get (), "rstranscribe/speaker-change")) {
      const gchar *name =
          gst_structure_get_string (gst_event_get_structure (event.get ()), "speaker");
      speaker_ = name ? name : "";
    }
    break;
  }
  push (src_, std::move (event));
  return GST_FLOW_OK;
}

GstFlowReturn
SpeechWorker::begin_segment (GstEvent *event)
{
  Ref<GstEvent> ours = timeline_.set_segment (event, latency_.lateness ());
  input_.reset (false);
  if (!output_.negotiate ())
    return GST_FLOW_NOT_NEGOTIATED;
  output_.begin (timeline_.start ());
  silence_.begin_segment ();
  GST_DEBUG_OBJECT (element_, "segment from %" GST_TIME_FORMAT " to %" GST_TIME_FORMAT,
                    GST_TIME_ARGS (timeline_.start ()), GST_TIME_ARGS (timeline_.stop ()));
  push (src_, std::move (ours));
  tell_language (settings.get ().language);
  return GST_FLOW_OK;
}

/// Upstream says nothing for a while.
GstFlowReturn
SpeechWorker::process_gap (GstEvent *event)
{
  GstClockTime start;
  GstClockTime duration;
  gst_event_parse_gap (event, &start, &duration);
  bool ends = GST_CLOCK_TIME_IS_VALID (duration) && duration > 0;
  GST_LOG_OBJECT (element_, "gap at %" GST_TIME_FORMAT " for %" GST_TIME_FORMAT,
                  GST_TIME_ARGS (start), GST_TIME_ARGS (duration));

  if (timeline_.silent ())
    return output_.push_gap (start, duration);
  GstFlowReturn flow = GST_FLOW_OK;
  GstClockTime now = queue_.running_time ();
  if (latency_.synchronised ()) {
    GstClockTime end = MIN (ends ? start + duration : start, timeline_.stop ());
    if (end > output_.position ())
      flow = say_postponed ();
    if (flow == GST_FLOW_OK)
      flow = silence_.fill_until (MAX (end, output_.position ()));
  } else if (GST_CLOCK_TIME_IS_VALID (now)) {
    flow = output_.jump (MAX (timeline_.position (now), output_.position ()));
  }
  // A sink that waits for its first buffer must hear of a gap also where nobody knows its length.
  return flow == GST_FLOW_OK && !ends ? output_.push_open_gap () : flow;
}

/// The sound is in the language that is spoken, whatever upstream's tag says.
void
SpeechWorker::process_tag (Ref<GstEvent> event)
{
  std::string language = language_of (event.get ());
  if (!language.empty ()) {
    tagged_language_ = gst_translate::find_language (language) ? language : "";
    if (tagged_language_.empty ())
      post_warning (element_, Error (Error::Kind::Settings,
                                     "The stream's language tag \"" + language +
                                         "\" is unknown: set the property language-code."));
  }
  push (src_, tags_.merge (event.get (), settings.get ().language));
}

void
SpeechWorker::tell_language (const std::string &language)
{
  if (Ref<GstEvent> event = tags_.tell (language))
    push (src_, std::move (event));
}

} // namespace gst_lingua
