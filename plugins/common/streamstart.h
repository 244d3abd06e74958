// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include "plugins/common/ref.h"

namespace gst_lingua {

/// The STREAM_START of a pad whose stream is made from upstream's: the same group and flags, a
/// stream-id of its own (upstream's and the pad's name), a GstStream of its own if there was one.
Ref<GstEvent> derived_stream_start (GstEvent *upstream, GstPad *pad, GstStreamType type);

/// True if upstream says that its texts are few and far between. A demuxer does; it tells how far
/// it has come by GAP events, and may wait for that time to be used before it goes on: nothing may
/// wait for what comes next.
bool is_sparse (GstEvent *stream_start);

} // namespace gst_lingua
