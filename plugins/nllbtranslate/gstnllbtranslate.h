// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

#define GST_TYPE_NLLB_TRANSLATE (gst_nllb_translate_get_type ())
  G_DECLARE_FINAL_TYPE (GstNllbTranslate, gst_nllb_translate, GST, NLLB_TRANSLATE, GstElement)

  /**
   * GstNllbTranslateLatePolicy:
   * @GST_NLLB_TRANSLATE_LATE_POLICY_SHIFT: it is translated, and moves to the time at which it is
   *   ready
   * @GST_NLLB_TRANSLATE_LATE_POLICY_DROP: it is not translated, and a QOS message says so
   *
   * What becomes of a live text that is too late when its turn comes.
   *
   * Since: 0.1
   */
  typedef enum
  {
    GST_NLLB_TRANSLATE_LATE_POLICY_SHIFT,
    GST_NLLB_TRANSLATE_LATE_POLICY_DROP,
  } GstNllbTranslateLatePolicy;

#define GST_TYPE_NLLB_TRANSLATE_LATE_POLICY (gst_nllb_translate_late_policy_get_type ())
  GType gst_nllb_translate_late_policy_get_type (void);

  GST_ELEMENT_REGISTER_DECLARE (nllbtranslate)

  G_END_DECLS
