// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gst-translate/prepare/vocabulary.h"

namespace gst_translate {

/// What stands for a grapheme cluster in plain typing, as far as the vocabulary has it: the quotes,
/// dashes and spaces of a typewriter, digits from 0 to 9, Unicode's compatibility forms; nothing
/// for what cannot be seen.
std::optional<std::string> plain_form(std::string_view cluster, const Vocabulary& vocabulary);

}  // namespace gst_translate
