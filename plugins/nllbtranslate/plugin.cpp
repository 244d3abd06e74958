// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

/**
 * plugin-nllbtranslate:
 *
 * Translation with models of the NLLB family, on this machine.
 *
 * Since: 0.1
 */

#include "config.h"

#include "gstnllbtranslate.h"

static gboolean
plugin_init (GstPlugin *plugin)
{
  return GST_ELEMENT_REGISTER (nllbtranslate, plugin);
}

GST_PLUGIN_DEFINE (GST_VERSION_MAJOR, GST_VERSION_MINOR, nllbtranslate,
                   "Translation with models of the NLLB family", plugin_init, PACKAGE_VERSION,
                   GST_LICENSE, GST_PACKAGE_NAME, GST_PACKAGE_ORIGIN)
