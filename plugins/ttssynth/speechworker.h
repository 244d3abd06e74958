// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <gst/gst.h>

#include <memory>
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

namespace gst_lingua {

/// What ttssynth does between its pads: each text is spoken in its slot of the timeline, or after
/// the one before where there is no timeline.
class SpeechWorker final : public QueueTask::Worker
{
public:
  /// What becomes of speech that is longer than its slot.
  enum class Overflow
  {
    Clip,
    Overlap,
    Shift,
    Refit
  };

  /// What stands where nobody speaks.
  enum class Fill
  {
    Gap,
    Silence
  };

  /// The element's properties.
  struct Settings
  {
    std::string language;
    std::string voice;
    bool near_voice = false;
    double rate = 1.0;
    double pitch = 0.0;
    double volume = 1.0;
    Overflow overflow = Overflow::Refit;
    guint max_overflow = 0; ///< ms
    double max_compression = 1.5;
    Fill fill = Fill::Silence;
  };

  SpeechWorker (GstElement *element, GstPad *sink, GstPad *src, Latency &latency);

  QueueTask &
  queue ()
  {
    return queue_;
  }

  /// For the whole run, set in READY. Throws where a language or voice is set that it does not
  /// have.
  void set_engine (std::shared_ptr<gst_tts::Synthesizer> engine);

  // From any thread.
  Guarded<Settings> settings;

  GstFlowReturn process (Item item) override;
  GstFlowReturn wake () override;
  void interrupt () override;
  void reset (bool full) override;
  GstStructure *stats () const override;

private:
  /// Where on the timeline a text is to be spoken.
  struct Slot
  {
    GstClockTime start = 0;
    GstClockTime end = GST_CLOCK_TIME_NONE; ///< NONE: open
    bool timed = false;
    bool missed = false; ///< it is over already

    bool
    open () const
    {
      return !GST_CLOCK_TIME_IS_VALID (end);
    }
    GstClockTime
    length () const
    {
      return end > start ? end - start : 0;
    }
  };

  /// Counted for `stats`.
  struct Counts
  {
    guint64 texts = 0, late = 0, dropped = 0, compressed = 0, clipped = 0, unspoken_characters = 0;
  };

  GstFlowReturn process_buffer (GstBuffer *buffer, GstClockTime arrival);
  GstFlowReturn process_event (Ref<GstEvent> event);
  void process_tag (Ref<GstEvent> event);
  GstFlowReturn begin_segment (GstEvent *event);

  gst_tts::SpeechRequest request_for (const std::string &text);
  bool has_voice (const gst_tts::SpeechRequest &request);
  Slot place (GstBuffer *buffer, GstClockTime arrival);
  Slot place_on_timeline (GstClockTime pts, GstClockTime duration);
  Slot place_next (GstClockTime arrival);
  int64_t samples_in (GstClockTime duration) const;
  GstClockTime duration_of (int64_t samples) const;
  GstFlowReturn lead_in (const Slot &slot);
  bool use_pause_after (Slot &slot);
  bool speak (const gst_tts::SpeechRequest &request, Slot &slot, gst_tts::FittedSpeech &speech);
  GstFlowReturn play (const gst_tts::SpeechRequest &request, const Slot &slot,
                      gst_tts::FittedSpeech &speech);
  void describe (GstBuffer *buffer, const gst_tts::SpeechRequest &request, GstClockTime start,
                 const gst_tts::AudioChunk &chunk);
  void post_spoken (const gst_tts::SpeechRequest &request, const Slot &slot,
                    const gst_tts::FittedSpeech &speech, GstClockTime start);
  void post_missed (GstBuffer *buffer, const Slot &slot);

  GstFlowReturn fill_until (GstClockTime position);
  void tell_language (const std::string &language);
  GstClockTime clock_edge ();
  void arm ();
  void count (guint64 Counts::*what, guint64 number = 1);

  GstElement *const element_;
  GstPad *const src_;
  Latency &latency_;
  QueueTask queue_;
  std::shared_ptr<gst_tts::Synthesizer> engine_;

  Guarded<gst_tts::CancelFlag> cancel_;
  Guarded<Counts> counts_;

  // The task's own.
  TextInput input_;
  AudioOutput output_;
  Timeline timeline_;
  std::string tagged_language_;
  StreamTags tags_;
  std::string silent_language_; ///< has no voice, and it has been said
  bool in_segment_ = false;     ///< between SEGMENT and EOS
  bool spoken_ = false;         ///< something, in this stream
  gint64 turn_ = 0;             ///< when the text's came, in monotonic us
  bool follows_speech_ = false; ///< the position is where speech ended
};

} // namespace gst_lingua
