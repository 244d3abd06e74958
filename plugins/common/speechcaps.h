// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

/// What a source pad with speech may give.
#define GST_LINGUA_SPEECH_CAPS                                                                     \
  "audio/x-raw, format = (string) S16LE, layout = (string) interleaved, "                          \
  "rate = (int) [ 8000, 48000 ], channels = (int) 1"
