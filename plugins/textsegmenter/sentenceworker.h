// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <array>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "gst-translate/segment/segmenter.h"
#include "plugins/common/latency.h"
#include "plugins/common/queuetask.h"
#include "plugins/common/ref.h"
#include "plugins/common/tags.h"
#include "plugins/common/textinput.h"
#include "plugins/common/textoutput.h"
#include "plugins/common/timeline.h"

namespace gst_lingua {

/// What textsegmenter does between its pads: text in, sentences out, events in place, deadlines on
/// the pipeline's clock.
class SentenceWorker final : public QueueTask::Worker
{
public:
  /// How pieces join: by what the input looks like, or as told.
  enum class Join
  {
    Auto,
    Verbatim,
    Words
  };

  /// The element's properties; times in ms, 0: off.
  struct Settings
  {
    std::string language;
    Join join = Join::Auto;
    guint max_wait = 0;
    guint max_pause = 0;
    guint max_chars = 500;
    guint min_chars = 0;
    guint terminator_wait = 250;
    std::vector<std::string> abbreviations;
  };

  SentenceWorker (GstElement *element, GstPad *sink, GstPad *src, Latency &latency);

  QueueTask &
  queue ()
  {
    return queue_;
  }

  // From any thread.
  void configure (const std::function<void (Settings &)> &change);
  Settings settings () const;

  GstFlowReturn process (Item item) override;
  bool answer (GstPad *sink, GstQuery *query) override;
  GstFlowReturn wake () override;
  void reset (bool full) override;
  GstStructure *stats () const override;

private:
  GstFlowReturn process_buffer (GstBuffer *buffer, GstClockTime arrival);
  GstFlowReturn process_event (Ref<GstEvent> event);
  GstFlowReturn process_tag (Ref<GstEvent> event);
  GstFlowReturn process_gap (Ref<GstEvent> event);
  GstFlowReturn begin_segment (GstEvent *event);
  GstFlowReturn end (gst_translate::CutReason reason);

  GstFlowReturn set_up (bool timed);
  gst_translate::TimeSpan time_of (GstBuffer *buffer, GstClockTime arrival);
  GstFlowReturn push_text (std::string_view text, gst_translate::TimeSpan time);
  GstFlowReturn drain (gst_translate::CutReason reason);
  GstFlowReturn emit (const gst_translate::Sentence &sentence);
  void stamp (GstBuffer *buffer, const gst_translate::Sentence &sentence) const;
  void describe (GstBuffer *buffer, const gst_translate::Sentence &sentence) const;
  void fill_until (GstClockTime position);
  void forward (Ref<GstEvent> event);
  void release_held ();
  void tell_language (const std::string &language);
  bool ensure_caps ();
  bool
  pending () const
  {
    return segmenter_.pending () > 0;
  }
  GstClockTime confirmation_wait () const;
  void arm ();

  GstPad *const src_;
  Latency &latency_;
  QueueTask queue_;

  mutable std::mutex mutex_;
  Settings settings_; ///< as the application wants them
  bool settings_changed_ = true;
  std::array<guint64, 6> sentences_{}; ///< by reason

  // The task's own.
  Settings now_; ///< as they are in use
  TextInput input_;
  TextOutput output_;
  Timeline timeline_;
  gst_translate::Segmenter segmenter_{gst_translate::SegmenterOptions ()};
  bool set_up_ = false; ///< the segmenter has the options that hold now
  bool joins_words_ = false;
  std::string tagged_language_;
  StreamTags tags_;
  std::string speaker_;
  bool begun_ = false;                               ///< data came since the last SEGMENT or flush
  GstClockTime position_ = GST_CLOCK_TIME_NONE;      ///< where the output has come to
  GstClockTime last_end_ = GST_CLOCK_TIME_NONE;      ///< of the last timed piece
  GstClockTime pending_since_ = GST_CLOCK_TIME_NONE; ///< start of what is pending
  bool times_are_arrivals_ = false; ///< the times of the pieces, for want of better ones
  GstClockTime last_arrival_ = 0;   ///< running time
  GstClockTime confirm_at_ = GST_CLOCK_TIME_NONE;
  GstClockTime deadline_ = GST_CLOCK_TIME_NONE;
  std::vector<Ref<GstEvent>> held_; ///< came while a sentence was pending
};

} // namespace gst_lingua
