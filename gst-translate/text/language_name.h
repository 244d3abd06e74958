// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string>
#include <string_view>

#include "gst-translate/text/export.h"

namespace gst_translate {

/// For a message to who gave a language's English name ("german", "Chinese") where a code was
/// expected: "; German is deu_Latn". Of several languages of a name it is the one with the shortest
/// tag. Empty where `word` names none.
GST_LINGUA_EXPORT std::string code_of_name(std::string_view word);

}  // namespace gst_translate
