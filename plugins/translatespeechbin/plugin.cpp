// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

/**
 * plugin-translatespeechbin:
 *
 * Translated text and speech in many languages, in one element.
 *
 * Since: 0.1
 */

#include "config.h"

#include "gsttranslatespeechbin.h"

static gboolean
plugin_init (GstPlugin *plugin)
{
  return GST_ELEMENT_REGISTER (translatespeechbin, plugin);
}

GST_PLUGIN_DEFINE (GST_VERSION_MAJOR, GST_VERSION_MINOR, translatespeechbin,
                   "Translated text and speech in many languages, in one element", plugin_init,
                   PACKAGE_VERSION, GST_LICENSE, GST_PACKAGE_NAME, GST_PACKAGE_ORIGIN)
