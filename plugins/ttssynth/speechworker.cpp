// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/ttssynth/speechworker.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "gst-translate/text/language.h"
#include "gst-translate/text/utf8.h"
#include "plugins/common/error.h"
#include "plugins/common/metas.h"
#include "plugins/common/push.h"
#include "plugins/common/registermetas.h"
#include "plugins/common/streamstart.h"
#include "plugins/common/tags.h"

namespace gst_lingua {

using gst_tts::AudioChunk;
using gst_tts::CancelFlag;
using gst_tts::Error;
using gst_tts::FittedSpeech;
using gst_tts::SpeechRequest;
using gst_tts::SpokenWord;

namespace {

// Texts that wait in the queue before upstream does: enough for translation to go on while one is
// spoken.
constexpr size_t max_queued = 16;

// Between sentences that have no times of their own.
constexpr GstClockTime sentence_pause = 250 * GST_MSECOND;

// Sound that comes after a pause without end of a pipeline that is not live: the sink needs a
// moment to take it, or the first syllable is lost.
constexpr GstClockTime start_margin = 50 * GST_MSECOND;

// How often a live pipeline gets its silence, or its GAP event.
constexpr GstClockTime silence_step = 20 * GST_MSECOND;
constexpr GstClockTime gap_step = 200 * GST_MSECOND;

// Where sound is cut it fades, so that it does not click.
constexpr GstClockTime fade_length = 5 * GST_MSECOND;

constexpr const char *default_language = "eng_Latn";

/// How much of the buffer's length its slot has room for: scaletempo behind us may act on it.
void
tell_target (GstBuffer *buffer, int64_t room, int64_t needed)
{
  double share = needed > room ? static_cast<double> (room) / static_cast<double> (needed) : 1.0;
  double target = static_cast<double> (GST_BUFFER_DURATION (buffer)) * share;
  gst_structure_set (add_meta (buffer, GST_SCALETEMPO_TARGET_DURATION_META), "duration",
                     G_TYPE_UINT64, static_cast<guint64> (std::llround (target)), nullptr);
}

void
fade_out (std::vector<int16_t> &samples, size_t length)
{
  length = std::min (length, samples.size ());
  for (size_t i = 0; i < length; i++) {
    int16_t &sample = samples[samples.size () - 1 - i];
    sample = static_cast<int16_t> (sample * static_cast<double> (i) / static_cast<double> (length));
  }
}

} // namespace

SpeechWorker::SpeechWorker (GstElement *element, GstPad *sink, GstPad *src, Latency &latency)
    : element_ (element), src_ (src), latency_ (latency),
      queue_ (element, sink, src, *this, latency, max_queued), input_ (element),
      output_ (src, queue_)
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
SpeechWorker::count (guint64 Counts::*what, guint64 number)
{
  counts_.change ([=] (Counts &all) { all.*what += number; });
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
  output_.reset (full);
  in_segment_ = follows_speech_ = false;
  cancel_.change ([] (CancelFlag &flag) { flag = std::make_shared<std::atomic<bool>> (false); });
  if (full) {
    timeline_.reset ();
    tagged_language_.clear ();
    tags_.reset ();
    silent_language_.clear ();
    spoken_ = false;
    counts_.change ([] (Counts &all) { all = Counts (); });
    latency_.reset ();
  }
}

GstFlowReturn
SpeechWorker::process (Item item)
{
  GstFlowReturn flow = item.buffer ? process_buffer (item.buffer.get (), item.arrival)
                                   : process_event (std::move (item.event));
  if (flow == GST_FLOW_OK)
    arm ();
  return flow;
}

// Texts.

GstFlowReturn
SpeechWorker::process_buffer (GstBuffer *buffer, GstClockTime arrival)
{
  turn_ = g_get_monotonic_time ();
  std::string text (gst_translate::trim (input_.read (buffer).text));
  if (text.empty ())
    return GST_FLOW_OK;
  SpeechRequest request = request_for (text);
  if (!has_voice (request))
    return GST_FLOW_OK;

  Slot slot = place (buffer, arrival);
  if (slot.missed) {
    post_missed (buffer, slot);
    return GST_FLOW_OK;
  }
  if (!output_.negotiate (engine_->sample_rate ()))
    return GST_FLOW_NOT_NEGOTIATED;
  tell_language (request.language);
  GstFlowReturn flow = lead_in (slot);
  if (flow != GST_FLOW_OK)
    return flow;
  FittedSpeech speech;
  if (!speak (request, slot, speech))
    return GST_FLOW_FLUSHING;
  return play (request, slot, speech);
}

void
SpeechWorker::set_engine (std::shared_ptr<gst_tts::Synthesizer> engine)
{
  Settings now = settings.get ();
  if (engine && (!now.language.empty () || !now.voice.empty ()))
    engine->voice_for (request_for (""));
  engine_ = std::move (engine);
}

SpeechRequest
SpeechWorker::request_for (const std::string &text)
{
  SpeechRequest request;
  request.text = text;
  Settings now = settings.get ();
  request.language = !now.language.empty ()       ? now.language
                     : !tagged_language_.empty () ? tagged_language_
                                                  : default_language;
  request.voice = now.voice;
  request.near_voice = now.near_voice;
  request.rate = now.rate;
  request.pitch = now.pitch;
  request.volume = now.volume;
  request.cancel = cancel_.get ();
  return request;
}

/// A stream that cannot be spoken at all is an error. One that changes to a language without a
/// voice goes on in silence, with a warning.
bool
SpeechWorker::has_voice (const SpeechRequest &request)
{
  try {
    engine_->voice_for (request);
    silent_language_.clear ();
    return true;
  } catch (const Error &error) {
    if (error.kind () != Error::Kind::NotFound || !spoken_)
      throw;
    if (silent_language_ != request.language)
      post_warning (element_, error);
    silent_language_ = request.language;
    return false;
  }
}

/// In the engine's samples.
int64_t
SpeechWorker::samples_in (GstClockTime duration) const
{
  return static_cast<int64_t> (gst_util_uint64_scale_round (
      duration, static_cast<guint64> (engine_->sample_rate ()), GST_SECOND));
}

GstClockTime
SpeechWorker::duration_of (int64_t samples) const
{
  return gst_util_uint64_scale_round (static_cast<guint64> (samples), GST_SECOND,
                                      static_cast<guint64> (engine_->sample_rate ()));
}

/// Speaks it so that the overflow policy holds. False when interrupted.
bool
SpeechWorker::speak (const SpeechRequest &request, Slot &slot, FittedSpeech &speech)
{
  Settings now = settings.get ();
  GstClockTime allowance = now.max_overflow * GST_MSECOND;
  auto fits = [&] {
    return slot.open () || speech.duration.samples <= samples_in (slot.length () + allowance);
  };

  speech.utterance = engine_->prepare (request);
  if (slot.open ())
    return true;
  speech.duration = speech.utterance->duration ();
  if (now.overflow == Overflow::Overlap || now.overflow == Overflow::Shift || fits ())
    return true;
  if (!use_pause_after (slot))
    return false;
  if (now.overflow == Overflow::Clip || fits ())
    return true;
  speech = gst_tts::fit_to_slot (*engine_, request, samples_in (slot.length () + allowance),
                                 now.max_compression);
  if (speech.compression > 1.0)
    count (&Counts::compressed);
  return true;
}

/// A slot may last until the next text's begins. Where nobody waits for the sound, that text is
/// worth waiting for. False when interrupted.
bool
SpeechWorker::use_pause_after (Slot &slot)
{
  bool live = latency_.upstream ().live;
  return queue_.peek (!live, [&slot] (const Item *next) {
    GstClockTime end = slot.end;
    if (!next)
      return;
    if (next->buffer) {
      end = GST_BUFFER_PTS (next->buffer.get ());
    } else if (GST_EVENT_TYPE (next->event.get ()) == GST_EVENT_GAP) {
      GstClockTime start;
      GstClockTime duration;
      gst_event_parse_gap (next->event.get (), &start, &duration);
      end = GST_CLOCK_TIME_IS_VALID (duration) ? start + duration : start;
    } else if (GST_EVENT_TYPE (next->event.get ()) == GST_EVENT_EOS) {
      slot.end = GST_CLOCK_TIME_NONE;
      return;
    }
    if (GST_CLOCK_TIME_IS_VALID (end))
      slot.end = MAX (slot.end, end);
  });
}

GstFlowReturn
SpeechWorker::play (const SpeechRequest &request, const Slot &slot, FittedSpeech &speech)
{
  Settings now = settings.get ();
  int64_t room = G_MAXINT64;
  if (now.overflow == Overflow::Clip && !slot.open ())
    room = samples_in (slot.length () + now.max_overflow * GST_MSECOND);
  bool clips = speech.duration.samples > room;

  GstClockTime start = output_.position ();
  AudioChunk chunk;
  auto describe_chunk = [&] (GstBuffer *buffer) {
    if (!slot.open ())
      tell_target (buffer, samples_in (slot.length ()), speech.duration.samples);
    describe (buffer, request, start, chunk);
  };
  int64_t played = 0;
  GstFlowReturn flow = GST_FLOW_OK;
  while (flow == GST_FLOW_OK && played < room && speech.utterance->next (chunk)) {
    if (queue_.interrupted ())
      return GST_FLOW_FLUSHING;
    if (played == 0)
      latency_.observe (static_cast<GstClockTime> (g_get_monotonic_time () - turn_) * GST_USECOND);
    auto length = static_cast<int64_t> (chunk.samples.size ());
    if (clips && played + length >= room) {
      chunk.samples.resize (static_cast<size_t> (room - played));
      fade_out (chunk.samples, static_cast<size_t> (samples_in (fade_length)));
    }
    played += length;
    flow = output_.push (chunk.samples, describe_chunk);
  }
  chunk.words.clear ();
  if (flow == GST_FLOW_OK)
    flow = output_.finish (describe_chunk);
  spoken_ = follows_speech_ = true;
  counts_.change ([&] (Counts &all) {
    all.texts++;
    all.clipped += clips;
    all.unspoken_characters += speech.utterance->dropped_characters ();
  });
  post_spoken (request, slot, speech, start);
  return flow;
}

void
SpeechWorker::describe (GstBuffer *buffer, const SpeechRequest &request, GstClockTime start,
                        const AudioChunk &chunk)
{
  if (chunk.words.empty ())
    return;

  GValue words = G_VALUE_INIT;
  gst_value_array_init (&words, static_cast<guint> (chunk.words.size ()));
  for (const SpokenWord &word : chunk.words) {
    std::string text = request.text.substr (word.offset, word.length);
    GstClockTime pts = start + duration_of (word.sample);
    auto offset = static_cast<guint> (word.offset);
    GstStructure *entry =
        gst_structure_new ("word", "text", G_TYPE_STRING, text.c_str (), "pts", G_TYPE_UINT64, pts,
                           "offset", G_TYPE_UINT, offset, nullptr);
    GstStructure *message =
        gst_structure_new ("ttssynth/word", "text", G_TYPE_STRING, text.c_str (), "offset",
                           G_TYPE_UINT, offset, "pts", GST_TYPE_CLOCK_TIME, pts, "running-time",
                           GST_TYPE_CLOCK_TIME, timeline_.running_time (pts), nullptr);
    gst_element_post_message (element_, gst_message_new_element (GST_OBJECT (element_), message));
    GValue value = G_VALUE_INIT;
    g_value_init (&value, GST_TYPE_STRUCTURE);
    g_value_take_boxed (&value, entry);
    gst_value_array_append_and_take_value (&words, &value);
  }
  gst_structure_take_value (add_meta (buffer, GST_TTS_SYNTH_WORDS_META), "words", &words);
}

void
SpeechWorker::post_spoken (const SpeechRequest &request, const Slot &slot,
                           const FittedSpeech &speech, GstClockTime start)
{
  GstClockTime wanted = slot.open () ? GST_CLOCK_TIME_NONE : slot.length ();
  GstStructure *structure = gst_structure_new (
      "ttssynth/synthesized-audio", "content", G_TYPE_STRING, request.text.c_str (),
      "language-code", G_TYPE_STRING, request.language.c_str (), "pts", GST_TYPE_CLOCK_TIME, start,
      "running-time", GST_TYPE_CLOCK_TIME, timeline_.running_time (start), "input-duration",
      GST_TYPE_CLOCK_TIME, wanted, "actual-duration", GST_TYPE_CLOCK_TIME,
      output_.position () - start, "compression-factor", G_TYPE_DOUBLE, speech.compression,
      nullptr);
  gst_element_post_message (element_, gst_message_new_element (GST_OBJECT (element_), structure));
}

void
SpeechWorker::post_missed (GstBuffer *buffer, const Slot &slot)
{
  GstClockTime pts = GST_BUFFER_PTS (buffer);
  Counts counts = counts_.change ([] (Counts &all) { all.dropped++; });
  GstMessage *message =
      gst_message_new_qos (GST_OBJECT (element_), TRUE, timeline_.running_time (pts),
                           timeline_.stream_time (pts), pts, GST_BUFFER_DURATION (buffer));
  gst_message_set_qos_values (message, GST_CLOCK_DIFF (slot.end, slot.start), 1.0, 0);
  gst_message_set_qos_stats (message, GST_FORMAT_BUFFERS, counts.texts, counts.dropped);
  gst_element_post_message (element_, message);
}

// The timeline.

SpeechWorker::Slot
SpeechWorker::place (GstBuffer *buffer, GstClockTime arrival)
{
  if (GST_BUFFER_PTS_IS_VALID (buffer) && latency_.synchronised ())
    return place_on_timeline (GST_BUFFER_PTS (buffer), GST_BUFFER_DURATION (buffer));
  return place_next (arrival);
}

SpeechWorker::Slot
SpeechWorker::place_on_timeline (GstClockTime pts, GstClockTime duration)
{
  Slot slot;
  slot.timed = true;
  slot.start = MAX (pts, timeline_.start ());
  if (GST_CLOCK_TIME_IS_VALID (duration))
    slot.end = pts + duration;

  // Never earlier than what a live pipeline can still play.
  GstClockTime edge = clock_edge ();
  if (edge > slot.start) {
    count (&Counts::late);
    slot.start = edge;
  }
  Overflow overflow = settings.get ().overflow;
  if (overflow != Overflow::Overlap)
    slot.start = MAX (slot.start, output_.position ());
  // A live stream that lags catches up by leaving out what is over.
  slot.missed = GST_CLOCK_TIME_IS_VALID (slot.end) && slot.start >= slot.end &&
                latency_.upstream ().live && (overflow != Overflow::Shift || edge >= slot.end);
  return slot;
}

/// Text without times follows what was said before, or is said now if that is over.
SpeechWorker::Slot
SpeechWorker::place_next (GstClockTime arrival)
{
  Slot slot;
  slot.start = output_.position () + (follows_speech_ ? sentence_pause : 0);
  GstClockTime now = queue_.running_time ();
  if (!GST_CLOCK_TIME_IS_VALID (now))
    return slot;
  if (!latency_.synchronised ()) {
    slot.start = MAX (slot.start, timeline_.position (now));
  } else if (latency_.upstream ().live) {
    slot.start = MAX (slot.start, clock_edge ());
    if (GST_CLOCK_TIME_IS_VALID (arrival))
      slot.start = MAX (slot.start, timeline_.position (arrival));
  } else if (timeline_.position (now) > slot.start + start_margin) {
    slot.start = timeline_.position (now + start_margin);
  }
  return slot;
}

/// What stands before the speech.
GstFlowReturn
SpeechWorker::lead_in (const Slot &slot)
{
  if (slot.timed || (latency_.synchronised () && latency_.upstream ().live))
    return fill_until (slot.start);
  // Without a timeline a file gets its sentences one after the other, however long they took; a
  // sink with a clock learns of the time that has passed.
  if (slot.start <= output_.position () + sentence_pause)
    return output_.push_silence (slot.start);
  output_.jump (slot.start);
  return GST_FLOW_OK;
}

/// Nothing is said up to there.
GstFlowReturn
SpeechWorker::fill_until (GstClockTime position)
{
  if (position > output_.position ())
    follows_speech_ = false;
  else if (position < output_.position () && settings.get ().overflow == Overflow::Overlap)
    output_.jump (position);
  if (settings.get ().fill == Fill::Silence)
    return output_.push_silence (position);
  if (position > output_.position ())
    output_.jump (position);
  return GST_FLOW_OK;
}

/// The first position that a live pipeline can still play in time; 0 if it is not live.
GstClockTime
SpeechWorker::clock_edge ()
{
  GstClockTime now = queue_.running_time ();
  if (!GST_CLOCK_TIME_IS_VALID (now) || !latency_.synchronised ())
    return 0;
  Latency::Upstream upstream = latency_.upstream ();
  GstClockTime budget = upstream.min + latency_.promised ();
  return upstream.live && now > budget ? timeline_.position (now - budget) : 0;
}

/// A live pipeline must get its sound, or word that there is none, also while no text comes.
void
SpeechWorker::arm ()
{
  GstClockTime wake_at = GST_CLOCK_TIME_NONE;
  Latency::Upstream upstream = latency_.upstream ();
  if (in_segment_ && upstream.live && latency_.synchronised ()) {
    GstClockTime step = settings.get ().fill == Fill::Silence ? silence_step : gap_step;
    wake_at =
        timeline_.running_time (output_.position () + step) + upstream.min + latency_.promised ();
  }
  queue_.wake_at (wake_at);
}

GstFlowReturn
SpeechWorker::wake ()
{
  GstFlowReturn flow = fill_until (MAX (clock_edge (), output_.position ()));
  if (flow == GST_FLOW_OK)
    arm ();
  return flow;
}

// Events.

GstFlowReturn
SpeechWorker::process_event (Ref<GstEvent> event)
{
  switch (GST_EVENT_TYPE (event.get ())) {
  case GST_EVENT_STREAM_START:
    tagged_language_.clear ();
    tags_.reset ();
    in_segment_ = spoken_ = false;
    push (src_, derived_stream_start (event.get (), src_, GST_STREAM_TYPE_AUDIO));
    return GST_FLOW_OK;
  case GST_EVENT_CAPS: {
    GstCaps *caps;
    gst_event_parse_caps (event.get (), &caps);
    input_.set_caps (caps);
    return GST_FLOW_OK;
  }
  case GST_EVENT_SEGMENT:
    return begin_segment (event.get ());
  case GST_EVENT_TAG:
    process_tag (std::move (event));
    return GST_FLOW_OK;
  case GST_EVENT_GAP: {
    GstClockTime start;
    GstClockTime duration;
    gst_event_parse_gap (event.get (), &start, &duration);
    if (!latency_.synchronised ())
      return GST_FLOW_OK;
    if (GST_CLOCK_TIME_IS_VALID (duration))
      start += duration;
    return fill_until (MAX (start, output_.position ()));
  }
  case GST_EVENT_EOS:
    input_.finish ();
    in_segment_ = false;
    break;
  default:
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
  if (!output_.negotiate (engine_->sample_rate ()))
    return GST_FLOW_NOT_NEGOTIATED;
  output_.begin (timeline_.start ());
  in_segment_ = true;
  follows_speech_ = false;
  push (src_, std::move (ours));
  tell_language (settings.get ().language);
  return GST_FLOW_OK;
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
