// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "gst-tts/japanese/dictionary.h"
#include "gst-tts/voice/sourced_text.h"

namespace gst_tts::japanese {

/// Readings in brackets behind the characters they are for, 憂鬱（ゆううつ）な, become what is
/// read, ユーウツな, once. Kana in brackets that cannot be a reading, 雨（たぶん）, stay. `text` is
/// normalized.
bool has_ruby(const SourcedText& text);
void read_ruby(SourcedText& text, const Dictionary& dictionary);

}  // namespace gst_tts::japanese
