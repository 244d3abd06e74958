// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

#define GST_TYPE_NLLB_TRANSLATE (gst_nllb_translate_get_type ())
  G_DECLARE_FINAL_TYPE (GstNllbTranslate, gst_nllb_translate, GST, NLLB_TRANSLATE, GstElement)

  /**
   * GstNllbTranslatePrecision:
   * @GST_NLLB_TRANSLATE_PRECISION_AUTO: what is fastest on the device and still exact
   * @GST_NLLB_TRANSLATE_PRECISION_FLOAT32: 32 bits
   * @GST_NLLB_TRANSLATE_PRECISION_FLOAT16: 16 bits
   * @GST_NLLB_TRANSLATE_PRECISION_BFLOAT16: 16 bits with the range of 32, of libtorch
   * @GST_NLLB_TRANSLATE_PRECISION_INT8: 8 bits; on a GPU the layers of the decoder
   *
   * What a model computes with.
   *
   * Since: 0.1
   */
  typedef enum
  {
    GST_NLLB_TRANSLATE_PRECISION_AUTO,
    GST_NLLB_TRANSLATE_PRECISION_FLOAT32,
    GST_NLLB_TRANSLATE_PRECISION_FLOAT16,
    GST_NLLB_TRANSLATE_PRECISION_BFLOAT16,
    GST_NLLB_TRANSLATE_PRECISION_INT8,
  } GstNllbTranslatePrecision;

#define GST_TYPE_NLLB_TRANSLATE_PRECISION (gst_nllb_translate_precision_get_type ())
  GType gst_nllb_translate_precision_get_type (void);

  GST_ELEMENT_REGISTER_DECLARE (nllbtranslate)

  G_END_DECLS
