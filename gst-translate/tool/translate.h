// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

namespace gst_translate {

/// `gst-translate [translate]`: lines of text from files or standard input to lines on standard
/// output. Returns the exit status. Throws `Error` and `UsageError`.
int translate_command(int argc, char** argv);

extern const char* const translate_usage;

}  // namespace gst_translate
