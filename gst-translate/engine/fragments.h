// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstddef>
#include <string_view>

namespace gst_translate {

/// How much of a growing translation ends with a clause and may be spoken: bytes, at least `from`.
/// A mark counts once it is seen that a word does not go on behind it ("3,5", "e.g.").
size_t clause_end(std::string_view text, size_t from);

}  // namespace gst_translate
