// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "config.h"

#include "gstnllbtranslatepad.h"

enum
{
  PROP_0,
  PROP_LANGUAGE_CODE,
};

struct _GstNllbTranslatePad
{
  GstPad parent;
  gchar *language_code; /* with the object lock */
};

static void gst_nllb_translate_pad_finalize (GObject *object);
static void gst_nllb_translate_pad_set_property (GObject *object, guint id, const GValue *value,
                                                 GParamSpec *pspec);
static void gst_nllb_translate_pad_get_property (GObject *object, guint id, GValue *value,
                                                 GParamSpec *pspec);

G_DEFINE_TYPE (GstNllbTranslatePad, gst_nllb_translate_pad, GST_TYPE_PAD)

static void
gst_nllb_translate_pad_class_init (GstNllbTranslatePadClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = gst_nllb_translate_pad_finalize;
  object_class->set_property = gst_nllb_translate_pad_set_property;
  object_class->get_property = gst_nllb_translate_pad_get_property;

  /**
   * GstNllbTranslatePad:language-code:
   *
   * The language of this pad's translations, in any code: FLORES-200 ("jpn_Jpan"), ISO 639 ("ja")
   * or BCP 47 ("ja-JP"). Not set: the element's #GstNllbTranslate:output-language-code.
   *
   * Since: 0.1
   */
  g_object_class_install_property (
      object_class, PROP_LANGUAGE_CODE,
      g_param_spec_string (
          "language-code", "Language code",
          "Language of this pad: FLORES-200, ISO 639 or BCP 47 code (unset: the element's)",
          nullptr,
          static_cast<GParamFlags> (G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                    GST_PARAM_MUTABLE_PLAYING)));
}

static void
gst_nllb_translate_pad_init (GstNllbTranslatePad *self)
{
  self->language_code = nullptr;
}

static void
gst_nllb_translate_pad_finalize (GObject *object)
{
  g_free (GST_NLLB_TRANSLATE_PAD (object)->language_code);
  G_OBJECT_CLASS (gst_nllb_translate_pad_parent_class)->finalize (object);
}

static void
gst_nllb_translate_pad_set_property (GObject *object, guint id, const GValue *value,
                                     GParamSpec *pspec)
{
  GstNllbTranslatePad *self = GST_NLLB_TRANSLATE_PAD (object);

  switch (id) {
  case PROP_LANGUAGE_CODE:
    GST_OBJECT_LOCK (self);
    g_free (self->language_code);
    self->language_code = g_value_dup_string (value);
    GST_OBJECT_UNLOCK (self);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    break;
  }
}

static void
gst_nllb_translate_pad_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_LANGUAGE_CODE:
    g_value_take_string (
        value, gst_nllb_translate_pad_dup_language_code (GST_NLLB_TRANSLATE_PAD (object)));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    break;
  }
}

gchar *
gst_nllb_translate_pad_dup_language_code (GstNllbTranslatePad *self)
{
  GST_OBJECT_LOCK (self);
  gchar *code = g_strdup (self->language_code);
  GST_OBJECT_UNLOCK (self);
  return code;
}
