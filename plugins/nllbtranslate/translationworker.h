// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/base/gstflowcombiner.h>
#include <gst/gst.h>

#include <functional>
#include <list>
#include <optional>
#include <string>

#include "gst-translate/api/translator.h"
#include "plugins/common/guarded.h"
#include "plugins/common/latency.h"
#include "plugins/common/queuetask.h"
#include "plugins/common/ref.h"
#include "plugins/common/timeline.h"
#include "plugins/nllbtranslate/awaitedtranslation.h"
#include "plugins/nllbtranslate/branch.h"
#include "plugins/nllbtranslate/intake.h"
#include "plugins/nllbtranslate/modelloader.h"
#include "plugins/nllbtranslate/settings.h"
#include "plugins/nllbtranslate/stickyevents.h"
#include "plugins/nllbtranslate/translationdetails.h"

namespace gst_lingua {

/// What nllbtranslate does between its pads: texts go to the engine as they come, and their
/// translations go out in the same order, one a pad, with the events between them in place.
class TranslationWorker final : public QueueTask::Worker
{
public:
  TranslationWorker (GstElement *element, GstPad *sink, GstPad *src, Latency &latency,
                     const ModelLoader &loader, const Guarded<TranslationSettings> &settings);
  ~TranslationWorker () override;
  TranslationWorker (const TranslationWorker &) = delete;
  TranslationWorker &operator= (const TranslationWorker &) = delete;

  QueueTask &
  queue ()
  {
    return queue_;
  }
  TextInput &
  input ()
  {
    return intake_.input ();
  }

  /// For what has changed while texts wait: how many may.
  void apply_settings ();

  GstFlowReturn prepare (Item &item) override;
  GstFlowReturn process (Item item) override;
  void replan () override;
  void reset (bool full) override;
  GstStructure *stats () const override;

private:
  /// Counted for `stats`.
  struct Counts
  {
    guint64 texts = 0, translations = 0, late = 0, dropped = 0, flawed = 0, retried = 0;
  };

  /// What a pad with this language gets; nothing if it has to wait.
  using Choose =
      std::function<std::optional<gst_translate::Translation> (const std::string &language)>;

  GstFlowReturn process_event (Ref<GstEvent> event, const Work *work);
  GstFlowReturn process_text (const Item &item, AwaitedTranslation &awaited);
  GstFlowReturn process_fragments (const Item &item, AwaitedTranslation &awaited);
  bool await (AwaitedTranslation &awaited, gst_translate::TranslationResult &result);
  TranslationTimes begin_output (const Item &item, const AwaitedTranslation &awaited);
  void end_output (const Item &item, const AwaitedTranslation &awaited,
                   const gst_translate::TranslationResult &result, const TranslationTimes &times);
  GstFlowReturn push (const Item &item, const AwaitedTranslation &awaited,
                      const TranslationTimes &times, std::optional<guint> fragment,
                      const Choose &choose);
  void drop (GstBuffer *buffer, const AwaitedTranslation &awaited);
  GstClockTimeDiff late_by (GstClockTime pts);
  GstClockTime stamp_for (GstClockTime pts, const AwaitedTranslation &awaited);
  void push_gap (GstClockTime start, GstClockTime duration, GstEvent *like = nullptr);
  void advance (GstClockTime end);
  void update_branches ();
  void push_event (GstEvent *event);

  GstElement *const element_;
  GstPad *const src_;
  Latency &latency_;
  const ModelLoader &loader_;
  const Guarded<TranslationSettings> &settings_;
  QueueTask queue_;
  Intake intake_; ///< upstream's thread alone
  Guarded<Counts> counts_;

  // The task's own.
  Timeline timeline_;
  StickyEvents sticky_events_;
  std::list<Branch> branches_;
  GstFlowCombiner *const combiner_;
  GstClockTime position_ = GST_CLOCK_TIME_NONE; ///< where the output has come to
};

} // namespace gst_lingua
