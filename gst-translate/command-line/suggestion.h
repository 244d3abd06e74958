// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gst_translate {

/// The end of a message about a word that is none of `names`: "; is --to meant?" where one of them
/// is a slip or two away, else nothing.
std::string suggestion(std::string_view word, const std::vector<std::string>& names);

}  // namespace gst_translate
