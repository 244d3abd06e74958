// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "plugins/common/registermetas.h"

namespace gst_lingua {

void
register_meta (const gchar *name)
{
  static const gchar *no_tags[] = {nullptr};
  if (!gst_meta_get_info (name))
    gst_meta_register_custom (name, no_tags, nullptr, nullptr, nullptr);
}

GstStructure *
add_meta (GstBuffer *buffer, const gchar *name)
{
  return gst_custom_meta_get_structure (gst_buffer_add_custom_meta (buffer, name));
}

} // namespace gst_lingua
