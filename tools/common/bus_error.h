// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include "gst-translate/text/error.h"

namespace gst_lingua_tools {

/// What an ERROR on a pipeline's bus says to the user.
gst_translate::Error error_of(GstMessage* message);

}  // namespace gst_lingua_tools
