// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include "gst-translate/command-line/program.h"

namespace gst_translate {

/// `gst-translate [translate]`: lines of text from files or standard input to lines on standard
/// output.
Command translate_command();

}  // namespace gst_translate
