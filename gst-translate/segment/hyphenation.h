// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstddef>

#include "gst-translate/segment/characters.h"

namespace gst_translate::segment {

/// True if the line that ends at `end` was full amid a word, whose other half begins at `next`:
/// "govern-\nment". In "Haupt-\nund Nebensatz" the hyphen stands for what follows.
bool is_hyphenated(Reader& reader, size_t end, size_t next);

}  // namespace gst_translate::segment
