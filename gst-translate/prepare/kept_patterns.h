// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstddef>
#include <string>

namespace gst_translate {

/// Letters and digits in a row that are no word any more, where there are spaces between words: a
/// key, data as text. The longest words that people write, German compounds, have some 80.
constexpr size_t longest_word = 100;

/// The regular expression, in ICU's syntax, of what a translation leaves as it is. It matches in
/// linear time: every repetition that another one may follow is bounded or gives nothing back.
std::string kept_pattern();

}  // namespace gst_translate
