// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <string>
#include <string_view>

#include "plugins/common/ref.h"

namespace gst_lingua {

/// The language code in a TAG event, empty if it holds none.
std::string language_of (GstEvent *tag_event);

/// What GST_TAG_LANGUAGE_CODE should say for a language in any code: ISO 639-1 ("ja"), where there
/// is none ISO 639-2 or -3; a code that nobody knows stays as it is.
std::string tag_code (std::string_view language);

/// A TAG event that says this language: the given one with its language replaced, or a new one.
Ref<GstEvent> tag_language (GstEvent *tag_event, std::string_view language);

/// True if both codes mean the same language.
bool same_language (std::string_view a, std::string_view b);

} // namespace gst_lingua
