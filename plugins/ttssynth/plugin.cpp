// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

/**
 * plugin-ttssynth:
 *
 * Speech from text, on this machine.
 *
 * Since: 0.1
 */

#include "config.h"

#include "gstttssynth.h"

static gboolean
plugin_init (GstPlugin *plugin)
{
  return GST_ELEMENT_REGISTER (ttssynth, plugin);
}

/* espeak-ng is GPL-3+, and so is what links it. */
GST_PLUGIN_DEFINE (GST_VERSION_MAJOR, GST_VERSION_MINOR, ttssynth, "Speech from text", plugin_init,
                   PACKAGE_VERSION, "GPL", GST_PACKAGE_NAME, GST_PACKAGE_ORIGIN)
