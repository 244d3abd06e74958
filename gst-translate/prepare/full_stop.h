// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string>
#include <string_view>

namespace gst_translate {

/// Models end most translations with a full stop, also those of a heading, a line of a song or half
/// a sentence. Takes it off where `source` has no mark at its end. Only of a source in letters with
/// case, since others are often written without marks: Thai, Chinese subtitles.
void drop_added_full_stop(std::string& translation, std::string_view source);

}  // namespace gst_translate
