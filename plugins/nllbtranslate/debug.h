// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

/// What nllbtranslate logs to; `GST_DEBUG=nllbtranslate:6` tells the way of each text by its
/// number.
GST_DEBUG_CATEGORY_EXTERN (gst_nllb_translate_debug);
#define GST_CAT_DEFAULT gst_nllb_translate_debug
