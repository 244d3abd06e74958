// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * GstNllbTranslatePad:
 *
 * A source pad of nllbtranslate, with a language of its own.
 *
 * Since: 0.1
 */
#define GST_TYPE_NLLB_TRANSLATE_PAD (gst_nllb_translate_pad_get_type ())
  G_DECLARE_FINAL_TYPE (GstNllbTranslatePad, gst_nllb_translate_pad, GST, NLLB_TRANSLATE_PAD,
                        GstPad)

  /* The pad's language code, NULL where the element's counts; to be freed. */
  gchar *gst_nllb_translate_pad_dup_language_code (GstNllbTranslatePad * pad);

  G_END_DECLS
