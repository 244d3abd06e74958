// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <string>

#include "gst-translate/api/translator.h"

namespace gst_lingua {

/// What becomes of live text that would come too late.
enum class LatePolicy
{
  Shift,
  Drop
};

/// The properties of nllbtranslate that count while PLAYING.
struct TranslationSettings
{
  std::string input_language;
  std::string output_language = "deu_Latn";
  gst_translate::SearchOptions search;
  bool guards = true;
  bool keep_unknown = false;
  bool fragments = false;
  bool shortlist = false;
  guint batch_size = 32;
  LatePolicy late_policy = LatePolicy::Shift;
  guint max_backlog = 0; ///< ms
};

} // namespace gst_lingua
