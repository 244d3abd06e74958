// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string_view>

namespace gst_translate {

/// True where a normalizer's character map can be searched for any text without leaving it: its u32
/// size and trie, then its strings, each with a NUL behind it. sentencepiece believes what the map
/// says (normalizer.cc, `NormalizePrefix`; the trie is darts-clone's, darts.h, `DoubleArrayUnit`).
bool is_sound_charsmap(std::string_view charsmap);

}  // namespace gst_translate
