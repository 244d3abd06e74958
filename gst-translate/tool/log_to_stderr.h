// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

namespace gst_translate {

/// From now on the log goes to standard error, each line with the seconds since: once for what a
/// user may want to know, twice for each step of the decoder too.
void log_to_stderr(int times);

}  // namespace gst_translate
