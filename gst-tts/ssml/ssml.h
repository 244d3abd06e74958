// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string_view>
#include <vector>

#include "gst-translate/text/export.h"
#include "gst-tts/voice/synthesizer.h"

namespace gst_tts {

/// Completes a request with what a document of SSML 1.1 (W3C, 2010) says, in UTF-8: its text, its
/// runs, readings and marks. Understood are speak, p, s, break, sub, phoneme, say-as, prosody (but
/// its range and contour), voice, lang, emphasis and mark; of other elements the text is
/// spoken, but not that of desc and metadata. xml:lang, where it is, stands above the request's
/// language.
///
/// Returns what is wrong with it, each with its line, ten at most. Of what is no well-formed XML
/// all of the text is spoken, without the tags. An attribute that is not understood is left out.
GST_LINGUA_EXPORT std::vector<Error> read_ssml(std::string_view document, SpeechRequest& request);

}  // namespace gst_tts
