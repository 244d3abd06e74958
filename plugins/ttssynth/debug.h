// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <gst/gst.h>

/// What ttssynth logs to, made with its class. At level 6 it tells the story of each text.
GST_DEBUG_CATEGORY_EXTERN (gst_tts_synth_debug);
#define GST_CAT_DEFAULT gst_tts_synth_debug
