// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstddef>

#include "gst-translate/segment/characters.h"
#include "gst-translate/segment/language_rules.h"

// Who speaks, behind a quotation that ends like a sentence.

namespace gst_translate::segment {

/// “站住！”警察喊道。 “रुको!” पुलिस ने कहा। «قف!» قال الشرطي. A short clause at `position` whose last
/// word, or first one, is a verb of saying.
bool reports_speech(Reader& reader, const LanguageRules& rules, size_t position);

/// "Good morning?" Harold asked. A name or "I" at `position`, and a verb of saying.
bool names_speaker(Reader& reader, const LanguageRules& rules, size_t position);

}  // namespace gst_translate::segment
