// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <unicode/locid.h>
#include <unicode/rbnf.h>

#include <memory>
#include <optional>
#include <string_view>

namespace gst_tts {

// For a language of which ICU has no data it takes those of the user's own: a Russian's voice would
// speak Russian words in Basque. So these give nothing then. Thread-safe.

/// By its code of BCP 47. Nothing where ICU has no names and formats of it.
std::optional<icu::Locale> locale_with_data(std::string_view bcp47);

/// Rules for numbers in words; null where ICU has none of the language's own.
std::unique_ptr<icu::RuleBasedNumberFormat> number_rules(std::string_view bcp47);

}  // namespace gst_tts
