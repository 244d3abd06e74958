// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include "gst-translate/command-line/program.h"

namespace gst_translate {

/// `gst-translate fetch NAME`: a model from the hub into its cache, with the hub's own client in a
/// Python environment that is made for it once.
Command fetch_command();

/// fetch_model.py, as the build took it in.
extern const char* const fetch_script;

}  // namespace gst_translate
