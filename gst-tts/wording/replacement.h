// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <string>

namespace gst_tts {

/// What is said for characters of a text.
struct Replacement {
  size_t end = 0;  ///< one past the last of them; 0 if there is nothing to say for them
  std::u32string said;
};

}  // namespace gst_tts
