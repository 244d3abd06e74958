// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

#define GST_TYPE_TRANSLATE_SPEECH_BIN (gst_translate_speech_bin_get_type ())
  G_DECLARE_FINAL_TYPE (GstTranslateSpeechBin, gst_translate_speech_bin, GST, TRANSLATE_SPEECH_BIN,
                        GstBin)

  GST_ELEMENT_REGISTER_DECLARE (translatespeechbin)

  G_END_DECLS
