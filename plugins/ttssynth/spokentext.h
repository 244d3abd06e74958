// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <gst/gst.h>

#include <deque>
#include <string>
#include <vector>

#include "gst-tts/voice/synthesizer.h"
#include "plugins/common/timeline.h"

namespace gst_lingua {

/// What the bus and the buffers are told of one text while it is spoken.
class SpokenText
{
public:
  /// The sound of the request begins at `start`; words count in `rate` samples a second. What is
  /// passed must outlive this object.
  SpokenText (GstElement *element, const Timeline &timeline, const gst_tts::SpeechRequest &request,
              GstClockTime start, int rate)
      : element_ (element), timeline_ (timeline), request_ (request), start_ (start), rate_ (rate)
  {
  }

  /// The slot has room for this share of the sound, 0 to 1: scaletempo behind us may act on it.
  void
  set_share (double share)
  {
    share_ = share;
  }

  /// Words and marks whose sound is about to leave.
  void add (const gst_tts::AudioChunk &chunk);

  /// Completes a buffer whose times are set, with the words that begin in it, and with its marks;
  /// they are posted, too.
  void describe (GstBuffer *buffer);

  /// Posts that all of it was spoken, up to `end`. `wanted`: the length of its slot, or NONE.
  void post_spoken (GstClockTime end, GstClockTime wanted, double compression) const;

private:
  /// A word that begins, or a mark that is reached.
  struct Event
  {
    std::string text;
    guint offset; ///< of a word
    GstClockTime pts;
    bool posted;
  };

  GstClockTime time_of (int64_t sample) const;
  void describe (std::deque<Event> &events, GstBuffer *buffer, bool marks);
  void post (const Event &event, bool mark) const;
  void tell_target (GstBuffer *buffer) const;

  GstElement *const element_;
  const Timeline &timeline_;
  const gst_tts::SpeechRequest &request_;
  const GstClockTime start_;
  const int rate_;
  double share_ = 0;        ///< 0: it is nobody's business
  std::deque<Event> words_; ///< that may begin in the next buffer
  std::deque<Event> marks_; ///< likewise
};

} // namespace gst_lingua
