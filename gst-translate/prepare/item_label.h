// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string_view>

namespace gst_translate {

/// What numbers the item of a list that a text is, with the white space behind it: "a) ", "(2) ",
/// "iv) ". Empty where nothing does, or nothing follows. Small models lose the text behind one.
std::string_view item_label(std::string_view text);

}  // namespace gst_translate
