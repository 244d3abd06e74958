// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <functional>
#include <set>
#include <string>

#include "plugins/common/guarded.h"
#include "plugins/common/latency.h"
#include "plugins/common/queuetask.h"
#include "plugins/common/textinput.h"
#include "plugins/common/timeline.h"
#include "plugins/nllbtranslate/awaitedtranslation.h"
#include "plugins/nllbtranslate/modelloader.h"
#include "plugins/nllbtranslate/settings.h"

namespace gst_lingua {

/// The side of nllbtranslate that runs in upstream's thread: each text goes to the engine the
/// moment it comes, so that the engine can make batches of all that waits, whatever downstream is
/// doing.
class Intake
{
public:
  Intake (GstElement *element, GstPad *src, Latency &latency, QueueTask &queue,
          const ModelLoader &loader, const Guarded<TranslationSettings> &settings);

  /// Gives the item its AwaitedTranslation. Waits for the model; FLUSHING when interrupted
  /// meanwhile.
  GstFlowReturn prepare (Item &item);

  void reset (bool full);

  /// From any thread.
  guint64
  invalid_sequences () const
  {
    return input_.invalid_sequences ();
  }

private:
  void prepare_event (GstEvent *event);
  void read (GstBuffer *buffer, AwaitedTranslation &job);
  void submit (AwaitedTranslation &job, gst_translate::Translator &model, GstClockTimeDiff late);
  void choose_languages (AwaitedTranslation &job, const gst_translate::ModelInfo &model);

  GstElement *const element_;
  GstPad *const src_;
  Latency &latency_;
  QueueTask &queue_;
  const std::function<void ()> notify_; ///< the queue
  const ModelLoader &loader_;
  const Guarded<TranslationSettings> &settings_;

  TextInput input_;
  Timeline timeline_;
  std::string language_; ///< of the TAG event
  std::string speaker_;  ///< of the last change of speaker
  std::set<std::string> refused_languages_;
};

/// The language that a source pad is to speak, as the application wrote it.
std::string wanted_language (GstPad *pad, const TranslationSettings &settings);

/// FLORES-200 where there is one; models may have languages of their own.
std::string flores_code (const std::string &code);

/// The element's source pads, which come and go.
std::vector<Ref<GstPad>> source_pads (GstElement *element);

/// Live text that is so late is not worth translating any more.
bool is_too_late (GstClockTimeDiff late, const TranslationSettings &settings);

} // namespace gst_lingua
