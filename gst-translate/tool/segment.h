// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

namespace gst_translate {

/// `gst-translate segment`: the sentences of standard input, each as soon as it is certain, and why
/// it ends there. Returns the exit status. Throws `Error` and `UsageError`.
int segment_command(int argc, char** argv);

extern const char* const segment_usage;

}  // namespace gst_translate
