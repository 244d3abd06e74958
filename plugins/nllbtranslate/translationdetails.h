// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <optional>

#include "gst-translate/api/translator.h"
#include "plugins/common/queuetask.h"
#include "plugins/common/timeline.h"
#include "plugins/nllbtranslate/awaitedtranslation.h"

namespace gst_lingua {

/// When a translation leaves, and how long it took.
struct TranslationTimes
{
  GstClockTime pts = GST_CLOCK_TIME_NONE;
  GstClockTime duration = GST_CLOCK_TIME_NONE;
  GstClockTime delay = 0; ///< of the engine
};

/// Completes the buffer of a translation, or of its part number `fragment`: times, the flags and
/// metas of its source, and the meta of this element in place of one before it.
void describe (GstBuffer *translated, GstBuffer *source, const AwaitedTranslation &awaited,
               const gst_translate::Translation &translation, const TranslationTimes &times,
               std::optional<guint> fragment);

/// The content of the element message for a translation.
GstStructure *raw_message (const Item &item, const AwaitedTranslation &awaited,
                           const gst_translate::Translation &translation,
                           const TranslationTimes &times, const Timeline &timeline);

} // namespace gst_lingua
