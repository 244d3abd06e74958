// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include "gst-translate/command-line/program.h"

namespace gst_translate {

/// `gst-translate bench`: measures rounds of translations, one for each line that it reads, so that
/// a script can let several engines take turns.
Command bench_command();

}  // namespace gst_translate
