// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <gst/gst.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

#include "gst-tts/timing/fit.h"
#include "gst-tts/voice/synthesizer.h"
#include "plugins/common/guarded.h"
#include "plugins/common/queuetask.h"
#include "plugins/ttssynth/settings.h"
#include "plugins/ttssynth/slot.h"

namespace gst_lingua {

/// Has texts spoken so that they keep to their slots, as the policy for what is too long says. To
/// be called from the task.
class SlotFitter
{
public:
  SlotFitter (GstElement *element, const SlotFinder &slots, QueueTask &queue,
              const Guarded<SpeechSettings> &settings)
      : element_ (element), slots_ (slots), queue_ (queue), settings_ (settings)
  {
  }

  void
  set_engine (std::shared_ptr<gst_tts::Synthesizer> engine)
  {
    engine_ = std::move (engine);
  }

  /// False when interrupted. The slot ends later where it gets the pause behind it. A `sparse`
  /// stream's next text may not come before there is sound.
  bool fit (const gst_tts::SpeechRequest &request, bool sparse, Slot &slot,
            gst_tts::FittedSpeech &speech);

  /// How long the last text waited for what follows it, in us: that is no delay of the voice's.
  gint64
  waited () const
  {
    return waited_;
  }

  /// The engine's samples that a slot has room for; without end where it is open.
  int64_t room (const Slot &slot) const;

private:
  void measure (const Slot &slot, gst_tts::FittedSpeech &speech) const;
  bool use_pause_after (Slot &slot, bool sparse, const std::function<bool ()> &fits);

  GstElement *const element_;
  const SlotFinder &slots_;
  QueueTask &queue_;
  const Guarded<SpeechSettings> &settings_;
  std::shared_ptr<gst_tts::Synthesizer> engine_;
  gint64 waited_ = 0;
};

} // namespace gst_lingua
