// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

/**
 * plugin-textsegmenter:
 *
 * Sentences from running text.
 *
 * Since: 0.1
 */

#include "config.h"

#include "gsttextsegmenter.h"

static gboolean
plugin_init (GstPlugin *plugin)
{
  return GST_ELEMENT_REGISTER (textsegmenter, plugin);
}

GST_PLUGIN_DEFINE (GST_VERSION_MAJOR, GST_VERSION_MINOR, textsegmenter,
                   "Sentences from running text", plugin_init, PACKAGE_VERSION, GST_LICENSE,
                   GST_PACKAGE_NAME, GST_PACKAGE_ORIGIN)
