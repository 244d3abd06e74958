// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include "gst-translate/command-line/program.h"

namespace gst_translate {

/// `gst-translate info FOLDER`: what a model folder holds.
Command info_command();

/// `gst-translate trim FOLDER OUT`: writes a smaller model.
Command trim_command();

}  // namespace gst_translate
