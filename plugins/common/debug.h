// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

/// What the shared parts of the three elements log to; the name is "lingua".
GST_DEBUG_CATEGORY_EXTERN (gst_lingua_debug);

namespace gst_lingua {

/// For class_init: the category, and one named "linguacore" for what the cores have to say.
void init_debug ();

} // namespace gst_lingua
