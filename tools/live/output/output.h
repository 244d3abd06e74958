// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <string>

#include "tools/live/transcript.h"

namespace gst_lingua_live {

/// One way by which captions and speech leave the program. All but `sound` is called in the main
/// thread.
class Output {
 public:
  virtual ~Output() = default;
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  /// `main`: the pipeline that speech comes from, which plays.
  virtual void start(GstElement* main) = 0;

  /// Speech or silence, 48 kHz, without a gap, at the pace of the clock; timestamps are running
  /// times. Must not block.
  /// Each language has a thread.
  virtual void sound(const std::string& language, GstSample* sample) = 0;

  /// A sentence has come or is known to be spoken.
  virtual void caption(const Sentence& sentence, const std::string& language) {
    static_cast<void>(sentence);
    static_cast<void>(language);
  }

  /// Nothing more comes: whatever was begun is to be ended properly.
  virtual void finish() = 0;

 protected:
  Output() = default;
};

}  // namespace gst_lingua_live
