// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string_view>

namespace gst_tts::espeak {

/// Whether the sign is one that is heard: §, ‰, ×, but no bracket and no star.
bool is_heard_sign(char32_t sign);

/// Whether the voices of a language (espeak-ng's code: "en") have a name for such a sign. Without
/// one they say nothing and go on. By the phonemes of 1.51.
bool names_sign(std::string_view language, char32_t sign);

}  // namespace gst_tts::espeak
