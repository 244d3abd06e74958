// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <functional>
#include <memory>
#include <string>

#include "plugins/common/guarded.h"
#include "plugins/common/latency.h"
#include "plugins/common/queuetask.h"
#include "plugins/common/textinput.h"
#include "plugins/common/timeline.h"
#include "plugins/nllbtranslate/awaitedtranslation.h"
#include "plugins/nllbtranslate/languagechoice.h"
#include "plugins/nllbtranslate/modelloader.h"
#include "plugins/nllbtranslate/settings.h"

namespace gst_lingua {

/// A SEGMENT as it goes on. It is made when it comes, so that `lateness` counts once.
struct OwnSegment final : Work
{
  Timeline timeline;
  Ref<GstEvent> event;
};

/// The side of nllbtranslate that runs in upstream's thread: each text goes to the engine the
/// moment it comes, so that the engine can make batches of all that waits, whatever downstream is
/// doing.
class Intake
{
public:
  Intake (GstElement *element, Latency &latency, QueueTask &queue, const ModelLoader &loader,
          const Guarded<TranslationSettings> &settings);

  /// Gives a text its AwaitedTranslation, a SEGMENT its OwnSegment. Waits for the model; FLUSHING
  /// when interrupted meanwhile.
  GstFlowReturn prepare (Item &item);

  void reset (bool full);

  TextInput &
  input ()
  {
    return input_;
  }
  const TextInput &
  input () const
  {
    return input_;
  }

private:
  void prepare_event (Item &item);
  void read (GstBuffer *buffer, AwaitedTranslation &awaited);
  void submit (AwaitedTranslation &awaited, gst_translate::Translator &model,
               const TranslationSettings &settings, GstClockTimeDiff late);

  GstElement *const element_;
  Latency &latency_;
  QueueTask &queue_;
  const std::function<void ()> notify_; ///< the queue
  const ModelLoader &loader_;
  const Guarded<TranslationSettings> &settings_;

  TextInput input_;
  Timeline timeline_;
  LanguageChooser languages_;
  std::string speaker_; ///< of the last change of speaker
  guint64 texts_ = 0;
};

} // namespace gst_lingua
