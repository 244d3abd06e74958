// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "gst-translate/api/translator.h"

namespace gst_translate {

/// One sentence and its translation, as the guards look at it.
struct GuardedText {
  std::string_view source, translation;
  std::string_view source_language, target_language;  ///< FLORES-200
  const std::vector<int32_t>& source_ids;
  const std::vector<int32_t>& ids;
};

/// What is wrong with a translation, as far as it can be told without knowing the languages:
/// each test would rather overlook a fault than reject a good translation.
Flaw find_flaws(const GuardedText& text);

/// True where the ids run in a circle: some 1 to 12 of them several times in a row.
bool has_loop(const std::vector<int32_t>& ids);

/// How many flaws there are.
int count_flaws(Flaw flaws);

}  // namespace gst_translate
