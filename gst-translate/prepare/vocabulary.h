// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

namespace gst_translate {

/// What the preparation of a text has to know of a model's vocabulary.
struct Vocabulary {
  std::function<bool(std::string_view)> knows;     ///< every character of a text
  std::function<size_t(std::string_view)> tokens;  ///< how many a text takes
};

}  // namespace gst_translate
