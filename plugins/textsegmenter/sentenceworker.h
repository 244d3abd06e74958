// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gst-translate/segment/captions.h"
#include "gst-translate/segment/segmenter.h"
#include "plugins/common/guarded.h"
#include "plugins/common/latency.h"
#include "plugins/common/queuetask.h"
#include "plugins/common/ref.h"
#include "plugins/common/tags.h"
#include "plugins/common/textinput.h"
#include "plugins/common/timeline.h"
#include "plugins/textsegmenter/deadlines.h"
#include "plugins/textsegmenter/sentenceoutput.h"
#include "plugins/textsegmenter/texttimes.h"

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
    Words,
    Cues
  };

  /// The properties that count from the next text on; times in ms, 0: off.
  struct Settings
  {
    std::string language;
    Join join = Join::Auto;
    guint max_pause = 0;
    guint max_chars = 500;
    guint min_chars = 0;
    bool captions = false;     ///< fills captions in place of sending sentences
    std::string abbreviations; ///< a file
  };

  /// Those that count at once, for text that waits, too: see `QueueTask::replan`. In ms, 0: off.
  struct Waits
  {
    guint max_wait = 0;
    guint terminator_wait = 250;
  };

  SentenceWorker (GstElement *element, GstPad *sink, GstPad *src, Latency &latency);

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

  /// For the whole run, in READY: reads the file of abbreviations. Throws what is wrong with it.
  void read_abbreviations ();

  // From any thread.
  Guarded<Settings> settings;
  Guarded<Waits> waits;

  GstFlowReturn process (Item item) override;
  bool answer (GstPad *sink, GstQuery *query) override;
  GstFlowReturn wake () override;
  void replan () override;
  void reset (bool full) override;
  GstStructure *stats () const override;

private:
  GstFlowReturn process_buffer (GstBuffer *buffer, GstClockTime arrival);
  GstFlowReturn process_event (Ref<GstEvent> event);
  GstFlowReturn process_tag (Ref<GstEvent> event);
  GstFlowReturn process_gap (Ref<GstEvent> event);
  GstFlowReturn hear_silence (GstClockTime end);
  GstFlowReturn begin_segment (GstEvent *event);
  GstFlowReturn end (gst_translate::CutReason reason);

  GstFlowReturn set_up (bool timed);
  GstFlowReturn push_part (const gst_translate::PlainText &part, gst_translate::TimeSpan time);
  GstFlowReturn push_text (std::string_view text, gst_translate::TimeSpan time);
  GstFlowReturn confirm ();
  void tell_of_gaps ();
  GstFlowReturn drain (gst_translate::CutReason reason);
  GstFlowReturn emit (const gst_translate::Sentence &sentence);
  GstFlowReturn show (const std::vector<gst_translate::Sentence> &captions);
  void forward (Ref<GstEvent> event);
  void tell_language (const std::string &language);
  bool holds_up_upstream ();
  bool is_said (const std::string &text);
  bool
  pending () const
  {
    return segmenter_.pending () > 0;
  }
  /// Text, or a caption that other text may share.
  bool
  holds_text () const
  {
    return pending () || captions_.pending ();
  }
  bool tells_of_silence ();
  GstFlowReturn tell_of_silence ();
  void arm ();

  GstElement *const element_;
  Latency &latency_;
  QueueTask queue_;

  /// How many sentences there were, by the reason of their end.
  struct Counts
  {
    std::array<guint64, 6> by_reason{};
  };
  Guarded<Counts> counts_;

  // The task's own.
  Settings now_; ///< as they are in use
  unsigned seen_settings_ = 0;
  std::vector<std::string> abbreviations_; ///< what the file says
  TextInput input_;
  SentenceOutput output_;
  gst_translate::Captions captions_;
  Deadlines deadlines_;
  Timeline timeline_;
  TextTimes times_{timeline_, latency_};
  gst_translate::Segmenter segmenter_{gst_translate::SegmenterOptions ()};
  bool set_up_ = false; ///< the segmenter has the options that hold now
  gst_translate::JoinMode join_ = gst_translate::JoinMode::Verbatim;
  std::string tagged_language_;
  StreamTags tags_;
  std::string speaker_;
  bool sparse_ = false; ///< upstream goes on when the time it has told of is used
  bool begun_ = false;  ///< data came since the last SEGMENT or flush
  GstClockTime pending_since_ = GST_CLOCK_TIME_NONE; ///< start of what is pending
  GstClockTime last_arrival_ = 0;                    ///< running time
};

} // namespace gst_lingua
