// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <string_view>

#include "plugins/common/ref.h"

/// What the pads of the elements take and give.
#define GST_LINGUA_TEXT_CAPS "text/x-raw, format = (string) { utf8, pango-markup }"

/// What sink pads take: that, and what `ttmlparse` gives.
#define GST_LINGUA_TEXT_SINK_CAPS GST_LINGUA_TEXT_CAPS "; text/x-raw(meta:GstSubtitleMeta)"

namespace gst_lingua {

/// The caps and buffers of a source pad with text. Downstream chooses the format: the first one
/// that it lists, utf8 if it does not care or writes SubRip, which has no entities.
class TextOutput
{
public:
  explicit TextOutput (GstPad *pad) : pad_ (pad)
  {
  }

  /// Sends CAPS if there were none yet, or downstream asked for others. False if it takes none of
  /// ours.
  bool negotiate ();

  /// The text in the negotiated format.
  Ref<GstBuffer> wrap (std::string_view text) const;

private:
  GstPad *pad_;
  bool negotiated_ = false;
  bool markup_ = false;
};

} // namespace gst_lingua
