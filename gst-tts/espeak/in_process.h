// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>

#include "gst-tts/espeak/espeak.h"

namespace gst_tts::espeak {

/// espeak-ng in this process, to be opened once. Its one state is locked for one clause at a time,
/// and a clause's sound comes as one piece. The state goes on from one clause to the next, so
/// nothing is said twice with the same samples. Throws `Error` (NotFound) where espeak-ng's data is
/// missing.
std::shared_ptr<Espeak> open_in_process();

}  // namespace gst_tts::espeak
