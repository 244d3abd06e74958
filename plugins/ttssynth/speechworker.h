// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <gst/gst.h>

#include <memory>
#include <optional>
#include <string>

#include "gst-tts/timing/fit.h"
#include "gst-tts/voice/synthesizer.h"
#include "plugins/common/guarded.h"
#include "plugins/common/latency.h"
#include "plugins/common/queuetask.h"
#include "plugins/common/ref.h"
#include "plugins/common/tags.h"
#include "plugins/common/textinput.h"
#include "plugins/common/timeline.h"
#include "plugins/ttssynth/audiooutput.h"
#include "plugins/ttssynth/settings.h"
#include "plugins/ttssynth/silence.h"
#include "plugins/ttssynth/slot.h"
#include "plugins/ttssynth/slotfitter.h"
#include "plugins/ttssynth/ssmldocuments.h"

namespace gst_lingua {

/// What ttssynth does between its pads: each text is spoken in its slot of the timeline, or after
/// the one before where there is no timeline.
class SpeechWorker final : public QueueTask::Worker
{
public:
  SpeechWorker (GstElement *element, GstPad *sink, GstPad *src, Latency &latency);

  QueueTask &
  queue ()
  {
    return queue_;
  }
  TextInput &
  input ()
  {
    return input_;
  }

  /// For the whole run, set in READY. Throws where a language or voice is set that it does not
  /// have.
  void set_engine (std::shared_ptr<gst_tts::Synthesizer> engine);
  /// Likewise.
  void
  set_lexicon (std::shared_ptr<const gst_tts::Lexicon> lexicon)
  {
    lexicon_ = std::move (lexicon);
  }

  // From any thread.
  Guarded<SpeechSettings> settings;

  GstFlowReturn process (Item item) override;
  GstFlowReturn wake () override;
  void interrupt () override;
  void replan () override;
  void reset (bool full) override;
  GstStructure *stats () const override;

private:
  /// Counted for `stats`.
  struct Counts
  {
    guint64 texts = 0, late = 0, dropped = 0, compressed = 0, clipped = 0, unspoken_characters = 0;
  };

  /// What is to be said.
  struct Text
  {
    Ref<GstBuffer> buffer;
    GstClockTime arrival = GST_CLOCK_TIME_NONE;
    gst_tts::SpeechRequest request;
  };

  GstFlowReturn process_buffer (Ref<GstBuffer> buffer, GstClockTime arrival);
  std::optional<Text> read (Ref<GstBuffer> buffer, GstClockTime arrival);
  std::optional<Text> complete (Ref<GstBuffer> buffer, GstClockTime arrival,
                                gst_tts::SpeechRequest request, const std::string &speaker);
  GstFlowReturn say_documents (GstBuffer *buffer, GstClockTime arrival);
  GstFlowReturn say_document (SsmlDocuments::Document document);
  GstFlowReturn say_rest ();
  Slot slot_for (const Text &text) const;
  GstFlowReturn say_or_postpone (Text text);
  GstFlowReturn say (const Text &text, Slot slot);
  GstFlowReturn say_postponed ();
  GstFlowReturn fill_time (GstClockTime pts, GstClockTime duration);
  GstFlowReturn process_event (Ref<GstEvent> event);
  GstFlowReturn pass_on (Ref<GstEvent> event);
  GstFlowReturn process_gap (GstEvent *event);
  void process_tag (Ref<GstEvent> event);
  GstFlowReturn begin_segment (GstEvent *event);

  gst_tts::SpeechRequest request_for (const std::string &text);
  std::string speaker_of (GstBuffer *buffer) const;
  bool has_voice (const gst_tts::SpeechRequest &request);
  GstFlowReturn play (const gst_tts::SpeechRequest &request, const Slot &slot,
                      gst_tts::FittedSpeech &speech);
  void leave_out (const Text &text, const Slot &slot, const char *reason);
  void observe_delay ();

  GstFlowReturn conclude (GstFlowReturn flow);

  void tell_language (const std::string &language);
  void count (guint64 Counts::*what);

  GstElement *const element_;
  GstPad *const src_;
  Latency &latency_;
  QueueTask queue_;
  std::shared_ptr<gst_tts::Synthesizer> engine_;
  std::shared_ptr<const gst_tts::Lexicon> lexicon_;

  Guarded<gst_tts::CancelFlag> cancel_;
  Guarded<Counts> counts_;

  // The task's own.
  TextInput input_;
  SsmlDocuments documents_;
  std::optional<bool> ssml_; ///< text comes as SSML, by its caps or by how it begins
  Ref<GstBuffer> beginning_; ///< too little to know that
  AudioOutput output_;
  Timeline timeline_;
  SlotFinder slots_;
  SlotFitter fitter_;
  Silence silence_;
  std::optional<Text> postponed_; ///< lags too much, but is the newest
  std::string tagged_language_;
  std::string speaker_; ///< since the last change of speaker
  Speakers speakers_;
  StreamTags tags_;
  std::string silent_language_; ///< has no voice, and it has been said
  bool spoken_ = false;         ///< something, in this stream
  bool sparse_ = false;         ///< upstream goes on when the time it has told of is used
  gint64 begun_ = 0;            ///< when the voice got the text, in monotonic us
};

} // namespace gst_lingua
