// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

namespace gst_translate {

/// `gst-translate bench`: measures rounds of translations, one for each line that it reads, so that
/// a script can let several engines take turns. Throws `Error` and `UsageError`.
int bench_command(int argc, char** argv);

extern const char* const bench_usage;

}  // namespace gst_translate
