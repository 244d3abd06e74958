// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include "gst-translate/command-line/program.h"

namespace gst_translate {

/// `gst-translate segment`: the sentences of a text, each as soon as it is certain, and why it ends
/// there.
Command segment_command();

}  // namespace gst_translate
