// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string>

namespace gst_translate {

/// The regular expression, in ICU's syntax, of what a translation leaves as it is. It matches in
/// linear time: every repetition that another one may follow is bounded or gives nothing back.
std::string kept_pattern();

}  // namespace gst_translate
