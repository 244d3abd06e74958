// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string_view>

namespace gst_translate {

/// What stands between two sentences, or parts of one, in a language: its word space, or nothing.
std::string_view sentence_space(std::string_view language);

}  // namespace gst_translate
