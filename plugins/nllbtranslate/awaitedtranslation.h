// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <atomic>
#include <chrono>
#include <future>
#include <memory>

#include "gst-translate/api/translator.h"
#include "gst-translate/text/markup.h"
#include "plugins/common/queuetask.h"
#include "plugins/nllbtranslate/fragmentqueue.h"
#include "plugins/nllbtranslate/languagechoice.h"

namespace gst_lingua {

/// A text on its way through the engine.
struct AwaitedTranslation final : Work
{
  AwaitedTranslation () = default;
  AwaitedTranslation (const AwaitedTranslation &) = delete;
  AwaitedTranslation &operator= (const AwaitedTranslation &) = delete;
  ~AwaitedTranslation () override
  {
    *cancel = true;
  }

  guint64 number = 0; ///< of the text since the element started, for logs
  gst_translate::PlainText text;
  bool outside = false; ///< of the segment: nobody is to see it
  bool late = false;    ///< it came too late to be translated
  LanguageChoice languages;
  std::future<gst_translate::TranslationResult> result; ///< not valid if nothing was asked for
  std::shared_ptr<FragmentQueue> fragments;             ///< if they are wanted
  gst_translate::CancelFlag cancel = std::make_shared<std::atomic<bool>> (false);

  // Monotonic us.
  gint64 submitted = 0;
  std::shared_ptr<std::atomic<gint64>> ready = std::make_shared<std::atomic<gint64>> (0);

  bool
  is_ready () const
  {
    return !result.valid () ||
           result.wait_for (std::chrono::seconds (0)) == std::future_status::ready;
  }

  /// How long the engine has had it; until now, if it has it still.
  GstClockTime
  delay () const
  {
    if (submitted == 0)
      return 0;
    gint64 end = *ready;
    return static_cast<GstClockTime> ((end ? end : g_get_monotonic_time ()) - submitted) *
           GST_USECOND;
  }
};

} // namespace gst_lingua
