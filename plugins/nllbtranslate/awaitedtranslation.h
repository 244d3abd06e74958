// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <atomic>
#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gst-translate/api/translator.h"
#include "gst-translate/text/markup.h"
#include "plugins/common/queuetask.h"
#include "plugins/common/ref.h"
#include "plugins/nllbtranslate/fragmentqueue.h"

namespace gst_lingua {

/// A text on its way through the engine. Languages are FLORES-200 codes.
struct AwaitedTranslation final : Work
{
  AwaitedTranslation () = default;
  AwaitedTranslation (const AwaitedTranslation &) = delete;
  AwaitedTranslation &operator= (const AwaitedTranslation &) = delete;
  ~AwaitedTranslation () override
  {
    *cancel = true;
  }

  gst_translate::PlainText text;
  std::string source;
  std::vector<std::pair<Ref<GstPad>, std::string>> languages; ///< what each pad is to get
  std::vector<std::string> targets;                           ///< what the engine was asked for
  std::future<gst_translate::TranslationResult> result;       ///< not valid if nothing was
  std::shared_ptr<FragmentQueue> fragments;                   ///< if they are wanted
  gst_translate::CancelFlag cancel = std::make_shared<std::atomic<bool>> (false);
  bool late = false; ///< it came too late to be translated

  // Monotonic us.
  gint64 submitted = 0;
  std::shared_ptr<std::atomic<gint64>> ready = std::make_shared<std::atomic<gint64>> (0);

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
