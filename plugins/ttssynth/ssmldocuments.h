// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <gst/gst.h>

#include <optional>
#include <string>
#include <string_view>

#include "plugins/common/ref.h"

namespace gst_lingua {

/// Whether this is how SSML begins: `<speak`, or the declaration of an XML document. Nothing if
/// that depends on what comes next.
std::optional<bool> begins_as_ssml (std::string_view text);

/// Finds the documents in SSML that comes in buffers cut anywhere: each ends with its `</speak>`.
/// A document has the times of the buffer that it begins in.
class SsmlDocuments
{
public:
  struct Document
  {
    std::string text;
    Ref<GstBuffer> buffer;
    GstClockTime arrival = GST_CLOCK_TIME_NONE;
  };

  /// The text of a buffer.
  void push (std::string_view text, GstBuffer *buffer, GstClockTime arrival);

  /// The next document that is whole.
  std::optional<Document> next ();

  /// What is left, which is no whole document; nothing where that is white space.
  std::optional<Document> rest ();

  /// Forgets what is left.
  void clear ();

private:
  Document take (size_t end);

  Document pending_;
  size_t scanned_ = 0;    ///< bytes: no document ends in them
  Ref<GstBuffer> latest_; ///< the buffer that came last
  GstClockTime latest_arrival_ = GST_CLOCK_TIME_NONE;
};

} // namespace gst_lingua
