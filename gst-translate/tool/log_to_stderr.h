// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include "gst-translate/command-line/options.h"

namespace gst_translate {

/// `--verbose`, of every command that opens a model.
extern const OptionSpec verbose_option;

/// What the option does: from now on the log goes to standard error, each line with the seconds
/// since. The first time for what a user may want to know, the second for each step of the decoder
/// too.
void log_more_to_stderr();

}  // namespace gst_translate
