// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <string>

#include "plugins/common/timeline.h"

namespace gst_lingua {

/// Posts the QOS message for a text that was left out because its time had passed, with the text
/// as the field `content`. `pts`, `duration`: its own; `jitter`: by how much it was late, in ns;
/// `processed`, `dropped`: how many texts this element has worked on and left out so far. From any
/// thread that may read `timeline`.
void post_qos_dropped (GstElement *element, const Timeline &timeline, const std::string &content,
                       GstClockTime pts, GstClockTime duration, GstClockTimeDiff jitter,
                       guint64 processed, guint64 dropped);

} // namespace gst_lingua
