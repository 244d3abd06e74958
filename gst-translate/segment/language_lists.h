// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string_view>
#include <vector>

namespace gst_translate::segment {

/// A file of segment/languages.
struct LanguageList {
  std::string_view name;  ///< "de"
  std::string_view text;
};

/// All of them, compiled in by embed.py.
const std::vector<LanguageList>& language_lists();

}  // namespace gst_translate::segment
