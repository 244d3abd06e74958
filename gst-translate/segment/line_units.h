// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstddef>

#include "gst-translate/segment/characters.h"

namespace gst_translate::segment {

/// True if the line at `position` begins a unit of its own whatever the line before it says, by the
/// conventions of captions: `>>` and `NAME:` for a new speaker, a note for a song, a line that is a
/// bracket as a whole for a sound: [MUSIC], (thunder).
bool begins_unit(Reader& reader, size_t position);

/// True if the line at `position` begins with the dash of a dialogue: "- Me", "-D'accord", and not
/// with one that goes on with a sentence: "- and left".
bool begins_with_dialogue_dash(Reader& reader, size_t position);

/// True if a note, which may close a song, stands on the line at `position`.
bool has_note(Reader& reader, size_t position);

/// True if the line from `begin` on has three marks or more and nothing else, as --- and * * *
/// have.
bool is_rule(Reader& reader, size_t begin);

}  // namespace gst_translate::segment
