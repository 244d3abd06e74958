// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

/// scaletempo's own (gst-plugins-good:gst/audiofx/gstscaletempo.c, since 1.26): field `duration`,
/// guint64 ns, that the buffer should be squeezed into.
#define GST_SCALETEMPO_TARGET_DURATION_META "GstScaletempoTargetDurationMeta"

namespace gst_lingua {

/// Registers a custom meta, unless another plugin has.
void register_meta (const gchar *name);

/// Adds a registered custom meta; its structure, to set fields in.
GstStructure *add_meta (GstBuffer *buffer, const gchar *name);

} // namespace gst_lingua
