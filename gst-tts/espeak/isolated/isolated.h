// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <filesystem>
#include <memory>

#include "gst-tts/espeak/espeak.h"

namespace gst_tts::espeak {

/// espeak-ng in processes of its own, which a helper program makes. Speakers run side by side. A
/// text has the same samples each time it is spoken with a voice, a rate and a pitch, whatever was
/// said before or is said beside it. If espeak-ng crashes or does not come to an end, a clause is
/// lost and nothing else: `ClauseLost`. The helper is started anew where it is gone.
///
/// Throws `Error`: Unavailable where there is no such program, or it is of another build or does
/// not answer; NotFound where espeak-ng's data is missing.
std::shared_ptr<Espeak> open_isolated(const std::filesystem::path& helper);

}  // namespace gst_tts::espeak
